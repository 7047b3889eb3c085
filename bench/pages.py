"""Pages of the seeded province at 20 requests a second: `python -m bench.pages` (target: p95 ≤ 100 ms).

The whole demo runs beside it (LiveKit, recorders, stand-ins in the room), and so does the client, on the same machine.
"""

from __future__ import annotations

import statistics
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path

from bench.desk import Desk
from bench.report import section
from tests.e2e.stack import Stack

RATE = 20
SECONDS = 30


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        stack = Stack(Path(folder))
        stack.start()
        try:
            times = measure(stack)
        finally:
            stack.stop()
    rows = ["| page | requests | median | p95 | worst |", "|---|---|---|---|---|"]
    for page, values in [*sorted(times.items()), ("all", [value for found in times.values() for value in found])]:
        rows.append(
            f"| {page} | {len(values)} | {statistics.median(values) * 1000:.0f} ms "
            f"| {percentile(values, 95) * 1000:.0f} ms | {max(values) * 1000:.0f} ms |"
        )
    section("Pages", f"{RATE} requests/s for {SECONDS} s, `python -m bench.pages`. Target: p95 ≤ 100 ms.", rows)


def measure(stack: Stack) -> dict[str, list[float]]:
    code = stack.slip["reception"]["code"]
    desks = [Desk(stack, name) for name in ("chu-tri", "ky-thuat", "thu-ky")]
    pages = {
        "list of receptions": "/buoi-tiep/",
        "reception": f"/buoi-tiep/{code}/",
        "room": f"/phong/{code}/",
        "room state": f"/phong/{code}/trang-thai.json",
        "recording": f"/ban-ghi/{code}/",
        "catalogue": f"/ban-ghi/{code}/muc-luc.json",
        "sign-in": "/dang-nhap/",
    }
    times: dict[str, list[float]] = defaultdict(list)
    lock = threading.Lock()

    def ask(number: int) -> None:
        page, path = list(pages.items())[number % len(pages)]
        start = time.perf_counter()
        status, _ = desks[number % len(desks)].get(path)
        took = time.perf_counter() - start
        assert status == 200 or (page == "sign-in" and status == 302), (path, status)
        with lock:
            times[page].append(took)

    threads = []
    begin = time.perf_counter()
    for number in range(RATE * SECONDS):
        # An open loop: a slow answer does not delay the next request, as with people.
        time.sleep(max(0.0, begin + number / RATE - time.perf_counter()))
        thread = threading.Thread(target=ask, args=(number,))
        thread.start()
        threads.append(thread)
    for thread in threads:
        thread.join()
    return times


def percentile(values: list[float], share: int) -> float:
    return sorted(values)[min(len(values) - 1, round(len(values) * share / 100))]


if __name__ == "__main__":
    main()
