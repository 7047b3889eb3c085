"""Rules of administration and of the first page: pure tables."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tiepdan.accounts.rules import (
    Role,
    Span,
    Urgency,
    countdown,
    enough_admins,
    is_reviewed,
    is_twice,
    stands_apart,
    urgency,
    username_from,
)

DAY = date(2026, 12, 7)
NOW = datetime(2026, 12, 7, 3, 0, tzinfo=UTC)  # 10:00 in Vietnam


def span(role: Role, first: int, last: int | None = None) -> Span:
    return Span(role, date(2026, first, 1), date(2026, last, 1) if last else None)


@pytest.mark.parametrize(
    ("wanted", "held", "allowed"),
    [
        (span(Role.ADMIN, 1), [span(Role.INSPECTOR, 3)], False),
        (span(Role.ARCHIVIST, 1), [span(Role.ADMIN, 3)], False),
        (span(Role.ADMIN, 1, 2), [span(Role.ARCHIVIST, 3)], True),  # one after the other
        (span(Role.ADMIN, 1, 3), [span(Role.ARCHIVIST, 3)], False),  # both on 1/3
        (span(Role.INSPECTOR, 1), [span(Role.ARCHIVIST, 1), span(Role.CHAIR, 1)], True),
        (span(Role.ADMIN, 1), [], True),
    ],
)
def test_an_administrator_neither_supervises_nor_keeps_records(wanted: Span, held: list[Span], allowed: bool) -> None:
    assert stands_apart(wanted, held) is allowed


def test_the_same_role_is_not_given_twice_at_a_time() -> None:
    assert is_twice(span(Role.CLERK, 3), [span(Role.CLERK, 1)])
    assert not is_twice(span(Role.CLERK, 3), [span(Role.CLERK, 1, 2), span(Role.CHAIR, 1)])


@pytest.mark.parametrize(
    ("before", "after", "enough"), [(3, 2, True), (2, 1, False), (1, 0, False), (1, 1, True), (0, 0, True)]
)
def test_two_administrators_have_to_remain(before: int, after: int, enough: bool) -> None:
    assert enough_admins(before, after) is enough


def test_rights_are_looked_through_once_a_calendar_year() -> None:
    assert is_reviewed(date(2026, 1, 1), DAY)
    assert not is_reviewed(date(2025, 12, 31), DAY)
    assert not is_reviewed(None, DAY)


def test_a_name_for_signing_in() -> None:
    assert username_from("nguyen thi minh") == "nguyen-thi-minh"
    assert username_from("o'neil  j.") == "oneil-j"
    assert username_from("") == ""


@pytest.mark.parametrize(
    ("day", "at", "changed", "wanted"),
    [
        (DAY - timedelta(days=1), None, None, Urgency.LATE),
        (DAY, None, None, Urgency.TODAY),
        (DAY, NOW - timedelta(minutes=1), None, Urgency.LATE),
        (DAY, NOW, None, Urgency.TODAY),
        (DAY + timedelta(days=7), None, None, Urgency.WEEK),
        (DAY + timedelta(days=8), None, None, Urgency.LATER),
        (DAY + timedelta(days=8), None, NOW - timedelta(hours=24), Urgency.CHANGED),
        (None, None, NOW - timedelta(hours=25), Urgency.OPEN),
        (None, None, NOW + timedelta(hours=1), Urgency.OPEN),
        (None, None, None, Urgency.OPEN),
        (DAY, None, NOW, Urgency.TODAY),  # what is due goes before what is new
    ],
)
def test_where_a_row_stands(day: date | None, at: datetime | None, changed: datetime | None, wanted: Urgency) -> None:
    assert urgency(day, at, changed, NOW, DAY) == wanted


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (2 * 1440 + 185, "còn 2 ngày 3 giờ"),
        (1440, "còn 1 ngày"),
        (125, "còn 2 giờ 5 phút"),
        (60, "còn 1 giờ"),
        (45, "còn 45 phút"),
        (0, "đã đến giờ"),
        (-30, "đã đến giờ"),
    ],
)
def test_the_countdown_in_words(minutes: int, words: str) -> None:
    assert countdown(NOW + timedelta(minutes=minutes), NOW) == words
