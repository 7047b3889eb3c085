"""A hall joins, and is given the floor: `python -m bench.joining`.

Targets: click to first remote picture ≤ 1.5 s; floor given → sound heard at the others ≤ 0.5 s. The page's own marks
(`window.tiepdan.metrics`) are read.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench.closing import halls
from bench.report import section
from tests.e2e import films
from tests.e2e.halls import enter_room, in_room, launch, leave, opens, page_of, press, sign_in_staff
from tests.e2e.stack import Stack
from tests.engine import eventually

TIMES = 10


def main() -> None:
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        stack = Stack(folder)
        stack.start()
        try:
            film = films.make(folder, "commune", "white", 850, 0.1)
            chair, commune, centre = (page_of(launch(playwright, reel)) for reel in (None, film, film))
            sign_in_staff(chair, stack, "chu-tri")
            chair.goto(f"{stack.address}/phong/{stack.slip['reception']['code']}/")
            in_room(chair)
            enter_room(centre, stack, "trung-tam")
            enter_room(commune, stack, "xa-thanh-loc")
            joins = [join(commune) for _ in range(TIMES)]
            # From here a stand-in is the centre: three browsers without a graphics card leave two cores no time.
            leave(centre)
            with halls(stack, ("trung-tam",)):
                eventually(lambda: opens(chair), seconds=40)
                floors = [floor(chair, commune) for _ in range(TIMES)]
        finally:
            stack.stop()
    rows = ["| | median | worst | target |", "|---|---|---|---|"]
    rows.append(f"| click to first remote picture | {told(joins)} | 1.5 s |")
    rows.append(f"| floor pressed → sound of the hall starts at the chair's desk | {told(floors)} | 0.5 s |")
    about = (
        f"{TIMES} times each, `python -m bench.joining`. On this machine: the servers, two recorders, three stand-ins, "
        "and browsers without a graphics card: three while a hall joins, two (the hall and the chair) for the floor."
    )
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


def floor(chair: Page, commune: Page) -> float:
    """Seconds from the chair's press to the first audible sound of the commune at the chair's desk."""
    hall = str(commune.evaluate("() => JSON.parse(document.getElementById('room-config').textContent).hall"))
    chair.evaluate("() => { window.tiepdan.metrics.sound = null; }")
    press(chair, "floor", hall)
    chair.wait_for_function("hall => window.tiepdan.metrics.sound?.hall === hall", arg=hall)
    heard, pressed = chair.evaluate("() => [window.tiepdan.metrics.sound.at, window.tiepdan.metrics.command.at]")
    press(chair, "withdraw")
    commune.wait_for_function("() => document.querySelector('[data-microphone]').dataset.microphone === 'locked'")
    return float(heard - pressed) / 1000


if __name__ == "__main__":
    main()
