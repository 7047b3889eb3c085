"""The plan of a reception as a clerk makes it (journey J3, steps 1 to 3), with every refusal on the way."""

from __future__ import annotations

import json
import re
from datetime import date

from playwright.sync_api import Page, expect

from tests.e2e.desks import Office, alert, code_of, fits, menu, picture, press, said, state, tab

TITLE = "Khiếu nại về bồi thường đất, xã Thanh Lộc"
CITIZEN = "Quách Thị Ngọc Ẩn"
CITIZEN_MAIL = "quach.an@hopthu.example"
HALLS = ("Trụ sở Tiếp công dân tỉnh", "Xã Thanh Lộc", "Sở Nông nghiệp và Môi trường", "Phường Hòa Bình")
NO_CLASH = "Không còn trùng lịch"
SECOND_TECHNICIAN = """
from datetime import date
from tiepdan.accounts.models import Agency, Person, Post
post = dict(agency=Agency.objects.get(code="minh-chau"), role="technician", valid_from=date(2025, 7, 1))
Post.objects.get_or_create(person=Person.objects.get(username="quan-tri-2"), **post)
"""


def is_planned(province: Office, clerk: Page, day: date) -> str:
    near = province.table().shift(province.earliest(), -1)
    menu(clerk, "Buổi tiếp")
    fits(clerk)
    picture(clerk, "buoi-tiep")
    clerk.get_by_role("link", name="Lập buổi tiếp").click()
    fill_plan(clerk, TITLE, near, "Trần Quốc Bảo", "Lê Thu Hằng", "Phạm Đức Anh")
    fits(clerk)
    press(clerk, "Lập buổi tiếp")
    alert(
        clerk,
        f"Ngày {near:%d/%m/%Y} quá gần: cần ít nhất 05 ngày làm việc để niêm yết và thông báo. "
        f"Sớm nhất: {said(province.earliest())}.",
    )
    expect(clerk.get_by_label("Nội dung buổi tiếp")).to_have_value(TITLE)
    expect(clerk.get_by_label("Bắt đầu")).to_have_value("08:30")
    expect(clerk.get_by_label("Thư ký").locator("option:checked")).to_have_text("Lê Thu Hằng")
    clerk.get_by_label("Ngày tiếp").fill(day.isoformat())
    press(clerk, "Lập buổi tiếp")
    state(clerk, "Dự thảo")
    fits(clerk)
    _milestones_are_the_laws(province, clerk, day)
    return code_of(clerk, r"BT-\d{4}-\d{3}")


def fill_plan(page: Page, title: str, day: date, chair: str, secretary: str, technician: str) -> None:
    page.get_by_label("Nội dung buổi tiếp").fill(title)
    page.get_by_label("Ngày tiếp").fill(day.isoformat())
    page.get_by_label("Bắt đầu").fill("08:30")
    page.get_by_label("Kết thúc").fill("11:00")
    page.get_by_label("Loại", exact=True).select_option("Định kỳ")
    for label, name in (("Người chủ trì", chair), ("Thư ký", secretary), ("Cán bộ kỹ thuật trung tâm", technician)):
        field = page.get_by_label(label, exact=True)
        field.select_option(next(one for one in field.locator("option").all_inner_texts() if one.startswith(name)))


def _milestones_are_the_laws(province: Office, clerk: Page, day: date) -> None:
    """The page shows the dates that `manage.py milestones` prints."""
    told = province.stack.manage(
        "milestones", "--profile", "nd154-2026", "--at", f"{day.isoformat()}T08:30+07:00", "--json"
    )
    shown = clerk.locator(".deadlines time").evaluate_all("all => all.map(one => one.dateTime)")
    assert [one[:16] for one in shown] == [row["due"][:16] for row in json.loads(told)]


def gets_matter_halls_and_seats(province: Office, clerk: Page, code: str, case: str) -> None:
    tab(clerk, "Vụ việc")
    field = clerk.get_by_label("Vụ việc đã được đồng ý")
    field.select_option(next(one for one in field.locator("option").all_inner_texts() if one.startswith(case)))
    clerk.get_by_label("Nội dung công khai").fill("Khiếu nại về bồi thường đất, xã Thanh Lộc")
    press(clerk, "Thêm vụ việc")
    expect(clerk.get_by_role("heading", name=case)).to_be_visible()
    fits(clerk)

    tab(clerk, "Điểm cầu & thành phần")
    expect(clerk.get_by_text("Chưa chọn điểm cầu thành phần.").first).to_be_visible()
    for at, hall in enumerate(HALLS):
        halls = clerk.get_by_label("Điểm cầu", exact=True)
        halls.select_option(next(one for one in halls.locator("option").all_inner_texts() if one.startswith(hall)))
        clerk.get_by_label("Tham gia là").select_option("Trung tâm" if at == 0 else "Thành phần")
        press(clerk, "Thêm điểm cầu")
        expect(clerk.get_by_role("heading", name=hall, exact=False).first).to_be_visible()
    centre, commune, department, ward = HALLS
    seat(clerk, centre, "Cơ quan tham mưu", name="Đặng Hữu Phước", agency=department)
    seat(clerk, department, "Cơ quan liên quan", name="Lâm Thị Thảo", agency=department)
    seat(clerk, ward, "Cơ quan liên quan", name="Lương Thị Kim", agency="Ủy ban nhân dân phường Hòa Bình")
    seat(clerk, commune, "Công dân", citizen=f"{case}: {CITIZEN}")
    for hall in HALLS[1:]:
        clerk.get_by_role("checkbox", name=f"{case}: {hall}").check()
    press(clerk, "Lưu bảng")
    wish = clerk.get_by_role("region", name="Nguyện vọng điểm cầu của công dân")
    wish.get_by_label(case).select_option(commune)
    press(wish, "Ghi nguyện vọng điểm cầu của công dân")
    expect(clerk.get_by_text("công dân chọn").first).to_be_visible()
    fits(clerk)
    picture(clerk, "diem-cau-thanh-phan")


