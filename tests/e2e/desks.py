"""People at their desks before the day: signing in, taking in a case, dates that the law allows, papers, pictures."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.halls import page_of
from tests.e2e.stack import ROOT, Desks
from tests.notify.servers import Post
from tiepdan.law.milestones import VIETNAM, earliest_day
from tiepdan.law.profiles import DEFAULT, profile
from tiepdan.law.workdays import Calendar

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
REASON = (
    "Vụ việc kéo dài từ năm 2021, bốn cơ quan cùng giải quyết mà chưa thống nhất đơn giá; "
    "cần lãnh đạo tỉnh đối thoại cùng lúc với công dân và các cơ quan."
)


@dataclass
class Office:
    """The running stack, a browser for all desks (each has its own session), and the mail server of the province."""

    stack: Desks
    browser: Browser
    post: Post
    folder: Path

    def desk(self, username: str, **context: Any) -> Page:
        """A page of somebody who has signed in."""
        page = page_of(self.browser, **context)
        page.goto(f"{self.stack.address}/dang-nhap/")
        page.get_by_label("Tên đăng nhập").fill(username)
        page.get_by_label("Mật khẩu").fill(self.stack.slip["staff_password"])
        page.get_by_role("button", name="Đăng nhập").click()
        expect(page.get_by_role("heading", name="Việc của tôi hôm nay", exact=True)).to_be_visible()
        return page

    def street(self, **context: Any) -> Page:
        """A page of somebody who has not signed in."""
        return page_of(self.browser, **context)

    def go(self, page: Page, path: str) -> None:
        answer = page.goto(self.stack.address + path)
        assert answer is not None and answer.ok, f"{path}: {answer and answer.status}"

    def paper(self, name: str, text: str) -> Path:
        """A real PDF with a line of text."""
        file = self.folder / name
        page = self.browser.new_page()
        page.set_content(f"<h1>{text}</h1>")
        page.pdf(path=file)
        page.close()
        return file

    def photo(self, name: str, text: str) -> Path:
        """A real JPEG."""
        file = self.folder / name
        page = self.browser.new_page(viewport={"width": 320, "height": 240})
        page.set_content(f"<h1>{text}</h1>")
        page.screenshot(path=file, type="jpeg")
        page.close()
        return file

    def table(self) -> Calendar:
        """The province's table of working days, as the pages read it."""
        rows = self.stack.rows("SELECT d.day, d.kind, y.year FROM policy_day d JOIN policy_year y ON y.id = d.year_id")
        off = {date.fromisoformat(day) for day, kind, _ in rows if kind == "off"}
        worked = {date.fromisoformat(day) for day, kind, _ in rows if kind == "work"}
        return Calendar(frozenset(off), frozenset(worked), frozenset(year for *_, year in rows))

    def earliest(self) -> date:
        """The first day of a reception for which the notice can still be given in time."""
        return earliest_day(profile(DEFAULT), today(), self.table())

    def mails(self, word: str) -> list[tuple[str, str]]:
        """(receiver, subject) of the messages that came in and have the word in their subject."""
        found = [(str(one["To"]), str(one["Subject"])) for one in self.post.messages]
        return sorted(pair for pair in found if word in pair[1])


def today() -> date:
    return datetime.now(VIETNAM).date()


def said(day: date) -> str:
    """«thứ Năm 10/12/2026»"""
    return f"{WEEKDAYS[day.weekday()]} {day:%d/%m/%Y}"


def alert(page: Page, sentence: str) -> None:
    """The page refuses with exactly this sentence, at a field or above the form."""
    places = page.locator("[role='alert'], .field-error, .notice-warning, .notice-error, .notice-danger")
    expect(places.filter(has_text=sentence).first).to_be_visible()


def state(page: Page, word: str) -> None:
    """The state in the head of a case or a plan."""
    expect(page.locator(".page-head .state").first).to_have_text(re.compile(rf"^\W*{re.escape(word)}$"))


