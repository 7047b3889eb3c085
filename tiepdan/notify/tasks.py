"""Rows of «Việc của tôi»: what lies in the outbox and what could not be sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import agency_ids
from tiepdan.accounts.rules import Role
from tiepdan.accounts.tasks import Task
from tiepdan.notify.models import Delivery
from tiepdan.notify.queries import NEEDS_CARE, PROBLEMS, WAITING
from tiepdan.notify.rules import State


def find(person: Person, now: datetime) -> Iterator[Task]:
    on = localdate(now)
    clerk_of = agency_ids(person, on, Role.CLERK)
    mends = clerk_of | agency_ids(person, on, Role.ADMIN)
    if not mends:
        return
    rows = (
        Delivery.objects.filter(NEEDS_CARE | Q(state=State.DRAFT), agency__in=mends, state__in=WAITING)
        .values("agency", "agency__short_name")
        .annotate(
            drafts=Count("pk", filter=Q(state=State.DRAFT)),
            drafts_due=Min("deadline", filter=Q(state=State.DRAFT)),
            stuck=Count("pk", filter=NEEDS_CARE),
            stuck_due=Min("deadline", filter=NEEDS_CARE),
        )
        .order_by("agency")
    )
    address = reverse("notify:outbox")
    for row in rows:
        subject = f"Hộp gửi · {row['agency__short_name']}"
        if row["stuck"]:
            yield Task(
                key=f"notify.stuck:{row['agency']}:{row['stuck']}",
                subject=subject,
                verb=f"{row['stuck']} thư gửi không được: gửi bằng cách khác",
                address=f"{address}?state={PROBLEMS}",
                due=row["stuck_due"],
            )
        if row["drafts"] and row["agency"] in clerk_of:
            yield Task(
                key=f"notify.drafts:{row['agency']}:{row['drafts']}",
                subject=subject,
                verb=f"Xem lại rồi gửi {row['drafts']} thư",
                address=f"{address}?state={State.DRAFT.value}",
                due=row["drafts_due"],
            )
