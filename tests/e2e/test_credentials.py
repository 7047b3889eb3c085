"""Names and passwords of halls: wrong, expired, withdrawn, used twice; and doors that are not one's own."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.e2e.halls import enter_room, in_room, launch, leave, page_of, sign_in_point, sign_in_staff
from tests.e2e.stack import Stack
from tests.engine import eventually


@pytest.fixture
def technician(stack: Stack, office: Browser) -> Page:
    page = page_of(office)
    sign_in_staff(page, stack, "ky-thuat")
    page.goto(f"{stack.address}/buoi-tiep/{stack.slip['reception']['code']}/tai-khoan/")
    return page


def test_a_wrong_password_is_refused_with_the_tries_left(stack: Stack, office: Browser) -> None:
    page = page_of(office)
    sign_in_point(page, stack, "phuong-hoa-binh", "SAI-SAI-SAI")
    expect(page.get_by_role("alert")).to_contain_text("Tên hoặc mật khẩu chưa đúng. Còn 4 lần thử.")
    expect(page.get_by_label("Tên điểm cầu")).to_have_value("phuong-hoa-binh")
    assert [facts["code"] for _, _, facts in stack.events("point.sign_in_refused")] == ["wrong"]


def test_a_new_password_is_shown_once_and_the_old_one_is_dead(stack: Stack, technician: Page, office: Browser) -> None:
    old = stack.password("phuong-hoa-binh")
    technician.once("dialog", lambda dialog: dialog.accept())
    technician.locator("[data-command='issue'][data-point='phuong-hoa-binh']").click()
    shown = technician.locator("[data-slip='password']").inner_text()
    assert re.fullmatch(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", shown)
    hashes = [row[0] for row in stack.rows("SELECT password FROM receptions_credential")]
    assert not any(shown in value for value in hashes)

    page = page_of(office)
    sign_in_point(page, stack, "phuong-hoa-binh", old)
    expect(page.get_by_role("alert")).to_contain_text("đã được thu hồi")
    sign_in_point(page, stack, "phuong-hoa-binh", shown.lower().replace("-", " "))
    expect(page).to_have_url(re.compile("/diem-cau-toi/$"))


def test_a_second_browser_is_told_and_may_take_over(stack: Stack, commune: Browser) -> None:
    first, second = page_of(commune), page_of(commune)
    enter_room(first, stack, "xa-thanh-loc")
    sign_in_point(second, stack, "xa-thanh-loc")
    second.goto(f"{stack.address}/phong/{stack.slip['reception']['code']}/")
    expect(second.get_by_text("Điểm cầu này đang dùng trên một máy khác")).to_be_visible()
    second.get_by_role("button", name="Chuyển sang máy này").click()
    in_room(second)
    expect(first.get_by_text("Điểm cầu đã chuyển sang một máy khác")).to_be_visible()
    expect(first.get_by_role("button", name="Chuyển sang máy này")).to_be_visible()
    leave(first)
    leave(second)


def test_a_withdrawn_credential_cuts_the_hall_off(stack: Stack, technician: Page, commune: Browser) -> None:
    hall = page_of(commune)
    enter_room(hall, stack, "xa-thanh-loc")
    technician.reload()
    technician.once("dialog", lambda dialog: dialog.accept())
    technician.locator("[data-command='revoke'][data-point='xa-thanh-loc']").click()
    expect(hall.get_by_text("Tài khoản này đã được thu hồi")).to_be_visible()
    expect(hall.get_by_text("Gọi điểm cầu trung tâm: 0299 3810 155")).to_be_visible()
    assert eventually(lambda: stack.events("point.cut_off"))[-1][2]["why"] == "revoked"
    leave(hall)


def test_a_hall_finds_no_other_reception(stack: Stack, commune: Browser, office: Browser) -> None:
    page = page_of(commune)
    sign_in_point(page, stack, "trung-tam")
    answer = page.goto(f"{stack.address}/phong/BT-1999-001/")
    assert answer is not None and answer.status == 404
    expect(page.get_by_text("Không tìm thấy trang này, hoặc bạn không có quyền xem.")).to_be_visible()
    leave(page)


def test_an_officer_of_another_agency_does_not_enter(stack: Stack, office: Browser) -> None:
    page = page_of(office)
    sign_in_staff(page, stack, "co-quan")
    answer = page.goto(f"{stack.address}/phong/{stack.slip['reception']['code']}/")
    assert answer is not None and answer.status == 404
    assert any(by.startswith("Đặng Hữu Phước") for _, by, _ in stack.events("access.refused"))


def test_a_browser_without_a_camera_is_told_what_to_do(stack: Stack, office: Browser) -> None:
    page = page_of(office)
    sign_in_point(page, stack, "trung-tam")
    page.goto(f"{stack.address}/phong/{stack.slip['reception']['code']}/")
    expect(page.get_by_text("camera", exact=False).first).to_be_visible()
    expect(page.get_by_role("button", name="Thử lại").first).to_be_visible()


def test_a_browser_that_may_not_use_the_camera_is_told_what_to_do(playwright: Playwright, stack: Stack) -> None:
    browser = launch(playwright, None, "--use-fake-device-for-media-stream", "--deny-permission-prompts")
    page = page_of(browser)
    sign_in_point(page, stack, "trung-tam")
    expect(page.get_by_text("Trình duyệt chưa được phép dùng camera")).to_be_visible()
    expect(page.get_by_role("button", name="Thử lại").first).to_be_visible()
    browser.close()


def test_five_wrong_passwords_lock_the_name_for_a_while(stack: Stack, office: Browser) -> None:
    page = page_of(office)
    for _ in range(5):
        sign_in_point(page, stack, "xa-van-son", "SAI")
    expect(page.get_by_role("alert")).to_contain_text("Tạm khóa 15 phút vì nhập sai 5 lần")
    sign_in_point(page, stack, "xa-van-son")
    expect(page.get_by_role("alert")).to_contain_text("Tạm khóa 15 phút")
