"""Tab «Vụ việc»: which cases are heard, in which order, under which public words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_POST

from tiepdan.accounts.models import Person
from tiepdan.cases.access import may_read
from tiepdan.cases.models import Case
from tiepdan.cases.queries import candidates
from tiepdan.kernel.numbers import id_of
from tiepdan.kernel.refusals import Refused
from tiepdan.receptions.access import plan_for, require_writer
from tiepdan.receptions.actions import matters as actions
from tiepdan.receptions.forms.places import ChosenForm, LateForm, MatterDetailsForm, MatterForm
from tiepdan.receptions.models import Matter, Reception
from tiepdan.receptions.plan import plan_of
from tiepdan.receptions.views.common import blame, page, person_at
from tiepdan.receptions.warnings.matters import NO_MATTER

MOST_CANDIDATES = 200


@login_required
@require_GET
def matters(request: HttpRequest, code: str) -> HttpResponse:
    now, person = timezone.now(), person_at(request)
    return _show(request, person, plan_for(person, code, now), now)


def _show(
    request: HttpRequest,
    person: Person,
    reception: Reception,
    now: datetime,
    *,
    status: int = 200,
    form: MatterForm | None = None,
    wrong: dict[int, Any] | None = None,
    sentence: str = "",
) -> HttpResponse:
    plan = plan_of(reception)
    rows = [
        {
            "matter": matter,
            "form": (wrong or {}).get(matter.pk)
            or MatterDetailsForm(
                initial={"public_title": matter.public_title, "minutes": matter.minutes}, prefix=f"m{matter.pk}"
            ),
            "is_first": number == 1,
            "is_last": number == len(plan.matters),
            "number": number,
            "is_open": may_read(person, matter.case, localdate(now)),
        }
        for number, matter in enumerate(plan.matters, start=1)
    ]
    choices = candidates(reception.agency, localdate(now)).order_by("received_on", "pk")
    facts = {
        "plan": plan,
        "rows": rows,
        "minutes": sum(matter.minutes for matter in plan.matters),
        "form": form or MatterForm(cases=choices, initial=_wanted(request, choices)),
        "has_candidates": choices.exists(),
        "empty": NO_MATTER,
        "sentence": sentence,
        "typed_reason": request.POST.get("reason", "")[:300],
        "tab": "receptions:matters",
    }
    return page(request, person, reception, "receptions/matters.html", facts, now=now, status=status)


def _wanted(request: HttpRequest, choices: QuerySet[Case]) -> dict[str, Any]:
    """The case with which somebody came here from its own page."""
    code = request.GET.get("vu-viec")
    case = choices.filter(code=code).first() if code else None
    return {"case": case.pk, "public_title": actions.suggested_title(case)} if case else {}


@login_required
@require_POST
def add(request: HttpRequest, code: str) -> HttpResponse:
    now, person = timezone.now(), person_at(request)
    reception = plan_for(person, code, now)
    require_writer(person, reception, now, desk_only=True)
    form = MatterForm(request.POST, cases=candidates(reception.agency, localdate(now)))
    if not form.is_valid():
        return _show(request, person, reception, now, status=422, form=form)
    data = form.cleaned_data
    title = data["public_title"].strip() or actions.suggested_title(data["case"])
    try:
        actions.add_matter(
            reception,
            data["case"],
            public_title=title,
            minutes=data["minutes"],
            by=person,
            at=now,
            reason=data["reason"],
        )
    except Refused as refused:
        status = blame(form, refused)
        return _show(request, person, reception, now, status=status, form=form)
    messages.success(request, f"Đã thêm vụ việc {data['case'].code}.")
    return redirect("receptions:matters", code=code)


@login_required
@require_POST
def change(request: HttpRequest, code: str, matter: int) -> HttpResponse:
    now, person = timezone.now(), person_at(request)
    row = _matter(plan_for(person, code, now), matter)
    require_writer(person, row.reception, now, desk_only=True)
    form = MatterDetailsForm(request.POST, prefix=f"m{row.pk}")
    if not form.is_valid():
        return _show(request, person, row.reception, now, status=422, wrong={row.pk: form})
    data = form.cleaned_data
    try:
        actions.change_matter(
            row,
            public_title=data["public_title"],
            minutes=data["minutes"],
            by=person,
            at=now,
            seen=request.POST.get("seen", ""),
            reason=request.POST.get("reason", ""),
        )
    except Refused as refused:
        status = blame(form, refused)
        return _show(request, person, row.reception, now, status=status, wrong={row.pk: form})
    messages.success(request, "Đã lưu.")
    return redirect("receptions:matters", code=code)


@login_required
@require_POST
def move(request: HttpRequest, code: str, matter: int, way: str) -> HttpResponse:
    now, person = timezone.now(), person_at(request)
    row = _matter(plan_for(person, code, now), matter)
    step = -1 if way == "len" else 1
    return _plain(
        request,
        code,
        person,
        row.reception,
        now,
        lambda reason: actions.move_matter(row, step, by=person, at=now, reason=reason),
    )


@login_required
@require_POST
def remove(request: HttpRequest, code: str, matter: int) -> HttpResponse:
    now, person = timezone.now(), person_at(request)
    row = _matter(plan_for(person, code, now), matter)
    return _plain(
        request,
        code,
        person,
        row.reception,
        now,
        lambda reason: actions.remove_matter(row, by=person, at=now, reason=reason),
    )


@login_required
@require_POST
def choose(request: HttpRequest, code: str, matter: int) -> HttpResponse:
    """«Ghi nguyện vọng điểm cầu của công dân» (khoản 3 Điều 22 NĐ 154/2026)."""
    now, person = timezone.now(), person_at(request)
    row = _matter(plan_for(person, code, now), matter)
    require_writer(person, row.reception, now, desk_only=True)
    form = ChosenForm(request.POST)
    wanted = form.data.get("hall", "")
    hall = row.reception.halls.filter(pk=id_of(wanted) or 0).first()
    if wanted and hall is None:
        raise Refused(actions.AT_HOME, code="hall")
    actions.choose_hall(row, hall, by=person, at=now, reason=request.POST.get("reason", ""))
    messages.success(request, "Đã ghi nguyện vọng của công dân.")
    return redirect("receptions:halls", code=code)


def _plain(
    request: HttpRequest, code: str, person: Person, reception: Reception, now: datetime, act: Any
) -> HttpResponse:
    """An act without fields of its own; the sentence of a refusal stands above the list."""
    form = LateForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        act(reason)
    except Refused as refused:
        return _show(request, person, reception, now, status=refused.status, sentence=refused.sentence)
    return redirect("receptions:matters", code=code)


def _matter(reception: Reception, pk: int) -> Matter:
    row = reception.matters.select_related("case__agency", "case__place").filter(pk=pk).first()
    if row is None:
        raise Http404
    row.reception = reception
    return row
