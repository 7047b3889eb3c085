"""The public pages (screen S36): what the law wants published, and nothing about people; no cookie, no session."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.contrib.sessions.models import Session
from django.templatetags.static import static
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate, localtime
from icalendar import Calendar

from tests import case_cast, cast
from tests import schedule_cast as stage
from tiepdan.kernel.text import fold
from tiepdan.points.models import Point
from tiepdan.portal import queries
from tiepdan.receptions.actions import publication, schedule
from tiepdan.receptions.actions.schedule import Slot
from tiepdan.receptions.models import Matter, Reception, Version

pytestmark = pytest.mark.django_db
READER = f'<script type="module" src="{static("room/reader.js")}"></script>'
FIXED = ("/cong-khai/", "/cong-khai/noi-quy/", "/cong-khai/huong-dan/", "/cong-khai/rss.xml", "/cong-khai/lich.ics")


def in_a_month() -> datetime:
    """08:30 of a Thursday, four weeks or more from now."""
    day = localtime(timezone.now() + timedelta(days=28))
    day += timedelta(days=(3 - day.weekday()) % 7)
    return day.replace(hour=8, minute=30, second=0, microsecond=0)


@pytest.fixture
def of() -> Reception:
    row = stage.reception(start=in_a_month())
    publication.publish(row, by=cast.clerk(), at=timezone.now())
    return stage.fresh(row)


def addresses(of: Reception) -> Iterator[str]:
    yield from FIXED
    yield f"/cong-khai/{of.code}/"
    yield f"/cong-khai/{of.code}/niem-yet/"
    yield "/cong-khai/BT-0000-000/"


def get(address: str, **more: Any) -> Any:
    return Client().get(address, **more)


def text(address: str) -> str:
    return str(get(address).content.decode())


# -- what the law wants published (Điều 24 Luật Tiếp công dân)

PUBLISHED = [
    ("nơi tiếp công dân (điểm a khoản 2)", "Trụ sở Tiếp công dân tỉnh, 1 Lê Lợi"),
    ("thời gian (điểm c khoản 2)", "08:30–11:00"),
    ("người đứng đầu (điểm c khoản 2)", "Chủ tịch UBND tỉnh"),
    ("thành phần tham dự (khoản 1, điểm c khoản 2)", "Sở Nông nghiệp và Môi trường"),
    ("dự kiến nội dung (khoản 1, điểm c khoản 2)", stage.TITLE),
    ("điểm cầu công dân được chọn (khoản 3 Điều 22 NĐ 154/2026)", "Trụ sở UBND xã Thanh Lộc"),
    ("ghi âm, ghi hình (khoản 1 Điều 24 NĐ 154/2026)", "được ghi âm, ghi hình toàn bộ theo Điều 24"),
]


@pytest.mark.parametrize("words", [row[1] for row in PUBLISHED], ids=[row[0] for row in PUBLISHED])
def test_the_page_of_a_reception_holds_what_the_law_wants(of: Reception, words: str) -> None:
    assert words in text(f"/cong-khai/{of.code}/") and words in text(f"/cong-khai/{of.code}/niem-yet/")


def test_the_list_shows_what_is_published_and_nothing_else(of: Reception) -> None:
    stage.reception("BT-2026-013", start=in_a_month() + timedelta(days=7))
    words = text("/cong-khai/")
    assert of.code in words and stage.TITLE in words and "BT-2026-013" not in words
    assert get("/cong-khai/BT-2026-013/").status_code == 404


def test_without_a_schedule_the_page_says_when_there_will_be_one() -> None:
    assert "Chưa có lịch mới. Lịch được niêm yết trước ít nhất 05 ngày làm việc." in text("/cong-khai/")


# -- nobody's name, number, house


def test_no_public_answer_holds_anything_about_a_citizen(of: Reception) -> None:
    """Name, identity, address, telephone, e-mail, the case's own number and text: none of it, in any form."""
    case = of.matters.get().case
    case.petitioners.update(email="cong-dan@vi-du.vn", paper_issued_by="Cục Cảnh sát nào đó")
    case_cast.Case.objects.update(content="Lời kể riêng của công dân", access_needs="Đi xe lăn")
    seat = of.halls.get(point__slug="xa-thanh-loc")
    stage.seat(seat, "Luật Sư Riêng", "lawyer")
    schedule.change(of, _slot(of), "Lý do nội bộ của cơ quan", by=cast.clerk(), at=timezone.now())
    later = localdate(of.starts_at) + timedelta(days=30)
    secrets = [
        *stage.PEOPLE,
        stage.ADDRESS,
        "thôn Đông Hạ",
        stage.PAPER,
        stage.MOBILE,
        "0912345678",
        "cong-dan@vi-du.vn",
        "Cục Cảnh sát nào đó",
        case.code,
        case.lookup_code,
        "Lời kể riêng",
        "xe lăn",
        "Luật Sư Riêng",
        "Lý do nội bộ",
    ]
    for step in ("changed", "postponed"):
        if step == "postponed":
            schedule.postpone(stage.fresh(of), "Bão số 9", later, by=cast.clerk(), at=timezone.now())
        for address in addresses(of):
            for query in ("", "?chu=lon", "?q=thanh"):
                body = get(address + query).content.decode()
                plain = fold(body)
                found = [secret for secret in secrets if secret in body or fold(secret) in plain]
                assert found == [], f"{address}{query} ({step})"


