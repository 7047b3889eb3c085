"""All receptions of the desk: list, month, week, counter and calendar file (screen S08)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from tests import cast
from tests import reception_cast as stage
from tiepdan.accounts.rules import Role
from tiepdan.receptions.models import Reception, Version

pytestmark = pytest.mark.django_db


def at(day: int, hour: int = 8, month: int = 12) -> dict[str, datetime]:
    start = datetime(2026, month, day, hour - 7, tzinfo=UTC) if hour >= 7 else datetime(2026, month, day, tzinfo=UTC)
    return {"starts_at": start, "ends_at": start + timedelta(hours=2)}


def planned(code: str, when: dict[str, datetime], **fields: Any) -> Reception:
    return stage.planned(code, halls=False, matter=False, **when, **fields)


def shown(who: Any, address: str) -> str:
    answer = cast.browser(who).get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_month_shows_its_receptions_and_no_others() -> None:
    planned("BT-2026-001", at(1))
    planned("BT-2026-002", at(31), is_delegated=True, kind="regular")
    planned("BT-2026-003", at(30, month=11))
    text = shown(cast.clerk(), "/buoi-tiep/?xem=thang&ngay=2026-12-17")
    assert "BT-2026-001" in text and "BT-2026-002" in text and "BT-2026-003" not in text
    assert "Thường xuyên · trực tuyến" in text and "ủy quyền" in text and "Tháng 12/2026" in text


def test_an_empty_month_says_so() -> None:
    assert "Tháng này chưa có buổi tiếp nào." in shown(cast.clerk(), "/buoi-tiep/?xem=thang&ngay=2026-12")


def test_the_week_runs_from_monday_to_sunday() -> None:
    planned("BT-2026-001", at(14))
    planned("BT-2026-002", at(20))
    planned("BT-2026-003", at(21))
    text = shown(cast.clerk(), "/buoi-tiep/?xem=tuan&ngay=2026-12-17")
    assert "BT-2026-001" in text and "BT-2026-002" in text and "BT-2026-003" not in text
    assert "Tuần 14/12 – 20/12/2026" in text


@pytest.mark.parametrize("words", ["thanh loc", "THANH LỘC", "nguyen duc", "bt-2026-001"])
def test_search_needs_no_accents(words: str) -> None:
    planned("BT-2026-001", at(17), title="Khiếu nại về đất, xã Thanh Lộc")
    planned("BT-2026-002", at(18), title="Kiến nghị về giao thông", chair=cast.approver())
    text = shown(cast.clerk(), f"/buoi-tiep/?q={words}")
    assert "BT-2026-001" in text and "BT-2026-002" not in text


def test_filters_stand_in_the_address_and_nonsense_filters_nothing() -> None:
    planned("BT-2026-001", at(17), kind="adhoc", state="approved")
    planned("BT-2026-002", at(18))
    assert "BT-2026-002" not in shown(cast.clerk(), "/buoi-tiep/?loai=adhoc")
    assert "BT-2026-002" not in shown(cast.clerk(), "/buoi-tiep/?trang_thai=approved")
    assert "BT-2026-002" in shown(cast.clerk(), "/buoi-tiep/?loai=linh-tinh&ngay=9999-99&xem=khac&page=-3")
    assert "Không có buổi tiếp nào khớp với điều kiện lọc." in shown(cast.clerk(), "/buoi-tiep/?q=khong-co-dau")


def test_inspectors_read_receptions_below_and_others_do_not() -> None:
    clerk = cast.person("can-bo-xa", "Lý Văn Tám", Role.CLERK, cast.commune())
    planned("BT-2026-001", at(17), agency=cast.commune(), chair=clerk, secretary=clerk, technician=clerk)
    assert "BT-2026-001" in shown(cast.inspector(), "/buoi-tiep/")
    assert "BT-2026-001" in shown(clerk, "/buoi-tiep/")
    assert "BT-2026-001" not in shown(cast.clerk(), "/buoi-tiep/")


def test_the_head_is_counted_on_the_page() -> None:
    planned("BT-2026-001", at(17))
    text = shown(cast.clerk(), "/buoi-tiep/?xem=thang&ngay=2026-12-01")
    assert "Chủ tịch UBND tỉnh: 1/1 ngày trong tháng" in text and "đã tiếp 0 · dự kiến 1" in text
    assert "khoản 5 Điều 12 Luật Tiếp công dân" in text
    assert "Chủ tịch UBND tỉnh: 0/1 ngày trong tháng" in shown(cast.clerk(), "/buoi-tiep/?xem=thang&ngay=2026-11-01")


def test_the_list_leafs_by_fifty_and_today_comes_first() -> None:
    now = timezone.now()
    for number in range(120):
        when = {"starts_at": now - timedelta(days=number + 2), "ends_at": now - timedelta(days=number + 2, hours=-1)}
        planned(f"BT-2025-{number:03d}", when, state="sealed")
    today = {"starts_at": now, "ends_at": now + timedelta(minutes=1)}
    planned("BT-2026-500", today, state="ready")
    planned("BT-2026-501", {"starts_at": now + timedelta(days=9), "ends_at": now + timedelta(days=9, hours=1)})
    pages = [shown(cast.clerk(), f"/buoi-tiep/?page={number}") for number in (1, 2, 3, 4)]
    counts = [page.count('<th scope="row"') for page in pages]
    assert counts == [50, 50, 22, 0]
    assert pages[0].index("BT-2026-500") < pages[0].index("BT-2026-501") < pages[0].index("BT-2025-000")
    assert "Trang sau" in pages[0] and "Trang sau" not in pages[2] and "Trang trước" in pages[2]
    codes = {line for page in pages for line in page.split() if line.startswith('href="/buoi-tiep/BT-')}
    assert len(codes) == 122


@pytest.mark.parametrize("way", ["danh-sach", "thang", "tuan"])
def test_queries_do_not_grow_with_the_list(way: str, django_assert_max_num_queries: Any) -> None:
    for number in range(40):
        planned(f"BT-2026-{number:03d}", at(1 + number % 28))
    desk = cast.browser(cast.clerk())
    with django_assert_max_num_queries(25):
        desk.get(f"/buoi-tiep/?xem={way}&ngay=2026-12-17")


def test_the_month_as_a_calendar_file() -> None:
    of = planned("BT-2026-001", at(17), state="published", place="Trụ sở Tiếp công dân", is_delegated=True)
    planned("BT-2026-002", at(18), state="cancelled")
    planned("BT-2026-003", at(19))
    for number in (1, 2):
        Version.objects.create(
            reception=of, number=number, published_at=stage.DESK_NOW, published_by=cast.clerk(), public={}, plan={}
        )
    answer = cast.browser(cast.clerk()).get("/buoi-tiep/lich/2026-12.ics")
    assert (
        answer["Content-Type"].startswith("text/calendar") and "buoi-tiep-2026-12.ics" in answer["Content-Disposition"]
    )
    first, second, third = Calendar.from_ical(answer.content).walk("VEVENT")
    assert str(first["UID"]) == "bt-2026-001@tiepdan" and first["SEQUENCE"] == 2
    assert first.decoded("DTSTART") == of.starts_at and "DTSTAMP" in first
    assert "Nguyễn Đức Ân (ủy quyền)" in str(first["DESCRIPTION"])
    assert (first["STATUS"], second["STATUS"], third["STATUS"]) == ("CONFIRMED", "CANCELLED", "TENTATIVE")


@pytest.mark.parametrize("month", ["2026-13", "linh-tinh", "0001-01"])
def test_no_such_month(month: str) -> None:
    assert cast.browser(cast.clerk()).get(f"/buoi-tiep/lich/{month}.ics").status_code == 404


def test_strangers_get_no_calendar() -> None:
    assert Client().get("/buoi-tiep/lich/2026-12.ics").status_code == 302
    planned("BT-2026-001", at(17))
    assert b"BT-2026-001" not in cast.browser(cast.outsider()).get("/buoi-tiep/lich/2026-12.ics").content
