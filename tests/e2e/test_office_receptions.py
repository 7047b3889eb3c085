"""Journeys J3 and J4: a reception is planned, published and announced by letters; then it is changed, and put off."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.desks import (
    Office,
    alert,
    approved,
    confirm,
    fits,
    menu,
    picture,
    press,
    said,
    state,
    tab,
)
from tests.e2e.plans import (
    CITIZEN,
    CITIZEN_MAIL,
    TITLE,
    gets_matter_halls_and_seats,
    gets_script_and_papers,
    is_planned,
    secretary_is_booked_elsewhere,
)
from tests.engine import eventually

RECEIVERS = {
    "can-bo@minhchau.example",
    "xa-thanh-loc@minhchau.example",
    "co-quan@minhchau.example",
    "phuong-hoa-binh@minhchau.example",
    CITIZEN_MAIL,
}
POSTPONE_NEEDS = "Hoãn phải ghi lý do và thời gian dự kiến tiếp (khoản 4 Điều 24 Luật Tiếp công dân)."


@pytest.fixture(scope="module")
def clerk(province: Office) -> Page:
    return province.desk("can-bo")


@pytest.fixture(scope="module")
def head(province: Office) -> Page:
    return province.desk("lanh-dao")


@pytest.fixture(scope="module")
def days(province: Office) -> tuple[date, date]:
    """Two working days in a row, not the first lawful ones, on which the seeded province has nothing yet."""
    table = province.table()
    taken = {
        date.fromisoformat(day) for (day,) in province.stack.rows("SELECT date(starts_at) FROM receptions_reception")
    }
    day = table.shift(province.earliest(), 2)
    while day in taken or table.shift(day, 1) in taken:
        day = table.shift(day, 1)
    return day, table.shift(day, 1)


@pytest.fixture(scope="module")
def case(province: Office, clerk: Page, head: Page) -> str:
    facts = {"name": CITIZEN, "email": CITIZEN_MAIL, "number": "036185007788"}
    return approved(province, clerk, head, "Khiếu nại mức bồi thường khi làm hồ chứa", **facts)


@pytest.fixture(scope="module")
def code(province: Office, clerk: Page, head: Page, days: tuple[date, date], case: str) -> str:
    """The reception of J3, planned, approved, published and announced."""
    code = is_planned(province, clerk, days[0])
    gets_matter_halls_and_seats(province, clerk, code, case)
    secretary_is_booked_elsewhere(province, clerk, code, days[0])
    gets_script_and_papers(province, clerk, code)
    _is_approved_and_published(province, clerk, head, code, case)
    _letters_are_sent(province, clerk, code)
    return code


def test_j3_a_reception_is_planned_published_and_announced(
    province: Office, clerk: Page, code: str, days: tuple[date, date]
) -> None:
    _the_milestone_is_met(province, clerk, code, days[0])
    _an_agency_confirms(province, clerk, code)


def _is_approved_and_published(province: Office, clerk: Page, head: Page, code: str, case: str) -> None:
    province.go(clerk, f"/buoi-tiep/{code}/phien-ban/")
    expect(clerk.get_by_text("Chưa công bố được: kế hoạch chưa được duyệt.")).to_be_visible()
    expect(clerk.get_by_role("button", name="Công bố lịch", exact=True)).to_be_disabled()
    province.go(clerk, f"/buoi-tiep/{code}/")
    confirm(clerk, "Trình duyệt")
    state(clerk, "Đã trình")

    menu(head, "Chờ phê duyệt")
    head.get_by_role("listitem").filter(has_text=code).get_by_role("link", name="Xem và quyết định").click()
    fits(head)
    press(head, "Duyệt kế hoạch")
    state(head, "Đã duyệt")

    province.go(clerk, f"/buoi-tiep/{code}/phien-ban/")
    confirm(clerk, "Công bố lịch")
    state(clerk, "Đã công bố")
    province.go(clerk, f"/buoi-tiep/{code}/phien-ban/")
    expect(clerk.get_by_role("heading", name="Phiên bản 1")).to_be_visible()
    fits(clerk)
    _the_public_reads_no_name(province, code, case)


def _the_public_reads_no_name(province: Office, code: str, case: str) -> None:
    street = province.street()
    for path in ("/cong-khai/", f"/cong-khai/{code}/", f"/cong-khai/{code}/niem-yet/"):
        province.go(street, path)
        words = street.locator("body").inner_text()
        assert TITLE in words and code in words, path
        for secret in (CITIZEN, case, "Thôn 2", CITIZEN_MAIL, "036185007788", "Trần Quốc Bảo"):
            assert secret not in words, (path, secret)
        fits(street)
        picture(street, "cong-khai" + path.removeprefix("/cong-khai").replace("/", "-").rstrip("-"))
    assert street.context.cookies() == []
    assert CITIZEN not in province.stack.get("/cong-khai/rss.xml").decode()
    street.context.close()


def _letters_are_sent(province: Office, clerk: Page, code: str) -> None:
    tab(clerk, "Giấy mời")
    expect(clerk.get_by_text("Chưa gửi được: giấy mời chưa ký, chưa cấp số.").first).to_be_visible()
    expect(clerk.get_by_role("button", name="Gửi tất cả")).to_be_disabled()
    assert province.mails(code) == []
    confirm(clerk, "Cấp số và phát hành tất cả")
    eventually(lambda: _may_be_sent(clerk), seconds=90)
    clerk.get_by_role("link", name="Xem trước").click()
    expect(clerk.get_by_role("heading", name=CITIZEN)).to_be_visible()
    letter = clerk.get_by_role("region", name=CITIZEN)
    expect(letter).to_contain_text("được ghi âm, ghi hình toàn bộ theo Điều 24 Nghị định số 154/2026/NĐ-CP")
    expect(letter).not_to_contain_text("mật khẩu")
    fits(clerk)
    picture(clerk, "giay-moi-xem-truoc")
    press(clerk, "Gửi tất cả")

    rows = clerk.get_by_role("region", name="Bảng giấy mời").locator("tbody tr")
    expect(rows).to_have_count(5)
    eventually(lambda: len(province.mails(code)), lambda sent: sent >= 5, seconds=60)
    clerk.reload()
    expect(rows.filter(has_text="Đã gửi")).to_have_count(5)
    expect(clerk.get_by_text("đã gửi 5/5 · đã xác nhận 0/5")).to_be_visible()
    fits(clerk)
    picture(clerk, "giay-moi")
    _each_got_one_mail(province, code)


def _may_be_sent(clerk: Page) -> bool:
    """Numbered and issued, and the worker has made the PDF of every letter."""
    clerk.reload()
    return clerk.get_by_text("Đang tạo bản PDF của giấy mời.").count() == 0


def _each_got_one_mail(province: Office, code: str) -> None:
    mails = province.mails(code)
    assert {to for to, _ in mails} == RECEIVERS
    assert len(mails) == len(RECEIVERS)
    for to, subject in mails:
        what = "Thông báo tiếp công dân" if to == CITIZEN_MAIL else "Giấy mời dự buổi tiếp công dân"
        assert subject == f"{what} trực tuyến {code}"
    for message in province.post.messages:
        if code in str(message["Subject"]):
            papers = list(message.iter_attachments())
            # With the letter to a hall goes its guide.
            assert len(papers) == (1 if message["To"] == CITIZEN_MAIL else 2)
            for paper in papers:
                assert paper.get_content_type() == "application/pdf"
                assert bytes(paper.get_content()).startswith(b"%PDF-")


def _the_milestone_is_met(province: Office, clerk: Page, code: str, day: date) -> None:
    province.go(clerk, f"/buoi-tiep/{code}/")
    notice = clerk.get_by_role("region", name="Mốc thời hạn").get_by_role("listitem").first
    expect(notice).to_contain_text("Niêm yết lịch tiếp")
    expect(notice).to_contain_text(said(province.table().shift(day, -5)))
    expect(notice.locator(".state")).to_have_text(re.compile(r"✓\s*Đạt"))
    picture(clerk, "ke-hoach")


def _an_agency_confirms(province: Office, clerk: Page, code: str) -> None:
    officer = province.desk("co-quan")
    picture(officer, "co-quan-viec-cua-toi")
    menu(officer, "Giấy mời")
    fits(officer)
    officer.get_by_role("link", name=code).click()
    fits(officer)
    officer.get_by_label("Lý do").fill("Trùng lịch họp của Hội đồng nhân dân.")
    press(officer, "Báo không dự")
    alert(officer, "Cơ quan tham mưu bắt buộc có mặt; hãy cử người thay.")
    expect(officer.get_by_label("Lý do")).to_have_value("Trùng lịch họp của Hội đồng nhân dân.")
    officer.get_by_label("Người tham dự").first.fill("Đặng Hữu Phước, Phó Giám đốc Sở")
    press(officer, "Xác nhận tham dự")
    expect(officer.get_by_role("status").filter(has_text="Đã xác nhận").first).to_be_visible()

    province.go(clerk, f"/buoi-tiep/{code}/giay-moi/")
    row = clerk.get_by_role("row").filter(has_text="co-quan@minhchau.example")
    expect(row).to_contain_text("Đã xác nhận")
    expect(row).to_contain_text("Đặng Hữu Phước")
    expect(clerk.get_by_text("đã gửi 5/5 · đã xác nhận 1/5")).to_be_visible()


def test_j4_another_time_becomes_version_2(province: Office, clerk: Page, code: str, days: tuple[date, date]) -> None:
    """What differs is shown before, who must be told too; confirmations of the old time do not count any more."""
    province.go(clerk, f"/buoi-tiep/{code}/")
    clerk.get_by_role("link", name="Đổi thời gian").click()
    fits(clerk)
    _too_early_is_refused(province, clerk)
    clerk.get_by_label("Ngày tiếp").fill(days[1].isoformat())
    press(clerk, "Xem thay đổi")
    expect(clerk.locator("ins.diff").filter(has_text=f"{days[1]:%d/%m/%Y}").first).to_be_visible()
    expect(clerk.locator("del.diff").filter(has_text=f"{days[0]:%d/%m/%Y}").first).to_be_visible()
    expect(clerk.get_by_text("Phải báo 5 nơi:")).to_be_visible()
    expect(clerk.get_by_label("Lý do thay đổi")).to_have_value("Hội trường trung tâm sửa điện.")
    fits(clerk)
    picture(clerk, "doi-thoi-gian")
    press(clerk, "Công bố phiên bản 2")
    expect(clerk.locator("#messages").get_by_role("status")).to_be_visible()
    province.go(clerk, f"/buoi-tiep/{code}/phien-ban/")
    expect(clerk.get_by_role("heading", name="Phiên bản 2")).to_be_visible()
    expect(clerk.get_by_text("phiên bản 2; đã thông báo 5/5, đã xác nhận 0/5.")).to_be_visible()
    fits(clerk)
    picture(clerk, "phien-ban")

    province.go(clerk, f"/buoi-tiep/{code}/giay-moi/")
    row = clerk.get_by_role("row").filter(has_text="co-quan@minhchau.example")
    expect(row).to_contain_text("Đã gửi")
    expect(row).not_to_contain_text("Đã xác nhận")
    expect(clerk.get_by_text("đã xác nhận 0/5")).to_be_visible()
    _the_change_waits_for_one_look(province, clerk, code)

    street = province.street()
    province.go(street, f"/cong-khai/{code}/")
    expect(street.get_by_text("Đổi lịch")).to_be_visible()
    expect(street.get_by_text(said(days[1])).first).to_be_visible()
    assert CITIZEN not in street.locator("body").inner_text()
    street.context.close()


def _too_early_is_refused(province: Office, clerk: Page) -> None:
    near = province.table().shift(province.earliest(), -1)
    clerk.get_by_label("Ngày tiếp").fill(near.isoformat())
    clerk.get_by_label("Lý do thay đổi").fill("Hội trường trung tâm sửa điện.")
    press(clerk, "Xem thay đổi")
    alert(clerk, "Dời lên sớm hơn phải còn đủ 05 ngày làm việc.")
    expect(clerk.get_by_label("Ngày tiếp")).to_have_value(near.isoformat())
    expect(clerk.get_by_label("Lý do thay đổi")).to_have_value("Hội trường trung tâm sửa điện.")


def _the_change_waits_for_one_look(province: Office, clerk: Page, code: str) -> None:
    """Five drafts in «Hộp gửi»; nothing leaves before the clerk has looked, then each leaves once."""
    assert len(province.mails(code)) == 5
    menu(clerk, "Hộp gửi")
    fits(clerk)
    clerk.get_by_label("Tìm", exact=False).first.fill(code)
    press(clerk, "Lọc")
    ticks = clerk.get_by_role("checkbox", name="Chọn thư gửi")
    expect(ticks).to_have_count(5)
    picture(clerk, "hop-gui")
    for tick in ticks.all():
        tick.check()
    press(clerk, "Gửi mục đã chọn")
    eventually(lambda: len(province.mails(code)), lambda sent: sent >= 10, seconds=60)
    mails = province.mails(code)
    assert len(mails) == 10 and len(set(mails)) == 10, mails
    assert all(len([1 for to, _ in mails if to == one]) == 2 for one in RECEIVERS)


def test_j4_postponed_is_said_in_public(province: Office, clerk: Page, code: str, days: tuple[date, date]) -> None:
    province.go(clerk, f"/buoi-tiep/{code}/")
    clerk.get_by_role("link", name="Hoãn").click()
    fits(clerk)
    clerk.get_by_label("Lý do hoãn").fill("Người chủ trì đi công tác đột xuất.")
    press(clerk, "Hoãn và công bố")
    alert(clerk, POSTPONE_NEEDS)
    expect(clerk.get_by_label("Lý do hoãn")).to_have_value("Người chủ trì đi công tác đột xuất.")
    later = province.table().shift(days[1], 5)
    clerk.get_by_label("Thời gian dự kiến tiếp").fill(later.isoformat())
    press(clerk, "Hoãn và công bố")
    state(clerk, "Hoãn")
    fits(clerk)

    street = province.street(java_script_enabled=False)
    for path in ("/cong-khai/", f"/cong-khai/{code}/"):
        province.go(street, path)
        place = street.get_by_role("article").filter(has_text=code) if path == "/cong-khai/" else street.locator("main")
        expect(place).to_contain_text("Hoãn")
        expect(place).to_contain_text("Người chủ trì đi công tác đột xuất.")
        expect(place).to_contain_text(said(later))
        fits(street)
    picture(street, "cong-khai-hoan")
    street.context.close()
    assert len(province.mails(code)) == 10


def test_the_public_schedule_works_without_script(province: Office) -> None:
    """The seeded reception is there with its day; a search of accent-free words finds it."""
    street = province.street(java_script_enabled=False)
    province.go(street, "/cong-khai/")
    street.get_by_label("Tìm cơ quan, xã, nội dung").fill("tai dinh cu tuyen kenh")
    press(street, "Tìm")
    cards = street.get_by_role("article")
    expect(cards).to_have_count(1)
    expect(cards.first).to_contain_text("tái định cư tuyến kênh Thanh Lộc")
    cards.first.get_by_role("link").first.click()
    expect(street.get_by_text("Điểm cầu công dân có thể đến")).to_be_visible()
    fits(street)
    assert "Hà Thị Mận" not in street.locator("body").inner_text()
    street.get_by_role("link", name="Bản niêm yết A4").click()
    expect(street.get_by_text("tái định cư tuyến kênh Thanh Lộc").first).to_be_visible()
