"""The register of halls: filters, pages, the same queries however long it is, Excel; how many at once were tried."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest

from tests import case_cast, cast
from tests import reception_cast as stage
from tests.points.halls_cast import NOW, TODAY, registered, text
from tiepdan.accounts.rules import Kind, Role
from tiepdan.audit.models import Entry
from tiepdan.kernel import paging
from tiepdan.points.actions import Found, check_equipment, record_capacity, retire

pytestmark = pytest.mark.django_db
LIST = "/diem-cau/"


@pytest.fixture
def halls() -> None:
    """Of the commune: in use and broken, in use and never looked at, out of use; one of the province."""
    by: dict[str, Any] = {"by": cast.technician(), "at": NOW}
    broken = registered("hong", name="Nhà văn hóa Đông Hạ")
    check_equipment(broken, [Found("sound", "broken", "Mất tiếng")], on=TODAY, **by)
    registered("moi", name="Hội trường mới", cameras=0)
    retire(registered("cu", name="Trụ sở cũ"), TODAY, "Bàn giao", **by)
    worn = stage.point("tinh", name="Trung tâm tỉnh", level="province")
    check_equipment(worn, [Found("power", "broken", "Hết pin"), Found("sound", "good")], on=TODAY, **by)


def names(rest: str = "") -> set[str]:
    page = text(cast.browser(cast.clerk()).get(f"{LIST}{rest}"))
    known = ("Nhà văn hóa Đông Hạ", "Hội trường mới", "Trụ sở cũ", "Trung tâm tỉnh")
    return {name for name in known if f">{name}</a>" in page}


@pytest.mark.parametrize(
    ("rest", "wanted"),
    [
        ("", {"Nhà văn hóa Đông Hạ", "Hội trường mới", "Trung tâm tỉnh"}),
        ("?use=out", {"Trụ sở cũ"}),
        ("?use=all", {"Nhà văn hóa Đông Hạ", "Hội trường mới", "Trụ sở cũ", "Trung tâm tỉnh"}),
        ("?q=van+hoa+dong", {"Nhà văn hóa Đông Hạ"}),
        ("?q=thanh+loc+moi", {"Hội trường mới"}),
        ("?q=CAO+THI+NHAN", {"Nhà văn hóa Đông Hạ", "Hội trường mới"}),
        ("?level=province", {"Trung tâm tỉnh"}),
        ("?state=unfit", {"Nhà văn hóa Đông Hạ", "Hội trường mới"}),
        ("?state=care", {"Nhà văn hóa Đông Hạ", "Trung tâm tỉnh"}),
        ("?state=unchecked", {"Hội trường mới"}),
        ("?level=sai&use=sai&state=sai&agency=sai", {"Nhà văn hóa Đông Hạ", "Hội trường mới", "Trung tâm tỉnh"}),
    ],
)
def test_filters(halls: None, rest: str, wanted: set[str]) -> None:
    assert names(rest) == wanted


def test_an_agency_stands_for_all_below_it(halls: None) -> None:
    assert names(f"?agency={cast.commune().pk}") == {"Nhà văn hóa Đông Hạ", "Hội trường mới"}
    assert len(names(f"?agency={cast.province().pk}")) == 3


def test_each_sees_their_own_agencies(halls: None) -> None:
    page = text(cast.browser(case_cast.commune_clerk()).get(LIST))
    assert "Hội trường mới" in page and "Trung tâm tỉnh" not in page and "Thêm điểm cầu" not in page
    assert "Chưa có điểm cầu. Thêm từng điểm hoặc nhập từ Excel." in text(
        cast.browser(cast.outsider(Role.CLERK)).get(LIST)
    )
    assert "Thêm điểm cầu</a>" in text(cast.browser(cast.admin()).get(LIST))


def test_state_is_said_in_words_beside_the_shape(halls: None) -> None:
    page = text(cast.browser(cast.clerk()).get(f"{LIST}?use=all"))
    for words in ("Đang sử dụng", f"Ngừng từ {TODAY:%d/%m/%Y}", "Hỏng: âm thanh", "Chưa kiểm tra", "Chưa đủ điều kiện"):
        assert words in page
    assert f"Đã tiếp {TODAY.year}" in page and "40 chỗ · 2 màn hình · 0 camera" in page


def test_fifty_halls_take_the_queries_of_one(django_assert_max_num_queries: Any) -> None:
    def asked(desk: Any) -> int:
        with django_assert_max_num_queries(60) as seen:
            assert desk.get(f"{LIST}?use=all").status_code == 200
        return len(seen)

    desk = cast.browser(cast.technician())
    stage.planned()
    registered("mot")
    desk.get(LIST)
    few = asked(desk)
    for number in range(20):
        where = cast.agency(f"xa-{number}", f"UBND xã {number}", Kind.COMMUNE, parent=cast.province())
        point = stage.point(f"diem-{number}", where)
        check_equipment(point, [Found("light", "good")], on=TODAY, by=cast.technician(), at=NOW)
        retire(point, TODAY + timedelta(days=number), "Sửa", by=cast.technician(), at=NOW)
    assert asked(desk) == few


def test_a_long_register_has_pages() -> None:
    for number in range(paging.PER_PAGE + 1):
        stage.point(f"diem-{number:03}", name=f"Điểm cầu số {number:03}")
    desk = cast.browser(cast.clerk())
    first, second = (text(desk.get(f"{LIST}?use=all&page={number}")) for number in (1, 2))
    assert "số 049" in first and "số 050" not in first and "?use=all&amp;page=2" in first
    assert "số 050" in second and "số 049" not in second


def test_excel_holds_the_filtered_rows_and_the_log_knows_who_took_them(halls: None) -> None:
    answer = cast.browser(cast.clerk()).get(f"{LIST}tai-ve/?state=unfit")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    heading, *rows = sheet.iter_rows(values_only=True)
    assert {row[0] for row in rows} == {"Nhà văn hóa Đông Hạ", "Hội trường mới"}
    found = dict(zip(heading, rows[1], strict=True))
    assert (found["Số chỗ ngồi"], found["Bộ lưu điện"], found["Đường truyền"]) == (40, "Có", "Mạng TSLCD")
    assert Entry.objects.get(event="point.listed").facts == {"rows": 2}


def test_trials_have_a_page_of_their_own_with_the_earlier_ones() -> None:
    how: dict[str, Any] = {"by": cast.technician(), "at": NOW}
    record_capacity(cast.province(), 8, "Thử tháng trước", on=TODAY - timedelta(days=30), **how)
    record_capacity(cast.province(), 12, "Thử hôm nay", on=TODAY, **how)
    page = text(cast.browser(cast.clerk()).get(f"{LIST}nang-luc/"))
    assert "12 điểm cầu cùng lúc" in page and "Thử tháng trước" in page and "Ghi năng lực đã thử</button>" not in page
    assert "Ghi năng lực đã thử</button>" in text(cast.browser(cast.technician()).get(f"{LIST}nang-luc/"))
