"""Journeys J1 and J2: a case is taken in and approved; another is refused as the law wants it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.desks import (
    REASON,
    Office,
    alert,
    code_of,
    fill_intake,
    fits,
    ground,
    menu,
    picture,
    press,
    read_pdf,
    state,
    tab,
    take_in,
    tick_ground,
)

NO_NUMBER = (
    "Chưa có số căn cước, số định danh hoặc hộ chiếu (Điều 12 NĐ 154/2026). "
    "Nếu công dân không mang theo, chọn «Bổ sung sau» và ghi lý do."
)
SPLIT = "Nội dung vừa khiếu nại vừa tố cáo phải tách riêng (khoản 4 Điều 14 NĐ 154/2026)."
TOO_MANY = "Đoàn có 12 người: được cử tối đa 5 người đại diện (Điều 29 Luật Tiếp công dân). Đang chọn 6."
UNSIGNED = "Chưa tải lên văn bản cử người đại diện có chữ ký của tất cả mọi người."
ROW_UNFINISHED = "Mỗi tài liệu phải có số trang và tình trạng."
PROTECTED = (
    "Không tiếp trực tuyến vụ việc này: người tố cáo yêu cầu bảo vệ danh tính (khoản 4 Điều 20 NĐ 154/2026). "
    "Hãy tiếp trực tiếp và áp dụng biện pháp bảo vệ."
)
EVASION = "Không được từ chối để né tránh trách nhiệm: phải nêu sự việc cụ thể."
LETTER_DIFFERS = "Mẫu in ghi «điểm g»; khoản 3 Điều 4 dẫn «điểm h». Kiểm tra trước khi ký."
THREE_PROOFS = (
    "Căn cứ L9.3 cần đủ ba tài liệu: văn bản kiểm tra, rà soát; văn bản thông báo; lần tiếp, giải thích trước. "
    "Còn thiếu: "
)


@pytest.fixture(scope="module")
def clerk(province: Office) -> Page:
    return province.desk("can-bo")


@pytest.fixture(scope="module")
def head(province: Office) -> Page:
    return province.desk("lanh-dao")


def test_j1_a_case_is_chosen_and_approved(province: Office, clerk: Page, head: Page) -> None:
    code = _is_taken_in(clerk)
    _the_group_names_its_representatives(province, clerk)
    _papers_are_received(province, clerk)
    _is_put_forward_on_a_ground(clerk)
    _comes_back_to_be_completed(clerk, head, code)
    _is_approved(clerk, head, code)


def _is_taken_in(clerk: Page) -> str:
    """The first attempt is refused, and nothing that was entered is lost."""
    menu(clerk, "Vụ việc")
    clerk.get_by_role("link", name="Tiếp nhận vụ việc").click()
    fits(clerk)
    fill_intake(clerk, "Khiếu nại đơn giá bồi thường đất trồng cây lâu năm", "Khiếu nại", people="12")
    clerk.get_by_label("Người già yếu, người khuyết tật").check()
    clerk.get_by_label("Có thêm nội dung thuộc loại khác").select_option("Tố cáo")
    press(clerk, "Lưu")
    alert(clerk, NO_NUMBER)
    alert(clerk, SPLIT)
    expect(clerk.get_by_label("Số giấy tờ")).to_be_focused()  # the first complaint, so that typing goes on there
    expect(clerk.get_by_label("Họ tên", exact=True)).to_have_value("Trần Thị Bưởi")
    expect(clerk.get_by_label("Số người")).to_have_value("12")
    expect(clerk.get_by_label("Tóm tắt")).to_have_value("Khiếu nại đơn giá bồi thường đất trồng cây lâu năm")
    chosen = clerk.get_by_label("Xã, phường nơi phát sinh").locator("option:checked")
    expect(chosen).to_have_text("Ủy ban nhân dân xã Thanh Lộc")
    fits(clerk)

    clerk.get_by_label("Số giấy tờ").fill("036 185 002 345")
    clerk.get_by_label("Có thêm nội dung thuộc loại khác").select_option("Không có")
    press(clerk, "Lưu")
    state(clerk, "Mới tiếp nhận")
    expect(clerk.get_by_text("0361••••2345")).to_be_visible()
    expect(clerk.get_by_text("036185002345")).to_have_count(0)
    fits(clerk)
    return code_of(clerk, r"VV-\d{4}-\d{4}")


def _the_group_names_its_representatives(province: Office, clerk: Page) -> None:
    tab(clerk, "Người đại diện")
    names = ("Lò Văn Én", "Mạc Thị Ổi", "Hà Văn Ấm", "Vi Thị Ỷ", "Đỗ Văn Ốc")
    clerk.get_by_label("Thêm người trong đoàn").fill("\n".join(f"{name}; Thôn 2" for name in names))
    press(clerk, "Thêm người")
    boxes = clerk.get_by_role("checkbox", name="Đại diện:")
    expect(boxes).to_have_count(6)
    for box in boxes.all():
        box.check()
    press(clerk, "Lưu")
    alert(clerk, TOO_MANY)
    assert all(box.is_checked() for box in boxes.all())
    boxes.nth(5).uncheck()
    press(clerk, "Lưu")
    alert(clerk, UNSIGNED)
    expect(boxes.nth(4)).to_be_checked()
    expect(boxes.nth(5)).not_to_be_checked()
    clerk.get_by_label("Văn bản cử người đại diện").set_input_files(
        province.photo("giay-cu.jpg", "Giấy cử người đại diện")
    )
    press(clerk, "Lưu")
    expect(clerk.get_by_text("giay-cu", exact=False).or_(clerk.get_by_role("link", name="Văn bản cử"))).to_be_visible()
    assert sum(box.is_checked() for box in boxes.all()) == 5
    fits(clerk)


def _papers_are_received(province: Office, clerk: Page) -> None:
    """Two papers, a receipt 02/TCD, and its PDF."""
    tab(clerk, "Hồ sơ")
    clerk.get_by_role("link", name="Ghi nhận tài liệu").first.click()
    rows = clerk.locator(".paper-row")
    rows.nth(0).get_by_label("Tên tài liệu").fill("Đơn khiếu nại ngày 02/11")
    rows.nth(0).get_by_label("Số trang").fill("3")
    rows.nth(0).get_by_label("Tình trạng").select_option("Bản chính")
    rows.nth(1).get_by_label("Tên tài liệu").fill("Quyết định phê duyệt phương án bồi thường")
    press(clerk, "Lập giấy biên nhận")
    alert(clerk, ROW_UNFINISHED)
    expect(rows.nth(0).get_by_label("Tên tài liệu")).to_have_value("Đơn khiếu nại ngày 02/11")
    rows.nth(1).get_by_label("Số trang").fill("7")
    rows.nth(1).get_by_label("Tình trạng").select_option("Bản phô tô")
    rows.nth(0).get_by_label("Tệp").set_input_files(province.paper("don.pdf", "Đơn khiếu nại"))
    fits(clerk)
    press(clerk, "Lập giấy biên nhận")
    expect(clerk.get_by_role("region", name="Giấy biên nhận 02/TCD")).to_contain_text("2 tài liệu")
    fits(clerk)

    clerk.get_by_role("region", name="Văn bản").get_by_role("link", name="biên nhận").first.click()
    fits(clerk)
    printed = read_pdf(province, clerk)
    for words in ("Mẫu số 02/TCD", "GIẤY BIÊN NHẬN", "Trần Thị Bưởi", "Quyết định phê duyệt phương án"):
        assert words in printed, printed
    clerk.get_by_role("link", name="Quay lại hồ sơ").click()


def _is_put_forward_on_a_ground(clerk: Page) -> None:
    tab(clerk, "Căn cứ tiếp trực tuyến")
    expect(clerk.get_by_text("Chưa chọn căn cứ. Đọc từng mục và nêu lý do cụ thể.")).to_be_visible()
    fits(clerk)
    clerk.get_by_label("Ý kiến, đề xuất của cán bộ").fill("Đề nghị tiếp trực tuyến.")
    press(clerk, "Trình lãnh đạo")
    alert(clerk, "Chưa chọn căn cứ nào.")
    expect(clerk.get_by_label("Ý kiến, đề xuất của cán bộ")).to_have_value("Đề nghị tiếp trực tuyến.")

    tick_ground(clerk, "e)", "Vì lý do khác")
    press(clerk, "Trình lãnh đạo")
    alert(clerk, "Căn cứ «khác» phải ghi rõ lý do.")
    expect(ground(clerk, "e)").get_by_label("Lý do cụ thể trong vụ việc này")).to_have_value("Vì lý do khác")

    ground(clerk, "e)").get_by_role("checkbox").uncheck()
    tick_ground(clerk, "b)")
    press(clerk, "Trình lãnh đạo")
    alert(clerk, "Căn cứ b cần nguyện vọng của công dân; chưa ghi nhận.")

    ground(clerk, "b)").get_by_role("checkbox").uncheck()
    tick_ground(clerk, "a)")
    press(clerk, "Trình lãnh đạo")
    state(clerk, "Đã trình")
    expect(clerk.get_by_text("Danh sách căn cứ đã khóa.")).to_be_visible()


def _comes_back_to_be_completed(clerk: Page, head: Page, code: str) -> None:
    menu(head, "Chờ phê duyệt")
    fits(head)
    head.get_by_role("listitem").filter(has_text=code).get_by_role("link", name="Xem và quyết định").click()
    fits(head)
    press(head, "Trả lại để bổ sung")
    alert(head, "Phải ghi nội dung cần bổ sung.")
    head.get_by_label("Nội dung cần bổ sung, hoặc lý do").fill("Bổ sung báo cáo của Sở Nông nghiệp và Môi trường.")
    press(head, "Trả lại để bổ sung")
    state(head, "Trả lại")

    menu(clerk, "Việc của tôi")
    waiting = clerk.get_by_role("listitem").filter(has_text=code).filter(has_text="Bổ sung, trình lại")
    waiting.get_by_role("link", name="Làm ngay").click()
    expect(clerk.get_by_text("Bổ sung báo cáo của Sở Nông nghiệp và Môi trường.")).to_be_visible()
    expect(ground(clerk, "a)").get_by_label("Lý do cụ thể trong vụ việc này")).to_have_value(REASON)
    press(clerk, "Trình lãnh đạo")
    state(clerk, "Đã trình")


def _is_approved(clerk: Page, head: Page, code: str) -> None:
    menu(head, "Chờ phê duyệt")
    head.get_by_role("listitem").filter(has_text=code).get_by_role("link", name="Xem và quyết định").click()
    picture(head, "quyet-dinh")
    press(head, "Đồng ý tiếp trực tuyến")
    state(head, "Đã đồng ý tiếp trực tuyến")

    menu(clerk, "Việc của tôi")
    fits(clerk)
    picture(clerk, "viec-cua-toi")
    waiting = clerk.get_by_role("listitem").filter(has_text=code).filter(has_text="Xếp buổi tiếp")
    expect(waiting.first).to_be_visible()
    waiting.get_by_role("link", name="Làm ngay").first.click()
    state(clerk, "Đã đồng ý tiếp trực tuyến")


def test_the_clerk_has_no_page_of_decisions(clerk: Page) -> None:
    expect(clerk.get_by_role("navigation", name="Menu chính").get_by_text("Chờ phê duyệt")).to_have_count(0)


def test_j2_a_matter_outside_the_scope_is_explained(province: Office, clerk: Page) -> None:
    take_in(province, clerk, "Phản ánh tranh chấp vay tiền giữa hai hộ", "Phản ánh", number="036185009911")
    clerk.get_by_role("link", name="Từ chối tiếp").click()
    fits(clerk)
    clerk.get_by_role("radio", name="N4.g").check()
    clerk.get_by_label("Sự việc cụ thể").fill("Không thuộc")
    clerk.get_by_label("Lời đã giải thích cho công dân").fill("Đề nghị gửi đơn đến Tòa án nhân dân.")
    press(clerk, "Ghi nhận đã giải thích")
    alert(clerk, EVASION)
    expect(clerk.get_by_role("radio", name="N4.g")).to_be_checked()
    expect(clerk.get_by_label("Lời đã giải thích cho công dân")).to_have_value("Đề nghị gửi đơn đến Tòa án nhân dân.")
    clerk.get_by_label("Sự việc cụ thể").fill("Hai hộ tranh chấp hợp đồng vay tiền; Tòa án giải quyết.")
    press(clerk, "Ghi nhận đã giải thích")
    state(clerk, "Từ chối tiếp")
    expect(clerk.get_by_role("button", name="Soạn thông báo 01/TCD")).to_have_count(0)


def test_j2_a_settled_complaint_is_refused_in_writing(province: Office, clerk: Page, head: Page) -> None:
    code = take_in(province, clerk, "Khiếu nại lại quyết định thu hồi đất đã có hiệu lực", number="036185009922")
    clerk.get_by_role("link", name="Từ chối tiếp").click()
    clerk.get_by_role("radio", name="L9.3").check()
    clerk.get_by_label("Sự việc cụ thể").fill("Đã rà soát và thông báo bằng văn bản, công dân cố tình kéo dài.")
    press(clerk, "Ghi nhận đã giải thích")
    alert(clerk, "Căn cứ L9.3 phải từ chối bằng thông báo 01/TCD")
    expect(clerk.get_by_role("radio", name="L9.3")).to_be_checked()
    press(clerk, "Soạn thông báo 01/TCD")
    expect(clerk.get_by_text("Còn 03 ngày làm việc")).to_be_visible()
    expect(clerk.get_by_text(LETTER_DIFFERS)).to_be_visible()
    fits(clerk)
    draft = clerk.url
    press(clerk, "Trình ký")
    alert(clerk, f"{THREE_PROOFS}văn bản kiểm tra, rà soát; văn bản thông báo; lần tiếp, giải thích trước.")
    _the_dossier_gets_the_proofs(province, clerk, code)

    clerk.goto(draft)
    for title in ("Văn bản rà soát 15/BC-UBND", "Thông báo 30/TB-UBND"):
        clerk.get_by_role("checkbox", name=title).check()
    press(clerk, "Trình ký")
    alert(clerk, f"{THREE_PROOFS}lần tiếp, giải thích trước.")
    for title in ("Văn bản rà soát 15/BC-UBND", "Thông báo 30/TB-UBND"):
        expect(clerk.get_by_role("checkbox", name=title)).to_be_checked()
    clerk.get_by_role("checkbox", name="Đã được tiếp, giải thích, hướng dẫn trước đây").check()
    clerk.get_by_label("Lần tiếp, giải thích trước: ngày, nơi, người tiếp").fill("12/8/2026, trụ sở tiếp công dân")
    press(clerk, "Trình ký")
    expect(clerk.get_by_text("Đã trình ký thông báo 01/TCD.")).to_be_visible()
    _the_head_signs(province, head, code)

    province.go(clerk, f"/vu-viec/{code}/")
    state(clerk, "Từ chối tiếp")
    _the_citizen_looks_it_up(province, clerk, code, "9922", "Đã có thông báo từ chối")


def _the_citizen_looks_it_up(province: Office, clerk: Page, code: str, digits: str, step: str) -> None:
    """With the code of the slip, on a telephone, without script."""
    province.go(clerk, f"/vu-viec/{code}/phieu/")
    expect(clerk.get_by_text("4 số cuối giấy tờ tùy thân")).to_be_visible()
    slip = clerk.locator(".lookup").inner_text()
    street = province.street(java_script_enabled=False)
    street.set_viewport_size({"width": 390, "height": 844})
    province.go(street, "/cong-khai/")
    street.get_by_role("link", name="Tra cứu kết quả").click()
    look_up(street, slip.replace("-", "").lower(), digits)
    expect(street.get_by_role("heading", name=f"Vụ việc đang ở bước: {step}")).to_be_visible()
    expect(street.get_by_text("Trần Thị Bưởi")).to_have_count(0)
    assert street.context.cookies() == []
    fits(street)
    picture(street, "tra-cuu")


def look_up(street: Page, code: str, digits: str) -> None:
    street.get_by_role("textbox", name="Mã tra cứu").fill(code)
    street.get_by_role("textbox", name="4 số cuối").fill(digits)
    press(street, "Tra cứu")


def _the_dossier_gets_the_proofs(province: Office, clerk: Page, code: str) -> None:
    province.go(clerk, f"/vu-viec/{code}/ho-so/van-ban/")
    rows = clerk.locator(".paper-row")
    told = (("Văn bản rà soát 15/BC-UBND", "Văn bản kiểm tra, rà soát"), ("Thông báo 30/TB-UBND", "Văn bản thông báo"))
    for at, (title, kind) in enumerate(told):
        rows.nth(at).get_by_label("Tên tài liệu").fill(title)
        options = rows.nth(at).get_by_label("Loại").locator("option").all_inner_texts()
        rows.nth(at).get_by_label("Loại").select_option(next(one for one in options if one.startswith(kind)))
    rows.nth(0).get_by_label("Tệp").set_input_files(province.paper("ra-soat.pdf", "Báo cáo rà soát"))
    fits(clerk)
    clerk.locator("main form button[type=submit]").last.click()
    expect(clerk.get_by_text("Văn bản rà soát 15/BC-UBND")).to_be_visible()


def _the_head_signs(province: Office, head: Page, code: str) -> None:
    menu(head, "Chờ phê duyệt")
    head.get_by_role("listitem").filter(has_text=code).get_by_role("link", name="Xem và quyết định").click()
    fits(head)
    picture(head, "tu-choi-01-tcd")
    head.get_by_label("Bản đã ký (PDF, ảnh quét)").set_input_files(province.photo("ky.jpg", "Bản đã ký"))
    press(head, "Phát hành")
    expect(head.get_by_text(re.compile(r"Đã phát hành thông báo số \d{2}/TB-"))).to_be_visible()
    state(head, "Từ chối tiếp")
    fits(head)


def test_j2_a_protected_denouncer_is_not_received_online(province: Office, clerk: Page) -> None:
    province.go(clerk, "/vu-viec/moi/")
    fill_intake(clerk, "Tố cáo việc lập khống danh sách hỗ trợ", "Tố cáo")
    clerk.get_by_label("Số giấy tờ").fill("036185009933")
    clerk.get_by_label("Người tố cáo yêu cầu giữ bí mật danh tính").check()
    press(clerk, "Lưu")
    state(clerk, "Mới tiếp nhận")
    tab(clerk, "Căn cứ tiếp trực tuyến")
    alert(clerk, PROTECTED)
    expect(ground(clerk, "d)").get_by_role("checkbox")).to_be_disabled()


def test_intake_and_submission_work_without_script(province: Office) -> None:
    page = province.desk("can-bo", java_script_enabled=False)
    menu(page, "Vụ việc")
    page.get_by_role("link", name="Tiếp nhận vụ việc").click()
    fill_intake(page, "Kiến nghị sửa đường vào thôn Hai", "Kiến nghị")
    press(page, "Lưu")
    alert(page, NO_NUMBER)
    page.get_by_label("Số giấy tờ").fill("036185009944")
    press(page, "Lưu")
    state(page, "Mới tiếp nhận")
    tab(page, "Căn cứ tiếp trực tuyến")
    press(page, "Trình lãnh đạo")
    alert(page, "Chưa chọn căn cứ nào.")
    tick_ground(page, "a)")
    press(page, "Trình lãnh đạo")
    state(page, "Đã trình")


def test_the_keyboard_goes_through_intake_in_the_order_of_the_page(province: Office, clerk: Page) -> None:
    """From the first field on, Tab visits every field once, from top to bottom, and then «Lưu»."""
    province.go(clerk, "/vu-viec/moi/")
    clerk.get_by_label("Họ tên", exact=True).focus()
    visited, last = [], -1.0
    for _ in range(120):
        name, top = clerk.evaluate(
            "() => { const at = document.activeElement;"
            " return [at.id || at.innerText, at.getBoundingClientRect().top + scrollY] }"
        )
        if not visited or visited[-1] != name:  # a date has three parts
            assert name not in visited, f"{name} twice: {visited}"
            assert top > last - 80, f"{name} stands above {visited[-1]}"
            visited.append(name)
            last = max(last, top)
        if name == "Lưu":
            break
        clerk.keyboard.press("Tab")
    assert visited[-1] == "Lưu"
    shown = "main form :is(input, select, textarea):not([type=hidden])"
    fields = clerk.locator(shown).evaluate_all(
        "all => all.filter(one => one.checkVisibility()).map(one => one.id)"  # some wait for an answer
    )
    assert visited[:-1] == fields


def test_j10_wrong_digits_five_times_lock_the_look_up(province: Office, clerk: Page) -> None:
    """It locks this code for the address of all these browsers."""
    code = take_in(province, clerk, "Kiến nghị lắp đèn đường xóm Ngoài", "Kiến nghị", number="036185009955")
    province.go(clerk, f"/vu-viec/{code}/phieu/")
    slip = clerk.locator(".lookup").inner_text()
    street = province.street()
    province.go(street, "/tra-cuu/")
    expect(street.get_by_role("img", name="khoanh tròn")).to_be_visible()
    fits(street)
    for digits in ("0001", "0002", "0003", "0004"):
        look_up(street, slip, digits)
        alert(street, "Không tìm thấy. Kiểm tra mã trên giấy biên nhận.")
    expect(street.get_by_role("textbox", name="Mã tra cứu")).to_have_value(slip)
    look_up(street, slip, "0005")
    alert(street, "Nhập sai 5 lần; thử lại sau 30 phút")
    look_up(street, slip, "9955")
    alert(street, "Nhập sai 5 lần; thử lại sau 30 phút")
