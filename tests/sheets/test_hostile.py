"""One hostile sheet for each kind, as offices send them: through the pages, from the upload to what is stored."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook

from tests import cast
from tests.sheets.books import upload
from tiepdan.accounts.models import Agency, Person
from tiepdan.cases.models import Case, Petitioner
from tiepdan.points.models import Point
from tiepdan.policy.models import Day
from tiepdan.sheets import importers
from tiepdan.sheets.models import Upload

pytestmark = pytest.mark.django_db
Rows = Sequence[Sequence[Any]]


def apart(text: str) -> str:
    """Each mark as a letter of its own, as some programs write Vietnamese."""
    return unicodedata.normalize("NFD", text)


DAY = "Hãy nhập ngày theo dạng 17/12/2026."
AGENCY = [" Ủy ban nhân dân xã Lộc An ", apart("UBND xã Lộc An"), apart("UBND cấp xã"), "minh-chau"]
CASE = ["Thôn 3", "036185001234", "", "0912345678"]
RIGHT: dict[str, Sequence[Any]] = {
    "co-quan": ["loc-an", *AGENCY, date(2025, 7, 1), 299382210, "Thôn 1"],
    "vu-viec": [
        *(apart("Khiếu nại"), apart("Đất đai"), date(2026, 12, 1), " Về bồi thường ", apart("Đề nghị xem xét")),
        *(apart("Nguyễn Thị Mẫu"), *CASE, 1, 2023.0, ""),
    ],
    "diem-cau": [
        *("minh-chau", apart("Xã Lộc An"), "xa-loc-an", apart("Trụ sở"), "Cao Thị Nhàn", "0299", ""),
        *(apart("Cấp xã"), 60, 2.0, "1", apart("Mạng TSLCD"), "", apart("có")),
    ],
    "ngay-nghi": [date(2026, 12, 31), apart("Nghỉ"), apart("Nghỉ hoán đổi"), ""],
}
# A wrong row after the right one, and what is said of it.
WRONG: list[tuple[str, Sequence[Any], list[str]]] = [
    ("co-quan", ["b", "=1+1", "B", "UBND cấp xã", "minh-chau", "01/07/2025"], ["Cột «Tên cơ quan» là công thức."]),
    ("co-quan", ["b", *AGENCY, 46000], [DAY]),
    ("co-quan", RIGHT["co-quan"], ["Mã «loc-an» lặp lại trong bảng."]),
    ("co-quan", ["Lộc An", *AGENCY, "01/07/2025"], ["Chỉ dùng chữ thường không dấu"]),
    ("vu-viec", RIGHT["vu-viec"], ["Cùng số giấy tờ và cùng tóm tắt với dòng trước trong bảng."]),
    (
        "vu-viec",
        ["Khiếu nại", "", 46000, "Tóm tắt hai", "", "Lê Văn Hai", "Thôn 3", 36185001235, "", "", "ba", "hai nghìn"],
        [
            DAY,
            "Số người: Hãy ghi số nguyên từ 1 đến 100000.",
            "Phát sinh từ năm: Hãy ghi số nguyên từ 1945 đến 2100.",
            "Excel bỏ số 0 ở đầu khi ô là số",
        ],
    ),
    ("vu-viec", ["Đơn", "", "01/12/2026", "=A1", "", "X", "Y"], ["Cột «Tóm tắt» là công thức."]),
    ("diem-cau", RIGHT["diem-cau"], ["Tên đăng nhập «xa-loc-an» lặp lại trong bảng."]),
    ("diem-cau", ["minh-chau", "B", "b", *[""] * 5, "sáu mươi", -2], ["bằng số nguyên", "Không nhỏ hơn 0."]),
    ("ngay-nghi", [46388, "Nghỉ", "B"], [DAY]),
    ("ngay-nghi", ["31/12/2026", "nghi", "C"], ["Ngày 31/12/2026 lặp lại trong bảng."]),
    ("ngay-nghi", ["30/12/2026", "Nghỉ luôn", "D"], ["«Nghỉ luôn» không đúng. Ghi «Nghỉ» hoặc «Làm bù»."]),
]


def who(kind: str) -> Person:
    return {"vu-viec": cast.clerk, "diem-cau": cast.technician}.get(kind, cast.admin)()


def sheet(kind: str, rows: Rows, *more: str, merged: str = "") -> bytes:
    """With a hidden sheet of other data."""
    found = importers.importer(kind)
    assert found is not None
    made = Workbook()
    page = made.worksheets[0]
    page.append([*(column.heading for column in found.columns), *more])
    for row in rows:
        page.append(list(row))
    if merged:
        page.merge_cells(merged)
    hidden = made.create_sheet("Bí mật")
    hidden.append(["Không phải mẫu"])
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def send(kind: str, content: bytes, name: str = "bang.xlsx") -> Any:
    facts = {"agency": cast.province().pk, "sheet": upload(content, name)}
    return cast.browser(who(kind)).post(f"/nhap-bang/{kind}/", facts)


def taken(kind: str, content: bytes) -> Upload:
    answer = send(kind, content)
    assert answer.status_code == 302, answer.content.decode()
    return Upload.objects.latest("pk")


@pytest.mark.parametrize("kind", list(RIGHT))
def test_decomposed_letters_blanks_and_numbers_come_in_as_they_are_read(kind: str) -> None:
    row = taken(kind, sheet(kind, [[], RIGHT[kind], ["", " ", "\u00a0"]]))
    assert (row.rows, row.problems) == (1, [])
    assert cast.browser(who(kind)).post(f"/nhap-bang/{kind}/{row.pk}/nhap/").status_code == 302
    made = (Agency, Case, Petitioner, Point, Day)
    texts = [value for model in made for one in model.objects.all().values_list() for value in one]
    assert [text for text in texts if isinstance(text, str) and not unicodedata.is_normalized("NFC", text)] == []
    assert [text for text in texts if isinstance(text, str) and text != text.strip()] == []


@pytest.mark.parametrize(("kind", "wrong", "said"), WRONG)
def test_a_wrong_row_is_named_with_what_to_do(kind: str, wrong: Sequence[Any], said: list[str]) -> None:
    row = taken(kind, sheet(kind, [RIGHT[kind], wrong]))
    assert [number for number, _ in row.problems] == [3]
    told = " ".join(row.problems[0][1])
    assert all(sentence in told for sentence in said), told


@pytest.mark.parametrize("kind", list(RIGHT))
def test_merged_cells_are_empty_below_and_told(kind: str) -> None:
    row = taken(kind, sheet(kind, [RIGHT[kind], RIGHT[kind]], merged="A2:A3"))
    assert [number for number, _ in row.problems] == [3] and "Chưa nhập" in row.problems[0][1][0]


@pytest.mark.parametrize("kind", list(RIGHT))
def test_a_file_that_is_no_such_sheet_is_refused_in_a_sentence(kind: str) -> None:
    old = b"\xd0\xcf\x11\xe0" + b"0" * 600
    for content, name, said in (
        (sheet(kind, [RIGHT[kind]], "Ghi chú"), "bang.xlsx", "Không có trong mẫu: «Ghi chú»."),
        (sheet(kind, []), "bang.xlsx", "chưa có dòng dữ liệu nào"),
        (b"", "bang.xlsx", "Tệp này rỗng."),
        (old, "bang.xlsx", "lưu lại dạng .xlsx"),
        (old, "bang.xls", "Các loại được nhận: Excel (.xlsx)."),
        (sheet(kind, [RIGHT[kind]] * 5001), "bang.xlsx", "Bảng có hơn 5.000 dòng."),
    ):
        answer = send(kind, content, name)
        assert answer.status_code == 422 and said in answer.content.decode(), name
    assert not Upload.objects.exists()


def test_cases_that_were_brought_in_before_are_told_before_anything_is_written() -> None:
    kind = "vu-viec"
    first = taken(kind, sheet(kind, [RIGHT[kind]]))
    cast.browser(cast.clerk()).post(f"/nhap-bang/{kind}/{first.pk}/nhap/")
    case = Case.objects.get()
    again = taken(kind, sheet(kind, [RIGHT[kind]]))
    assert again.problems == [[2, [f"Đã có vụ việc {case.code} cùng số giấy tờ và cùng tóm tắt. Hãy bỏ dòng này."]]]
    # Whose name is protected is not given away by a number that somebody types.
    Case.objects.update(is_protected=True)
    assert taken(kind, sheet(kind, [RIGHT[kind]])).problems == []
