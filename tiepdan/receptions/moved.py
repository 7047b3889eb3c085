"""Which dates of open receptions move when the working-day table or an office's values change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from tiepdan.kernel.dates import day_text, moment_text
from tiepdan.law.milestones import milestones
from tiepdan.law.profiles import Profile
from tiepdan.law.workdays import Calendar
from tiepdan.policy.impact import NewValues, Touched
from tiepdan.policy.queries import calendar
from tiepdan.receptions.models import Reception
from tiepdan.receptions.queries import rules_memo
from tiepdan.receptions.rules import COMING


def coming() -> QuerySet[Reception]:
    return (
        Reception.objects.filter(state__in=COMING)
        .select_related("agency")
        .prefetch_related("met")
        .order_by("starts_at")
    )


def by_calendar(after: Calendar) -> Iterator[Touched]:
    """Milestones that are not met yet and fall on another day with the table `after`; a met one keeps its date."""
    before, rules = calendar(), rules_memo()
    for reception in coming():
        profile = rules(reception)
        yield from _moved(reception, (profile, before), (profile, after))


def by_values(values: NewValues) -> Iterator[Touched]:
    table = calendar()
    for reception in coming().filter(agency=values.agency, profile=values.code):
        if localdate(reception.starts_at) >= values.valid_from:
            yield from _moved(reception, (values.before, table), (values.after, table))


def _moved(
    reception: Reception, before: tuple[Profile, Calendar], after: tuple[Profile, Calendar]
) -> Iterable[Touched]:
    met = {row.code for row in reception.met.all()}
    old = {row.code: row for row in milestones(before[0], reception.starts_at, before[1])}
    sentences = [
        f"{row.asks}: {due_text(old[row.code].due)} → {due_text(row.due)}."
        for row in milestones(after[0], reception.starts_at, after[1])
        if row.code in old and row.code not in met and row.due != old[row.code].due
    ]
    if sentences:
        yield Touched(str(reception), reverse("receptions:detail", args=[reception.code]), " ".join(sentences))


def due_text(due: date | datetime) -> str:
    return moment_text(due) if isinstance(due, datetime) else day_text(due)
