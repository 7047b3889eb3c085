"""What was put before the head, the three answers to it, and taking it back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tiepdan.accounts.access import staff
from tiepdan.accounts.models import Person
from tiepdan.accounts.signing import SigningForm
from tiepdan.cases import decision_sheets, pages
from tiepdan.cases import queries_decisions as reads
from tiepdan.cases.access import case_for, editable_case
from tiepdan.cases.actions import decision as actions
from tiepdan.cases.forms.base import above
from tiepdan.cases.forms.decision import DecisionForm
from tiepdan.cases.models import Case, Submission
from tiepdan.cases.rules import ItemKind
from tiepdan.kernel.refusals import Forbidden, Invalid, Refused
from tiepdan.law.profiles import profile

HERE = "cases:grounds"
DONE = {
    actions.APPROVE: "Đã đồng ý tiếp trực tuyến {code}. Cán bộ tiếp dân được nhắc xếp buổi tiếp.",
    actions.RETURN: "Đã trả lại {code} để bổ sung.",
    actions.DECLINE: "Đã ghi «Không đồng ý» với {code}; vụ việc vẫn được tiếp trực tiếp.",
}
OPINIONS = (ItemKind.OPINION, ItemKind.REPORT)


@require_http_methods(["GET", "POST"])
@staff()
def decision(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    now = timezone.now()
    case = case_for(person, code, now)
    if request.method == "POST":
        return _decide(request, person, case, now)
    return _page(request, person, case, DecisionForm(), now)


def _decide(request: HttpRequest, person: Person, case: Case, now: datetime) -> HttpResponse:
    form, signing = DecisionForm(request.POST), SigningForm(request.POST, person=person)
    step = request.POST.get("step", "")
    if step not in actions.DECISIONS:
        raise Invalid("Chưa chọn quyết định: đồng ý, trả lại hay không đồng ý.", code="step")
    submission = _submission(case, form.data.get("submission", ""))
    if not form.is_valid():
        return _page(request, person, case, form, now, step=step, status=422)
    note = form.cleaned_data["note"]
    try:
        signing.act(lambda how: actions.decide(submission, step, note, by=person, at=now, proved_by=how), at=now)
    except Refused as problem:
        case.refresh_from_db()
        sentence = "" if signing.errors else above(form, problem)
        return _page(
            request, person, case, form, now, step=step, signing=signing, sentence=sentence, status=problem.status
        )
    messages.success(request, DONE[step].format(code=case.code))
    return redirect("cases:decision", code=case.code)


def _submission(case: Case, pk: str) -> Submission:
    """The one that the page showed, so that nobody decides on a newer one unseen."""
    rows = case.submissions.select_related("case__agency", "submitted_by", "decided_by")
    found = rows.filter(pk=int(pk)).first() if pk.isdecimal() else None
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest,
    person: Person,
    case: Case,
    form: DecisionForm,
    now: datetime,
    *,
    step: str = "",
    signing: SigningForm | None = None,
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    submissions = reads.decisions_of(case)
    shown = next((row for row in submissions if not row.decision), submissions[0] if submissions else None)
    held = reads.dossier(case)
    right, why_not = None, ""
    if shown is not None and not shown.decision:
        try:
            right = actions.right_to_decide(person, case.agency, shown.submitted_by, now)
        except Forbidden as problem:
            why_not = problem.sentence
    page: dict[str, Any] = {
        "shown": shown,
        "rules": profile(shown.profile) if shown else None,
        "opinions": [item for kind in OPINIONS for item in held.get(kind, [])],
        "completeness": reads.completeness(case, held),
        "handled": list(case.history.all()),
        "decided": [row for row in submissions if row.decision],
        "documents": [shown.document] if shown and shown.document else [],
        "form": form,
        "signing": signing or SigningForm(person=person),
        "step": step,
        "right": right,
        "why_not": why_not,
        "is_waiting": shown is not None and not shown.decision,
        "sentence": sentence,
    }
    return pages.page(request, person, case, "cases/decisions/decision.html", page, here=HERE, now=now, status=status)


@require_safe
@staff()
def sheet(request: HttpRequest, person: Person, code: str, pk: int) -> HttpResponse:
    """«Phiếu xử lý» of one decision, to read and to print."""
    case = case_for(person, code, timezone.now())
    submission = get_object_or_404(
        case.submissions.select_related("case__agency", "submitted_by", "decided_by", "on_behalf_of", "document"), pk=pk
    )
    return render(request, "decision_sheet.html", {"sheet": decision_sheets.sheet_of(submission)})


@require_POST
@staff()
def withdraw(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    now = timezone.now()
    case = editable_case(person, code, now)
    submission = _submission(case, request.POST.get("submission", ""))
    actions.withdraw(submission, by=person, at=now)
    messages.success(request, f"Đã rút trình {case.code}. Có thể sửa căn cứ rồi trình lại.")
    return redirect("cases:grounds", code=case.code)
