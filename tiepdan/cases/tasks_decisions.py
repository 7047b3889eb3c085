"""What waits for the head and for the clerk: decisions, returned and approved cases, refusals, transfers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import agencies_of, decides_for
from tiepdan.accounts.rules import Role
from tiepdan.accounts.tasks import Task
from tiepdan.cases.actions.handing import TRANSFER
from tiepdan.cases.models import Case, Handing, Refusal, Submission
from tiepdan.cases.rules import UNTOLD, RefusalState, State

ARTICLE_REFUSAL = "khoản 3 Điều 4 NĐ 154/2026"
ARTICLE_FEEDBACK = "khoản 2 Điều 27 Luật Tiếp công dân"
ARTICLE_ANSWER = "khoản 1 Điều 28 Luật Tiếp công dân"
ARTICLE_RESULT = "khoản 2 Điều 28 Luật Tiếp công dân"
MOST = 50  # rows of one kind on a desk's home; the list of cases shows all


def find(person: Person, now: datetime) -> Iterator[Task]:
    on = localdate(now)
    deciding = [agency.pk for agency in decides_for(person, on)]
    if deciding:
        yield from _submissions(person, deciding)
        yield from _refusals_to_sign(person, deciding)
    desks = list(agencies_of(person, on, Role.CLERK).values_list("pk", flat=True))
    if desks:
        yield from _cases(person, desks)
        yield from _refusals_to_write(desks)
        yield from _transfers(desks)
        yield from _untold(person, desks)


def _submissions(person: Person, agencies: list[int]) -> Iterator[Task]:
    rows = Submission.objects.filter(decision="", case__agency__in=agencies).exclude(submitted_by=person)
    for row in rows.select_related("case").order_by("case__next_due", "pk"):
        yield Task(
            key=f"cases.submission:{row.pk}",
            subject=str(row.case),
            verb="Quyết định tiếp trực tuyến",
            address=reverse("cases:decision", args=[row.case.code]),
            due=row.case.next_due,
            is_decision=True,
            changed_at=row.submitted_at,
        )


def _refusals_to_sign(person: Person, agencies: list[int]) -> Iterator[Task]:
    rows = Refusal.objects.filter(state=RefusalState.SUBMITTED, case__agency__in=agencies).exclude(submitted_by=person)
    for row in rows.select_related("case").order_by("due_on", "pk"):
        yield Task(
            key=f"cases.refusal:{row.pk}",
            subject=str(row.case),
            verb="Ký thông báo từ chối 01/TCD",
            address=_refusal_address(row),
            due=row.due_on,
            citation=ARTICLE_REFUSAL,
            is_decision=True,
            changed_at=row.submitted_at,
        )


def _refusals_to_write(agencies: list[int]) -> Iterator[Task]:
    states = (RefusalState.DRAFT, RefusalState.RETURNED)
    rows = Refusal.objects.filter(state__in=states, case__agency__in=agencies)
    for row in rows.select_related("case").order_by("due_on", "pk"):
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


def _cases(person: Person, agencies: list[int]) -> Iterator[Task]:
    """Of the desk, those given to nobody or to this person."""
    mine = Q(officer__isnull=True) | Q(officer=person)
    rows = Case.objects.defer("content", "search").filter(
        mine, agency__in=agencies, state__in=(State.RETURNED, State.APPROVED)
    )
    for case in rows.order_by("next_due", "pk")[:MOST]:
        is_returned = case.state == State.RETURNED
        yield Task(
            key=f"cases.{case.state}:{case.pk}",
            subject=str(case),
            verb="Bổ sung, trình lại" if is_returned else "Xếp buổi tiếp",
            address=reverse("cases:grounds", args=[case.code]) if is_returned else plan_address(case),
            due=case.next_due,
            changed_at=case.state_since,
        )


def _untold(person: Person, agencies: list[int]) -> Iterator[Task]:
    """Transferred, or refused by a notice, and nobody has written down that the citizen was told."""
    mine = Q(officer__isnull=True) | Q(officer=person)
    rows = Case.objects.defer("content", "search").filter(
        mine, agency__in=agencies, state__in=UNTOLD, answered_at__isnull=True
    )
    for case in rows.filter(next_due__isnull=False).order_by("next_due", "pk")[:MOST]:
        yield Task(
            key=f"cases.untold:{case.pk}",
            subject=str(case),
            verb="Trả lời công dân",
            address=reverse("cases:answer", args=[case.code]),
            due=case.next_due,
            citation=ARTICLE_ANSWER,
            changed_at=case.state_since,
        )


def _transfers(agencies: list[int]) -> Iterator[Task]:
    """With a day of the law each by itself; those without news in one row for each desk."""
    waiting = Handing.objects.filter(kind=TRANSFER, told_on__isnull=True, case__agency__in=agencies)
    for row in waiting.filter(citizen_due__isnull=False).select_related("case").order_by("citizen_due", "pk"):
        yield Task(
            key=f"cases.result:{row.pk}",
            subject=str(row.case),
            verb="Báo công dân kết quả đơn đã chuyển",
            address=_transfer_address(row),
            due=row.citizen_due,
            citation=ARTICLE_RESULT,
        )
    unheard = waiting.filter(feedback_on__isnull=True)
    for row in unheard.filter(feedback_due__isnull=False).select_related("case").order_by("feedback_due", "pk"):
        yield Task(
            key=f"cases.feedback:{row.pk}",
            subject=f"{row.case} → {row.to_name}",
            verb="Nhận thông báo kết quả đơn đã chuyển",
            address=_transfer_address(row),
            due=row.feedback_due,
            citation=ARTICLE_FEEDBACK,
        )
    silent = unheard.filter(feedback_due__isnull=True).count()
    if silent:
        yield Task(
            key="cases.transfers",
            subject=f"{silent} đơn đã chuyển chưa có kết quả",
            verb="Theo dõi, đôn đốc",
            address=reverse("cases:transfers"),
        )


def _transfer_address(row: Handing) -> str:
    return reverse("cases:transfer_result", args=[row.case.code, row.pk])


def plan_address(case: Case) -> str:
    """Where a case gets its place in a reception; that room stands above this one, so its address is written out."""
    return f"/vu-viec/{case.code}/buoi-tiep/"


def _refusal_address(row: Refusal) -> str:
    return reverse("cases:refusal", args=[row.case.code, row.pk])
