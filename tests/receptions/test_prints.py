"""Pages made for paper (S08–S10): what stands on them, and whose names."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.utils.timezone import localtime
from openpyxl import load_workbook

from tests import cast
from tests import reception_cast as stage
from tests.receptions.plan_forms import coming
from tiepdan.kernel.text import masked_name
from tiepdan.receptions.models import Reception, Seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def of() -> Reception:
    return stage.planned(**coming())


def get(of: Reception, rest: str, who: Any = None) -> Any:
    return cast.browser(who or cast.clerk()).get(f"/buoi-tiep/{of.code}/{rest}")


def text(answer: Any) -> str:
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    return str(answer.content.decode())


def test_the_month_prints_what_its_page_shows(of: Reception) -> None:
    month = f"{localtime(of.starts_at):%Y-%m}"
    desk = cast.browser(cast.clerk())
    words = text(desk.get(f"/buoi-tiep/lich/{month}/ban-in/"))
    assert of.code in words and of.title in words
    assert all(hall.point.name in words for hall in of.halls.all())
    filtered = text(desk.get(f"/buoi-tiep/lich/{month}/ban-in/?loai=adhoc"))
    assert of.code not in filtered and "Chỉ gồm các buổi khớp với điều kiện lọc." in filtered
    assert "Tháng này chưa có buổi tiếp nào." in text(desk.get("/buoi-tiep/lich/2030-01/ban-in/"))
    assert desk.get("/buoi-tiep/lich/thang-moi/ban-in/").status_code == 404
    assert of.code not in text(cast.browser(cast.outsider()).get(f"/buoi-tiep/lich/{month}/ban-in/"))
    page = desk.get(f"/buoi-tiep/?xem=thang&ngay={month}-01&loai=periodic")
    assert f"/buoi-tiep/lich/{month}/ban-in/?loai=periodic" in str(page.content.decode())


def test_the_plan_stands_on_one_page_without_a_citizen_s_name(of: Reception) -> None:
    words = text(get(of, "ban-in/"))
    for told in (of.code, of.chair.full_name, "Mốc thời hạn", "khoản 1 Điều 23 NĐ 154/2026", "Chưa có kịch bản."):
        assert told in words, told
    assert all(hall.point.name in words for hall in of.halls.all())
    assert Seat.objects.get(role="citizen").full_name not in words
    assert cast.browser(cast.outsider()).get(f"/buoi-tiep/{of.code}/ban-in/").status_code == 404


def test_the_list_of_seats_masks_citizens_for_those_who_need_no_names(of: Reception) -> None:
    citizen = Seat.objects.get(role="citizen")
    assert citizen.full_name in text(get(of, "diem-cau/danh-sach/"))
    words = text(get(of, "diem-cau/danh-sach/", cast.inspector()))
    assert citizen.full_name not in words and masked_name(citizen.full_name) in words


def test_name_cards_are_for_those_who_come_and_by_those_who_know_them(of: Reception) -> None:
    citizen = Seat.objects.get(role="citizen")
    Seat.objects.create(hall=citizen.hall, full_name="Trịnh Văn Khôi", role="officer", absence="Đi họp")
    words = text(get(of, "diem-cau/bien-ten/", cast.secretary()))
    assert citizen.full_name in words and of.chair.full_name in words and "Trịnh Văn Khôi" not in words
    assert get(of, "diem-cau/bien-ten/", cast.inspector()).status_code == 403
    assert "bien-ten/" in text(get(of, "diem-cau/")) and "bien-ten/" not in text(get(of, "diem-cau/", cast.inspector()))


@pytest.mark.parametrize("rest", ["ban-in/", "diem-cau/danh-sach/", "diem-cau/bien-ten/"])
def test_queries_do_not_grow_with_the_plan(of: Reception, rest: str, django_assert_max_num_queries: Any) -> None:
    hall = stage.hall(of)
    for number in range(15):
        Seat.objects.create(hall=hall, full_name=f"Người thứ {number}", role="officer")
    with django_assert_max_num_queries(40):
        get(of, rest)


def test_the_month_as_a_table_for_excel(of: Reception) -> None:
    Reception.objects.update(title="=1+1 Khiếu nại", is_delegated=True)
    month = f"{localtime(of.starts_at):%Y-%m}"
    answer = cast.browser(cast.clerk()).get(f"/buoi-tiep/lich/{month}.xlsx")
    assert answer.status_code == 200 and f"lich-tiep-cong-dan-{month}.xlsx" in answer["Content-Disposition"]
    sheet = load_workbook(BytesIO(answer.content)).active
    heads, row = list(sheet.values)
    told = dict(zip(heads, row, strict=True))
    assert told["Số"] == of.code and told["Nội dung"] == "=1+1 Khiếu nại" and told["Ủy quyền"] == "có"
    assert all(hall.point.name in told["Điểm cầu"] for hall in of.halls.all())
    assert sheet["E2"].data_type != "f"
    desk = cast.browser(cast.clerk())
    empty = load_workbook(BytesIO(desk.get(f"/buoi-tiep/lich/{month}.xlsx?loai=adhoc").content)).active
    assert len(list(empty.values)) == 1
    assert desk.get("/buoi-tiep/lich/thang-moi.xlsx").status_code == 404
    strange = load_workbook(BytesIO(cast.browser(cast.outsider()).get(f"/buoi-tiep/lich/{month}.xlsx").content)).active
    assert len(list(strange.values)) == 1
