"""People at their browsers: a Chromium for each hall, since a fake camera is a file of the process; one for staff."""

from __future__ import annotations

import os
import shutil
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from tests.e2e.films import Film
from tests.e2e.stack import Stack

# Pages that are open, for the pictures of a failed test.
OPEN: list[Page] = []
SIZE = {"width": 1366, "height": 768}
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--autoplay-policy=no-user-gesture-required",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


def launch(playwright: Playwright, film: Film | None = None, *more: str) -> Browser:
    """A browser whose camera and microphone are `film`; without one it has none."""
    words = [*QUIET, *more]
    if film is not None:
        words += [
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={film.picture}",
            f"--use-file-for-fake-audio-capture={film.sound}",
        ]
    program = os.environ.get("TIEPDAN_CHROMIUM") or shutil.which("chromium")
    return playwright.chromium.launch(executable_path=program, args=words)


def page_of(browser: Browser, **context: Any) -> Page:
    """A page of its own session, which fails the test when the page's script fails."""
    made: BrowserContext = browser.new_context(viewport=SIZE, locale="vi-VN", **context)
    page = made.new_page()
    page.set_default_timeout(30_000)
    OPEN.append(page)
    page.on("pageerror", lambda error: _script_failed(error))
    return page


def _script_failed(error: object) -> None:
    raise AssertionError(f"script error in the page: {error}")


def sign_in_staff(page: Page, stack: Stack, username: str) -> None:
    page.goto(f"{stack.address}/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(stack.slip["staff_password"])
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", name="Việc của tôi hôm nay", exact=True)).to_be_visible()
    page.goto(f"{stack.address}/buoi-tiep/")


def sign_in_point(page: Page, stack: Stack, point: str, password: str = "") -> None:
    page.goto(f"{stack.address}/dang-nhap/diem-cau/")
    page.get_by_label("Tên điểm cầu").fill(point)
    page.get_by_label("Mật khẩu trên phiếu").fill(password or stack.password(point))
    page.get_by_role("button", name="Vào điểm cầu").click()


def enter_room(page: Page, stack: Stack, point: str) -> None:
    """Sign in as a hall, pass the device check step by step, and be in the room."""
    sign_in_point(page, stack, point)
    check_devices(page)
    in_room(page)


def check_devices(page: Page) -> None:
    """The device check, as an operator clicks through it: camera, speaker, microphone, rules."""
    for step in ("camera", "speaker", "microphone"):
        expect(page.locator(f"[data-step='{step}']")).to_be_visible()
        if step == "speaker":
            page.locator("[data-action='play']").click()
        if step == "microphone":
            expect(page.locator("[data-level='good']")).to_be_visible()
        page.locator("[data-action='yes']").click()
    expect(page.locator("[data-step='rules']")).to_be_visible()
    for tick in page.get_by_role("checkbox").all():
        tick.check()
    page.locator("[data-action='enter']").click()


def in_room(page: Page) -> None:
    expect(page.locator("[data-connection]")).to_have_attribute("data-connection", "connected")


def leave(page: Page) -> None:
    """Close the tab as a person does: the page says good-bye."""
    page.goto("about:blank")
    page.context.close()


def tile(page: Page, hall: str) -> Any:
    return page.locator(f"[data-hall='{hall}'][data-picture]").first


def press(page: Page, command: str, hall: str = "") -> None:
    """Not while the same command is on its way: a second press then is a double click, which the room drops."""
    place = f"[data-hall='{hall}']" if hall else ""
    page.locator(f"[data-command='{command}']{place}:not([aria-busy='true'])").first.click()


def phase(page: Page) -> str:
    return str(page.locator("[data-phase]").first.get_attribute("data-phase"))


def opens(chair: Page) -> bool:
    """Press «Khai mạc buổi tiếp» once more, unless it has been granted: until then it is refused with the reason."""
    if phase(chair) == "open":
        return True
    with chair.expect_response("**/khai-mac/"):
        press(chair, "open")
    return phase(chair) == "open"
