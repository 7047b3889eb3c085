from __future__ import annotations

from datetime import date

import pytest

from tiepdan.accounts.rules import KIND_LABELS, ROLE_LABELS, Kind, Role, valid_on


@pytest.mark.parametrize(
    ("day", "first", "last", "valid"),
    [
        (date(2026, 6, 30), date(2026, 7, 1), None, False),
        (date(2026, 7, 1), date(2026, 7, 1), None, True),
        (date(2026, 7, 31), date(2026, 7, 1), date(2026, 7, 31), True),
        (date(2026, 8, 1), date(2026, 7, 1), date(2026, 7, 31), False),
        (date(2026, 7, 1), date(2026, 7, 1), date(2026, 7, 1), True),
    ],
)
def test_both_ends_count(day: date, first: date, last: date | None, valid: bool) -> None:
    assert valid_on(day, first, last) is valid


def test_every_role_and_kind_has_a_name() -> None:
    assert set(ROLE_LABELS) == set(Role)
    assert set(KIND_LABELS) == set(Kind)
