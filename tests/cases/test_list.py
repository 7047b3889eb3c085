"""The book of cases: search without marks, filters in the address, the order of candidates, Excel, speed."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests import case_cast, cast
from tiepdan.accounts.rules import Role
from tiepdan.audit.models import Entry
from tiepdan.cases.models import Case
from tiepdan.cases.queries_list import by_priority
from tiepdan.cases.rules import Kind, State

pytestmark = pytest.mark.django_db
LIST = "/vu-viec/"


def text(who: Any = None, **query: str) -> str:
    return str(cast.browser(who or cast.clerk()).get(LIST, query).content.decode())


def codes(who: Any = None, **query: str) -> list[str]:
    page = text(who, **query)
    found = [case.code for case in Case.objects.all() if f"{case.code}</a>" in page]
    return sorted(found, key=page.index)


@pytest.fixture
def three() -> None:
    today = timezone.localdate()
    case_cast.case(
        "VV-2026-0001",
        people=["Nguyễn Văn Thật", "Đặng Thị Ổi"],
        people_count=12,
        received_on=today - timedelta(days=2),
        place=cast.commune(),
        officer=cast.clerk(),
    )
    case_cast.case(
        "VV-2026-0002",
        people=["Trần Ngọc Ánh"],
        kind=Kind.DENUNCIATION,
        field="Tham nhũng, tiêu cực",
        summary="Tố cáo cán bộ địa chính",
        received_on=today - timedelta(days=40),
        state=State.SCREENING,
    )
    case_cast.case("VV-2026-0003", people=["Lý Thị Ba"], summary="Kiến nghị sửa đường", received_on=today, field="Khác")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["VV-2026-0003", "VV-2026-0001", "VV-2026-0002"]),
        ({"q": "to cao"}, ["VV-2026-0002"]),
        ({"q": "TỐ CÁO địa"}, ["VV-2026-0002"]),
        ({"q": "dang thi oi"}, ["VV-2026-0001"]),
        ({"q": "0002"}, ["VV-2026-0002"]),
        ({"q": "vv-2026-0003"}, ["VV-2026-0003"]),
        ({"q": case_cast.NUMBER}, ["VV-2026-0003", "VV-2026-0001", "VV-2026-0002"]),
        ({"q": "036085001235"}, ["VV-2026-0001"]),
        ({"q": "03608500123"}, []),
        ({"q": "%"}, []),
        ({"state": "screening"}, ["VV-2026-0002"]),
        ({"state": "khong-co"}, ["VV-2026-0003", "VV-2026-0001", "VV-2026-0002"]),
        ({"kind": "denunciation"}, ["VV-2026-0002"]),
        ({"field": "Khác"}, ["VV-2026-0003"]),
        ({"crowd": "on"}, ["VV-2026-0001"]),
        ({"late": "on"}, ["VV-2026-0002"]),
        ({"mine": "on"}, ["VV-2026-0001"]),
        ({"q": "khong co gi", "crowd": "on"}, []),
    ],
)
def test_search_and_filters(three: None, query: dict[str, str], found: list[str]) -> None:
    assert codes(**query) == found


def test_by_commune(three: None) -> None:
    assert codes(place=str(cast.commune().pk)) == ["VV-2026-0001"]


def test_names_stand_masked(three: None) -> None:
    page = text()
    assert "N.V.T. và 11 người" in page and "T.N.Á." in page
    assert "Nguyễn Văn Thật" not in page and case_cast.NUMBER not in page


def test_an_empty_list_says_what_to_do() -> None:
    assert "Chưa có vụ việc nào. Bấm «Tiếp nhận vụ việc» hoặc «Nhập từ Excel»." in text()
    case_cast.case()
    assert "Không có vụ việc nào khớp" in text(q="khong co gi")


def test_candidates_are_ordered_by_reasons() -> None:
    year = timezone.localdate().year
    case_cast.case("VV-1", agencies_count=4)
    case_cast.case("VV-2", since_year=year - 3)
    case_cast.case("VV-3", people_count=6)
    case_cast.case("VV-4", people_count=12, since_year=year - 5, agencies_count=4, is_remote=True)
    case_cast.case("VV-5")  # no reason
    case_cast.case("VV-6", people_count=9, state=State.GUIDED)  # nothing waits any more
    case_cast.case("VV-7", people_count=9, kind=Kind.DENUNCIATION, is_protected=True)  # khoản 4 Điều 20
    case_cast.case("VV-8", is_frail=True)
    page = text(xem="ung-vien")
    assert codes(xem="ung-vien") == ["VV-4", "VV-3", "VV-2", "VV-1", "VV-8"]
    assert "đông người (12) · kéo dài 5 năm · 4 cơ quan · vùng xa" in page
    assert "khoản 1 Điều 26 NĐ 154/2026" in page


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by how full a table is")
@pytest.mark.parametrize("agencies", [[], [1], [1, 2, 3]], ids=["all", "one", "some"])
def test_candidates_are_looked_for_in_their_index_alone(agencies: list[int]) -> None:
    """A hundred thousand cases have long texts; who fits depends on the year, so all that wait are looked through."""
    rows = Case.objects.filter(agency__in=agencies) if agencies else Case.objects.all()
    keys = by_priority(rows, 2026).values_list("pk", flat=True)[:51]
    assert "USING COVERING INDEX case_candidates" in keys.explain()


def test_who_sees_which_cases() -> None:
    case_cast.case("VV-2026-0001")
    case_cast.case("VV-2026-0002", agency=cast.commune(), created_by=case_cast.commune_clerk())
    case_cast.case("VV-2026-0003", agency=cast.elsewhere(), created_by=cast.outsider(Role.CLERK))
    own = ["VV-2026-0001"]
    for person in (cast.clerk(), cast.approver(), cast.chair()):
        assert codes(person) == own
    assert codes(cast.inspector()) == ["VV-2026-0002", "VV-2026-0001"]
    assert codes(case_cast.commune_clerk()) == ["VV-2026-0002"]
    assert codes(cast.outsider(Role.CLERK)) == ["VV-2026-0003"]
    for person in (cast.admin(), cast.technician()):
        assert cast.browser(person).get(LIST).status_code == 403
    assert codes(case_cast.department_officer()) == []
    assert Client().get(LIST)["Location"] == f"/dang-nhap/?next={LIST}"


def test_who_is_in_charge_finds_the_case_though_no_clerk() -> None:
    officer = cast.person("chuyen-vien", "Hà Văn Chín", Role.OFFICER)
    case_cast.case("VV-2026-0001", officer=officer)
    case_cast.case("VV-2026-0002")
    assert codes(officer) == ["VV-2026-0001"]


def test_pages_of_fifty() -> None:
    for number in range(51):
        case_cast.case(f"VV-2026-{number:04d}", received_on=date(2026, 1, 1) + timedelta(days=number))
    first, second = text(), text(page="2")
    assert "Vụ việc 1–50, còn nữa" in first and "page=2" in first and "VV-2026-0000</a>" not in first
    assert "VV-2026-0000</a>" in second and "Vụ việc 51–51, hết" in second
    assert "VV-2026-0050</a>" in text(page="mot") and "VV-2026-0050</a>" in text(page="-3")


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries: Any) -> None:
    browser = cast.browser(cast.clerk())
    for number in range(40):
        case_cast.case(f"VV-2026-{number:04d}", officer=cast.clerk(), place=cast.commune())
    with django_assert_max_num_queries(18):
        browser.get(LIST, {"q": "khieu nai"})


def test_the_same_as_excel_with_harmless_cells() -> None:
    case_cast.case(summary="=HYPERLINK(1) khiếu nại & <đất> 😀")
    answer = cast.browser(cast.clerk()).get("/vu-viec/xuat/", {"q": "khieu nai"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    first, row = list(sheet.iter_rows(values_only=True))
    assert first[0] == "Số" and row[0] == case_cast.CODE
    assert row[4] == "=HYPERLINK(1) khiếu nại & <đất> 😀" and sheet["E2"].data_type == "s"
    assert row[5] == "N.V.T."
    assert Entry.objects.get(event="case.listed").facts == {"rows": 1}
