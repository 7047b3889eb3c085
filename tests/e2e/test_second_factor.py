"""The second factor in a real browser: turned on by its own page, asked for at the door, on paper, turned off (S01)."""

from __future__ import annotations

import base64
import time

from playwright.sync_api import Page, expect

from tests.e2e.desks import Office, alert, fits, menu, picture, press
from tiepdan.accounts.rules_factor import code_at, step_of

WHO = "luu-tru"


def _code(key: str, later: int = 0) -> str:
    """What the app shows now, or `later` steps from now: a code that was taken is not taken again."""
    return code_at(base64.b32decode(key.replace(" ", "")), step_of(time.time()) + later)


def _password(page: Page, province: Office) -> None:
    page.get_by_label("Tên đăng nhập").fill(WHO)
    page.get_by_label("Mật khẩu").fill(province.stack.slip["staff_password"])
    press(page, "Đăng nhập")


def _code_box(page: Page) -> None:
    expect(page.get_by_role("heading", name="Nhập mã xác thực")).to_be_visible()


def _enter(page: Page, code: str) -> None:
    page.get_by_label("Mã xác thực 6 số, hoặc một mã dự phòng").fill(code)
    press(page, "Đăng nhập")


def _is_in(page: Page) -> None:
    expect(page.get_by_role("heading", name="Việc của tôi hôm nay", exact=True)).to_be_visible()


def test_from_the_first_scan_to_turning_it_off(province: Office) -> None:
    page = province.desk(WHO)
    page.locator(".topbar-menu summary").click()
    picture(page, "menu-tai-khoan")
    page.get_by_role("link", name="Xác thực hai lớp", exact=True).click()
    expect(page.get_by_text("Chưa bật")).to_be_visible()
    fits(page)
    picture(page, "hai-lop-chua-bat")
    page.get_by_role("link", name="Bật xác thực hai lớp").click()
    key = page.locator("[data-key]").inner_text()
    expect(page.locator("svg.qr")).to_be_visible()
    page.get_by_label("Mã 6 số ứng dụng đang hiện").fill("000000")
    page.get_by_label("Mật khẩu hiện nay").fill(province.stack.slip["staff_password"])
    press(page, "Bật xác thực hai lớp")
    alert(page, "Mã chưa đúng.")
    assert page.locator("[data-key]").inner_text() == key
    fits(page)
    picture(page, "hai-lop-bat")
    page.get_by_label("Mã 6 số ứng dụng đang hiện").fill(_code(key))
    page.get_by_label("Mật khẩu hiện nay").fill(province.stack.slip["staff_password"])
    press(page, "Bật xác thực hai lớp")
    expect(page.get_by_role("heading", name="Mã dự phòng của bạn")).to_be_visible()
    papers = page.locator("[data-recovery]").all_inner_texts()
    assert len(set(papers)) == 10
    fits(page)
    picture(page, "ma-du-phong")
    page.get_by_role("link", name="Tôi đã cất mã dự phòng").click()
    expect(page.get_by_text("Đã bật")).to_be_visible()
    expect(page.get_by_text("10 mã")).to_be_visible()
    picture(page, "hai-lop-da-bat")

    press(page, "Đăng xuất")
    _password(page, province)
    _code_box(page)
    picture(page, "ma-xac-thuc")
    _enter(page, "000000")
    alert(page, "Mã xác thực chưa đúng. Còn 4 lần thử.")
    province.go(page, "/viec-cua-toi/")
    expect(page.get_by_role("heading", name="Đăng nhập", exact=True)).to_be_visible()  # half-way opens nothing
    _password(page, province)
    _enter(page, _code(key, 1))
    _is_in(page)

    press(page, "Đăng xuất")
    _password(page, province)
    _enter(page, papers[0].upper())
    _is_in(page)
    press(page, "Đăng xuất")
    _password(page, province)
    _enter(page, papers[0])
    alert(page, "Mã xác thực chưa đúng. Còn 4 lần thử.")
    _enter(page, papers[1])
    _is_in(page)

    province.go(page, "/xac-thuc-hai-lop/")
    expect(page.get_by_text("8 mã")).to_be_visible()
    page.get_by_role("link", name="Tắt xác thực hai lớp").click()
    page.get_by_label("Mật khẩu hiện nay").fill(province.stack.slip["staff_password"])
    page.get_by_label("Mã xác thực").fill(papers[2])
    press(page, "Tắt xác thực hai lớp")
    expect(page.get_by_text("Đã tắt xác thực hai lớp.")).to_be_visible()
    events = [event for event, _, _ in province.stack.events() if event.startswith("factor.")]
    assert events[0] == "factor.on" and events[-1] == "factor.off" and events.count("factor.recovery_used") == 3


def test_the_seeded_province_says_openly_that_passwords_are_enough(province: Office) -> None:
    page = province.desk("quan-tri")
    menu(page, "Xác thực hai lớp")
    expect(page.get_by_text("Tỉnh thử nghiệm: ai cũng đăng nhập bằng mật khẩu")).to_be_visible()
    expect(page.get_by_text("Không vai trò nào").first).to_be_visible()
    fits(page)
    picture(page, "quy-dinh-hai-lop")
    menu(page, "Người dùng")
    expect(page.get_by_role("columnheader", name="Hai lớp (MFA)")).to_be_visible()
    picture(page, "nguoi-dung-hai-lop")
