"""The working-day table, and the rule profiles as they hold for an office."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from tiepdan.accounts.models import Agency
from tiepdan.law.profiles import Profile, profile, stricter
from tiepdan.law.workdays import Calendar
from tiepdan.policy.models import Day, DayKind, OfficeValue, Year
from tiepdan.policy.rules import DayChange, changed


def calendar() -> Calendar:
    """The table as the law's functions take it. One query."""
    off: set[date] = set()
    worked: set[date] = set()
    confirmed: set[int] = set()
    for day, kind, confirmed_at in Day.objects.order_by().values_list("day", "kind", "year__confirmed_at"):
        (worked if kind == DayKind.WORK else off).add(day)
        if confirmed_at is not None:
            confirmed.add(day.year)
    return Calendar(frozenset(off), frozenset(worked), frozenset(confirmed))


def calendar_with(changes: Iterable[DayChange]) -> Calendar:
    """The table as it would be after the changes."""
    return changed(calendar(), changes)


def profile_for(agency: Agency, code: str, on: date) -> Profile:
    """The profile with the stricter values that hold in the office on that day. One query."""
    base = profile(code)
    return stricter(code, tuple(sorted(office_values(agency, base, on).items())))


def office_values(agency: Agency, base: Profile, on: date) -> dict[str, float]:
    """The office's numbers of a profile and of those it stands on, by path.

    Of several for one path in one profile the newest that has begun counts; of two profiles the stricter.
    """
    rows = OfficeValue.objects.filter(agency=agency, profile__in=(base.code, *base.bases), valid_from__lte=on)
    newest: dict[tuple[str, str], float] = {}
    for row in rows.order_by("valid_from", "pk"):
        newest[row.profile, row.path] = float(row.value)
    found: dict[str, float] = {}
    for (_, path), value in newest.items():
        limit = base.limits.get(path)
        if limit is None or not limit.stricter:
            continue
        pick = max if limit.stricter == "more" else min
        found[path] = pick(value, found.get(path, value))
    return found


@dataclass(frozen=True)
class Spell:
    """A number of an office in the time in which it holds."""

    value: float
    first: date
    last: date | None  # the day before the next one of the same path begins

    def is_over(self, on: date) -> bool:
        return self.last is not None and self.last < on


def office_spells(agency: Agency, base: Profile) -> dict[str, list[Spell]]:
    """Every number that an office set in a profile and in those it stands on, by path, in their order. One query."""
    rows = OfficeValue.objects.filter(agency=agency, profile__in=(base.code, *base.bases)).order_by("valid_from", "pk")
    newest: dict[str, dict[date, float]] = {}
    for row in rows:
        newest.setdefault(row.path, {})[row.valid_from] = float(row.value)
    spells: dict[str, list[Spell]] = {}
    for path, values in newest.items():
        ends = [*(day - timedelta(days=1) for day in list(values)[1:]), None]
        spells[path] = [Spell(value, day, last) for (day, value), last in zip(values.items(), ends, strict=True)]
    return spells


def year_of(number: int) -> Year | None:
    return Year.objects.filter(year=number).first()
