"""What may be changed in the working-day table and in an office's own values. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from tiepdan.law.sections import Limit
from tiepdan.law.workdays import SATURDAY, Calendar

OFF, WORK = "off", "work"
FIRST_YEAR, LAST_YEAR = 2014, 2100  # the law is of 2014; a year beyond is a typing error


class Chip(StrEnum):
    """How a deadline stands; the words are the page's."""

    MET = "met"
    MET_LATE = "met_late"
    FUTURE = "future"
    SOON = "soon"
    TODAY = "today"
    LATE = "late"


@dataclass(frozen=True)
class DayChange:
    day: date
    kind: str  # OFF, WORK, or empty: the row is taken out


def changed(calendar: Calendar, changes: Iterable[DayChange]) -> Calendar:
    off, worked = set(calendar.off), set(calendar.worked)
    for change in changes:
        off.discard(change.day)
        worked.discard(change.day)
        if change.kind:
            (worked if change.kind == WORK else off).add(change.day)
    return replace(calendar, off=frozenset(off), worked=frozenset(worked))


def day_problem(day: date, kind: str) -> str:
    """Why a row of the table would say nothing; empty when it is sound."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return f"Năm {day.year} nằm ngoài bảng ngày làm việc (từ {FIRST_YEAR} đến {LAST_YEAR})."
    if kind == WORK and day.weekday() < SATURDAY:
        return "Ngày làm bù phải là thứ Bảy hoặc Chủ nhật; các ngày khác vốn đã là ngày làm việc."
    return ""


def is_closed(year: int, is_confirmed: bool, today: date) -> bool:
    """A confirmed year that is over stays as it was: deadlines were counted with it."""
    return is_confirmed and year < today.year


def value_problem(limit: Limit | None, value: float) -> str:
    """Why an office may not set the number; empty when it may. Going back to the profile's own value is allowed."""
    if limit is None or not limit.stricter:
        return "Giá trị này do văn bản ấn định, cơ quan không đặt riêng được."
    if limit.loosens(value):
        if limit.stricter == "less":
            return f"Không được dài hơn thời hạn quy định ({limit.text})."
        if limit.path.startswith("milestones."):
            return f"Không được ngắn hơn mốc luật định ({limit.text})."
        return f"Không được thấp hơn mức quy định ({limit.text})."
    if isinstance(limit.value, int) and value != int(value):
        return "Nhập số nguyên."
    return ""


def chip(
    due: date, today: date, *, is_late_now: bool, met: bool, met_late: bool, calendar: Calendar
) -> tuple[Chip, int]:
    """How a deadline stands, with the working days that are left or gone."""
    if met:
        return (Chip.MET_LATE if met_late else Chip.MET), 0
    if is_late_now:
        return Chip.LATE, calendar.between(due, today)
    if due == today:
        return Chip.TODAY, 0
    left = calendar.between(today, due)
    return (Chip.SOON if left <= 2 else Chip.FUTURE), left
