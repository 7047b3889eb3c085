from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from tiepdan.sheets.rules import UPLOAD, cell_text, heading_key, heading_problem


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (12.0, "12"),
        (12.5, "12.5"),
        (7, "7"),
        (True, "Có"),
        (False, "Không"),
        (datetime(2026, 12, 17), "17/12/2026"),
        (datetime(2026, 12, 17, 8, 30), "17/12/2026 08:30"),
        (date(2026, 12, 17), "17/12/2026"),
        (time(8, 30), "08:30"),
        ("  xã Thanh Lộc ", "xã Thanh Lộc"),
    ],
)
def test_a_cell_reads_as_the_person_sees_it(value: Any, text: str) -> None:
    assert cell_text(value) == text


def test_the_star_of_a_required_heading_does_not_count() -> None:
    assert heading_key("ma co quan *") == "ma co quan"


@pytest.mark.parametrize(
    ("missing", "unknown", "doubled", "words"),
    [
        ([], [], [], []),
        (["Mã"], [], [], ["Thiếu cột: «Mã»."]),
        (["Mã"], ["Ghi chú"], ["Tên"], ["Thiếu cột: «Mã».", "Không có trong mẫu: «Ghi chú».", "Lặp lại: «Tên»."]),
    ],
)
def test_wrong_headings_are_named(missing: list[str], unknown: list[str], doubled: list[str], words: list[str]) -> None:
    sentence = heading_problem(missing, unknown, doubled)
    assert bool(sentence) == bool(words)
    assert all(word in sentence for word in words)


def test_what_is_done_stays_done() -> None:
    assert UPLOAD.after("previewed", "import") == "done"
    assert UPLOAD.after("previewed", "drop") == "dropped"
    assert UPLOAD.steps("done") == UPLOAD.steps("dropped") == ()
