"""What every page of the office does: keep what was typed when session or server are gone; find, tell, guide."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.desks import Office, fits, picture, press

SIGNED_OUT = "Phiên làm việc đã hết. Đăng nhập lại; phần đang soạn được giữ nguyên."
LOST = "Mất kết nối tới máy chủ. Những gì bạn vừa nhập vẫn còn trên màn hình."
WORDS = "Đề nghị xem xét lại «đơn giá» & <bồi thường>."


def _half_written(province: Office, **context: Any) -> Page:
    """A form that the server will refuse: it lacks almost everything, so nothing is stored by these tests."""
    page = province.desk("can-bo", **context)
    province.go(page, "/vu-viec/moi/")
    page.locator("#id_content").fill(WORDS)
    return page


def _tries_to_save(page: Page) -> None:
    """The script asks whether the form can leave; here it cannot, so no page answers."""
    page.get_by_role("button", name="Lưu", exact=True).click()


def _signs_in(page: Page, province: Office) -> None:
    page.get_by_label("Tên đăng nhập").fill("can-bo")
    page.get_by_label("Mật khẩu").fill(province.stack.slip["staff_password"])
    page.get_by_role("button", name="Đăng nhập").click()


def _arrived(page: Page) -> None:
    """The server has read the form, says what is missing, and kept the words."""
    expect(page.get_by_text("những gì đã nhập vẫn còn nguyên")).to_be_visible()
    expect(page.locator("#id_content")).to_have_value(WORDS)


def test_a_form_waits_on_the_screen_until_somebody_has_signed_in_again(province: Office) -> None:
    page = _half_written(province)
    page.context.clear_cookies(name="sessionid")
    _tries_to_save(page)
    expect(page.get_by_role("alert").filter(has_text=SIGNED_OUT)).to_be_visible()
    expect(page.locator("#id_content")).to_have_value(WORDS)
    picture(page, "het-phien")
    with page.expect_popup() as other:
        page.get_by_role("link", name="Đăng nhập lại").click()
    _signs_in(other.value, province)
    expect(other.value.get_by_role("heading", name="Việc của tôi hôm nay", exact=True)).to_be_visible()
    press(page, "Lưu")
    _arrived(page)


def test_without_script_the_form_travels_through_the_sign_in(province: Office) -> None:
    page = _half_written(province, java_script_enabled=False)
    page.context.clear_cookies(name="sessionid")
    press(page, "Lưu")
    expect(page.get_by_role("alert").filter(has_text=SIGNED_OUT)).to_be_visible()
    _signs_in(page, province)
    press(page, "Gửi tiếp")
    _arrived(page)


def test_a_form_is_sent_by_itself_when_the_server_is_back(province: Office) -> None:
    page = _half_written(province)
    page.route("**/phien/", lambda route: route.abort())
    _tries_to_save(page)
    expect(page.get_by_role("alert").filter(has_text=LOST)).to_be_visible()
    expect(page.locator("#id_content")).to_have_value(WORDS)
    picture(page, "mat-may-chu")
    page.unroute("**/phien/")
    _arrived(page)


def test_the_top_bar_finds_tells_and_guides(province: Office) -> None:
    page = province.desk("can-bo")
    box = page.get_by_label("Tìm số vụ việc, tên buổi tiếp, điểm cầu")
    box.fill("thanh loc")
    box.press("Enter")
    expect(page.get_by_role("heading", name="Tìm kiếm: «thanh loc»")).to_be_visible()
    fits(page)
    code = page.get_by_role("region", name="Vụ việc").get_by_role("link").first.inner_text().split(" · ")[0]
    box.fill(code.lower())
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("Tìm kiếm")
    expect(page.get_by_text(code).first).to_be_visible()
    page.get_by_role("link", name="Thông báo").click()
    expect(page.get_by_role("heading", name="Thông báo", exact=True)).to_be_visible()
    press(page, page.get_by_role("button", name="Đánh dấu đã xem").inner_text())
    expect(page.get_by_role("button", name="Đánh dấu đã xem")).to_have_count(0)
    page.get_by_role("link", name="Hướng dẫn", exact=True).click()
    page.get_by_role("link", name="Hướng dẫn cho cán bộ tiếp dân").click()
    expect(page.get_by_role("heading", name="Hướng dẫn cho cán bộ tiếp dân")).to_be_visible()
    fits(page)
