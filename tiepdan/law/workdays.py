"""Working days: the plain week (Monday to Friday), corrected by a table of days off and days worked instead.

Pure. The table is the office's (room `policy`); without one the plain week counts and every year is unconfirmed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY = 5
ONE = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """`off`: weekdays nobody works; `worked`: Saturdays and Sundays that are worked; `confirmed`: years fixed by a
    notice."""

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    confirmed: frozenset[int] = frozenset()

    def is_workday(self, day: date) -> bool:
        if day in self.worked:
            return True
        return day.weekday() < SATURDAY and day not in self.off

    def shift(self, day: date, n: int) -> date:
        """The n-th working day after `day` (before it when n is negative); `day` itself is not counted.

        With n = 0 it is `day`, worked or not.
        """
        step = ONE if n > 0 else -ONE
        left = abs(n)
        while left:
            day += step
            left -= self.is_workday(day)
        return day

    def between(self, first: date, last: date) -> int:
        """Working days after `first` up to and with `last`; 0 when `last` is not after `first`."""
        return sum(self.is_workday(day) for day in days(first + ONE, last))

    def on_or_before(self, day: date) -> date:
        """The day itself when it is worked, else the working day before it."""
        return day if self.is_workday(day) else self.shift(day, -1)

    def is_confirmed(self, year: int) -> bool:
        return year in self.confirmed

    def is_provisional(self, first: date, last: date) -> bool:
        """Whether a count that runs over these days touches a year whose table nobody has confirmed."""
        low, high = sorted((first.year, last.year))
        return not self.confirmed.issuperset(range(low, high + 1))


def days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += ONE
