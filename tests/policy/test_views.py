"""Pages of the rules: everybody on the staff reads, the administrators write, wrong input keeps what was typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests import cast
from tests.law.tables import d
from tiepdan.accounts.models import Person
from tiepdan.accounts.rules import Role
from tiepdan.audit.models import Entry
from tiepdan.law.workdays import Calendar
from tiepdan.policy import actions, impact, queries
from tiepdan.policy.models import Day, OfficeValue, Year

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)
RULES, COMPARE, VALUES = "/quan-tri/quy-tac/", "/quan-tri/quy-tac/so-sanh/", "/quan-tri/quy-tac/gia-tri/"
HOLIDAYS, ADD, PASTE = "/quan-tri/ngay-nghi/", "/quan-tri/ngay-nghi/them/", "/quan-tri/ngay-nghi/nhap/"
ONLY_TOP = "Chỉ quản trị của cơ quan cấp cao nhất được sửa lịch nghỉ chung."
DAY = {"day": "2026-12-24", "kind": "off", "name": "Nghỉ bão", "source": "Công điện 9"}


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def commune_admin() -> Person:
    return cast.person("quan-tri-xa", "Quản Trị Xã", Role.ADMIN, cast.commune())


def text(response: Any) -> str:
    return str(response.content.decode())


def seeded(confirmed: bool = False) -> None:
    actions.seed_year(2026, at=NOW)
    if confirmed:
        actions.confirm_year(2026, "Thông báo 1", agency=cast.province(), by=cast.admin(), at=NOW)


# --- reading


@pytest.mark.parametrize("address", [RULES, COMPARE, VALUES, HOLIDAYS])
def test_everybody_on_the_staff_reads(address: str) -> None:
    assert Client().get(address)["Location"] == f"/dang-nhap/?next={address}"
    for name, person in cast.everybody().items():
        assert cast.browser(person).get(address).status_code == 200, name


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("", ["05 ngày làm việc trước", "01 giờ trước", "NĐ 154/2026 (mặc định)"], ["Phát hành giấy mời"]),
        (
            "?bo=qd764-2025",
            ["Phát hành giấy mời", "03 ngày trước", "05 ngày làm việc trước", "các mốc của NĐ 154/2026 vẫn bắt buộc"],
            ["khoản 3 Điều 20"],
        ),
        ("?bo=khong-co", ["05 ngày làm việc trước"], []),
        ("?q=vu khi", ["vũ khí, vật liệu nổ"], ["Kết nối thử"]),
        ("?q=01/TCD", ["Thông báo 01/TCD trong 03 ngày làm việc"], ["Kết nối thử"]),
        ("?q=zzz", ["Không có giá trị nào khớp «zzz»."], []),
        ("?q=%3Cscript%3E", ["&lt;script&gt;"], ["<script>"]),
    ],
)
def test_the_profiles_as_tables(query: str, shown: list[str], hidden: list[str]) -> None:
    page = text(cast.browser(cast.clerk()).get(RULES + query))
    assert [words for words in shown if words not in page] == []
    assert [words for words in hidden if words in page] == []


def test_two_profiles_side_by_side() -> None:
    browser = cast.browser(cast.clerk())
    page = text(browser.get(COMPARE))
    assert "Phát hành giấy mời" in page and "điểm cầu đại biểu" in page and "Kết nối thử thành công" in page
    only = text(browser.get(f"{COMPARE}?khac=1"))
    assert "Phát hành giấy mời" in only and "Kết nối thử thành công" not in only
    same = text(browser.get(f"{COMPARE}?a=qd764-2025&b=qd764-2025&khac=1"))
    assert "▲" not in same


def test_the_table_shows_one_year_and_whether_it_is_confirmed() -> None:
    browser = cast.browser(cast.clerk())
    page = text(browser.get(HOLIDAYS))
    assert "Năm 2026 chưa có ngày nghỉ. Nhập lịch." in page
    assert "Năm 2026 chưa có lịch nghỉ; các mốc sau 31/12/2025 là tạm tính." in page
    seeded()
    page = text(browser.get(HOLIDAYS))
    assert "thứ Sáu 02/01/2026" in page and "thứ Bảy 10/01/2026" in page and "Làm bù" in page
    assert "Chưa xác nhận" in page and "tạm tính" in page
    assert ONLY_TOP in page
    actions.confirm_year(2026, "Thông báo 1", agency=cast.province(), by=cast.admin(), at=NOW)
    page = text(browser.get(f"{HOLIDAYS}?nam=2026"))
    assert "Đã xác nhận" in page and "Thông báo 1" in page and "tạm tính" not in page
    for odd in ("abcd", "9999", "٢٠٢٦", "-1", ""):
        assert "năm 2026" in text(browser.get(HOLIDAYS, {"nam": odd}))


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries: Any) -> None:
    seeded()
    for number in range(60):
        value = Decimal(6 + number % 3)
        facts = {"valid_from": d("2026-12-07"), "reason": "x", "by": cast.admin(), "at": NOW}
        actions.set_value(cast.province(), "nd154-2026", "milestones.notice", value, **facts)
    browser = cast.browser(cast.admin())
    for address in (RULES, COMPARE, VALUES, HOLIDAYS):
        with django_assert_max_num_queries(20):
            assert browser.get(address).status_code == 200


# --- the working-day table


@pytest.mark.parametrize("address", [ADD, PASTE, f"{HOLIDAYS}nam/2026/xac-nhan/", f"{HOLIDAYS}nam/2026/goi-y/"])
def test_only_administrators_of_the_top_agency_change_the_table(address: str) -> None:
    for person in (*cast.everybody().values(), commune_admin()):
        answer = cast.browser(person).post(address, {**DAY, "lines": "24/12/2026; nghỉ; x"})
        top = person.username == "quan-tri"
        assert (answer.status_code == 403) != top, person.username
        if not top:
            assert ONLY_TOP in text(answer)
    assert Day.objects.exists() == (address != f"{HOLIDAYS}nam/2026/xac-nhan/")


def test_a_day_is_added_edited_and_taken_out() -> None:
    browser = cast.browser(cast.admin())
    assert browser.post(ADD, DAY)["Location"] == f"{HOLIDAYS}?nam=2026"
    day = Day.objects.get()
    assert (day.day, day.kind, day.name, day.source) == (d("2026-12-24"), "off", "Nghỉ bão", "Công điện 9")
    address = f"{HOLIDAYS}{day.pk}/"
    assert 'value="Nghỉ bão"' in text(browser.get(address))
    browser.post(address, {**DAY, "name": "Nghỉ rét"})
    assert Day.objects.get().name == "Nghỉ rét"
    moved = browser.post(address, {**DAY, "day": "2026-12-25"})
    assert moved.status_code == 422 and "Không đổi ngày của dòng này được" in text(moved)
    browser.post(f"{address}bo/", {"source": ""})
    assert not Day.objects.exists()
    assert browser.get(address).status_code == 404


@pytest.mark.parametrize(
    ("change", "status", "sentence"),
    [
        ({"day": ""}, 422, "Chưa nhập ngày."),
        ({"day": "31/02/2026"}, 422, "Ngày không hợp lệ."),
        ({"name": " "}, 422, "Chưa nhập tên ngày."),
        ({"kind": "work"}, 422, "Ngày làm bù phải là thứ Bảy hoặc Chủ nhật"),
        ({"kind": "other"}, 422, "Lựa chọn không hợp lệ."),
        ({"source": ""}, 409, "Muốn sửa, phải ghi văn bản làm căn cứ."),
    ],
)
def test_a_wrong_day_keeps_what_was_typed(change: dict[str, str], status: int, sentence: str) -> None:
    seeded(confirmed=True)
    typed = {**DAY, "name": "Nghỉ <b>&bão"} | change
    answer = cast.browser(cast.admin()).post(ADD, typed)
    assert answer.status_code == status and sentence in text(answer)
    assert "name" in change or "Nghỉ &lt;b&gt;&amp;bão" in text(answer)
    assert not Day.objects.filter(day="2026-12-24").exists()


def test_a_day_of_a_closed_year_is_refused_in_words() -> None:
    actions.seed_year(2025, at=NOW)
    actions.confirm_year(2025, "Thông báo 0", agency=cast.province(), by=cast.admin(), at=NOW)
    browser = cast.browser(cast.admin())
    answer = browser.post(ADD, {**DAY, "day": "2025-12-24"})
    assert answer.status_code == 409
    assert "Năm 2025 đã khép lại với lịch nghỉ được xác nhận (Thông báo 0)" in text(answer)
    assert "không sửa được nữa" in text(browser.get(f"{HOLIDAYS}?nam=2025"))


def test_what_would_move_is_shown_before_and_told_after(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Calendar] = []

    def finder(table: Calendar) -> list[impact.Touched]:
        seen.append(table)
        return [impact.Touched("BT-2026-012", "/buoi-tiep/BT-2026-012/", "Niêm yết: 10/12 → 09/12.")]

    monkeypatch.setattr(impact, "_finders", [finder])
    browser = cast.browser(cast.admin())
    page = text(browser.post(ADD, {**DAY, "step": "preview"}))
    assert "BT-2026-012" in page and "Niêm yết: 10/12 → 09/12." in page and 'value="Nghỉ bão"' in page
    assert not Day.objects.exists() and not seen[0].is_workday(d("2026-12-24"))
    page = text(browser.post(ADD, {**DAY, "step": "save"}, follow=True))
    assert "Có 1 việc đang mở có mốc thay đổi: BT-2026-012." in page
    seen.clear()
    address = f"{HOLIDAYS}{Day.objects.get().pk}/"
    assert "Bỏ ngày 24/12/2026" not in text(browser.get(address))
    page = text(browser.post(f"{address}bo/", {"source": "Công điện 10", "step": "preview"}))
    assert "Bỏ ngày 24/12/2026" in page and 'value="Công điện 10"' in page
    assert Day.objects.exists() and seen[0].is_workday(d("2026-12-24"))


def test_days_are_pasted_after_a_look() -> None:
    browser = cast.browser(cast.admin())
    lines = "24/12/2026; nghỉ; Nghỉ bão; Công điện 9\n26/12/2026; làm bù; Bù cho 24/12; Công điện 9"
    page = text(browser.post(PASTE, {"lines": lines, "step": "preview"}))
    assert "2 dòng đọc được" in page and "thứ Bảy 26/12/2026" in page and not Day.objects.exists()
    browser.post(PASTE, {"lines": lines, "step": "save"})
    assert queries.calendar() == Calendar(frozenset({d("2026-12-24")}), frozenset({d("2026-12-26")}))


def test_wrong_lines_are_named_and_nothing_is_written() -> None:
    lines = "24/12/2026; nghỉ; Nghỉ bão\n25/12/2026; vui; x"
    answer = cast.browser(cast.admin()).post(PASTE, {"lines": lines, "step": "save"})
    assert answer.status_code == 422 and "Dòng 2: «vui» không phải «nghỉ» hay «làm bù»." in text(answer)
    assert "25/12/2026; vui; x" in text(answer) and not Day.objects.exists()


def test_a_year_is_suggested_once_and_confirmed() -> None:
    browser = cast.browser(cast.admin())
    browser.post(f"{HOLIDAYS}nam/2026/goi-y/")
    count = Day.objects.count()
    assert count > 10
    page = text(browser.post(f"{HOLIDAYS}nam/2026/goi-y/", follow=True))
    assert "Năm 2026 đã có lịch nghỉ; hệ thống không thay đổi gì." in page and Day.objects.count() == count
    page = text(browser.post(f"{HOLIDAYS}nam/2026/xac-nhan/", {"source": ""}, follow=True))
    assert "Chưa nhập văn bản làm căn cứ." in page
    browser.post(f"{HOLIDAYS}nam/2026/xac-nhan/", {"source": "Thông báo 1"})
    assert Year.objects.get(year=2026).source == "Thông báo 1"
    again = browser.post(f"{HOLIDAYS}nam/2026/xac-nhan/", {"source": "Thông báo 2"})
    assert again.status_code == 409 and "đã được xác nhận" in text(again)
    assert browser.post(f"{HOLIDAYS}nam/1900/goi-y/").status_code == 409
    assert browser.get(f"{HOLIDAYS}nam/2026/goi-y/").status_code == 405


# --- stricter values


def typed(**change: Any) -> dict[str, Any]:
    facts = {
        "agency": cast.province().pk,
        "number": "nd154-2026 milestones.notice",
        "value": "7",
        "valid_from": "2026-12-08",
        "reason": "Quy chế của tỉnh",
        "step": "save",
    }
    return facts | change


def test_an_administrator_sets_a_stricter_value() -> None:
    browser = cast.browser(cast.admin())
    assert browser.post(VALUES, typed())["Location"] == VALUES
    row = OfficeValue.objects.get()
    assert (row.agency, row.path, row.value, row.valid_from) == (
        cast.province(),
        "milestones.notice",
        Decimal(7),
        d("2026-12-08"),
    )
    page = text(browser.get(VALUES))
    assert "07 ngày làm việc" in page and "Chưa có hiệu lực" in page and "Quy chế của tỉnh" in page
    own = "UBND tỉnh Minh Châu: 07 ngày làm việc từ 08/12/2026"
    assert own in text(browser.get(RULES))
    assert browser.post(VALUES, typed(value="6", valid_from="2027-01-01"))["Location"] == VALUES
    page = text(browser.get(RULES))
    assert f"{own} đến hết 31/12/2026" in page and "06 ngày làm việc từ 01/01/2027" in page
    with time_machine.travel(datetime(2026, 12, 8, 2, 0, tzinfo=UTC), tick=False):
        tomorrow = cast.browser(cast.admin())
        assert own in text(tomorrow.get(RULES))
    with time_machine.travel(datetime(2027, 1, 1, 2, 0, tzinfo=UTC), tick=False):
        page = text(cast.browser(cast.admin()).get(RULES))
        assert own not in page and "06 ngày làm việc từ 01/01/2027" in page
    assert Entry.objects.latest("pk").event == "policy.value_set"


@pytest.mark.parametrize(
    ("change", "status", "sentence"),
    [
        ({"value": "4"}, 422, "Không được ngắn hơn mốc luật định (05 ngày làm việc)."),
        ({"value": "4", "step": "preview"}, 422, "Không được ngắn hơn mốc luật định (05 ngày làm việc)."),
        ({"value": "bảy"}, 422, "Nhập một số."),
        ({"value": ""}, 422, "Chưa nhập giá trị mới."),
        ({"value": "-1"}, 422, "Không nhập số âm."),
        ({"value": "5.5"}, 422, "Nhập số nguyên."),
        ({"reason": ""}, 422, "Chưa nhập lý do."),
        ({"valid_from": "2026-12-06"}, 422, "Giá trị mới chỉ có hiệu lực từ hôm nay trở đi"),
        ({"number": "nd154-2026 group.large_most"}, 422, "Lựa chọn không hợp lệ."),
        ({"number": "qd764-2025 milestones.notice"}, 422, "Lựa chọn không hợp lệ."),
    ],
)
def test_a_wrong_value_keeps_what_was_typed(change: dict[str, str], status: int, sentence: str) -> None:
    answer = cast.browser(cast.admin()).post(VALUES, typed(**change))
    assert answer.status_code == status and sentence in text(answer)
    assert "reason" in change or "Quy chế của tỉnh" in text(answer)
    assert not OfficeValue.objects.exists()


def test_who_may_set_values_for_whom() -> None:
    cast.commune()
    for person in cast.everybody().values():
        if person.username != "quan-tri":
            answer = cast.browser(person).post(VALUES, typed())
            assert answer.status_code == 403, person.username
    of_commune = cast.browser(commune_admin())
    refused = of_commune.post(VALUES, typed())
    assert refused.status_code == 422 and "Cơ quan này không thuộc quyền của bạn." in text(refused)
    assert of_commune.post(VALUES, typed(agency=cast.commune().pk)).status_code == 302
    assert cast.browser(cast.admin()).post(VALUES, typed(agency=cast.commune().pk)).status_code == 302
    foreign = cast.outsider(Role.ADMIN)
    assert cast.browser(foreign).post(VALUES, typed()).status_code == 422
    assert "Quy chế của tỉnh" not in text(cast.browser(foreign).get(VALUES))
    assert OfficeValue.objects.count() == 2


def test_what_a_value_would_move_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[impact.NewValues] = []

    def finder(values: impact.NewValues) -> list[impact.Touched]:
        seen.append(values)
        return [impact.Touched(f"BT-{values.code}", "/buoi-tiep/BT-2026-012/", "Niêm yết: 10/12 → 08/12.")]

    monkeypatch.setattr(impact, "_value_finders", [finder])
    page = text(cast.browser(cast.admin()).post(VALUES, typed(step="preview")))
    assert not OfficeValue.objects.exists() and 'value="7"' in page
    assert [(one.code, one.before.limit("milestones.notice").value) for one in seen] == [
        ("nd154-2026", 5),
        ("qd764-2025", 5),
    ]
    assert {one.after.limit("milestones.notice").value for one in seen} == {7}
    assert "BT-nd154-2026" in page and "BT-qd764-2025" in page


def test_a_value_that_has_not_begun_is_taken_back_by_its_administrators() -> None:
    cast.browser(cast.admin()).post(VALUES, typed())
    address = f"{VALUES}{OfficeValue.objects.get().pk}/bo/"
    for person in (cast.clerk(), commune_admin(), cast.outsider(Role.ADMIN)):
        assert cast.browser(person).post(address).status_code == 404
    assert cast.browser(cast.admin()).post(address).status_code == 302
    assert not OfficeValue.objects.exists()


def test_a_confirmation_is_taken_back_on_the_page() -> None:
    seeded(confirmed=True)
    admin = cast.browser(cast.admin())
    assert "Bỏ xác nhận" in text(admin.get(f"{HOLIDAYS}?nam=2026"))
    empty = admin.post(f"{HOLIDAYS}nam/2026/bo-xac-nhan/", {"reason": " "})
    assert empty.status_code == 422 and "Chưa nhập lý do." in text(empty) and "<details" in text(empty)
    done = admin.post(f"{HOLIDAYS}nam/2026/bo-xac-nhan/", {"reason": "Nhầm thông báo"}, follow=True)
    assert "Đã bỏ xác nhận lịch nghỉ năm 2026. Các mốc trong năm là tạm tính." in text(done)
    assert queries.calendar().confirmed == frozenset()
    below = cast.browser(commune_admin()).post(f"{HOLIDAYS}nam/2026/bo-xac-nhan/", {"reason": "x"})
    assert below.status_code == 403
