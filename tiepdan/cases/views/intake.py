"""Taking a case in: one page, the hint at duplicates while typing, the slip for the citizen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tiepdan.accounts.access import staff
from tiepdan.accounts.models import Person
from tiepdan.accounts.rules import Role
from tiepdan.cases import access
from tiepdan.cases.actions import intake
from tiepdan.cases.forms.base import blame
from tiepdan.cases.forms.intake import AgencyForm, CaseForm, HandledRows, PersonForm, RepresentedForm
from tiepdan.cases.models import Case, Petitioner
from tiepdan.cases.queries import deadlines_of, main_petitioner, possible_duplicates
from tiepdan.cases.rules import Paper
from tiepdan.cases.rules.identity import last_digits
from tiepdan.kernel.refusals import Refused
from tiepdan.kernel.text import masked_name


@dataclass
class Sheet:
    """The forms of the page of intake."""

    agency: AgencyForm
    case: CaseForm
    person: PersonForm
    represented: RepresentedForm
    history: Any  # formset of HandledForm

    @classmethod
    def of(cls, request: HttpRequest, person: Person, today: date) -> Sheet:
        data = request.POST if request.method == "POST" else None
        agencies = access.clerk_agencies(person, today)
        return cls(
            AgencyForm(data, agencies=agencies),
            CaseForm(data, today=today),
            PersonForm(data),
            RepresentedForm(data, prefix="thay"),
            HandledRows(data, prefix="truoc"),
        )

    def is_valid(self) -> bool:
        one_by_one = [self.agency, self.case, self.person, self.represented, self.history]
        fine = all([form.is_valid() for form in one_by_one])
        return fine and self.represented.require(self.person.cleaned_data["standing"])

    def save(self, *, is_new_for_sure: bool, by: Person, at: datetime) -> Case:
        agency = self.agency.chosen()
        assert agency is not None
        return intake.receive(
            agency,
            self.case.facts(),
            self.person.facts(),
            represented=self.represented.facts(),
            history=[row.facts() for row in self.history if row.has_changed()],
            is_new_for_sure=is_new_for_sure,
            by=by,
            at=at,
        )

    def blame(self, refused: Refused) -> None:
        blame(self.person if refused.code in self.person.fields else self.case, refused)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff(Role.CLERK)
def create(request: HttpRequest, person: Person) -> HttpResponse:
    now = timezone.now()
    sheet = Sheet.of(request, person, timezone.localdate(now))
    if request.method != "POST":
        return _page(request, sheet)
    if not sheet.is_valid():
        return _page(request, sheet, status=422)
    try:
        case = sheet.save(is_new_for_sure="is_new_for_sure" in request.POST, by=person, at=now)
    except intake.MayBeDuplicate as twins:
        return _page(request, sheet, duplicates=twins.cases, sentence=twins.sentence, status=twins.status)
    except Refused as refused:
        sheet.blame(refused)
        return _page(request, sheet, status=refused.status)
    messages.success(request, f"Đã tiếp nhận {case.code}. Mã tra cứu cho công dân: {case.lookup_code}.")
    return redirect("cases:detail", case.code)


def _page(
    request: HttpRequest,
    sheet: Sheet,
    *,
    duplicates: list[Case] | None = None,
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    facts = {"sheet": sheet, "duplicates": duplicates or [], "must_confirm": bool(duplicates), "sentence": sentence}
    return render(request, "cases/intake.html", facts, status=status)


@sensitive_post_parameters()
@require_POST
@never_cache
@staff(Role.CLERK)
def duplicates(request: HttpRequest, person: Person) -> HttpResponse:
    """The hint while typing; a POST, so that names and numbers stand in no address and no log."""
    agencies = access.clerk_agencies(person, timezone.localdate())
    found = possible_duplicates(
        [agency.pk for agency in agencies],
        number=request.POST.get("paper_number", "")[:40],
        name=request.POST.get("full_name", "")[:200],
        summary=request.POST.get("summary", "")[:300],
    )
    return render(request, "cases/duplicates.html", {"duplicates": found, "must_confirm": False})


def lookup_key(main: Petitioner) -> str:
    """What the citizen types beside the code; empty when the case cannot be looked up."""
    if last_digits("" if main.paper == Paper.LATER else main.paper_number, ""):
        return "4 số cuối giấy tờ tùy thân"
    return "4 số cuối số điện thoại đã khai (chưa có số giấy tờ)" if last_digits("", main.phone) else ""


@require_safe
@never_cache
@staff()
def slip(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    """«Phiếu tiếp nhận» with the code for looking up; goes home with the citizen, so it names nobody in full."""
    now = timezone.now()
    case = access.case_for(person, code, now)
    may_see = access.may_see_people(person, case, timezone.localdate(now))
    main = main_petitioner(case)
    is_named = main is not None and may_see and not case.is_protected
    facts = {
        "case": case,
        "who": masked_name(main.full_name) if main and is_named else "",
        "deadlines": deadlines_of(case),
        "key": lookup_key(main) if main and not case.is_protected else "",
    }
    return render(request, "cases/slip.html", facts)
