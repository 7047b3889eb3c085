"""One stack and one set of browsers for a test file: starting them takes longer than most tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from tests.e2e import films
from tests.e2e.desks import Office
from tests.e2e.films import Film
from tests.e2e.halls import OPEN, launch
from tests.e2e.stack import ROOT, Desks, Stack
from tests.notify.servers import Post, post

PICTURES = ROOT / ".build" / "reports" / "pictures"

# Playwright runs an event loop in this thread; Django must not take that for an asynchronous view.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
# Everything is awaited, nothing is timed: two busy cores carry five browsers, the media server and the recorders.
expect.set_options(timeout=30_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "e2e" in Path(str(item.fspath)).parts:
            item.add_marker(pytest.mark.e2e)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """What everybody saw when a test failed, as pictures beside the reports."""
    report = yield
    if call.excinfo is not None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        for number, page in enumerate(page for page in OPEN if not page.is_closed()):
            page.screenshot(path=PICTURES / f"{item.name}-{number}.png")
    return report


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def reels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Film]:
    folder = tmp_path_factory.mktemp("films")
    return {
        "trung-tam": films.make(folder, "trung-tam", "0x0B4F79", 600),
        "xa-thanh-loc": films.make(folder, "xa-thanh-loc", "0x1E6B3A", 850),
    }


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    running = Stack(tmp_path_factory.mktemp("stack"))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def centre(playwright: Playwright, reels: dict[str, Film]) -> Iterator[Browser]:
    yield from _open(playwright, reels["trung-tam"])


@pytest.fixture(scope="module")
def commune(playwright: Playwright, reels: dict[str, Film]) -> Iterator[Browser]:
    yield from _open(playwright, reels["xa-thanh-loc"])


@pytest.fixture(scope="module")
def office(playwright: Playwright) -> Iterator[Browser]:
    """The browser of the staff: no camera."""
    yield from _open(playwright, None)


def _open(playwright: Playwright, film: Film | None) -> Iterator[Browser]:
    browser = launch(playwright, film)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desks, Post]]:
    """The office half, with a mail server of its own: one for all files about desks."""
    with post() as receiver:
        settings = {
            "TIEPDAN_SMTP_HOST": "127.0.0.1",
            "TIEPDAN_SMTP_PORT": str(receiver.port),
            "TIEPDAN_SMTP_SECURITY": "none",
            "TIEPDAN_SMTP_FROM": "tiepcongdan@minhchau.example",
        }
        running = Desks(tmp_path_factory.mktemp("desks"), **settings)
        running.start()
        yield running, receiver
        running.stop()


@pytest.fixture(scope="module")
def province(desks: tuple[Desks, Post], office: Browser, tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(desks[0], office, desks[1], tmp_path_factory.mktemp("papers"))
