"""Which open things would move when the working-day table or an office's value changes. Higher apps tell it.

They register in AppConfig.ready, so that nothing down here knows them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from tiepdan.accounts.models import Agency
from tiepdan.law.profiles import Profile
from tiepdan.law.workdays import Calendar


@dataclass(frozen=True)
class Touched:
    label: str  # «BT-2026-012 · Khiếu nại về …»
    address: str
    sentence: str  # «Niêm yết lịch, thông báo: thứ Năm 10/12/2026 → thứ Tư 09/12/2026.»


@dataclass(frozen=True)
class NewValues:
    """An office's values as they are and as they would be, from a day on."""

    agency: Agency
    code: str
    before: Profile
    after: Profile
    valid_from: date


Finder = Callable[[Calendar], Iterable[Touched]]
ValueFinder = Callable[[NewValues], Iterable[Touched]]

_finders: list[Finder] = []
_value_finders: list[ValueFinder] = []


def add(finder: Finder) -> None:
    """`finder(calendar)` compares the table as it is with `calendar` and gives what would move."""
    if finder not in _finders:
        _finders.append(finder)


def add_values(finder: ValueFinder) -> None:
    if finder not in _value_finders:
        _value_finders.append(finder)


def of_calendar(calendar: Calendar) -> list[Touched]:
    return _sorted(touched for finder in _finders for touched in finder(calendar))


def of_values(values: NewValues) -> list[Touched]:
    return _sorted(touched for finder in _value_finders for touched in finder(values))


def _sorted(found: Iterable[Touched]) -> list[Touched]:
    return sorted(found, key=lambda touched: touched.label)
