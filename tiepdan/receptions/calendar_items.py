"""What a calendar shows of each reception and each day: readiness, days off, and where another day is proposed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import agency_ids
from tiepdan.accounts.rules import Role
from tiepdan.law.milestones import is_late, milestones
from tiepdan.law.workdays import Calendar
from tiepdan.policy.models import Day, DayKind
from tiepdan.policy.queries import calendar
from tiepdan.receptions.models import MetMilestone, Reception
from tiepdan.receptions.queries import rules_memo
from tiepdan.receptions.rules import Phase, is_last_half_hour

# A draft is changed by its form; what is public only by a new version. Anything else does not move.
PROPOSED_AT: Mapping[str, str] = {
    Phase.DRAFT: "receptions:change",
    Phase.PUBLISHED: "receptions:change_slot",
    Phase.READY: "receptions:change_slot",
}
NOT_TRIED = ("none", "○", "Chưa kết nối thử")
TRIED = ("good", "✓", "Kết nối thử đạt")
TRIED_TOO_LATE = ("bad", "■", "Quá hạn kết nối thử")


@dataclass(frozen=True)
class Item:
    """A reception in a calendar. `proposes`: the page on which another day is proposed, for who may do it now."""

    reception: Reception
    readiness: tuple[str, str, str] | None = None  # shape, sign, words
    proposes: str = ""

    @property
    def starts_at(self) -> datetime:
        return self.reception.starts_at


def items_of(rows: Iterable[Reception], person: Person, now: datetime) -> list[Item]:
    """Three queries, however many rows."""
    rows = list(rows)
    desks = agency_ids(person, localdate(now), Role.CLERK)
    published = [row for row in rows if row.state == Phase.PUBLISHED]
    tried = set(
        MetMilestone.objects.filter(reception__in=published, code="trial").values_list("reception_id", flat=True)
        if published
        else ()
    )
    late = _late(published, now) if published else set()
    return [Item(row, _readiness(row, tried, late), _proposes(row, desks, now)) for row in rows]


def _late(rows: Iterable[Reception], now: datetime) -> set[int]:
    """Those whose trial is due before now."""
    table, rules = calendar(), rules_memo()
    return {
        row.pk
        for row in rows
        for milestone in milestones(rules(row), row.starts_at, table)
        if milestone.code == "trial" and is_late(milestone, now)
    }


def _readiness(row: Reception, tried: set[int], late: set[int]) -> tuple[str, str, str] | None:
    """Between the publication and «Sẵn sàng», which the state itself says."""
    if row.state != Phase.PUBLISHED:
        return None
    if row.pk in tried:
        return TRIED
    return TRIED_TOO_LATE if row.pk in late else NOT_TRIED


def _proposes(row: Reception, desks: frozenset[int], now: datetime) -> str:
    name = PROPOSED_AT.get(row.state, "")
    if not name or row.agency_id not in desks or is_last_half_hour(row.starts_at, now):
        return ""
    return reverse(name, args=[row.code])


def days_off(first: date, last: date, table: Calendar | None = None) -> dict[date, str]:
    """The days nobody works, with the name of a holiday («Quốc khánh»); of a Saturday or Sunday there is none."""
    table = table or calendar()
    named = dict(Day.objects.filter(day__range=(first, last), kind=DayKind.OFF).values_list("day", "name"))
    return {
        day: named.get(day, "")
        for day in (date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1))
        if not table.is_workday(day)
    }
