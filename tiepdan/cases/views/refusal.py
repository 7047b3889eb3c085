"""Refusing to receive: choosing the ground, the draft of 01/TCD, signing and issuing it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST

from tiepdan.accounts.access import staff
from tiepdan.accounts.models import Person
from tiepdan.cases import pages
from tiepdan.cases import queries_decisions as reads
from tiepdan.cases.access import case_for, editable_case, may_edit, may_see_people
from tiepdan.cases.actions import refusal as actions
from tiepdan.cases.actions.decision import right_to_decide
from tiepdan.cases.actions.violation import is_violation
from tiepdan.cases.forms.base import above
from tiepdan.cases.forms.decision import DecisionForm, IssueForm
from tiepdan.cases.forms.refusal import RefusalForm, initial_for, initial_of
from tiepdan.cases.models import Case, Refusal
from tiepdan.cases.models_desk import Violation
from tiepdan.cases.queries import items_of
from tiepdan.cases.rules import CASE, ITEM_LABELS, RefusalState
from tiepdan.kernel.refusals import Forbidden, Refused
from tiepdan.law.profiles import DEFAULT, Profile
from tiepdan.law.refusal_checks import PROOF_WORDS, wanted
from tiepdan.law.sections import RefusalGround
from tiepdan.policy.queries import profile_for

HERE = "cases:detail"
WRITABLE = (RefusalState.DRAFT, RefusalState.RETURNED)
WRITE = "write"


@require_http_methods(["GET", "POST"])
@staff()
def choose(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    """The dialog «Từ chối tiếp»: 13 grounds; one button records the explanation, the other drafts 01/TCD."""
    now = timezone.now()
    case = editable_case(person, code, now)
    _require_sight(person, case, now)
    open_one = reads.open_refusal(case)
    if open_one is not None and request.method == "GET":
        return redirect("cases:refusal", code=case.code, pk=open_one.pk)
    rules, items = _lists(case, now)
    if request.method == "GET":
        first = initial_for(localdate(now), request.GET.get("can-cu", ""))
        return _choice(request, person, case, RefusalForm(rules, items, initial=first), rules, now)
    form = RefusalForm(rules, items, request.POST)
    if not form.is_valid():
        return _choice(request, person, case, form, rules, now, status=422)
    try:
        if request.POST.get("step") == WRITE:
            made = actions.write(case, form.entry(), by=person, at=now)
            return redirect("cases:refusal", code=case.code, pk=made.pk)
        said = actions.explain(case, form.entry(), by=person, at=now)
    except Refused as problem:
        return _choice(request, person, case, form, rules, now, sentence=above(form, problem), status=problem.status)
    messages.success(request, f"Đã ghi nhận lời giải thích; {case.code} «Từ chối tiếp».")
    if is_violation(said, rules):  # where «Lập biên bản vi phạm» stands
        return redirect("cases:refusal", code=case.code, pk=said.pk)
    return redirect("cases:detail", code=case.code)


def _choice(
    request: HttpRequest,
    person: Person,
    case: Case,
    form: RefusalForm,
    rules: Profile,
    now: datetime,
    *,
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    why_not = ""
    if CASE.after(case.state, "refuse") is None:
        why_not = f"Không từ chối được khi vụ việc đang ở trạng thái «{CASE.label(case.state)}»."
    page = {
        "form": form,
        "grounds": [
            (ground, _proof_words(ground), not ground.kinds or case.kind in ground.kinds) for ground in rules.refusals
        ],
        "proof_items": list(zip(form["proofs"], items_of(case), strict=True)),
        "why_not": why_not,
        "sentence": sentence,
    }
    return pages.page(request, person, case, "cases/decisions/refuse.html", page, here=HERE, now=now, status=status)


@require_http_methods(["GET", "POST"])
@staff()
def refusal(request: HttpRequest, person: Person, code: str, pk: int) -> HttpResponse:
    """The draft of 01/TCD for those who write it; for the head the same page with «Phát hành» and «Trả lại»."""
    now = timezone.now()
    row = _row(person, code, pk, now)
    if request.method == "POST":
        return _write(request, person, row, now)
    return _page(request, person, row, now)


def _write(request: HttpRequest, person: Person, row: Refusal, now: datetime) -> HttpResponse:
    """Save, «Trình ký» (saves first), or drop."""
    if not may_edit(person, row.case, localdate(now)):
        raise Forbidden("Chỉ cán bộ phụ trách vụ việc được sửa dự thảo.", code="forbidden")
    step = request.POST.get("step", "")
    if step == "drop":
        actions.drop(row, by=person, at=now)
        messages.success(request, "Đã bỏ dự thảo thông báo từ chối.")
        return redirect("cases:detail", code=row.case.code)
    form = RefusalForm(*_lists(row.case, now), request.POST)
    if not form.is_valid():
        return _page(request, person, row, now, form=form, seen=request.POST.get("seen", ""), status=422)
    seen = request.POST.get("seen") or "-"
    try:
        actions.revise(row, form.entry(), seen=seen, by=person, at=now)
        seen = actions.marker(row)  # saved, whatever «Trình ký» says
        if step == "put":
            actions.put(row, by=person, at=now)
    except Refused as problem:
        return _page(
            request, person, row, now, form=form, seen=seen, sentence=above(form, problem), status=problem.status
        )
    messages.success(request, "Đã trình ký thông báo 01/TCD." if step == "put" else "Đã lưu dự thảo.")
    return redirect("cases:refusal", code=row.case.code, pk=row.pk)


@require_POST
@staff()
def decide(request: HttpRequest, person: Person, code: str, pk: int) -> HttpResponse:
    """«Phát hành», with the signed paper when there is one, or «Trả lại để bổ sung»."""
    now = timezone.now()
    row = _row(person, code, pk, now)
    note, signed = DecisionForm(request.POST), IssueForm(request.POST, request.FILES)
    if not note.is_valid() or not signed.is_valid():
        return _page(request, person, row, now, note=note, signed=signed, status=422)
    try:
        if request.POST.get("step") == "return":
            actions.give_back(row, note.cleaned_data["note"], by=person, at=now)
            messages.success(request, "Đã trả lại thông báo để bổ sung.")
        else:
            paper = actions.issue(row, signed.cleaned_data["signed"] or None, by=person, at=now)
            messages.success(request, f"Đã phát hành thông báo số {paper.code}.")
    except Refused as problem:
        row.refresh_from_db()
        return _page(
            request, person, row, now, note=note, signed=signed, sentence=above(note, problem), status=problem.status
        )
    return redirect("cases:refusal", code=code, pk=pk)


def _page(
    request: HttpRequest,
    person: Person,
    row: Refusal,
    now: datetime,
    *,
    form: RefusalForm | None = None,
    note: DecisionForm | None = None,
    signed: IssueForm | None = None,
    seen: str = "",
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    case = row.case
    rules, items = _lists(case, now)
    ground = rules.refusal(row.code)
    form = form or RefusalForm(rules, items, initial=initial_of(row))
    record = Violation.objects.select_related("made_by", "document").filter(refusal=row).first()
    right, why_not = None, ""
    try:
        right = right_to_decide(person, case.agency, row.submitted_by, now)
    except Forbidden as problem:
        why_not = problem.sentence
    needed = wanted(ground) if ground else ()
    choices = list(zip(form["proofs"], items, strict=True))
    page: dict[str, Any] = {
        "row": row,
        "ground": ground,
        "grounds": [one for one in rules.refusals if one.is_written and (not one.kinds or case.kind in one.kinds)],
        "proofs": [
            (ITEM_LABELS.get(kind, kind), [choice for choice, item in choices if item.kind == kind])
            for kind in (ground.proofs if ground else ())
        ],
        "other_proofs": [choice for choice, item in choices if not ground or item.kind not in ground.proofs],
        "asks_earlier": "received_before" in needed,
        "chosen": list(row.proofs.all()),
        "form": form,
        "note": note or DecisionForm(),
        "signed": signed or IssueForm(),
        "documents": [paper for paper in (row.document, record.document if record else None) if paper],
        "record": record,
        "record_article": rules.refusing.violations_article if is_violation(row, rules) else "",
        "seen": seen or actions.marker(row),
        "is_writable": row.state in WRITABLE and may_edit(person, case, localdate(now)),
        "is_waiting": row.state == RefusalState.SUBMITTED,
        "right": right,
        "why_not": why_not,
        "sentence": sentence,
    }
    return pages.page(
        request,
        person,
        case,
        "cases/decisions/refusal.html",
        page,
        here=HERE,
        now=now,
        status=status,
        editing=f"tu-choi-{row.pk}" if page["is_writable"] else "",
    )


def _row(person: Person, code: str, pk: int, now: datetime) -> Refusal:
    case = case_for(person, code, now)
    _require_sight(person, case, now)
    rows = case.refusals.select_related(
        "case__agency", "document", "made_by", "submitted_by", "decided_by", "on_behalf_of"
    )
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    row.case = case
    return row


def _require_sight(person: Person, case: Case, now: datetime) -> None:
    if not may_see_people(person, case, localdate(now)):
        raise Http404


def _lists(case: Case, now: datetime) -> tuple[Profile, list[Any]]:
    return profile_for(case.agency, DEFAULT, localdate(now)), list(items_of(case))


def _proof_words(ground: RefusalGround) -> list[str]:
    return [PROOF_WORDS.get(code) or ITEM_LABELS.get(code, code) for code in wanted(ground)]
