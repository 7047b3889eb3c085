"""A first filling of a year's table: what the package `holidays` knows, corrected by the notices that it misses.

The Government decides days in lieu and swaps year by year; until an office has compared and confirmed a year, every
date of it is provisional. A year that has rows already is never filled again: an update of the package moves nothing.
"""

from __future__ import annotations

from datetime import date

import holidays

from tiepdan.law.workdays import Calendar
from tiepdan.policy.lines import DayRow
from tiepdan.policy.rules import FIRST_YEAR, LAST_YEAR, OFF, WORK

SOURCE = "Gợi ý của hệ thống, chưa đối chiếu với thông báo nghỉ"
SWAP_2026 = "Thông báo ngày 25/12/2025 về hoán đổi ngày làm việc"
CORRECTIONS: dict[int, tuple[DayRow, ...]] = {
    2026: (
        DayRow(date(2026, 1, 2), OFF, "Nghỉ hoán đổi (làm bù ngày 10/01/2026)", SWAP_2026),
        DayRow(date(2026, 1, 10), WORK, "Làm bù cho ngày 02/01/2026", SWAP_2026),
    ),
}


def days_of(year: int) -> list[DayRow]:
    """Days off and make-up days of a year, in order."""
    table = holidays.country_holidays("VN", years=year, language="vi")
    rows = {day: DayRow(day, OFF, name, SOURCE) for day, name in table.items() if day.year == year}
    for day in sorted(table.weekend_workdays):
        if day.year == year:
            rows[day] = DayRow(day, WORK, "Làm bù", SOURCE)
    rows |= {row.day: row for row in CORRECTIONS.get(year, ())}
    return [rows[day] for day in sorted(rows)]


def calendar_of_suggestions() -> Calendar:
    """The suggestions of all years, none confirmed: for counting where no office has a table yet."""
    rows = [row for year in range(FIRST_YEAR, LAST_YEAR + 1) for row in days_of(year)]
    return Calendar(
        off=frozenset(row.day for row in rows if row.kind == OFF),
        worked=frozenset(row.day for row in rows if row.kind == WORK),
    )
