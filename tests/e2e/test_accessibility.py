"""WCAG 2.2 AA of the pages of the staff and of the public, measured by axe-core in the browser, each role its own."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.e2e import axe
from tests.e2e.desks import Office

# Addresses of the seeded province. Words in braces are found in its database, see _places().
PAGES = {
    "can-bo": """
        /viec-cua-toi/ /thong-bao/ /huong-dan/ /xac-thuc-hai-lop/ /doi-mat-khau/ /tim/?q=thanh+loc
        /huong-dan/can-bo-tiep-dan/
        /vu-viec/ /vu-viec/?xem=ung-vien /vu-viec/moi/ /vu-viec/don-da-chuyen/
        /vu-viec/{screening}/ /vu-viec/{screening}/nguoi-dai-dien/ /vu-viec/{screening}/ho-so/
        /vu-viec/{screening}/ho-so/ghi-nhan/ /vu-viec/{screening}/ho-so/muc-luc/ /vu-viec/{screening}/can-cu/
        /vu-viec/{screening}/buoi-tiep/ /vu-viec/{screening}/nhat-ky/ /vu-viec/{screening}/sua/
        /vu-viec/{screening}/tu-choi/ /vu-viec/{screening}/phieu/
        /buoi-tiep/ /buoi-tiep/?xem=tuan /buoi-tiep/?xem=danh-sach /buoi-tiep/moi/
        /buoi-tiep/{draft}/ /buoi-tiep/{draft}/sua/ /buoi-tiep/{draft}/vu-viec/ /buoi-tiep/{draft}/diem-cau/
        /buoi-tiep/{draft}/kich-ban/ /buoi-tiep/{published}/van-ban/ /buoi-tiep/{published}/giay-moi/
        /buoi-tiep/{published}/giay-moi/{invitation}/ /buoi-tiep/{published}/phien-ban/
        /buoi-tiep/{published}/giay-moi/xem-truoc/ /buoi-tiep/{published}/hoan/ /buoi-tiep/{published}/ban-in/
        /buoi-tiep/{published}/diem-cau/danh-sach/
        /hop-gui/ /van-ban/{paper}/ /nhap-bang/ /nhap-bang/vu-viec/ /diem-cau/ /diem-cau/{hall}/
    """,
    "lanh-dao": """
        /viec-cua-toi/ /phe-duyet/ /uy-quyen/ /vu-viec/{proposed}/quyet-dinh/ /buoi-tiep/{submitted}/
        /buoi-tiep/{submitted}/kich-ban/nguoi-chu-tri/
    """,
    "quan-tri": """
        /viec-cua-toi/ /quan-tri/ /quan-tri/co-quan/ /quan-tri/co-quan/{agency}/ /quan-tri/nguoi-dung/
        /quan-tri/nguoi-dung/{person}/ /quan-tri/nguoi-dung/them/ /quan-tri/xac-thuc-hai-lop/ /quan-tri/nhat-ky/
        /quan-tri/quy-tac/ /quan-tri/quy-tac/so-sanh/ /quan-tri/quy-tac/gia-tri/ /quan-tri/ngay-nghi/
        /quan-tri/ngay-nghi/them/ /quan-tri/mau-van-ban/ /quan-tri/mau-van-ban/dau-trang/
        /quan-tri/mau-van-ban/receipt/ /nhap-bang/nguoi-dung/
    """,
    "ky-thuat": """
        /viec-cua-toi/ /diem-cau/ /diem-cau/them/ /diem-cau/{hall}/ /diem-cau/{hall}/sua/ /diem-cau/{hall}/kiem-tra/
        /diem-cau/nang-luc/ /buoi-tiep/{published}/tai-khoan/
    """,
    "co-quan": """
        /viec-cua-toi/ /giay-moi/ /giay-moi/{invitation}/ /ho-so-duoc-chia-se/ /ho-so-duoc-chia-se/{share}/
        /xac-thuc-hai-lop/bat/
    """,
    "thanh-tra": "/viec-cua-toi/ /quan-tri/nhat-ky/ /vu-viec/ /vu-viec/{screening}/ho-so/ /ban-ghi/{closed}/",
}
PUBLIC = """
    /dang-nhap/ /dang-nhap/diem-cau/ /cong-khai/ /cong-khai/?chu=lon /cong-khai/{published}/
    /cong-khai/{published}/niem-yet/ /tra-cuu/ /tra-cuu/diem-cau/ /cong-khai/noi-quy/ /cong-khai/huong-dan/
