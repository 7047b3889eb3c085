"""Milestones of a reception: the day of the reception is not counted, hours are clock hours (khoản 1 Điều 23)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.law.tables import TABLE, d
from tiepdan.law.milestones import VIETNAM, earliest_day, is_late, is_too_near, last_moment, milestones
from tiepdan.law.profiles import profile, stricter
from tiepdan.law.workdays import Calendar

LAW, PILOT = profile("nd154-2026"), profile("qd764-2025")
BOTH = pytest.mark.parametrize("one", [LAW, PILOT], ids=lambda one: one.code)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def due(one: Any, starts_at: str, table: Calendar = TABLE) -> dict[str, str]:
    return {row.code: row.due.isoformat() for row in milestones(one, at(starts_at), table)}


EXAMPLE = {"notice": "2026-12-10", "trial": "2026-12-16", "connected": "2026-12-17T07:30:00+07:00"}
ADDED = {
    "leaders_report": "2026-12-12",
    "invitation": "2026-12-14",
    "first_test": "2026-12-16",
    "second_test": "2026-12-17T06:30:00+07:00",
}


def test_the_example_of_the_plan_page() -> None:
    assert due(LAW, "2026-12-17T08:30") == EXAMPLE
    assert due(PILOT, "2026-12-17T08:30") == EXAMPLE | ADDED


def test_they_come_in_the_order_of_time() -> None:
    rows = milestones(PILOT, at("2026-12-17T08:30"), TABLE)
    assert [row.code for row in rows] == [
        "notice",
        "leaders_report",
        "invitation",
        "trial",
        "first_test",
        "second_test",
        "connected",
    ]


def test_a_calendar_day_that_is_off_advises_the_working_day_before() -> None:
    rows = {row.code: row for row in milestones(PILOT, at("2026-12-17T08:30"), TABLE)}
    assert (rows["leaders_report"].due, rows["leaders_report"].advice) == (d("2026-12-12"), d("2026-12-11"))
    assert rows["leaders_report"].note == "và trước khi công bố"
    assert [code for code, row in rows.items() if row.advice] == ["leaders_report"]


@BOTH
def test_each_says_what_it_asks_and_by_which_article(one: Any) -> None:
    for row in milestones(one, at("2026-12-17T08:30"), TABLE):
        rule = one.milestone(row.code)
        assert (row.asks, row.citation, row.amount, row.unit) == (rule.asks, rule.source, rule.amount, rule.unit)
        assert row.is_law and not row.is_provisional
        assert ("Điều 23" in row.citation) == (row.code in EXAMPLE)


@pytest.mark.parametrize(
    ("starts_at", "notice", "trial"),
    [
        ("2026-02-25T08:00", "2026-02-11", "2026-02-24"),  # the week after Tết 2026
        ("2026-02-23T08:00", "2026-02-09", "2026-02-13"),  # the first day after Tết
        ("2026-02-13T14:00", "2026-02-06", "2026-02-12"),  # the last day before Tết
        ("2027-02-12T08:00", "2027-01-29", "2027-02-11"),  # after Tết 2027
        ("2026-05-04T08:00", "2026-04-22", "2026-04-29"),  # after Giỗ Tổ and 30/4 – 1/5
        ("2026-05-06T08:00", "2026-04-24", "2026-05-05"),
        ("2026-09-03T08:00", "2026-08-24", "2026-08-28"),  # after 31/8 – 2/9
        ("2026-08-25T08:00", "2026-08-19", "2026-08-24"),  # Saturday 22/8 is worked
        ("2026-01-12T08:00", "2026-01-06", "2026-01-10"),  # Saturday 10/1 is worked for Friday 2/1
        ("2026-01-08T08:00", "2025-12-30", "2026-01-07"),
        ("2026-11-26T08:00", "2026-11-18", "2026-11-25"),  # 24/11
        ("2026-11-25T08:00", "2026-11-17", "2026-11-23"),
        ("2026-12-19T08:00", "2026-12-14", "2026-12-18"),  # a reception on a Saturday
        ("2027-01-04T08:00", "2026-12-25", "2026-12-31"),  # over the new year
    ],
)
def test_around_holidays_and_make_up_days(starts_at: str, notice: str, trial: str) -> None:
    found = due(LAW, starts_at)
    assert (found["notice"], found["trial"]) == (notice, trial)


@pytest.mark.parametrize(
    ("starts_at", "connected", "second"),
    [
        ("2026-12-17T08:30", "2026-12-17T07:30:00+07:00", "2026-12-17T06:30:00+07:00"),
        ("2026-12-17T00:30", "2026-12-16T23:30:00+07:00", "2026-12-16T22:30:00+07:00"),
        ("2026-02-23T07:00", "2026-02-23T06:00:00+07:00", "2026-02-23T05:00:00+07:00"),  # holidays do not matter
    ],
)
def test_hours_are_clock_hours(starts_at: str, connected: str, second: str) -> None:
    found = due(PILOT, starts_at)
    assert (found["connected"], found["second_test"]) == (connected, second)


def test_the_day_is_that_of_vietnam_whatever_zone_the_time_has() -> None:
    early = datetime(2026, 12, 16, 23, 0, tzinfo=UTC)  # 06:00 on the 17th
    assert {row.code: row.due.isoformat() for row in milestones(LAW, early, TABLE)} == EXAMPLE | {
        "connected": "2026-12-17T05:00:00+07:00"
    }


@pytest.mark.parametrize(
    ("code", "done", "late"),
    [
        ("notice", "2026-12-10T00:00", False),
        ("notice", "2026-12-10T23:59:59", False),
        ("notice", "2026-12-11T00:00", True),
        ("trial", "2026-12-16T23:59", False),
        ("trial", "2026-12-17T00:00", True),
        ("connected", "2026-12-17T07:30", False),
        ("connected", "2026-12-17T07:30:01", True),
    ],
)
def test_a_date_is_met_until_the_end_of_that_day_and_a_time_until_that_time(code: str, done: str, late: bool) -> None:
    row = next(row for row in milestones(LAW, at("2026-12-17T08:30"), TABLE) if row.code == code)
    assert is_late(row, at(done)) is late
    assert is_late(row, at(done).astimezone(UTC)) is late


def test_the_last_moment() -> None:
    rows = {row.code: row for row in milestones(LAW, at("2026-12-17T08:30"), TABLE)}
    assert last_moment(rows["notice"]) == at("2026-12-11T00:00")
    assert last_moment(rows["connected"]) == at("2026-12-17T07:30")
    assert rows["connected"].due_day == d("2026-12-17")


@pytest.mark.parametrize(
    ("today", "earliest"),
    [
        ("2026-12-07", "2026-12-14"),  # «Sớm nhất: thứ Hai 14/12/2026»
        ("2026-12-05", "2026-12-14"),  # a Saturday: nobody can be told before Monday
        ("2026-12-06", "2026-12-14"),
        ("2026-12-04", "2026-12-11"),
        ("2026-02-06", "2026-02-13"),
        ("2026-02-09", "2026-02-23"),  # only Tết lies between
        ("2026-02-13", "2026-02-27"),
        ("2026-02-17", "2026-03-02"),
        ("2026-04-24", "2026-05-06"),
        ("2026-08-20", "2026-08-26"),  # the make-up Saturday shortens the wait
        ("2026-01-08", "2026-01-14"),
        ("2026-12-31", "2027-01-08"),
    ],
)
@BOTH
def test_the_earliest_lawful_day(one: Any, today: str, earliest: str) -> None:
    assert earliest_day(one, d(today), TABLE) == d(earliest)


@pytest.mark.parametrize(
    ("day", "too_near"),
    [("2026-12-07", True), ("2026-12-11", True), ("2026-12-14", False), ("2026-12-17", False)],
)
def test_the_11th_is_too_near_on_the_7th(day: str, too_near: bool) -> None:
    assert is_too_near(LAW, d(day), d("2026-12-07"), TABLE) is too_near


def test_a_stricter_office_moves_its_milestones_and_its_earliest_day() -> None:
    own = stricter("nd154-2026", (("milestones.notice", 7), ("milestones.connected", 2)))
    assert due(own, "2026-12-17T08:30") == EXAMPLE | {"notice": "2026-12-08", "connected": "2026-12-17T06:30:00+07:00"}
    assert earliest_day(own, d("2026-12-07"), TABLE) == d("2026-12-16")


@pytest.mark.parametrize(
    ("confirmed", "provisional"),
    [
        ({2026, 2027}, set()),
        ({2026}, {"notice", "leaders_report", "invitation", "trial", "first_test"}),
        ({2027}, {"notice", "leaders_report", "invitation", "trial", "first_test"}),
    ],
)
def test_dates_counted_with_an_unconfirmed_year_are_provisional(confirmed: set[int], provisional: set[str]) -> None:
    table = Calendar(TABLE.off, TABLE.worked, frozenset(confirmed))
    rows = milestones(PILOT, at("2027-01-01T08:30"), table)
    assert {row.code for row in rows if row.is_provisional} == provisional


days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
tables = st.builds(Calendar, off=st.frozensets(days, max_size=60), worked=st.frozensets(days, max_size=20))


@given(tables, days, st.sampled_from([LAW, PILOT]))
def test_the_earliest_day_can_still_be_met_and_no_working_day_before_it(table: Calendar, today: date, one: Any) -> None:
    found = earliest_day(one, today, table)
    assert table.is_workday(found) and not is_too_near(one, found, today, table)
    before = table.shift(found, -1)
    assert before <= today or is_too_near(one, before, today, table)
    rows = milestones(one, datetime.combine(found, datetime.min.time(), VIETNAM) + timedelta(hours=8), table)
    evening = datetime.combine(today, datetime.min.time(), VIETNAM) + timedelta(hours=23)
    assert not any(is_late(row, evening) for row in rows if row.unit != "hours")


@given(tables, days, st.sampled_from([LAW, PILOT]))
def test_a_working_day_milestone_leaves_exactly_its_working_days(table: Calendar, day: date, one: Any) -> None:
    starts_at = datetime.combine(day, datetime.min.time(), VIETNAM) + timedelta(hours=8)
    for row in milestones(one, starts_at, table):
        if row.unit == "workdays":
            assert table.between(row.due_day - timedelta(days=1), day - timedelta(days=1)) == row.amount
        assert row.due_day <= day
        assert row.advice is None or (row.advice < row.due_day and table.is_workday(row.advice))
