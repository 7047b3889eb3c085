"""Tab «Người đại diện»: the group and who speaks for it; one person in full, with a reason that is logged."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tiepdan.accounts.access import staff
from tiepdan.accounts.models import Person
from tiepdan.cases import access
from tiepdan.cases.actions import people
from tiepdan.cases.actions.common import marker
from tiepdan.cases.forms.base import blame
from tiepdan.cases.forms.intake import PersonForm
from tiepdan.cases.forms.people import MembersForm, ReasonForm, RepresentativesForm
from tiepdan.cases.models import Case, Petitioner
from tiepdan.cases.pages import page
from tiepdan.cases.queries import items_of
from tiepdan.cases.rules import CROWD, OPEN_STATES, REPRESENTED_IN, ItemKind
from tiepdan.cases.views.common import masked_people
from tiepdan.kernel.refusals import Refused

HERE = "cases:people"


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff()
def index(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    """The group; a POST chooses its representatives."""
    now = timezone.now()
    if request.method != "POST":
        return _page(request, person, access.case_for(person, code, now), now)
    case = access.case_with_people(person, code, now)
    form = RepresentativesForm(request.POST, request.FILES, people=list(case.petitioners.values_list("pk", flat=True)))
    if not form.is_valid():
        return _page(request, person, case, now, status=422, form=form)
    chosen: list[int] = form.cleaned_data["chosen"]
    try:
        people.set_representatives(
            case, chosen, form.cleaned_data["signed"], seen=request.POST.get("seen") or "-", by=person, at=now
        )
    except Refused as refused:
        return _page(
            request, person, case, now, status=refused.status, form=form, chosen=chosen, sentence=refused.sentence
        )
    messages.success(request, f"Đã ghi {len(chosen)} người đại diện.")
    return redirect(HERE, case.code)


def _page(
    request: HttpRequest, person: Person, case: Case, now: datetime, status: int = 200, **extra: Any
) -> HttpResponse:
    may_see = access.may_see_people(person, case, timezone.localdate(now))
    shown = masked_people(case) if may_see else []
    facts = {
        "people": shown,
        "chosen": [one.pk for one in shown if one.is_representative],
        "most": people.most_representatives(case),
        "is_crowd": case.people_count >= CROWD,
        "is_open": case.state in OPEN_STATES,
        "may_choose": case.state in REPRESENTED_IN,
        "may_add": case.state in OPEN_STATES or (case.state in REPRESENTED_IN and len(shown) < case.people_count),
        "signed": [item for item in items_of(case) if item.kind == ItemKind.GROUP_PAPER] if may_see else [],
        "form": RepresentativesForm(people=[]),
        "members": MembersForm(),
        "seen": request.POST.get("seen") or marker(case),
        **extra,
    }
    return page(
        request, person, case, "cases/people.html", facts, here=HERE, now=now, status=status, editing="dai-dien"
    )


@sensitive_post_parameters()
@require_POST
@staff()
def add(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    now = timezone.now()
    case = access.case_with_people(person, code, now)
    form = MembersForm(request.POST)
    if not form.is_valid():
        return _page(request, person, case, now, status=422, members=form)
    try:
        people.add_people(case, form.cleaned_data["lines"], by=person, at=now)
    except Refused as refused:
        form.add_error("lines", refused.sentence)
        return _page(request, person, case, now, status=refused.status, members=form)
    messages.success(request, f"Đã thêm {len(form.cleaned_data['lines'])} người.")
    return redirect(HERE, case.code)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff()
def one(request: HttpRequest, person: Person, code: str, pk: int) -> HttpResponse:
    """Asks for the reason, writes it down, then shows the full identity on this answer only."""
    now = timezone.now()
    case = access.case_for(person, code, now)
    somebody = access.person_of_case(person, case, pk, now)
    form = ReasonForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _one(request, person, somebody, now, reason_form=form, status=422 if request.method == "POST" else 200)
    try:
        people.reveal(somebody, form.cleaned_data["reason"], may=True, by=person, at=now)
    except Refused as refused:
        blame(form, refused)
        return _one(request, person, somebody, now, reason_form=form, status=refused.status)
    return _one(request, person, somebody, now, form=PersonForm(initial=PersonForm.initial_of(somebody)))


@sensitive_post_parameters()
@require_POST
@staff()
def edit(request: HttpRequest, person: Person, code: str, pk: int) -> HttpResponse:
    now = timezone.now()
    case = access.editable_case(person, code, now)
    somebody = access.person_of_case(person, case, pk, now)
    form = PersonForm(request.POST)
    if not form.is_valid():
        return _one(request, person, somebody, now, form=form, status=422)
    try:
        people.edit_person(somebody, form.facts(), seen=request.POST.get("seen") or "-", by=person, at=now)
    except Refused as refused:
        blame(form, refused)
        return _one(request, person, somebody, now, form=form, status=refused.status)
    messages.success(request, "Đã lưu thông tin công dân.")
    return redirect("cases:detail", case.code)


def _one(
    request: HttpRequest, person: Person, somebody: Petitioner, now: datetime, status: int = 200, **extra: Any
) -> HttpResponse:
    case = somebody.case
    facts = {
        "somebody": somebody,
        "is_open": case.state in OPEN_STATES,
        "seen": request.POST.get("seen") or marker(case),
        **extra,
    }
    open_form = "" if "reason_form" in extra else f"nguoi-{somebody.pk}"
    return page(
        request,
        person,
        case,
        "cases/person.html",
        facts,
        here="cases:detail",
        now=now,
        status=status,
        editing=open_form,
    )


@require_POST
@staff()
def remove(request: HttpRequest, person: Person, code: str, pk: int) -> HttpResponse:
    now = timezone.now()
    case = access.editable_case(person, code, now)
    people.remove_person(access.person_of_case(person, case, pk, now), by=person, at=now)
    messages.success(request, "Đã bỏ một người khỏi vụ việc.")
    return redirect(HERE, case.code)
