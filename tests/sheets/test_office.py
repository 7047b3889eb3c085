"""Agencies and people from Excel: looked through row by row, brought in as a whole or not at all."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from tests import case_cast, cast
from tests.sheets.books import book
from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.rules import Role
from tiepdan.audit.models import Entry
from tiepdan.files.models import StoredFile
from tiepdan.kernel.refusals import Invalid, Refused
from tiepdan.sheets import actions
from tiepdan.sheets.importers import Importer
from tiepdan.sheets.models import Upload
from tiepdan.sheets.office import AGENCIES, PEOPLE

pytestmark = pytest.mark.django_db
NOW = case_cast.NOW
COMMUNE = ["loc-an", "Ủy ban nhân dân xã Lộc An", "UBND xã Lộc An", "ubnd cap xa", "minh-chau", "01/07/2025", "", ""]
MINH = ["Nguyễn Thị Minh", "", "minh-chau", "Cán bộ tiếp dân", "Chuyên viên", date(2026, 7, 1), "", "", ""]


def headings(kind: Importer) -> list[str]:
    return [column.heading for column in kind.columns]


def take(kind: Importer, *rows: list[Any]) -> Upload:
    content = book(headings(kind), *rows)
    return actions.take(kind, content, name="bang.xlsx", agency=cast.province(), by=cast.admin(), at=NOW)


def bring(row: Upload, kind: Importer, *, only_right: bool = False) -> int:
    return actions.bring_in(row, kind, only_right=only_right, by=cast.admin(), at=NOW)


def events() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("event", flat=True))


def test_agencies_come_in_with_those_below_them() -> None:
    hamlet = ["to-1", "Tổ 1", "Tổ 1", "Cơ quan khác", "loc-an", date(2025, 7, 1), "0299", "Thôn 1"]
    row = take(AGENCIES, COMMUNE, hamlet)
    assert (row.state, row.rows, row.problems) == ("previewed", 2, [])
    assert not Agency.objects.filter(code="loc-an").exists()
    assert bring(row, AGENCIES) == 2
    fresh = Agency.objects.get(code="to-1")
    assert (fresh.parent.code if fresh.parent else "", fresh.valid_from, fresh.phone) == (
        "loc-an",
        date(2025, 7, 1),
        "0299",
    )
    assert Agency.objects.get(code="loc-an").kind == "commune"
    assert (row.state, row.imported) == ("done", 2)
    assert events() == ["sheets.uploaded", "agency.added", "agency.added", "sheets.imported"]


def test_every_wrong_row_says_what_is_wrong() -> None:
    cast.commune()
    row = take(
        AGENCIES,
        COMMUNE,
        [*COMMUNE[:4], "khong-co", *COMMUNE[5:]],
        ["thanh-loc", *COMMUNE[1:]],
        ["Có Dấu", "", "x", "cấp huyện", "minh-chau", "31/02/2026", "", ""],
        ["=1+1", *COMMUNE[1:]],
    )
    said = {number: " ".join(sentences) for number, sentences in row.problems}
    assert set(said) == {3, 4, 5, 6}
    assert "Mã «loc-an» lặp lại trong bảng." in said[3] and "Cơ quan cấp trên «khong-co» chưa có." in said[3]
    assert said[4] == "Mã «thanh-loc» đã có cơ quan khác dùng."
    for words in ("Mã: Chỉ dùng chữ thường", "Tên cơ quan: Chưa nhập tên cơ quan.", "«cấp huyện» không đúng", "ngày"):
        assert words in said[5]
    assert said[6] == "Cột «Mã» là công thức. Hãy dán giá trị thay cho công thức."


def test_a_wrong_row_stops_the_whole_unless_the_right_ones_are_asked_for() -> None:
    row = take(AGENCIES, COMMUNE, ["", *COMMUNE[1:]])
    with pytest.raises(Refused, match="Còn 1 dòng sai nên chưa nhập dòng nào"):
        bring(row, AGENCIES)
    assert not Agency.objects.filter(code="loc-an").exists()
    assert bring(row, AGENCIES, only_right=True) == 1
    assert Agency.objects.filter(code="loc-an").exists()
    with pytest.raises(Refused):
        bring(row, AGENCIES, only_right=True)


def test_with_no_right_row_nothing_happens() -> None:
    row = take(AGENCIES, ["", *COMMUNE[1:]])
    with pytest.raises(Refused, match="Không có dòng nào đúng"):
        bring(row, AGENCIES, only_right=True)
    assert row.state == "previewed"


def test_rows_are_looked_through_again_before_they_come_in() -> None:
    row = take(AGENCIES, COMMUNE)
    cast.agency("loc-an", "Đã có người nhập tay", parent=cast.province())
    with pytest.raises(Refused, match="Còn 1 dòng sai"):
        bring(row, AGENCIES)
    row.refresh_from_db()
    assert row.wrong == 1


def test_a_row_that_is_refused_by_its_own_rules_undoes_all() -> None:
    """The first row is given the name that the second asks for."""
    row = take(PEOPLE, [MINH[0], "", *MINH[2:]], ["Trần Văn An", "nguyen-thi-minh", *MINH[2:]])
    assert row.problems == []
    with pytest.raises(Refused, match=r"Dòng 3: .*«nguyen-thi-minh» đã có người dùng.* Chưa nhập dòng nào\."):
        bring(row, PEOPLE)
    assert not Person.objects.filter(username="nguyen-thi-minh").exists()
    assert Upload.objects.get().state == "previewed"


def test_nothing_comes_into_an_agency_that_has_ended() -> None:
    last = localdate(NOW) - timedelta(days=1)
    Agency.objects.filter(pk=cast.commune().pk).update(valid_to=last, successor=cast.province())
    row = take(AGENCIES, COMMUNE, ["to-1", "Tổ 1", "Tổ 1", "Cơ quan khác", "thanh-loc", "01/07/2025", "", ""])
    people = take(PEOPLE, MINH, ["Trần Văn An", "tran-an", "thanh-loc", *MINH[3:]])
    for upload in (row, people):
        assert [number for number, _ in upload.problems] == [3]
        assert "đã hết hiệu lực" in upload.problems[0][1][0] and "kế thừa" in upload.problems[0][1][0]


def test_the_same_people_do_not_come_in_twice() -> None:
    cast.person("minh", "Nguyễn Thị Minh", Role.SECRETARY)
    other = [*MINH[:2], cast.commune().code, *MINH[3:]]
    row = take(PEOPLE, MINH, other, other, ["NGUYỄN  THỊ MINH", "minh-hai", *MINH[2:]])
    assert [number for number, _ in row.problems] == [2, 4]
    assert all("Đã có «Nguyễn Thị Minh» tại cơ quan này." in sentences[0] for _, sentences in row.problems)


def test_other_agencies_are_nobodys_business() -> None:
    cast.elsewhere()
    row = take(AGENCIES, [*COMMUNE[:4], "tinh-khac", *COMMUNE[5:]])
    assert "«tinh-khac» chưa có" in row.problems[0][1][0]
    people = take(PEOPLE, [*MINH[:2], "tinh-khac", *MINH[3:]])
    assert "không có trong phạm vi quản trị" in people.problems[0][1][0]


def test_people_get_a_name_and_no_password() -> None:
    cast.person("nguyen-thi-minh", "Nguyễn Thị Minh", Role.CLERK, cast.elsewhere())
    row = take(PEOPLE, MINH, ["Trần Văn An", "tran-an", *MINH[2:]])
    assert bring(row, PEOPLE) == 2
    fresh = Person.objects.get(username="nguyen-thi-minh-2")
    assert (fresh.must_change_password, fresh.has_usable_password()) == (True, False)
    post = fresh.posts.get()
    assert (post.agency, post.role_kind, post.title, post.valid_from) == (
        cast.province(),
        Role.CLERK,
        "Chuyên viên",
        date(2026, 7, 1),
    )
    assert Person.objects.filter(username="tran-an").exists()


def test_wrong_people() -> None:
    taken = cast.clerk().username
    row = take(
        PEOPLE,
        ["A", taken, *MINH[2:]],
        ["B", "b", "minh-chau", "Vua", "", "01/07/2026", "", "", "khong-phai-thu"],
        ["C", "c", *MINH[2:5], "01/07/2026", "30/06/2026", "", ""],
    )
    said = {number: " ".join(sentences) for number, sentences in row.problems}
    assert said[2] == "Tên đăng nhập «can-bo» đã có người dùng."
    assert "Vai trò: «Vua» không đúng." in said[3] and "Thư điện tử:" in said[3]
    assert said[4] == "Đến hết ngày: Ngày kết thúc phải sau ngày bắt đầu."


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"%PDF-1.7", "bang.pdf", "Các loại được nhận: Excel"),
        (b"khong phai", "bang.xlsx", "Không đọc được tệp Excel này"),
        (book(["Sai"], ["x"]), "bang.xlsx", "Thiếu cột: «Mã»"),
        (b"", "bang.xlsx", "rỗng"),
    ],
)
def test_a_file_that_cannot_be_used_leaves_nothing_behind(content: bytes, name: str, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        actions.take(AGENCIES, content, name=name, agency=cast.province(), by=cast.admin(), at=NOW)
    assert not StoredFile.objects.exists() and not Upload.objects.exists() and events() == []


def test_a_dropped_sheet_is_not_brought_in_any_more() -> None:
    row = take(AGENCIES, COMMUNE)
    actions.drop(row, AGENCIES, by=cast.admin(), at=NOW)
    with pytest.raises(Refused, match="Đã bỏ"):
        bring(row, AGENCIES)
    assert events() == ["sheets.uploaded", "sheets.dropped"]