"""


@pytest.mark.parametrize("username", PAGES)
def test_the_pages_of_a_desk_are_open_to_everybody(province: Office, username: str) -> None:
    page = province.desk(username)
    _measure(province, page, PAGES[username])


def test_the_public_pages_are_open_to_everybody(province: Office) -> None:
    page = province.street()
    _measure(province, page, PUBLIC)


def test_a_page_that_is_not_there_says_so_to_everybody(province: Office) -> None:
    page = province.street()
    axe.arm(page)
    answer = page.goto(f"{province.stack.address}/khong-co-trang-nay/")
    assert answer is not None and answer.status == 404
    assert axe.faults(page) + axe.narrow_faults(page) == []


def test_the_top_bar_on_a_phone_unfolds_without_script(province: Office) -> None:
    page = province.desk("can-bo", java_script_enabled=False)
    page.set_viewport_size({"width": 390, "height": 844})
    bar, more = page.locator("header.topbar"), page.locator("#topbar-more")
    box = bar.bounding_box()
    assert box is not None and box["height"] <= 112
    assert not more.is_visible()
    page.get_by_role("button", name="Tìm, tài khoản").click()
    assert page.get_by_role("link", name="Thông báo").is_visible()
    page.get_by_label("Tìm số vụ việc, tên buổi tiếp, điểm cầu").fill("thanh loc")
    page.get_by_role("button", name="Tìm", exact=True).click()
    assert page.get_by_role("heading", name="Tìm kiếm: «thanh loc»").is_visible()
    page.get_by_role("button", name="Tìm, tài khoản").click()
    page.get_by_role("button", name="Đóng").click()
    assert not more.is_visible()


def _measure(province: Office, page: Page, addresses: str) -> None:
    axe.arm(page)
    places, found = _places(province), []
    titles: dict[str, set[str]] = {}
    for path in addresses.format(**places).split():
        province.go(page, path)
        found += [f"{path} · {fault}" for fault in axe.faults(page) + axe.narrow_faults(page)]
        titles.setdefault(page.title(), set()).add(path.partition("?")[0])
    found += [f"{paths} · title · «{title}» names one page only" for title, paths in titles.items() if len(paths) > 1]
    assert not found, "\n".join(found)


def _places(province: Office) -> dict[str, object]:
    """One of each kind in the seeded province."""

    def one(sql: str, *values: object) -> object:
        return province.stack.rows(sql, *values)[0][0]

    case = "SELECT code FROM cases_case WHERE state = ? ORDER BY id"
    plan = "SELECT code FROM receptions_reception WHERE state = ? ORDER BY id"
    return {
        **{state: one(case, state) for state in ("screening", "proposed")},
        **{state: one(plan, state) for state in ("draft", "submitted", "published", "closed")},
        "paper": one("SELECT id FROM documents_document WHERE kind = 'receipt' ORDER BY id"),
        "hall": "xa-thanh-loc",
        "agency": one("SELECT id FROM accounts_agency WHERE code = 'ban-tcd'"),
        "person": one("SELECT id FROM accounts_person WHERE username = 'can-bo'"),
        "invitation": one(
            "SELECT d.about_id FROM notify_delivery d JOIN accounts_post p ON p.agency_id = d.receiver_agency_id "
            "JOIN accounts_person a ON a.id = p.person_id "
            "WHERE a.username = 'co-quan' AND d.about_kind LIKE 'invitation%' AND d.state NOT IN ('draft', 'dropped') "
            "ORDER BY d.id"
        ),
        "share": one(
            "SELECT s.id FROM cases_share s JOIN accounts_post p ON p.agency_id = s.agency_id "
            "JOIN accounts_person a ON a.id = p.person_id WHERE a.username = 'co-quan' ORDER BY s.id DESC"
        ),
    }
