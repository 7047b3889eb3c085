"""The tab «Căn cứ tiếp trực tuyến»: tick, give reasons, save, put before the head."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from tiepdan.accounts.access import staff
from tiepdan.accounts.models import Person
from tiepdan.cases import pages
from tiepdan.cases import queries_decisions as reads
from tiepdan.cases.access import case_for, editable_case, may_edit
from tiepdan.cases.actions import grounds as actions
from tiepdan.cases.forms.grounds import GroundsForm
from tiepdan.cases.models import Case
from tiepdan.cases.queries_decisions import Draft
from tiepdan.cases.rules import CASE, OPEN_STATES
from tiepdan.kernel.refusals import Refused
from tiepdan.law.grounds import PILOT, Problem, barred, problems

HERE = "cases:grounds"


@require_http_methods(["GET", "POST"])
@staff()
def grounds(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    now = timezone.now()
    if request.method == "POST":
        return _save(request, person, editable_case(person, code, now), now)
    case = case_for(person, code, now)
    draft = reads.draft_of(case, localdate(now))
    rules = reads.profile_of(case, request.GET.get("bo-quy-tac", draft.profile), localdate(now))
    return _page(request, person, case, GroundsForm.of(rules, draft), draft, now)


def _save(request: HttpRequest, person: Person, case: Case, now: datetime) -> HttpResponse:
    """Both buttons save; «Trình lãnh đạo» then submits what was saved, so that a refusal loses nothing."""
    rules = reads.profile_of(case, request.POST.get("profile", ""), localdate(now))
    form = GroundsForm(rules, request.POST)
    usable = form.is_valid()
    draft = form.draft()
    if not usable:
        sentence = "Chưa lưu được. Hãy sửa các ô được đánh dấu."
        return _page(request, person, case, form, draft, now, sentence=sentence, status=422)
    try:
        saved = actions.save_draft(case, draft, by=person, at=now)
    except Refused as problem:
        return _page(request, person, case, form, draft, now, sentence=problem.sentence, status=problem.status)
    if request.POST.get("step") != "submit":
        return redirect(HERE, code=case.code)
    draft = Draft(
        draft.profile, draft.chosen, draft.security, draft.consent, draft.note, seen=saved.saved_at.isoformat()
    )
    try:
        actions.submit(case, by=person, at=now)
    except Refused as problem:
        fresh = GroundsForm(rules, {**request.POST.dict(), "seen": draft.seen})
        fresh.is_valid()
        found = problems(rules, reads.facts_of(case, draft), draft.chosen)
        # A sentence of one ground stands beside it; what concerns the case stands above the list.
        above = problem.sentence if problem.code != "grounds" else " ".join(one.sentence for one in found)
        return _page(request, person, case, fresh, draft, now, found, sentence=above, status=problem.status)
    messages.success(request, f"Đã trình {case.code}. Tờ trình ở mục «Các lần trình».")
    return redirect(HERE, code=case.code)


def _page(
    request: HttpRequest,
    person: Person,
    case: Case,
    form: GroundsForm,
    draft: Draft,
    now: datetime,
    found: list[Problem] | None = None,
    *,
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    on = localdate(now)
    rules = form.rules
    facts = reads.facts_of(case, draft)
    held = reads.dossier(case)
    rows = reads.ground_rows(rules, facts, draft, held, found or [])
    editable = may_edit(person, case, on) and case.state in OPEN_STATES
    closed = barred(rules, facts)
    submissions = reads.decisions_of(case)
    page: dict[str, Any] = {
        "form": form,
        "rules": rules,
        "profiles": [one for one in reads.profiles_on(on) if one.code != rules.code],
        "rows": [(row, form[f"tick-{row.code}"], form[f"reason-{row.code}"]) for row in rows],
        "barred": closed,
        "by_place": {problem.where: problem.sentence for problem in found or []},
        "completeness": reads.completeness(case, held),
        "saved": reads.screening_of(case),
        "is_editable": editable,
        "why_not": "" if editable else _why_not(person, case, on),
        "why_not_submit": _why_not_submit(case, closed),
        "asks_consent": rules.code == PILOT and not facts.decided_by_province,
        "waiting": next((row for row in submissions if not row.decision), None),
        "submissions": submissions,
        "sentence": sentence,
    }
    return pages.page(
        request,
        person,
        case,
        "cases/decisions/grounds.html",
        page,
        here=HERE,
        now=now,
        status=status,
        editing="can-cu" if editable else "",
    )


def _why_not(person: Person, case: Case, on: Any) -> str:
    if not may_edit(person, case, on):
        return "Chỉ cán bộ phụ trách vụ việc được chọn căn cứ và trình."
    return f"Vụ việc đang ở trạng thái «{CASE.label(case.state)}» nên không sửa căn cứ."


def _why_not_submit(case: Case, closed: str) -> str:
    if closed:
        return closed
    if CASE.after(case.state, "submit") is None:
        return f"Không trình được khi vụ việc đang ở trạng thái «{CASE.label(case.state)}»."
    if reads.open_refusal(case) is not None:
        return "Vụ việc đang có dự thảo từ chối tiếp."
    return ""
