"""From «Kết thúc» to the sealed record: `python -m bench.closing [seconds …]`.

Targets: playable ≤ 1 s and sealed ≤ 5 s after closing, however long it was. Four stand-ins are the halls; two
receptions of different length are compared. Playable: a browser that opens the recording page at once shows a picture.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench.desk import Desk
from bench.report import section
from tests.e2e.halls import launch, page_of, sign_in_staff
from tests.e2e.stack import ROOT, Stack
from tests.engine import eventually

LENGTHS = (20, 120)


def main() -> None:
    lengths = [int(word) for word in sys.argv[1:]] or list(LENGTHS)
    rows = [
        "| reception | index | playable after closing | sealed after closing |",
        "|---|---|---|---|",
    ]
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        stack = Stack(Path(name))
        stack.start()
        try:
            page = page_of(launch(playwright))
            sign_in_staff(page, stack, "chu-tri")
            for seconds in lengths:
                rows.append(measure(stack, page, seconds))
        finally:
            stack.stop()
    section("Closing", "`python -m bench.closing`. Targets: playable ≤ 1 s, sealed ≤ 5 s.", rows)


def measure(stack: Stack, page: Page, seconds: int) -> str:
    code = stack.new_reception()
    chair = Desk(stack, "chu-tri")
    with halls(stack, ("trung-tam", "xa-thanh-loc")):
        eventually(lambda: chair.post(f"/phong/{code}/khai-mac/")[0] == 200, seconds=60)
        page.goto(f"{stack.address}/buoi-tiep/")
        page.wait_for_function("end => Date.now() >= end", arg=(time.time() + seconds) * 1000, timeout=0)
        closed = time.time()
        assert chair.post(f"/phong/{code}/ket-thuc/")[0] == 200
        page.goto(f"{stack.address}/ban-ghi/{code}/", wait_until="commit")
        page.wait_for_function("() => window.tiepdanPlayer?.halls().some(hall => hall.wall !== null)")
        playable = time.time() - closed
    ended, sealed = eventually(
        lambda: stack.rows("SELECT closed_at, sealed_at FROM receptions_reception WHERE code = ?", code)[0],
        lambda row: row[1] is not None,
    )
    took = (datetime.fromisoformat(sealed) - datetime.fromisoformat(ended)).total_seconds()
    takes = chair.json(f"/ban-ghi/{code}/muc-luc.json")["takes"]
    lines = chair.get(takes[0]["index"])[1].count(b"clusters")
    return f"| {seconds} s | {lines} lines | {playable:.2f} s | {took:.2f} s |"


@contextmanager
def halls(stack: Stack, names: tuple[str, ...]) -> Iterator[None]:
    """Stand-ins for halls that usually have people."""
    titles = {item["username"]: item["name"] for item in stack.slip["points"]}
    running = []
    for name in names:
        secret = stack.data / f"{name}.password"
        secret.write_text(stack.password(name))
        words = [str(ROOT / ".build/bin/standin"), "-web", stack.address, "-name", name, "-password-file", str(secret)]
        words += ["-title", titles[name]]
        running.append(subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
    try:
        yield
    finally:
        for process in running:
            process.terminate()
            process.wait(timeout=10)


if __name__ == "__main__":
    main()