def seat(page: Page, hall: str, role: str, *, name: str = "", agency: str = "", citizen: str = "") -> None:
    card = page.locator("section").filter(has=page.get_by_role("region", name=f"Thành phần tại {hall}"))
    card.get_by_role("link", name="Thêm người").click()
    page.get_by_label("Vai trò").select_option(role)
    if citizen:
        page.get_by_label("Công dân của vụ việc").select_option(citizen)
    else:
        page.get_by_label("Họ tên").fill(name)
        page.get_by_label("Cơ quan", exact=True).select_option(agency)
    press(page, "Thêm người")
    expect(page.get_by_role("rowheader", name=name or CITIZEN).first).to_be_visible()


def secretary_is_booked_elsewhere(province: Office, clerk: Page, code: str, day: date) -> None:
    """A second reception of the same hours wants the same secretary: nothing else clashes."""
    province.stack.manage("shell", "-c", SECOND_TECHNICIAN)
    province.go(clerk, "/buoi-tiep/moi/")
    fill_plan(clerk, "Kiến nghị về thủy lợi, xã Vân Sơn", day, "Hoàng Văn Sơn", "Lê Thu Hằng", "Trịnh Hải Yến")
    clerk.get_by_label("Cấp phó chủ trì theo ủy quyền").check()
    press(clerk, "Lập buổi tiếp")
    state(clerk, "Dự thảo")
    other = code_of(clerk, r"BT-\d{4}-\d{3}")
    assert other != code

    province.go(clerk, f"/buoi-tiep/{code}/")
    warnings = clerk.get_by_role("region", name="Cảnh báo")
    expect(warnings).to_contain_text("■")
    expect(warnings).to_contain_text(
        f"Lê Thu Hằng (thư ký) đã có trong buổi tiếp {other} của Ủy ban nhân dân tỉnh Minh Châu, "
        f"08:30–11:00 {said(day)}. Chọn người khác hoặc đổi thời gian."
    )
    expect(warnings.get_by_text("đã có trong buổi tiếp")).to_have_count(1)
    picture(clerk, "trung-lich")
    clerk.get_by_role("region", name="Việc tiếp theo:").get_by_role("link", name="Sửa kế hoạch").click()
    clerk.get_by_label("Thư ký", exact=True).select_option("Đinh Công Thành")
    fits(clerk)
    clerk.locator("main form button[type=submit]").last.click()
    expect(clerk.get_by_role("region", name="Cảnh báo")).to_contain_text(NO_CLASH)
    fits(clerk)


def gets_script_and_papers(province: Office, clerk: Page, code: str) -> None:
    tab(clerk, "Kịch bản")
    expect(clerk.get_by_text("Chưa có kịch bản. Bắt đầu từ mẫu 8 mục.")).to_be_visible()
    press(clerk, "Bắt đầu từ mẫu 8 mục")
    expect(clerk.get_by_role("region", name="Thời lượng")).to_contain_text("120 / 150 phút")
    expect(clerk.get_by_role("table", name="Kịch bản buổi tiếp").locator("tbody tr")).to_have_count(8)
    fits(clerk)
    picture(clerk, "kich-ban")

    tab(clerk, "Văn bản")
    expect(clerk.get_by_text("Chưa tạo văn bản.")).to_be_visible()
    press(clerk, "Tạo bộ văn bản")
    expect(clerk.get_by_text(re.compile(r"Đã tạo (\d+)/\1 văn bản"))).to_be_visible(timeout=90_000)
    tab(clerk, "Văn bản")
    papers = clerk.get_by_role("region", name="Văn bản", exact=True).first
    for kind in ("Kế hoạch", "Kịch bản", "Giấy mời", "Thông báo", "Niêm yết", "Phiếu", "Hướng dẫn"):
        expect(papers.get_by_role("link", name=re.compile(kind)).first).to_be_visible()
    fits(clerk)
    picture(clerk, "van-ban")
