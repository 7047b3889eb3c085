"""A hall joins, and is given the floor: `python -m bench.joining`.

Targets: click to first remote picture ≤ 1.5 s; floor given → sound heard at the others ≤ 0.5 s. The page's own marks
(`window.tiepdan.metrics`) are read; the floor is timed between two browsers by the clock of the machine they share.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench.report import section
from tests.e2e import films
from tests.e2e.halls import enter_room, in_room, launch, opens, page_of, press, sign_in_staff
from tests.e2e.stack import Stack
from tests.engine import eventually

TIMES = 10


def main() -> None:
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        stack = Stack(folder)
        stack.start()
        try:
            reels = [films.make(folder, name, "white", tone, 0.1) for name, tone in (("centre", 600), ("commune", 850))]
            browsers = [launch(playwright, None), *(launch(playwright, reel) for reel in reels)]
            chair, centre, commune = (page_of(browser) for browser in browsers)
            sign_in_staff(chair, stack, "chu-tri")
            chair.goto(f"{stack.address}/phong/{stack.slip['reception']['code']}/")
            in_room(chair)
            enter_room(centre, stack, "trung-tam")
            enter_room(commune, stack, "xa-thanh-loc")
            joins = [join(commune) for _ in range(TIMES)]
            eventually(lambda: opens(chair), seconds=40)
            floors = [floor(chair, centre, commune) for _ in range(TIMES)]
        finally:
            stack.stop()
    rows = ["| | median | worst | target |", "|---|---|---|---|"]
    rows.append(f"| click to first remote picture | {told(joins)} | 1.5 s |")
    rows.append(f"| floor pressed → sound starts at another hall | {told(floors)} | 0.5 s |")
    about = f"{TIMES} times each, four halls and the chair on this machine, `python -m bench.joining`."
    section("Joining and the floor", about, rows)


def told(values: list[float]) -> str:
    return f"{statistics.median(values):.2f} s | {max(values):.2f} s"


def join(page: Page) -> float:
    """Seconds from asking for the room to the first remote picture, after a reload of the room page."""
    page.reload()
    in_room(page)
    page.wait_for_function("() => window.tiepdan?.metrics?.picture")
    marks = page.evaluate("() => window.tiepdan.metrics")
    return float(marks["picture"] - marks["join"]) / 1000


def floor(chair: Page, centre: Page, commune: Page) -> float:
    """Seconds from the chair's press to sound of the commune playing at the centre."""
    hall = str(commune.evaluate("() => JSON.parse(document.getElementById('room-config').textContent).hall"))
    centre.evaluate("() => { window.tiepdan.metrics.sound = null; }")
    press(chair, "floor", hall)
    centre.wait_for_function("hall => window.tiepdan.metrics.sound?.hall === hall", arg=hall)
    heard = centre.evaluate("() => performance.timeOrigin + window.tiepdan.metrics.sound.at")
    pressed = chair.evaluate("() => performance.timeOrigin + window.tiepdan.metrics.command.at")
    press(chair, "withdraw")
    commune.wait_for_function("() => document.querySelector('[data-microphone]').dataset.microphone === 'locked'")
    return float(heard - pressed) / 1000


if __name__ == "__main__":
    main()
