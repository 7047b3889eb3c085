"""What waits for an inspector: receptions that missed a date of the law."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import agencies_of, with_below
from tiepdan.accounts.rules import Role
from tiepdan.accounts.tasks import Task
from tiepdan.policy.queries import calendar
from tiepdan.receptions.models import Reception
from tiepdan.receptions.queries import milestone_rows, rules_memo
from tiepdan.receptions.rules import Phase

BACK = timedelta(days=30)
AHEAD = timedelta(days=45)  # nothing that lies further ahead is late already
MOST = 50
UNDATED = (Phase.DRAFT, Phase.POSTPONED, Phase.CANCELLED)  # promised to nobody yet, or no more


def tasks(person: Person, now: datetime) -> Iterator[Task]:
    """One row for each reception, the newest first."""
    on = localdate(now)
    inspected = list(agencies_of(person, on, Role.INSPECTOR))
    if not inspected:
        return
    near = Reception.objects.filter(agency__in=with_below(inspected, on), starts_at__range=(now - BACK, now + AHEAD))
    rows = near.exclude(state__in=UNDATED).select_related("agency").prefetch_related("met").order_by("-starts_at", "pk")
    rules, table = rules_memo(), calendar()
    for reception in rows[:MOST]:
        found = milestone_rows(reception, now, table=table, rules=rules(reception))
        late = [row.milestone for row in found if row.is_late and row.milestone.is_law]
        if late:
            yield Task(
                key=f"receptions.missed:{reception.pk}:{'-'.join(one.code for one in late)}",
                subject=str(reception),
                verb=f"Xem {len(late)} mốc luật định không đạt",
                address=f"{reverse('receptions:detail', args=[reception.code])}#moc",
                citation=late[0].citation,
            )
