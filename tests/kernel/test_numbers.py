from __future__ import annotations

import pytest

from tiepdan.kernel.numbers import id_of


@pytest.mark.parametrize(
    ("text", "found"),
    [("7", 7), ("007", 7), ("", None), ("-1", None), ("²", None), ("٣", None), ("1.0", None), ("9" * 19, None)],
)
def test_ids_of_forms(text: str, found: int | None) -> None:
    assert id_of(text) == found