def menu(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Menu chính").get_by_role("link", name=name, exact=True).click()


def tab(page: Page, name: str) -> None:
    page.locator(".tabs").get_by_role("link", name=name, exact=True).click()


def press(page: Page | Locator, name: str) -> None:
    """Press a button. One that sends a form returns on the page that answers: the script asks the server first whether
    the session still holds, so the click alone is over before anything was sent."""
    button = page.get_by_role("button", name=name, exact=True)
    if not button.evaluate(_SENDS):
        button.click()
        return
    with (page if isinstance(page, Page) else page.page).expect_navigation(wait_until="domcontentloaded"):
        button.click()


_SENDS = """button => button.type === "submit" && button.form !== null
    && !button.form.closest("[hx-post], [hx-boost]") && !button.matches("[hx-post], [hx-get]")
    && button.form.target !== "_blank" && button.formTarget !== "_blank" """


def confirm(page: Page, name: str) -> None:
    """Press a button whose second step is the browser's own question; returns when the server has answered."""
    page.once("dialog", lambda dialog: dialog.accept())
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        press(page, name)


def code_of(page: Page, pattern: str) -> str:
    """The code in the address, of the right shape: «VV-2026-0041», «BT-2026-012»."""
    found = re.search(rf"/({pattern})/", page.url)
    assert found, page.url
    return found[1]


def fits(page: Page) -> None:
    """No page is wider than its window."""
    page.wait_for_load_state()
    page.locator("main").wait_for()
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide"


def picture(page: Page, name: str) -> None:
    """For the documentation, when somebody asks: TIEPDAN_E2E_PICTURES names the folder."""
    folder = os.environ.get("TIEPDAN_E2E_PICTURES")
    if folder:
        page.screenshot(path=ROOT / folder / f"{name}.png")


def read_pdf(office: Office, page: Page) -> str:
    """The words of a paper's PDF, from the paper's page, when the worker has made it."""
    link = page.get_by_role("link", name="Tải PDF")
    expect(link).to_be_visible(timeout=60_000)
    with page.expect_download() as coming:
        link.click()
    file = office.folder / "tai-ve.pdf"
    coming.value.save_as(file)
    assert file.read_bytes().startswith(b"%PDF-")
    return subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout


# A case


def fill_intake(page: Page, summary: str, kind: str, **more: str) -> None:
    """Everything but the number of the identity paper."""
    person = page.get_by_role("group", name="1. Người đến trình bày")
    person.get_by_label("Họ tên", exact=True).fill(more.get("name", "Trần Thị Bưởi"))
    person.get_by_label("Địa chỉ", exact=True).first.fill("Thôn 2, xã Thanh Lộc")
    person.get_by_label("Thư điện tử").fill(more.get("email", ""))
    content = page.get_by_role("group", name="2. Nội dung")
    content.get_by_label("Loại", exact=True).select_option(kind)
    content.get_by_label("Tóm tắt").fill(summary)
    content.get_by_label("Nội dung", exact=True).fill(f"{summary}. Đề nghị được đối thoại với lãnh đạo tỉnh.")
    content.get_by_label("Số người").fill(more.get("people", "1"))
    content.get_by_label("Xã, phường nơi phát sinh").select_option("Ủy ban nhân dân xã Thanh Lộc")
    content.get_by_label("Cơ quan tham mưu").select_option("Sở Nông nghiệp và Môi trường")


def take_in(office: Office, page: Page, summary: str, kind: str = "Khiếu nại", **more: str) -> str:
    """«Tiếp nhận vụ việc» to the page of the new case; returns its code."""
    office.go(page, "/vu-viec/moi/")
    fill_intake(page, summary, kind, **more)
    page.get_by_label("Số giấy tờ").fill(more.get("number", "036185002345"))
    press(page, "Lưu")
    expect(page.get_by_role("heading", name=summary)).to_be_visible()
    return code_of(page, r"VV-\d{4}-\d{4}")


def approved(office: Office, clerk: Page, head: Page, summary: str, **more: str) -> str:
    """A case that the head has agreed to receive online; returns its code."""
    code = take_in(office, clerk, summary, **more)
    tab(clerk, "Căn cứ tiếp trực tuyến")
    tick_ground(clerk, "a)")
    press(clerk, "Trình lãnh đạo")
    state(clerk, "Đã trình")
    office.go(head, f"/vu-viec/{code}/quyet-dinh/")
    press(head, "Đồng ý tiếp trực tuyến")
    state(head, "Đã đồng ý tiếp trực tuyến")
    return code


def ground(page: Page, letter: str) -> Locator:
    return page.locator(".choice").filter(has=page.get_by_role("checkbox", name=letter))


def tick_ground(page: Page, letter: str, reason: str = REASON) -> None:
    ground(page, letter).get_by_role("checkbox").check()
    ground(page, letter).get_by_label("Lý do cụ thể trong vụ việc này").fill(reason)
