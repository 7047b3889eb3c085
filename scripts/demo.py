"""«make demo» and «make dev»: the whole system on one machine, until Ctrl-C."""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from types import FrameType
from typing import Any

from scripts import ports
from scripts.bound import die_with_parent
from scripts.narrator import Narrator
from scripts.paths import JOURNALS, PYTHON, ROOT, RUN, VAR
from scripts.programs import LIVEKIT_CONFIG, environment, programs, web_address
from scripts.supervision import Program, supervisor, write
from scripts.table import table

READY_SECONDS = 60.0


def main() -> int:
    options = read()
    try:
        with the_only_one():
            return run(options.dev)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1


class Trouble(Exception):
    """Why the demo cannot start, for the person at the keyboard."""


def read() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument("--dev", action="store_true", help="DEBUG, reload, the island rebuilt on change")
    return parser.parse_args()


@contextmanager
def the_only_one() -> Iterator[None]:
    """Two demos on the same database and recordings would fight."""
    RUN.mkdir(parents=True, exist_ok=True)
    with (RUN / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Trouble("Bản demo của thư mục này đang chạy ở một cửa sổ khác. Dừng nó (Ctrl-C) trước.") from None
        yield


def run(dev: bool) -> int:
    if complaints := ports.complaints():
        raise Trouble("\n".join(complaints))
    env = environment(dev)
    demo = prepare(env)
    wanted = programs(demo, dev)
    config = write(wanted)
    print(table(demo), flush=True)
    if "MAKELEVEL" in os.environ:
        # make itself may be killed hard; what it started is then to end as well.
        die_with_parent(signal.SIGTERM)
    return watch(subprocess.Popen(supervisor(config), env=env, cwd=ROOT, **quiet()), wanted)


def quiet() -> dict[str, Any]:
    """The supervisor stands in a session of its own: Ctrl-C reaches it through us, once and in order."""
    return {
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.PIPE,
        "stderr": subprocess.STDOUT,
        "text": True,
        "start_new_session": True,
    }


def prepare(env: Mapping[str, str]) -> dict[str, Any]:
    """Seed and write down the demo's people and secrets."""
    manage(env, "demo", "prepare")
    manage(env, "livekit_config", str(LIVEKIT_CONFIG))
    found: dict[str, Any] = json.loads((VAR / "demo.json").read_text(encoding="utf-8"))
    return found


def manage(env: Mapping[str, str], *words: str) -> None:
    answer = subprocess.run(
        [PYTHON, ROOT / "manage.py", *words], env=dict(env), cwd=ROOT, capture_output=True, text=True
    )
    if answer.returncode != 0:
        raise Trouble(f"Không chuẩn bị được dữ liệu mẫu ({' '.join(words)}):\n{answer.stdout}{answer.stderr}")


def watch(process: subprocess.Popen[str], wanted: list[Program]) -> int:
    """Tell what happens until the supervisor has ended."""
    narrator = Narrator({one.name: one.title for one in wanted}, shown(JOURNALS))
    ended = Event()

    def stop(number: int, frame: FrameType | None) -> None:
        if not narrator.stopping:
            narrator.stopping = True
            print("\nĐang dừng tất cả…", flush=True)
        process.send_signal(signal.SIGTERM)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    Thread(target=tell_ready, args=(narrator, ended, len(wanted)), daemon=True).start()
    for line in process.stdout or ():
        if told := narrator.hear(line):
            print(told, flush=True)
    code = process.wait()
    ended.set()
    if narrator.stopping:
        print("Đã dừng tất cả.", flush=True)
        return 0
    print(
        f"✗ Chương trình giám sát đã dừng (mã {code}). Nhật ký: {shown(JOURNALS)}/supervisord.log",
        file=sys.stderr,
    )
    return 1


def tell_ready(narrator: Narrator, ended: Event, wanted: int) -> None:
    """Say once that the pages answer and everything has been started, or where to look when it takes long."""
    until = time.monotonic() + READY_SECONDS
    while not (len(narrator.started) == wanted and answers(f"{web_address()}/healthz")):
        if time.monotonic() > until:
            print(
                f"! Trang web chưa trả lời sau {READY_SECONDS:.0f} s. Nhật ký: {shown(JOURNALS)}/web.log",
                flush=True,
            )
            until = float("inf")
        if ended.wait(0.2):
            return
    print(f"Sẵn sàng: {web_address()}   (Ctrl-C để dừng tất cả; nhật ký ở {shown(JOURNALS)}/)", flush=True)


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def shown(path: Path) -> str:
    """Short where it lies in the checkout."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


if __name__ == "__main__":
    sys.exit(main())
