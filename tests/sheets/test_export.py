"""Lists as files: nothing that somebody typed runs as a formula on the reader's machine."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from tiepdan.sheets import export

COLUMNS = [("Số", 12), ("Nội dung", 40), ("Ngày", 12), ("Lúc", 16), ("Số người", 8), ("Đúng", 8)]
AT = datetime(2026, 12, 17, 1, 30, tzinfo=UTC)
ROW = ("VV-2026-0017", '=HYPERLINK("http://x")', date(2026, 12, 17), AT, 12, True)


def cells(content: bytes) -> list[list[Any]]:
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return [list(row) for row in sheet.iter_rows()]


def test_excel_keeps_words_numbers_and_days_and_runs_nothing() -> None:
    answer = export.xlsx(COLUMNS, [ROW, ("@SUM(A1)", None, None, None, Decimal("1.5"), False)], "danh sách vụ việc")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert "danh%20s%C3%A1ch" in answer["Content-Disposition"] and ".xlsx" in answer["Content-Disposition"]
    head, first, second = cells(answer.content)
    assert [cell.value for cell in head] == [heading for heading, _ in COLUMNS]
    assert [cell.value for cell in first] == [
        "VV-2026-0017",
        '=HYPERLINK("http://x")',
        datetime(2026, 12, 17),
        datetime(2026, 12, 17, 8, 30),  # in Vietnam
        12,
        "Có",
    ]
    assert first[1].data_type == "s" and first[1].hyperlink is None
    assert (second[0].value, second[0].data_type, second[4].value) == ("@SUM(A1)", "s", 1.5)


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_disarms_what_begins_like_a_formula(begin: str) -> None:
    text = export.csv_text([("Nội dung", 10)], [(f"{begin}1+1",)])
    assert f"'{begin}1+1" in text


def test_csv_is_read_by_excel_as_vietnamese() -> None:
    answer = export.csv(COLUMNS, [ROW, ("-5", -5, None, None, 0, False)], "vu-viec")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Số,Nội dung,Ngày,Lúc,Số người,Đúng"
    assert lines[1] == 'VV-2026-0017,"\'=HYPERLINK(""http://x"")",17/12/2026,08:30 17/12/2026,12,Có'
    assert lines[2] == "'-5,-5,,,0,Không"  # a number is a number
    assert answer["Content-Disposition"] == 'attachment; filename="vu-viec.csv"'


def test_a_cell_is_no_longer_than_excel_takes() -> None:
    (_, (cell,)) = cells(export.workbook([("A", 5)], [("x" * 40_000,)]))
    assert len(cell.value) == 32_767
