"""The plan of one reception: its first page, planning and changing it (screen S09)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods

from tiepdan.accounts.access import staff
from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.queries import authority, heir
from tiepdan.accounts.rules import Role
from tiepdan.accounts.signing import SigningForm
from tiepdan.cases.access import case_for
from tiepdan.cases.models import Case
from tiepdan.kernel.refusals import Forbidden, Refused
from tiepdan.law.profiles import profile
from tiepdan.receptions import pages
from tiepdan.receptions.access import desks_of, plan_for, require_writer, right_to_approve
from tiepdan.receptions.actions.approval import missing_for_ready
from tiepdan.receptions.actions.matters import add_matter, suggested_title
from tiepdan.receptions.actions.milestones import may_record
from tiepdan.receptions.actions.plan import change_plan, plan_reception
from tiepdan.receptions.forms.plan import STILL_THE_LAW, NoteForm, PlanForm, ProofForm, entered
from tiepdan.receptions.models import Reception
from tiepdan.receptions.plan import keep
from tiepdan.receptions.queries import MilestoneRow, milestone_rows
from tiepdan.receptions.rules import BY_HAND, FINISHED, RUNNING, Phase
from tiepdan.receptions.schedule import proposed_day
from tiepdan.receptions.views.common import frame, page, person_at
from tiepdan.receptions.warnings import STOP, of_plan
from tiepdan.receptions.warnings.bookings import has_clash


@login_required
@require_GET
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """What comes next, the dates of the law, the warnings, the people."""
    now, person = timezone.now(), person_at(request)
    return show(request, person, plan_for(person, code, now), now=now)


def show(
    request: HttpRequest,
    person: Person,
    reception: Reception,
    *,
    now: datetime,
    status: int = 200,
    **forms: Any,
) -> HttpResponse:
    """The first page of a plan; a refused form among `forms` stands there as it was filled in."""
    plan = keep(reception)
    found = of_plan(plan, now)
    rows = milestone_rows(reception, now, table=plan.table, rules=plan.rules)
    facts = {
        "plan": plan,
        "profile": profile(reception.profile),
        "still_the_law": STILL_THE_LAW if reception.profile != profile().code else "",
        "next_step": pages.next_step(reception, person, now),
        "milestones": [_milestone(row, reception, person, now) for row in rows],
        "has_clash": has_clash(found),
        "stops": [row for row in found if row.level == STOP],
        "cares": [row for row in found if row.level != STOP],
        "decisions": reception.decisions.select_related("by", "on_behalf_of"),
        "may_enter": reception.state in RUNNING,
        "is_finished": reception.state in FINISHED,
        "is_submitted": reception.state == Phase.SUBMITTED,
        **_decision(reception, person, now),
        **_readiness(reception, person, now),
        "note_form": NoteForm(),
        "signing": SigningForm(person=person),
        "proof_form": ProofForm(),
        **forms,
    }
    return page(request, person, reception, "receptions/detail.html", facts, now=now, status=status)


def _milestone(row: MilestoneRow, reception: Reception, person: Person, now: datetime) -> dict[str, Any]:
    """A row of the timeline, with why it cannot be recorded by this person now (nothing: the button works)."""
    why = ""
    by_hand = row.milestone.code in BY_HAND and row.met is None
    if by_hand:
        try:
            may_record(reception, row.milestone.code, by=person, at=now)
        except Refused as problem:
            why = problem.sentence
    return {"row": row, "by_hand": by_hand, "why_not": why}


def _decision(reception: Reception, person: Person, now: datetime) -> dict[str, Any]:
    """Whether the buttons «Duyệt kế hoạch», «Trả lại» stand here, and why they are off."""
    if reception.state != Phase.SUBMITTED:
        return {"decides": False}
    on = localdate(now)
    own = ""
    try:
        right_to_approve(person, reception, on)
    except Forbidden as problem:
        own = problem.sentence
    return {"decides": not own or authority(person, reception.agency, on) is not None, "decide_why_not": own}


def _readiness(reception: Reception, person: Person, now: datetime) -> dict[str, Any]:
    is_technician = person.pk == reception.technician_id
    if not is_technician or reception.state not in (Phase.PUBLISHED, Phase.READY):
        return {"may_confirm": False}
    missing = missing_for_ready(reception, now) if reception.state == Phase.PUBLISHED else []
    return {"may_confirm": reception.state == Phase.PUBLISHED, "missing": missing, "may_doubt": not missing}


@require_http_methods(["GET", "POST"])
@staff(Role.CLERK)
def create(request: HttpRequest, person: Person) -> HttpResponse:
    """«Lập buổi tiếp»; with `?tu=BT-…` a copy of an earlier one, with `?vu-viec=VV-…` for an approved case."""
    now = timezone.now()
    today = localdate(now)
    copied = plan_for(person, request.GET["tu"], now) if request.GET.get("tu") else None
    wanted = request.POST.get("vu-viec") or request.GET.get("vu-viec")
    case = case_for(person, wanted, now) if wanted else None
    agencies = desks_of(person, today)
    agency = _agency(request, agencies, copied, case, today)
    if request.method == "GET":
        form = PlanForm(agency=agency, on=today, initial=_first_values(agency, copied, case))
        return _form(request, form, agencies, copied, case)
    form = PlanForm(request.POST, agency=agency, on=today)
    if not form.is_valid():
        return _form(request, form, agencies, copied, case, 422)
    try:
        with transaction.atomic():
            reception = plan_reception(form.facts(), by=person, at=now, copied=copied)
            if case is not None:
                add_matter(reception, case, public_title=suggested_title(case), minutes=60, by=person, at=now)
    except Refused as refused:
        form.blame(refused)
        return _form(request, form, agencies, copied, case, refused.status)
    what = "Thêm điểm cầu." if case else "Thêm vụ việc và điểm cầu."
    messages.success(request, f"Đã lập buổi tiếp {reception.code}. {what}")
    return redirect("receptions:detail", code=reception.code)


def _agency(
    request: HttpRequest, agencies: list[Agency], copied: Reception | None, case: Case | None, on: date
) -> Agency:
    """Of several desks the one that was chosen, else that of the reception or the case it is for."""
    wanted = request.POST.get("agency") or request.GET.get("co-quan") or ""
    near = {heir(row.agency, on).pk for row in (copied, case) if row is not None}
    chosen = [agency for agency in agencies if str(agency.pk) == wanted]
    return (chosen or [agency for agency in agencies if agency.pk in near] or agencies)[0]


def _first_values(agency: Agency, copied: Reception | None, case: Case | None) -> dict[str, Any]:
    if copied is not None:
        values = entered(copied)
        return {name: value for name, value in values.items() if name not in ("day", "adhoc_reason", "note")}
    title = suggested_title(case) if case else ""
    return {"title": title, "starts": "08:00", "ends": "11:30", "help_phone": agency.phone, "place": agency.address}


def _form(
    request: HttpRequest,
    form: PlanForm,
    agencies: list[Agency],
    copied: Reception | None,
    case: Case | None,
    status: int = 200,
) -> HttpResponse:
    facts = {"form": form, "agencies": agencies, "agency": form.agency, "copied": copied, "case": case}
    return render(request, "receptions/create.html", facts, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, code: str) -> HttpResponse:
    """«Sửa kế hoạch», «Đổi thời gian»: the same form with the values of the plan."""
    now, person = timezone.now(), person_at(request)
    reception = plan_for(person, code, now)
    require_writer(person, reception, now)
    facts = frame(reception, person, now)
    if request.method == "GET":
        first = {**entered(reception), "seen": facts["seen"]}
        proposed = proposed_day(request.GET.get("ngay"))
        if proposed == first["day"]:
            proposed = None
        form = PlanForm(
            agency=reception.agency, on=localdate(now), initial=first | ({"day": proposed} if proposed else {})
        )
        return _change_page(request, person, reception, form, now, proposed=proposed)
    form = PlanForm(request.POST, agency=reception.agency, on=localdate(now))
    if not form.is_valid():
        return _change_page(request, person, reception, form, now, 422)
    data = form.cleaned_data
    try:
        change_plan(reception, form.facts(), by=person, at=now, seen=data["seen"], reason=data["reason"])
    except Refused as refused:
        form.blame(refused)
        reception.refresh_from_db()
        return _change_page(request, person, reception, form, now, refused.status)
    messages.success(request, "Đã lưu kế hoạch.")
    return redirect("receptions:detail", code=code)


def _change_page(
    request: HttpRequest,
    person: Person,
    reception: Reception,
    form: PlanForm,
    now: datetime,
    status: int = 200,
    *,
    proposed: date | None = None,
) -> HttpResponse:
    """`proposed`: the day to which somebody drew it in the calendar; nothing is written before the form comes."""
    facts = {
        "form": form,
        "proposed": proposed,
        "is_published": reception.state in (Phase.PUBLISHED, Phase.READY),
        "tab": "receptions:detail",
    }
    return page(request, person, reception, "receptions/change.html", facts, now=now, status=status)
