"""The working-day table: days off and make-up days of a year, and its confirmation by a notice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from tiepdan.accounts.models import Agency, Person
from tiepdan.audit import actions as audit
from tiepdan.kernel.dates import day_text
from tiepdan.kernel.refusals import Invalid, Refused
from tiepdan.policy import suggested
from tiepdan.policy.lines import DayRow
from tiepdan.policy.models import Day, DayKind, Year
from tiepdan.policy.rules import day_problem, is_closed

CLOSED = (
    "Năm {} đã khép lại với lịch nghỉ được xác nhận ({}): các thời hạn đã tính theo lịch ấy nên không sửa được nữa."
)


@transaction.atomic
def set_day(row: DayRow, *, agency: Agency, by: Person, at: datetime) -> Day:
    """Write one day of the table, new or instead of what stands there.

    Raises:
        Invalid: the row would say nothing.
        Refused: the year is closed, or it is confirmed and the change names no document.
    """
    day, before = _write(row, by, at)
    audit.record(
        "calendar.day_set",
        agency=agency,
        at=at,
        by=by,
        about=day,
        day=row.day,
        kind=DayKind(row.kind).label,
        name=row.name,
        source=row.source,
        before=before,
    )
    return day


@transaction.atomic
def remove_day(day: Day, *, source: str, agency: Agency, by: Person, at: datetime) -> None:
    """Take a day out: it is then what the plain week makes of it."""
    year = Year.objects.select_for_update().get(pk=day.year_id)
    _require_open(year, at, source)
    if not Day.objects.filter(pk=day.pk).delete()[0]:
        raise Refused("Ngày này vừa được người khác bỏ. Hãy tải lại trang để xem bảng mới.", code="faster")
    audit.record(
        "calendar.day_removed",
        agency=agency,
        at=at,
        by=by,
        about=year,
        day=day.day,
        kind=DayKind(day.kind).label,
        name=day.name,
        source=source,
    )


@transaction.atomic
def import_days(rows: Sequence[DayRow], *, agency: Agency, by: Person, at: datetime) -> int:
    """Write all the rows or none. Gives how many."""
    for row in rows:
        _write(row, by, at)
    audit.record(
        "calendar.imported",
        agency=agency,
        at=at,
        by=by,
        count=len(rows),
        days=[f"{row.day:%d/%m/%Y} {DayKind(row.kind).label}: {row.name}" for row in rows],
    )
    return len(rows)


@transaction.atomic
def seed_year(number: int, *, at: datetime, by: Person | None = None, agency: Agency | None = None) -> int:
    """Fill an empty year with the suggested days, unconfirmed. Gives how many; 0 when the year has days already."""
    year = Year.objects.get_or_create(year=number)[0]
    if year.days.exists():
        return 0
    rows = suggested.days_of(number)
    Day.objects.bulk_create(
        Day(year=year, day=row.day, kind=row.kind, name=row.name, source=row.source, entered_at=at, entered_by=by)
        for row in rows
    )
    audit.record("calendar.seeded", agency=agency, at=at, by=by, about=year, count=len(rows))
    return len(rows)


@transaction.atomic
def confirm_year(number: int, source: str, *, agency: Agency, by: Person, at: datetime) -> Year:
    """The table of a year agrees with the notice that is named; from now on its dates are not provisional.

    Raises:
        Refused: the year has no day yet, or it is confirmed already.
    """
    if not source.strip():
        raise Invalid("Chưa nhập văn bản làm căn cứ xác nhận.", code="source")
    year = Year.objects.select_for_update().filter(year=number).first()
    if year is None or not year.days.exists():
        raise Refused(f"Năm {number} chưa có ngày nghỉ. Nhập lịch.", code="empty")
    if year.confirmed_at is not None:
        raise Refused(
            f"Lịch nghỉ năm {number} đã được xác nhận ngày {day_text(year.confirmed_at)} ({year.source}). "
            "Ngày nào cần sửa thì sửa ngày ấy, có ghi văn bản.",
            code="confirmed",
        )
    year.source, year.confirmed_at, year.confirmed_by = source.strip(), at, by
    year.save(update_fields=["source", "confirmed_at", "confirmed_by"])
    audit.record("calendar.confirmed", agency=agency, at=at, by=by, about=year, source=year.source)
    return year


@transaction.atomic
def unconfirm_year(number: int, reason: str, *, agency: Agency, by: Person, at: datetime) -> Year:
    """Take a confirmation back: the dates of the year are provisional again, and the table may be changed freely.

    Raises:
        Refused: the year is not confirmed, or it is over.
    """
    if not reason.strip():
        raise Invalid("Chưa nhập lý do.", code="reason")
    year = Year.objects.select_for_update().filter(year=number).first()
    if year is None or year.confirmed_at is None:
        raise Refused(f"Lịch nghỉ năm {number} chưa được xác nhận nên không có gì để bỏ.", code="unconfirmed")
    if is_closed(number, True, localdate(at)):
        raise Refused(CLOSED.format(number, year.source), code="closed_year")
    source, year.source, year.confirmed_at, year.confirmed_by = year.source, "", None, None
    year.save(update_fields=["source", "confirmed_at", "confirmed_by"])
    audit.record("calendar.unconfirmed", agency=agency, at=at, by=by, about=year, source=source, reason=reason.strip())
    return year


def day_closed(row: DayRow, today: date) -> str:
    """Why a day may not be written now; empty when it may. For those who ask before they write."""
    year = Year.objects.filter(year=row.day.year).first()
    return _closed(year, today, row.source) if year else ""


def _write(row: DayRow, by: Person, at: datetime) -> tuple[Day, str | None]:
    if problem := day_problem(row.day, row.kind):
        raise Invalid(problem, code="day")
    Year.objects.get_or_create(year=row.day.year)
    year = Year.objects.select_for_update().get(year=row.day.year)
    _require_open(year, at, row.source)
    old = Day.objects.filter(day=row.day).first()
    facts = {
        "year": year,
        "kind": row.kind,
        "name": row.name,
        "source": row.source,
        "entered_at": at,
        "entered_by": by,
    }
    day, _ = Day.objects.update_or_create(day=row.day, defaults=facts)
    return day, f"{DayKind(old.kind).label}: {old.name}" if old else None


def _require_open(year: Year, at: datetime, source: str) -> None:
    today = localdate(at)
    if sentence := _closed(year, today, source):
        is_over = is_closed(year.year, year.confirmed_at is not None, today)
        raise Refused(sentence, code="closed_year" if is_over else "source")


def _closed(year: Year, today: date, source: str) -> str:
    if is_closed(year.year, year.confirmed_at is not None, today):
        return CLOSED.format(year.year, year.source)
    if year.confirmed_at is not None and not source.strip():
        return f"Lịch nghỉ năm {year.year} đã được xác nhận ({year.source}). Muốn sửa, phải ghi văn bản làm căn cứ."
    return ""
