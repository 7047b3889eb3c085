"""Counting of working days: boundary days around holidays and make-up days, and what always holds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.law.tables import TABLE, d
from tiepdan.law.workdays import Calendar

PLAIN = Calendar()


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2026-01-01", False),  # Tết Dương lịch, Thursday
        ("2026-01-02", False),  # Friday, swapped …
        ("2026-01-10", True),  # … with this Saturday
        ("2026-01-03", False),
        ("2026-01-17", False),
        ("2026-02-13", True),  # the last Friday before Tết
        ("2026-02-16", False),
        ("2026-02-17", False),
        ("2026-02-20", False),
        ("2026-02-23", True),  # the first Monday after Tết
        ("2026-04-27", False),  # in lieu of Giỗ Tổ, which falls on Sunday 26/4
        ("2026-04-28", True),
        ("2026-04-30", False),
        ("2026-05-01", False),
        ("2026-05-04", True),
        ("2026-08-22", True),  # Saturday worked for Monday 31/8
        ("2026-08-31", False),
        ("2026-09-01", False),
        ("2026-09-02", False),
        ("2026-09-03", True),
        ("2026-11-23", True),
        ("2026-11-24", False),  # Ngày Văn hóa Việt Nam
        ("2026-12-12", False),
        ("2026-12-31", True),
        ("2027-02-03", True),
        ("2027-02-04", False),
        ("2027-02-10", False),
        ("2027-02-11", True),
        ("2027-05-03", False),  # in lieu of Saturday 1/5
    ],
)
def test_days(day: str, worked: bool) -> None:
    assert TABLE.is_workday(d(day)) is worked


@pytest.mark.parametrize(
    ("day", "n", "found"),
    [
        ("2026-12-17", -5, "2026-12-10"),
        ("2026-12-17", -1, "2026-12-16"),
        ("2026-12-17", 0, "2026-12-17"),
        ("2026-12-14", -1, "2026-12-11"),  # over a weekend
        ("2026-12-12", -1, "2026-12-11"),  # from a Saturday
        ("2026-12-12", 1, "2026-12-14"),
        ("2026-02-23", -1, "2026-02-13"),  # over the whole of Tết 2026
        ("2026-02-26", -5, "2026-02-12"),
        ("2026-02-13", 1, "2026-02-23"),
        ("2026-02-10", 5, "2026-02-24"),
        ("2027-02-11", -1, "2027-02-03"),  # over Tết 2027
        ("2027-02-17", -5, "2027-02-03"),
        ("2026-05-04", -1, "2026-04-29"),  # over 30/4 – 1/5
        ("2026-05-05", -5, "2026-04-23"),  # over Giỗ Tổ and its day in lieu too
        ("2026-09-03", -1, "2026-08-28"),  # over 31/8 – 2/9
        ("2026-08-24", -1, "2026-08-22"),  # back onto a make-up Saturday
        ("2026-01-05", -1, "2025-12-31"),  # 1/1 and the swapped 2/1
        ("2026-01-12", -1, "2026-01-10"),
        ("2026-01-09", 1, "2026-01-10"),
        ("2026-11-25", -1, "2026-11-23"),
        ("2026-12-31", 1, "2027-01-04"),
    ],
)
def test_shift(day: str, n: int, found: str) -> None:
    assert TABLE.shift(d(day), n) == d(found)


@pytest.mark.parametrize(
    ("first", "last", "n"),
    [
        ("2026-12-07", "2026-12-10", 3),  # «Còn 03 ngày làm việc»
        ("2026-12-10", "2026-12-10", 0),
        ("2026-12-10", "2026-12-07", 0),
        ("2026-12-11", "2026-12-13", 0),
        ("2026-12-11", "2026-12-14", 1),
        ("2026-02-13", "2026-02-23", 1),
        ("2026-01-09", "2026-01-12", 2),
    ],
)
def test_between(first: str, last: str, n: int) -> None:
    assert TABLE.between(d(first), d(last)) == n


def test_without_a_table_the_plain_week_counts() -> None:
    assert PLAIN.is_workday(d("2026-01-01")) and not PLAIN.is_workday(d("2026-01-10"))
    assert PLAIN.shift(d("2026-12-17"), -5) == d("2026-12-10")
    assert not PLAIN.is_confirmed(2026)


@pytest.mark.parametrize(
    ("confirmed", "first", "last", "provisional"),
    [
        (set(), "2026-12-10", "2026-12-17", True),
        ({2026}, "2026-12-10", "2026-12-17", False),
        ({2026}, "2026-12-30", "2027-01-06", True),
        ({2027}, "2026-12-30", "2027-01-06", True),
        ({2026, 2027}, "2027-01-06", "2026-12-30", False),
        ({2025, 2027}, "2025-12-31", "2027-01-04", True),
    ],
)
def test_a_count_over_an_unconfirmed_year_is_provisional(
    confirmed: set[int], first: str, last: str, provisional: bool
) -> None:
    assert Calendar(confirmed=frozenset(confirmed)).is_provisional(d(first), d(last)) is provisional


def test_the_working_day_on_or_before() -> None:
    assert TABLE.on_or_before(d("2026-12-12")) == d("2026-12-11")
    assert TABLE.on_or_before(d("2026-12-11")) == d("2026-12-11")
    assert TABLE.on_or_before(d("2026-02-20")) == d("2026-02-13")


days = st.dates(date(2025, 1, 1), date(2028, 12, 31))
steps = st.integers(-40, 40)
tables = st.builds(
    Calendar,
    off=st.frozensets(st.dates(date(2025, 1, 1), date(2028, 12, 31)), max_size=60),
    worked=st.frozensets(st.dates(date(2025, 1, 1), date(2028, 12, 31)), max_size=30),
)


@given(tables, days, steps.filter(bool))
def test_a_shift_ends_on_a_working_day_in_its_direction(table: Calendar, day: date, n: int) -> None:
    found = table.shift(day, n)
    assert table.is_workday(found)
    assert (found > day) == (n > 0)


@given(tables, days, st.integers(1, 40))
def test_between_counts_what_shift_went(table: Calendar, day: date, n: int) -> None:
    assert table.between(day, table.shift(day, n)) == n
    back = table.shift(day, -n)
    assert table.between(back - timedelta(days=1), day - timedelta(days=1)) == n


@given(tables, days, st.integers(1, 40))
def test_there_and_back_from_a_working_day(table: Calendar, day: date, n: int) -> None:
    start = table.shift(day, 1)
    assert table.shift(table.shift(start, n), -n) == start


@given(tables, days, st.integers(0, 20), st.integers(0, 20))
def test_two_shifts_are_one(table: Calendar, day: date, a: int, b: int) -> None:
    assert table.shift(table.shift(day, a), b) == table.shift(day, a + b)


@given(tables, days, days, days)
def test_between_adds_up(table: Calendar, a: date, b: date, c: date) -> None:
    first, middle, last = sorted((a, b, c))
    assert table.between(first, last) == table.between(first, middle) + table.between(middle, last)
