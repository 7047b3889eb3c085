"""Halls are registered and corrected: by whom, what is refused, what the log keeps, what stays on the screen."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta

import pytest

from tests import case_cast, cast
from tests.points.halls_cast import FACTS, NOW, TODAY, registered, text
from tiepdan.accounts.rules import Role
from tiepdan.audit.models import Entry
from tiepdan.kernel.refusals import Forbidden, Invalid, Refused
from tiepdan.points.actions import HallFacts, add_point, change_point
from tiepdan.points.actions.halls import marker
from tiepdan.points.models import Point
from tiepdan.points.rules import TAKEN_NAMES
from tiepdan.points.urls import urlpatterns

pytestmark = pytest.mark.django_db

SENT = {
    "name": "Xã Thanh Lộc",
    "room": "Hội trường tầng 2",
    "seats": "40",
    "screens": "2",
    "cameras": "1",
    "line": "tslcd",
    "backup_line": "none",
    "has_ups": "no",
}


def test_a_hall_is_registered_with_the_level_of_its_agency() -> None:
    point = add_point(agency=cast.commune(), slug="xa", facts=HallFacts("Xã"), by=cast.admin(), at=NOW)
    assert (point.level, point.seats, point.has_ups) == ("commune", None, None)
    entry = Entry.objects.get(event="point.added")
    assert (entry.agency, entry.facts["code"], entry.by_label) == (cast.commune(), "xa", str(cast.admin()))


def test_technicians_and_administrators_of_the_level_register() -> None:
    above = [cast.technician(), cast.admin(), cast.person("kt-xa", "Kỹ Thuật Xã", Role.TECHNICIAN, cast.commune())]
    for number, who in enumerate(above):
        add_point(agency=cast.commune(), slug=f"xa-{number}", facts=FACTS, by=who, at=NOW)
    for who in (cast.clerk(), case_cast.commune_clerk(), cast.outsider(Role.TECHNICIAN)):
        with pytest.raises(Forbidden, match="Chỉ cán bộ kỹ thuật hoặc quản trị"):
            add_point(agency=cast.commune(), slug="khong", facts=FACTS, by=who, at=NOW)
    below = cast.person("kt-xa", "Kỹ Thuật Xã", Role.TECHNICIAN, cast.commune())
    with pytest.raises(Forbidden):
        add_point(agency=cast.province(), slug="tren", facts=FACTS, by=below, at=NOW)


def test_a_name_for_signing_in_is_one_hall_s_own() -> None:
    registered("xa")
    for slug in ("xa", *TAKEN_NAMES):
        with pytest.raises(Invalid) as refused:
            registered(slug)
        assert refused.value.code == "slug"
    ended = cast.commune()
    ended.valid_to = TODAY - timedelta(days=1)
    ended.save()
    with pytest.raises(Refused, match="đã hết hiệu lực"):
        registered("sau")


def test_the_names_that_no_hall_may_have_are_those_of_the_addresses() -> None:
    first = {str(one.pattern).split("/")[1] for one in urlpatterns}
    assert {word for word in first if word and not word.startswith("<")} == TAKEN_NAMES


def test_who_works_where_the_hall_is_corrects_it() -> None:
    point = registered()
    for phone, who in enumerate((cast.technician(), cast.admin(), case_cast.commune_clerk())):
        assert change_point(point, replace(FACTS, phone=str(phone)), by=who, at=NOW) == ["điện thoại"]
    for who in (cast.clerk(), cast.outsider(Role.ADMIN)):
        with pytest.raises(Forbidden):
            change_point(point, FACTS, by=who, at=NOW)


def test_the_log_says_what_was_corrected_and_nothing_when_nothing_was() -> None:
    point = registered()
    assert change_point(point, FACTS, by=cast.technician(), at=NOW) == []
    new = replace(FACTS, cameras=0, has_ups=None, contact_name="Hà Thị Lan")
    assert change_point(point, new, by=cast.technician(), at=NOW) == ["số camera", "bộ lưu điện", "người vận hành"]
    entry = Entry.objects.get(event="point.changed")
    assert entry.facts == {"changed": ["số camera", "bộ lưu điện", "người vận hành"]}
    assert Point.objects.get(search__contains="ha thi lan") == point


def test_the_second_of_two_is_told_who_was_faster() -> None:
    point = registered()
    first, second, seen = (Point.objects.get(pk=point.pk) for _ in "abc")
    shown = marker(seen)
    later = NOW + timedelta(minutes=1)
    change_point(first, replace(FACTS, phone="1"), by=cast.admin(), at=later, seen=shown)
    for row in (second, Point.objects.get(pk=point.pk)):
        with pytest.raises(Refused, match=f"vừa được {cast.admin().full_name} thay đổi lúc") as refused:
            change_point(row, replace(FACTS, phone="2"), by=cast.technician(), at=later, seen=shown)
        assert refused.value.code == "faster"
    assert Point.objects.get().phone == "1"


def test_the_pages_register_and_correct() -> None:
    desk = cast.browser(cast.technician())
    sent = {**SENT, "agency": cast.commune().pk, "slug": "xa-thanh-loc"}
    assert "Chữ thường không dấu" in text(desk.get("/diem-cau/them/"))
    answer = desk.post("/diem-cau/them/", sent)
    assert (answer.status_code, answer["Location"]) == (302, "/diem-cau/xa-thanh-loc/")
    point = Point.objects.get()
    assert (point.seats, point.backup_line, point.has_ups, point.level) == (40, "none", False, "commune")
    page = text(desk.get("/diem-cau/xa-thanh-loc/sua/"))
    assert 'value="Hội trường tầng 2"' in page and 'value="no" selected' in page
    sent = {**SENT, "seats": "60", "seen": marker(point)}
    assert desk.post("/diem-cau/xa-thanh-loc/sua/", sent).status_code == 302
    answer = desk.post("/diem-cau/xa-thanh-loc/sua/", {**SENT, "seats": "70", "seen": "0"})
    assert answer.status_code == 409 and "Hãy tải lại trang" in text(answer) and 'value="70"' in text(answer)
    assert "Không có gì thay đổi." in text(
        desk.post("/diem-cau/xa-thanh-loc/sua/", {**SENT, "seats": "60"}, follow=True)
    )


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Chưa nhập tên điểm cầu."),
        ("slug", "Xã Mới", "Chỉ dùng chữ thường không dấu"),
        ("slug", "them", "Hệ thống dùng riêng chữ «them»."),
        ("seats", "nhiều", "Hãy nhập số chỗ ngồi bằng số nguyên."),
        ("seats", "-1", "Không nhỏ hơn 0."),
        ("cameras", "51", "Nhiều nhất 50."),
        ("line", "vệ tinh", "Hãy chọn đường truyền trong danh sách."),
        ("agency", "0", "Hãy chọn cơ quan quản lý trong danh sách."),
    ],
)
def test_wrong_input_says_so_and_the_rest_stays(field: str, value: str, words: str) -> None:
    desk = cast.browser(cast.technician())
    sent = {**SENT, "agency": cast.commune().pk, "slug": "xa", "address": "Thôn Đông Hạ", field: value}
    answer = desk.post("/diem-cau/them/", sent)
    assert answer.status_code == 422
    assert words in text(answer) and 'value="Thôn Đông Hạ"' in text(answer)
    assert not Point.objects.exists()


def test_another_s_agency_is_not_offered() -> None:
    desk = cast.browser(cast.technician())
    assert cast.elsewhere().name not in text(desk.get("/diem-cau/them/"))
    sent = {**SENT, "agency": cast.elsewhere().pk, "slug": "xa"}
    assert desk.post("/diem-cau/them/", sent).status_code == 422
    assert cast.browser(cast.clerk()).get("/diem-cau/them/").status_code == 403


def test_what_is_told_comes_back_as_it_was() -> None:
    point = registered()
    point.refresh_from_db()
    assert {name: getattr(point, name) for name in asdict(FACTS)} == asdict(FACTS)
