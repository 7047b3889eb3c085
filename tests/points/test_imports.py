"""Halls from Excel."""

from __future__ import annotations

import pytest

from tests import case_cast, cast
from tests.sheets.books import book
from tiepdan.audit.models import Entry
from tiepdan.points.imports import POINTS
from tiepdan.points.models import Point
from tiepdan.sheets import actions

pytestmark = pytest.mark.django_db
NOW = case_cast.NOW
HEADINGS = [column.heading for column in POINTS.columns]
HALL = ["thanh-loc", "Xã Thanh Lộc", "xa-thanh-loc", "Trụ sở UBND xã", "Cao Thị Nhàn", "0299 3822 101"]


def test_halls_come_in_with_their_operators() -> None:
    cast.commune()
    who = cast.technician()
    row = actions.take(POINTS, book(HEADINGS, HALL), name="a.xlsx", agency=cast.province(), by=who, at=NOW)
    assert actions.bring_in(row, POINTS, only_right=False, by=who, at=NOW) == 1
    point = Point.objects.get()
    assert (point.agency, point.slug, point.contact_name) == (cast.commune(), "xa-thanh-loc", "Cao Thị Nhàn")
    assert Entry.objects.get(event="point.added").agency == cast.commune()


def test_wrong_halls() -> None:
    cast.elsewhere()
    Point.objects.create(agency=cast.commune(), name="Có sẵn", slug="co-san")
    row = actions.take(
        POINTS,
        book(
            HEADINGS,
            HALL,
            HALL,
            ["thanh-loc", "Khác", "co-san"],
            ["tinh-khac", "Khác", "khac"],
            ["thanh-loc", "", "Có Dấu"],
        ),
        name="a.xlsx",
        agency=cast.province(),
        by=cast.technician(),
        at=NOW,
    )
    said = {number: " ".join(sentences) for number, sentences in row.problems}
    assert set(said) == {3, 4, 5, 6}
    assert "lặp lại" in said[3] and "đã có điểm cầu dùng" in said[4] and "phạm vi" in said[5]
    assert "Tên điểm cầu: Chưa nhập tên điểm cầu." in said[6] and "Tên đăng nhập: Chỉ dùng chữ thường" in said[6]


def test_what_is_known_of_the_hall_comes_in_by_its_words() -> None:
    cast.commune()
    told = ["Hội trường tầng 2", "cấp xã", "60", "2", "1", "MANG TSLCD", "Mạng di động 4G, 5G", "không có"]
    wrong = ["", "thôn", "sáu mươi", "", "", "vệ tinh", "", "có lẽ"]
    row = actions.take(
        POINTS,
        book(HEADINGS, [*HALL, *told], ["thanh-loc", "Khác", "khac", "", "", "", *wrong]),
        name="a.xlsx",
        agency=cast.province(),
        by=cast.technician(),
        at=NOW,
    )
    said = " ".join(dict(row.problems)[3])
    for words in ("Cấp: Ghi một trong các chữ: «Cấp tỉnh»", "Hãy nhập số chỗ ngồi bằng số nguyên", "Bộ lưu điện: Ghi"):
        assert words in said
    assert actions.bring_in(row, POINTS, only_right=True, by=cast.technician(), at=NOW) == 1
    point = Point.objects.get()
    assert (point.room, point.level, point.seats, point.line) == ("Hội trường tầng 2", "commune", 60, "tslcd")
    assert (point.backup_line, point.has_ups) == ("mobile", False)


def test_technicians_and_administrators_have_the_page() -> None:
    for person, wanted in [(cast.technician(), 200), (cast.admin(), 200), (cast.clerk(), 404)]:
        assert cast.browser(person).get("/nhap-bang/diem-cau/").status_code == wanted