def _slot(of: Reception, days: int = 1) -> Slot:
    return Slot(of.starts_at + timedelta(days=days), of.ends_at + timedelta(days=days), of.place)


def test_live_rows_are_never_read(of: Reception) -> None:
    """What the office is changing, or types into a row by mistake, stays inside until it is published."""
    before = {address: get(address).content for address in addresses(of)}
    Reception.objects.update(
        title="Mai Văn Thịnh", place="Thôn Đông Hạ", help_phone="0912345678", state="draft", postponed_reason="Bí mật"
    )
    Reception.objects.update(starts_at=of.starts_at + timedelta(days=2), ends_at=of.ends_at + timedelta(days=2))
    Matter.objects.update(public_title="Mai Văn Thịnh")
    Point.objects.update(name="Nhà Mai Văn Thịnh", address="Thôn Đông Hạ")
    assert {address: get(address).content for address in addresses(of)} == before


# -- no cookie, no session; the only script reads aloud


@pytest.mark.parametrize("signed_in", [False, True])
def test_no_answer_sets_a_cookie_or_reads_a_session(of: Reception, signed_in: bool) -> None:
    browser = cast.browser(cast.clerk()) if signed_in else Client()
    sessions = Session.objects.count()
    for address in addresses(of):
        answer = browser.get(address)
        assert not answer.cookies and "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.get("Vary", "") and not answer.wsgi_request.session.accessed
        words = answer.content.decode()
        scripts = re.findall(r"<script[^>]*>.*?</script>", words)
        assert scripts == ([READER] if address in ("/cong-khai/", f"/cong-khai/{of.code}/") else [])
        assert "csrf" not in words.lower()
    assert Session.objects.count() == sessions


def test_answers_may_be_cached_for_a_minute_and_only_be_read(of: Reception) -> None:
    for address in addresses(of):
        answer = get(address)
        assert answer["Cache-Control"] == "public, max-age=60"
        assert Client().post(address).status_code == 405
        assert Client().head(address).status_code == answer.status_code
    assert get(f"/cong-khai/{of.code}/")["Last-Modified"]


