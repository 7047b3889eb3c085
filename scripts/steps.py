"""Steps of the set-up: each is done once for given inputs, tells in one line what it did, and keeps a log."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

from scripts.paths import LOGS, ROOT, STAMPS

TAIL = 25
NO_NETWORK = (
    "Temporary failure in name resolution",
    "Name or service not known",
    "EAI_AGAIN",
    "ENOTFOUND",
    "ECONNREFUSED",
    "ETIMEDOUT",
    "ENETUNREACH",
    "NewConnectionError",
    "Network is unreachable",
    "Could not resolve host",
    "Temporary failure resolving",
    "dial tcp",
    "no such host",
)


class StepFailed(Exception):
    """A step ended badly; its text is for the person at the keyboard."""


@dataclass(frozen=True)
class Run:
    """One command of a step."""

    command: Sequence[str | Path]
    cwd: Path = ROOT
    env: dict[str, str] | None = None


@dataclass(frozen=True)
class Step:
    """Done when the digest of `inputs` and `facts` is not the stamped one, or an output is missing."""

    name: str
    title: str
    runs: Callable[[], Iterable[Run]]
    inputs: Sequence[Path] = ()
    facts: Sequence[str] = ()
    outputs: Sequence[Path] = ()
    advice: str = ""
    skip: Callable[[Path], bool] = field(default=lambda path: False)


def files_under(path: Path, skip: Callable[[Path], bool]) -> list[Path]:
    """The files of an input, in a stable order; a missing input has none."""
    if path.is_file():
        return [path]
    if not path.is_dir():
        return []
    found = (item for item in path.rglob("*") if "__pycache__" not in item.parts and item.is_file())
    return sorted(item for item in found if not skip(item))


def digest(step: Step) -> str:
    """Names, contents and facts of a step's inputs, as one hash."""
    total = hashlib.sha256()
    for fact in step.facts:
        total.update(fact.encode() + b"\0")
    for source in step.inputs:
        for path in files_under(source, step.skip):
            total.update(str(path.relative_to(ROOT)).encode() + b"\0")
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def stamp_of(step: Step) -> Path:
    return STAMPS / step.name


def is_fresh(step: Step, now: str) -> bool:
    stamp = stamp_of(step)
    if not all(output.exists() for output in step.outputs):
        return False
    return stamp.is_file() and stamp.read_text().strip() == now


def do(step: Step) -> bool:
    """Do the step unless it is fresh. True when something was done."""
    now = digest(step)
    if is_fresh(step, now):
        return False
    STAMPS.mkdir(parents=True, exist_ok=True)
    LOGS.mkdir(parents=True, exist_ok=True)
    stamp_of(step).unlink(missing_ok=True)
    log = LOGS / f"{step.name}.log"
    started = time.monotonic()
    with log.open("wb") as sink, Progress(step.title, started):
        failed = first_failure(step, sink.fileno())
    if failed is not None:
        raise StepFailed(explain(step, log, failed))
    stamp_of(step).write_text(now + "\n")
    print(f"✓ {step.title} ({elapsed(started)})", flush=True)
    return True


def first_failure(step: Step, sink: int) -> str | None:
    """Run the commands of a step; the one that failed, as text, or None."""
    for run in step.runs():
        words = [str(word) for word in run.command]
        os.write(sink, f"$ {' '.join(words)}\n".encode())
        try:
            code = subprocess.call(words, cwd=run.cwd, env=run.env, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink)
        except OSError as error:
            os.write(sink, f"{error}\n".encode())
            code = 127
        if code != 0:
            return f"{Path(words[0]).name}, mã {code}"
    return None


def explain(step: Step, log: Path, failed: str) -> str:
    """What a newcomer sees when a step failed."""
    lines = log.read_text(errors="replace").splitlines()[-TAIL:]
    text = [f"✗ {step.title}: không làm được ({failed}). Những dòng cuối của {log.relative_to(ROOT)}:"]
    text += [f"    {line}" for line in lines]
    if any(sign in line for line in lines for sign in NO_NETWORK):
        text.append("→ Bước này cần mạng để tải gói, nhưng máy không ra được mạng. Kiểm tra mạng rồi chạy lại.")
    elif step.advice:
        text.append(f"→ {step.advice}")
    else:
        text.append("→ Sửa lỗi trên rồi chạy lại lệnh này; các bước đã xong không làm lại.")
    return "\n".join(text)


def elapsed(started: float) -> str:
    """Seconds for a person: «12 s», «2 phút 05 s»."""
    seconds = time.monotonic() - started
    if seconds < 10:
        return f"{seconds:.1f} s".replace(".", ",")
    if seconds < 60:
        return f"{seconds:.0f} s"
    return f"{int(seconds) // 60} phút {int(seconds) % 60:02d} s"


class Progress:
    """A running line «… title (3 s)» on a terminal; nothing where output is kept in a file."""

    def __init__(self, title: str, started: float) -> None:
        self.title = title
        self.started = started
        self.ended = Event()
        self.thread = Thread(target=self.show, daemon=True) if sys.stdout.isatty() else None

    def show(self) -> None:
        while not self.ended.wait(1.0):
            print(f"\r… {self.title} ({elapsed(self.started)})\033[K", end="", flush=True)

    def __enter__(self) -> None:
        if self.thread:
            print(f"… {self.title}\033[K", end="", flush=True)
            self.thread.start()

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        if self.thread:
            self.thread.join()
            print("\r\033[K", end="", flush=True)
