from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiepdan.audit.rules import chain_key, digest, plain, stamp


@pytest.mark.parametrize(
    ("fact", "kept"),
    [
        (None, None),
        (True, True),
        (7, 7),
        (2.0, 2),
        (1e22, 10**22),
        (0.1, 0.1),
        ("Xã Thanh Lộc", "Xã Thanh Lộc"),
        ("a\0b\ud800c", "ab?c"),
        (datetime(2026, 12, 17, 8, 30, tzinfo=timezone(timedelta(hours=7))), "2026-12-17T01:30:00.000000+00:00"),
        (date(2026, 12, 17), "2026-12-17"),
        (Decimal("1.50"), "1.50"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        ((1, "a"), [1, "a"]),
        ({"b", "a"}, ["a", "b"]),
        ({1: {"x": [1.0]}}, {"1": {"x": [1]}}),
    ],
)
def test_plain(fact: object, kept: object) -> None:
    assert plain(fact) == kept
    assert type(plain(fact)) is type(kept)


@pytest.mark.parametrize("fact", [object(), float("nan"), float("inf"), b"bytes", [object()]])
def test_what_cannot_be_a_fact(fact: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        plain(fact)


facts = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(st.dictionaries(st.text(), facts, max_size=5))
def test_the_hash_survives_the_way_through_json(content: dict[str, object]) -> None:
    kept = plain(content)
    assert digest(json.loads(json.dumps(kept))) == digest(kept)


def test_the_hash_is_a_fact_of_the_content() -> None:
    """Written down, so that nobody changes the form by accident: old chains would break."""
    assert digest({"b": 1, "a": "ộ"}) == "9266f497533372129db3a6073de4c942bf7a042495889f6dc460eae75abba912"


def test_stamp_is_utc_to_the_microsecond() -> None:
    assert stamp(datetime(2026, 12, 17, 1, 30, 0, 5, tzinfo=UTC)) == "2026-12-17T01:30:00.000005+00:00"


def test_chain_key() -> None:
    assert (chain_key(None), chain_key(7)) == ("system", "7")