def test_pages_take_a_fixed_number_of_queries(of: Reception, django_assert_num_queries: Any) -> None:
    first = Version.objects.get()
    for number in range(20, 50):
        other = Reception.objects.get(pk=of.pk)
        other.pk, other.code = None, f"BT-2026-0{number}"
        other.save()
        public = {**first.public, "code": other.code}
        Version.objects.create(
            reception=other, number=1, published_at=timezone.now(), published_by=cast.clerk(), public=public, plan={}
        )
    with django_assert_num_queries(2):
        assert "BT-2026-049" in get("/cong-khai/").content.decode()
    with django_assert_num_queries(1):
        get(f"/cong-khai/{of.code}/")


def test_large_type_stands_in_the_address(of: Reception) -> None:
    words = text("/cong-khai/?chu=lon")
    assert "portal-large" in words and f"/cong-khai/{of.code}/?chu=lon" in words and "Chữ thường" in words
    assert "portal-large" not in text("/cong-khai/") and "Chữ lớn" in text("/cong-khai/")


def test_the_list_is_searched_without_accents(of: Reception) -> None:
    assert of.code in text("/cong-khai/?q=boi+thuong+thanh+loc")
    words = text("/cong-khai/?q=<khong co>")
    assert of.code not in words and "Không có buổi tiếp nào khớp với «&lt;khong co&gt;»." in words


def test_unknown_receptions_get_the_portals_own_answer() -> None:
    answer = get("/cong-khai/BT-0000-000/")
    assert answer.status_code == 404 and "Không tìm thấy lịch tiếp công dân này." in answer.content.decode()
    assert "Đăng xuất" not in answer.content.decode()


# -- changed, postponed, cancelled, in words


def test_a_changed_schedule_says_so_and_how_it_was(of: Reception) -> None:
    old = f"08:30–11:00, {stage.fresh(of).starts_at:%Y}"[:11]
    schedule.change(of, _slot(of), "Họp", by=cast.clerk(), at=timezone.now())
    for address in (f"/cong-khai/{of.code}/", f"/cong-khai/{of.code}/niem-yet/", "/cong-khai/"):
        words = text(address)
        assert "Đổi lịch" in words and f"trước đây: {old}" in words


def test_a_postponed_reception_says_so_with_reason_and_day(of: Reception) -> None:
    """Khoản 4 Điều 24 Luật Tiếp công dân: thông báo cụ thể thời gian dự kiến tiếp công dân"""
    later = localdate(of.starts_at) + timedelta(days=7)
    schedule.postpone(of, "Bão số 9.", later, by=cast.clerk(), at=timezone.now())
    for address in (f"/cong-khai/{of.code}/", f"/cong-khai/{of.code}/niem-yet/", "/cong-khai/"):
        words = text(address)
        assert "Hoãn" in words and "Bão số 9." in words and f"{later:%d/%m/%Y}" in words
    assert "HOÃN: " in text("/cong-khai/rss.xml")


def test_a_cancelled_reception_says_so(of: Reception) -> None:
    schedule.cancel(of, "Công dân rút đơn", by=cast.clerk(), at=timezone.now())
    words = text(f"/cong-khai/{of.code}/")
    assert "Hủy" in words and "Công dân rút đơn" in words and "HỦY: " in text("/cong-khai/rss.xml")


def test_a_postponed_one_stays_on_the_list_until_its_expected_day(of: Reception) -> None:
    later = localdate(of.starts_at) + timedelta(days=7)
    schedule.postpone(of, "Bão số 9", later, by=cast.clerk(), at=timezone.now())
    day = datetime.combine(later, datetime.min.time(), UTC)
    assert [row.code for row in queries.upcoming(day)] == [of.code]
    assert queries.upcoming(day + timedelta(days=2)) == []


def test_yesterdays_reception_leaves_the_list_and_keeps_its_page(of: Reception) -> None:
    assert queries.upcoming(of.ends_at + timedelta(days=1)) == []
    assert [row.code for row in queries.upcoming(of.ends_at + timedelta(hours=2))] == [of.code]


# -- for programs


