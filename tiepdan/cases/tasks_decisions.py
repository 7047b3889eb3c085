"""What waits for the head and for the clerk: decisions, returned and approved cases, refusals, transfers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.db.models import F
from django.urls import reverse
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import agency_ids, deciding_ids
from tiepdan.accounts.rules import Role
from tiepdan.accounts.tasks import COUNTED, Task, counted, first_of, rest_of
from tiepdan.cases.actions.handing import TRANSFER
from tiepdan.cases.models import Case, Handing, Refusal, Submission
from tiepdan.cases.rules import UNTOLD, RefusalState, State
from tiepdan.cases.tasks import MOST, THINGS, first_by_due, list_address, mine

ARTICLE_REFUSAL = "khoản 3 Điều 4 NĐ 154/2026"
ARTICLE_FEEDBACK = "khoản 2 Điều 27 Luật Tiếp công dân"
ARTICLE_ANSWER = "khoản 1 Điều 28 Luật Tiếp công dân"
ARTICLE_RESULT = "khoản 2 Điều 28 Luật Tiếp công dân"
MOST_DECISIONS = 50  # «Chờ phê duyệt» shows them too


def find(person: Person, now: datetime) -> Iterator[Task]:
    on = localdate(now)
    for agency in sorted(deciding_ids(person, on)):
        yield from _submissions(person, agency)
        yield from _refusals_to_sign(person, agency)
    for agency in sorted(agency_ids(person, on, Role.CLERK)):
        yield from _cases(person, agency)
        yield from _refusals_to_write(agency)
        yield from _transfers(agency)
        yield from _untold(person, agency)


def _submissions(person: Person, agency: int) -> Iterator[Task]:
    rows = Submission.objects.filter(decision="", case__agency=agency, case__state=State.PROPOSED)
    rows = rows.exclude(submitted_by=person).select_related("case").defer("case__content", "case__search")
    few = first_of(rows.order_by(F("case__next_due").asc(nulls_last=True), "case"), MOST_DECISIONS)
    verb = "Quyết định tiếp trực tuyến"
    for row in few.rows:
        yield Task(
            key=f"cases.submission:{row.pk}",
            subject=str(row.case),
            verb=verb,
            address=reverse("cases:decision", args=[row.case.code]),
            due=row.case.next_due,
            is_decision=True,
            changed_at=row.submitted_at,
        )
    if few.left:
        address, due = list_address(state=State.PROPOSED), few.following.case.next_due
        yield replace(rest_of(few, f"cases.submission:{agency}", verb, THINGS, address, due), is_decision=True)


def _refusals_to_sign(person: Person, agency: int) -> Iterator[Task]:
    rows = Refusal.objects.filter(state=RefusalState.SUBMITTED, case__agency=agency).exclude(submitted_by=person)
    few = first_of(rows.select_related("case").order_by("due_on", "pk"), MOST_DECISIONS)
    verb = "Ký thông báo từ chối 01/TCD"
    for row in few.rows:
        yield Task(
            key=f"cases.refusal:{row.pk}",
            subject=str(row.case),
            verb=verb,
            address=_refusal_address(row),
            due=row.due_on,
            citation=ARTICLE_REFUSAL,
            is_decision=True,
            changed_at=row.submitted_at,
        )
    if few.left:
        rest = rest_of(few, f"cases.refusal:{agency}", verb, THINGS, list_address(), few.following.due_on)
        yield replace(rest, is_decision=True)


def _refusals_to_write(agency: int) -> Iterator[Task]:
    states = (RefusalState.DRAFT, RefusalState.RETURNED)
    rows = Refusal.objects.filter(state__in=states, case__agency=agency)
    few = first_of(rows.select_related("case").order_by("due_on", "pk"), MOST)
    for row in few.rows:
        verb = "Trình ký thông báo 01/TCD" if row.state == RefusalState.DRAFT else "Bổ sung, trình ký lại 01/TCD"
        yield Task(
            key=f"cases.refusal:{row.pk}",
            subject=str(row.case),
            verb=verb,
            address=_refusal_address(row),
            due=row.due_on,
            citation=ARTICLE_REFUSAL,
            changed_at=row.decided_at or row.made_at,
        )
    if few.left:
        verb, due = "Trình ký thông báo 01/TCD", few.following.due_on
        yield rest_of(few, f"cases.refusal_draft:{agency}", verb, THINGS, list_address(), due)


def _cases(person: Person, agency: int) -> Iterator[Task]:
    """Of the desk, those given to nobody or to this person."""
    for state, verb in ((State.RETURNED, "Bổ sung, trình lại"), (State.APPROVED, "Xếp buổi tiếp")):
        few = first_by_due(mine(agency, person).filter(state=state))
        for case in few.rows:
            is_returned = state == State.RETURNED
            yield Task(
                key=f"cases.{case.state}:{case.pk}",
                subject=str(case),
                verb=verb,
                address=reverse("cases:grounds", args=[case.code]) if is_returned else plan_address(case),
                due=case.next_due,
                changed_at=case.state_since,
            )
        if few.left:
            address, due = list_address(state=state), few.following.next_due
            yield rest_of(few, f"cases.{state}:{agency}", verb, THINGS, address, due)


def _untold(person: Person, agency: int) -> Iterator[Task]:
    """Transferred, or refused by a notice, and nobody has written down that the citizen was told."""
    for state in UNTOLD:
        rows = mine(agency, person).filter(state=state, answered_at__isnull=True, next_due__isnull=False)
        few = first_of(rows.order_by("next_due", "pk"), MOST)
        for case in few.rows:
            yield Task(
                key=f"cases.untold:{case.pk}",
                subject=str(case),
                verb="Trả lời công dân",
                address=reverse("cases:answer", args=[case.code]),
                due=case.next_due,
                citation=ARTICLE_ANSWER,
                changed_at=case.state_since,
            )
        if few.left:
            key, address = f"cases.untold:{agency}:{state}", list_address(state=state)
            yield rest_of(few, key, "Trả lời công dân", THINGS, address, few.following.next_due)


def _transfers(agency: int) -> Iterator[Task]:
    """With a day of the law each by itself; those without news in one row for the desk."""
    waiting = Handing.objects.filter(kind=TRANSFER, told_on__isnull=True, case__agency=agency)
    told = waiting.filter(citizen_due__isnull=False).select_related("case").order_by("citizen_due", "pk")
    few, verb, address = first_of(told, MOST), "Báo công dân kết quả đơn đã chuyển", reverse("cases:transfers")
    for row in few.rows:
        yield Task(
            key=f"cases.result:{row.pk}",
            subject=str(row.case),
            verb=verb,
            address=_transfer_address(row),
            due=row.citizen_due,
            citation=ARTICLE_RESULT,
        )
    if few.left:
        yield rest_of(few, f"cases.result:{agency}", verb, "đơn", address, few.following.citizen_due)
    unheard = waiting.filter(feedback_on__isnull=True)
    heard = unheard.filter(feedback_due__isnull=False).select_related("case").order_by("feedback_due", "pk")
    few, verb = first_of(heard, MOST), "Nhận thông báo kết quả đơn đã chuyển"
    for row in few.rows:
        yield Task(
            key=f"cases.feedback:{row.pk}",
            subject=f"{row.case} → {row.to_name}",
            verb=verb,
            address=_transfer_address(row),
            due=row.feedback_due,
            citation=ARTICLE_FEEDBACK,
        )
    if few.left:
        yield rest_of(few, f"cases.feedback:{agency}", verb, "đơn", address, few.following.feedback_due)
    silent = unheard.filter(feedback_due__isnull=True)[: COUNTED + 1].count()
    if silent:
        yield Task(
            key=f"cases.transfers:{agency}",
            subject=f"{counted(silent)} đơn đã chuyển chưa có kết quả",
            verb="Theo dõi, đôn đốc",
            address=address,
        )


def _transfer_address(row: Handing) -> str:
    return reverse("cases:transfer_result", args=[row.case.code, row.pk])


def plan_address(case: Case) -> str:
    """Where a case gets its place in a reception; that room stands above this one, so its address is written out."""
    return f"/vu-viec/{case.code}/buoi-tiep/"


def _refusal_address(row: Refusal) -> str:
    return reverse("cases:refusal", args=[row.case.code, row.pk])
