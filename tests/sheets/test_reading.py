"""Files that strangers make: limits, headings, formulas."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django import forms

from tests.sheets.books import bomb, book, sheets
from tiepdan.accounts.rules import Role
from tiepdan.kernel.refusals import Invalid
from tiepdan.sheets.importers import Column, Importer, importer, importers_for, register
from tiepdan.sheets.reading import read_lines


class Row(forms.Form):
    code = forms.CharField()
    name = forms.CharField(required=False)


KIND = Importer(
    "thu",
    "Thử",
    (Column("code", "Mã", True, "a"), Column("name", "Tên cơ quan")),
    Row,
    lambda row, agency, by, at: None,
    frozenset({Role.ADMIN}),
)


def read(content: bytes) -> list[Any]:
    return [(line.number, line.values, line.problems) for line in read_lines(io.BytesIO(content), KIND)]


def test_lines_have_the_numbers_that_excel_shows_and_empty_ones_do_not_count() -> None:
    content = book(["STT", "ten co quan", "Mã *"], [1, "Xã A", "a"], [None, None, None], [2, None, 7])
    assert read(content) == [(2, {"name": "Xã A", "code": "a"}, ()), (4, {"name": "", "code": "7"}, ())]


def test_a_formula_is_refused_in_its_line_and_its_value_is_not_taken() -> None:
    ((_, values, problems),) = read(book(["Mã", "Tên cơ quan"], ["a", "=1+1"]))
    assert values == {"code": "a", "name": ""}
    assert problems == ("Cột «Tên cơ quan» là công thức. Hãy dán giá trị thay cho công thức.",)


def test_an_error_of_excel_is_no_value() -> None:
    ((_, values, problems),) = read(book(["Mã", "Tên cơ quan"], ["a", "#REF!"]))
    assert values == {"code": "a", "name": ""}
    assert problems == ("Cột «Tên cơ quan» có lỗi của Excel (như #REF!, #N/A). Hãy nhập lại giá trị.",)


def test_the_sheet_with_the_headings_is_read_wherever_it_stands() -> None:
    found = read(sheets(ghi_chu=[["Danh sách năm 2026"]], trong=[], danh_sach=[["Mã"], ["a"]], an=[["Mã"], ["b"]]))
    assert found == [(2, {"code": "a"}, ())]
    with pytest.raises(Invalid, match=r"^Có dữ liệu ở nhiều trang tính: «mot», «hai»\. Mỗi lần nhập một trang") as two:
        read(sheets(mot=[["Mã"], ["a"]], hai=[["Mã"], ["b"]]))
    assert two.value.code == "many_sheets"
    with pytest.raises(Invalid, match=r"^Trang tính «mot»: Thiếu cột: «Mã»\. .* ở dòng đầu tiên\.$") as none:
        read(sheets(mot=[["DANH SÁCH"], ["Mã"], ["a"]], hai=[["Khác"]]))
    assert none.value.code == "headings"


@pytest.mark.parametrize(
    ("headings", "code", "words"),
    [
        (["Tên cơ quan"], "headings", "Thiếu cột: «Mã»."),
        (["Mã", "Ghi chú"], "headings", "Không có trong mẫu: «Ghi chú»."),
        (["Mã", "MÃ"], "headings", "Lặp lại: «Mã»."),
    ],
)
def test_wrong_headings_are_named(headings: list[str], code: str, words: str) -> None:
    with pytest.raises(Invalid, match="mẫu") as refused:
        read(book(headings, ["x"]))
    assert refused.value.code == code and words in refused.value.sentence


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 not a book", "unreadable"),
        (bomb(), "bomb"),
        (book(["Mã"]), "no_rows"),
        (book([]), "no_rows"),
        (book(["Mã"], *[[f"a{n}"] for n in range(5001)]), "too_many"),
    ],
    ids=["rubbish", "bomb", "no rows", "empty", "too many"],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(content: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(content)
    assert refused.value.code == code


def test_five_thousand_rows_are_taken() -> None:
    assert len(read(book(["Mã"], *[[f"a{n}"] for n in range(5000)]))) == 5000


def test_the_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tiepdan.sheets.importers._importers", {})
    register(KIND)
    assert importer("thu") is KIND and importer("khac") is None
    assert importers_for({Role.ADMIN}) == [KIND] and importers_for({Role.CLERK}) == []
    with pytest.raises(ValueError, match="no fields"):
        Importer("sai", "Sai", (Column("khac", "Khác"),), Row, KIND.apply, KIND.roles)