def test_rss_is_well_formed_and_names_each_version_once(of: Reception) -> None:
    answer = get("/cong-khai/rss.xml")
    assert answer["Content-Type"] == "application/rss+xml; charset=utf-8"
    items = ElementTree.fromstring(answer.content).findall("channel/item")
    assert [item.findtext("link") for item in items] == [f"http://testserver/cong-khai/{of.code}/"]
    assert items[0].findtext("guid") == f"http://testserver/cong-khai/{of.code}/#1"


def test_a_sign_pasted_from_word_does_not_take_the_feeds_away(of: Reception) -> None:
    version = Version.objects.get()
    public = version.public | {"title": "Về đất\x0bThanh Lộc & <b> 😀", "place": "Số 1\x1f"}
    Version.objects.filter(pk=version.pk).update(public=public)
    item = ElementTree.fromstring(get("/cong-khai/rss.xml").content).find("channel/item")
    assert item is not None and str(item.findtext("title")).startswith("Về đất Thanh Lộc & <b> 😀, ")
    assert str(_event()["summary"]) == "Về đất Thanh Lộc & <b> 😀" and str(_event()["location"]).strip() == "Số 1"


def test_what_only_may_be_read_answers_anything_else_without_a_cookie(of: Reception) -> None:
    strict = Client(enforce_csrf_checks=True)
    for address in addresses(of):
        answer = strict.post(address)
        assert (answer.status_code, answer.cookies.output()) == (405, "")


def test_the_calendar_moves_an_entry_that_somebody_has(of: Reception) -> None:
    """RFC 5545: the same UID with a higher SEQUENCE replaces the entry."""
    first = _event()
    assert (first["SEQUENCE"], first["STATUS"]) == (1, "CONFIRMED")
    assert first.decoded("DTSTART") == of.starts_at and first.decoded("DTEND") == of.ends_at
    schedule.change(of, _slot(of), "Họp", by=cast.clerk(), at=timezone.now())
    second = _event()
    assert (second["UID"], second["SEQUENCE"]) == (first["UID"], 2)
    assert second.decoded("DTSTART") == of.starts_at + timedelta(days=1)
    later = localdate(of.starts_at) + timedelta(days=30)
    schedule.postpone(stage.fresh(of), "Bão số 9", later, by=cast.clerk(), at=timezone.now())
    assert (_event()["SEQUENCE"], _event()["STATUS"]) == (3, "CANCELLED")
    assert str(_event()["SUMMARY"]).startswith("HOÃN: ")


def _event() -> Any:
    answer = get("/cong-khai/lich.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    return event


def test_the_door_leads_to_the_public_pages() -> None:
    assert 'href="/cong-khai/"' in text("/dang-nhap/")


def test_the_button_that_reads_aloud_waits_for_a_voice(of: Reception) -> None:
    """«Nghe đọc lịch» (browser voice, if present): hidden until the script has found one."""
    for address in ("/cong-khai/", f"/cong-khai/{of.code}/"):
        words = text(address)
        assert re.search(r'<button[^>]* data-read="lich"[^>]* hidden>Nghe đọc lịch</button>', words)
        assert 'id="lich"' in words


def test_who_may_still_choose_a_hall_finds_the_way(of: Reception) -> None:
    address = f"/cong-khai/{of.code}/"
    assert "Đăng ký điểm cầu tham dự</a>" in text(address) and "Cách đăng ký" in text(address)
    schedule.cancel(of, "Công dân rút đơn", by=cast.clerk(), at=timezone.now())
    assert "Đăng ký điểm cầu tham dự</a>" not in text(address)


def test_the_guide_tells_how_to_look_up_and_to_register() -> None:
    words = text("/cong-khai/huong-dan/")
    assert "Tra cứu kết quả</h2>" in words and 'href="/tra-cuu/diem-cau/"' in words
    assert "4 số cuối điện thoại đã khai" in words and "Nhập sai 5 lần thì phải chờ 30 phút" in words
