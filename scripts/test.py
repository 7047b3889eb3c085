"""«make test», «make unit», «make e2e»: run the suites and say at the end what ran and what could not."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from scripts import system, tools
from scripts.paths import BIN, PYTHON, RECORDER, REPORTS, ROOM, ROOT
from scripts.results import Tally, closing, from_go, from_junit, from_vitest
from scripts.steps import elapsed

E2E = ROOT / "tests" / "e2e"


def main(arguments: Sequence[str]) -> int:
    """Arguments: «unit», «e2e» or both; what follows «--» goes to pytest of the browser tests."""
    words = list(arguments)
    extra = words[words.index("--") + 1 :] if "--" in words else []
    wanted = words[: words.index("--")] if "--" in words else words
    started = time.monotonic()
    REPORTS.mkdir(parents=True, exist_ok=True)
    tallies: list[Tally] = []
    if "unit" in wanted:
        tallies += unit()
    if "e2e" in wanted:
        tallies.append(browser(extra))
    print(f"\nTổng thời gian: {elapsed(started)}")
    print(closing(tallies), flush=True)
    return 1 if any(tally.failed for tally in tallies) else 0


def environment() -> dict[str, str]:
    """Where the real parts lie. Tests never use the demo's data folder."""
    env = tools.django_env()
    env.setdefault("TIEPDAN_LIVEKIT_SERVER", str(BIN / "livekit-server"))
    env.setdefault("LIVEKIT_SERVER", env["TIEPDAN_LIVEKIT_SERVER"])  # the name that the Go tests read
    env["PATH"] = f"{BIN}{os.pathsep}{env.get('PATH', '')}"
    env["PLAYWRIGHT_BROWSERS_PATH"] = str(system.BROWSERS)
    found = system.chromium()
    if found:
        env["TIEPDAN_CHROMIUM"] = str(found)
    return env


def head(title: str) -> None:
    print(f"\n── {title}", flush=True)


def pytest(what: str, report: str, words: Sequence[str | Path]) -> Tally:
    """pytest speaks for itself on the console; its report is counted."""
    file = REPORTS / report
    file.unlink(missing_ok=True)
    command = [PYTHON, "-m", "pytest", "-q", f"--junit-xml={file}", *words]
    code = subprocess.call([str(word) for word in command], cwd=ROOT, env=environment())
    tally = from_junit(what, file)
    # 1 is «some failed», which the report names; whatever else went wrong may not be in it.
    if code not in (0, 1) or (code == 1 and not tally.failed):
        tally.failed.append(f"pytest đã dừng với mã {code}")
    return tally


def unit() -> list[Tally]:
    """Go beside Python: its tests mostly wait for a real server and would leave the processors idle."""
    with ThreadPoolExecutor() as pool:
        beside = pool.submit(go)
        first = python()
        second, shown = beside.result()
    head("Go")
    print(shown if second.failed else f"{second.ran} passed")
    return [first, second, typescript()]


def python() -> Tally:
    head("Python")
    tally = pytest("Python", "python.xml", ["-n", "2", f"--ignore={E2E}"])
    if names := system.missing_for_pdf():
        tally.failed.append(f"tests/documents: không tạo được PDF; cài bằng: {system.command(names)}")
    return tally


def browser(extra: Sequence[str]) -> Tally:
    head("Trình duyệt (Chromium, LiveKit và máy ghi thật)")
    tally = Tally("trình duyệt")
    if not list(E2E.glob("test_*.py")):
        tally.failed.append("tests/e2e: không có bài nào")
    elif system.chromium() is None:
        tally.failed.append(f"tests/e2e: không có Chromium; cài bằng: {system.command(['chromium'])}")
    else:
        return pytest("trình duyệt", "e2e.xml", [E2E, *extra])
    return tally


def go() -> tuple[Tally, str]:
    """The count, and what to show when something failed."""
    env = environment() | {key: value for key, value in tools.go_env().items() if key not in os.environ}
    log = REPORTS / "go.json"
    with log.open("wb") as sink:
        words = [str(tools.go()), "test", "-json", "-timeout", "10m", "./..."]
        code = subprocess.call(words, cwd=RECORDER, env=env, stdout=sink, stderr=subprocess.STDOUT)
    tally, shown = from_go("Go", log.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True))
    if code != 0 and not tally.failed:
        tally.failed.append(f"go test đã dừng với mã {code}")
    return tally, shown


def typescript() -> Tally:
    head("TypeScript")
    file = REPORTS / "room.json"
    file.unlink(missing_ok=True)
    words = ["node_modules/vitest/vitest.mjs", "run", "--reporter=default", "--reporter=json"]
    command = [str(tools.node()), *words, f"--outputFile.json={file}"]
    env = tools.npm_env() | ({} if sys.stdout.isatty() else {"NO_COLOR": "1"})
    code = subprocess.call(command, cwd=ROOM, env=env)
    tally = from_vitest("TypeScript", file)
    if code != 0 and not tally.failed:
        tally.failed.append(f"vitest đã dừng với mã {code}")
    return tally


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
