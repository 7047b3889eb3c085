"""One round of bench.recorder: the recorder with a take of its own, then the floor."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bench import floor, process, take
from bench.floor import Floor
from bench.process import Program, Window
from bench.stage import Stage
from bench.web import Report


@dataclass(frozen=True, slots=True)
class Lost:
    """Everything that can be missing, by whoever noticed it."""

    packets: int  # holes in the sequence numbers, counted by the recorder
    frames: int  # given up by the recorder since it had the first keyframe of every point
    kernel: int  # packets for which the recorder's socket had no room
    notes: tuple[str, ...]  # in the journal

    @property
    def any(self) -> bool:
        return bool(self.packets or self.frames or self.kernel or self.notes)


@dataclass(frozen=True, slots=True)
class Taken:
    """What one take cost and brought."""

    window: Window
    packets: float  # a second, by the server's count
    payload: float  # bytes of sound and picture a second
    repeated: int  # packets that the server had to send once more
    files: int
    lost: Lost
    peak_mib: float


@dataclass(frozen=True, slots=True)
class Round:
    taken: Taken
    floor: Floor

    @property
    def ratio(self) -> float:
        return self.taken.window.cpu / self.floor.window.cpu


def run(stage: Stage, recorder: Program, name: str, folder: Path, seconds: float, warm: float) -> Round:
    """The folder of the take is left behind: `forget` it."""
    sent = stage.sent()
    stage.record(name)
    time.sleep(warm)
    first = stage.web.take(name)
    window = process.watch(recorder.pid, seconds)
    last = stage.web.take(name)
    kernel = process.dropped_packets(recorder.pid)
    stage.close(name)
    under = floor.measure(folder, stage.points, warm, seconds)
    # Only now: the server adds up what it sent several seconds late.
    now = stage.sent()
    files = take.recorded(stage.folder(name))
    frames = _frames(last) - _frames(first)
    rate = frames / (_at(last) - _at(first)).total_seconds()
    total = sum(file.frames for file in files)
    given_up = _sum(last, "dropped") - _sum(first, "dropped")
    lost = Lost(_sum(last, "lost"), given_up, kernel, tuple(take.notes(stage.folder(name))))
    taken = Taken(
        window,
        (now.packets - sent.packets) / total * rate,
        sum(file.payload for file in files) / total * rate,
        now.repeated - sent.repeated,
        take.check_ledger(stage.folder(name)),
        lost,
        process.peak_mib(recorder.pid),
    )
    return Round(taken, under)


def forget(stage: Stage, name: str) -> None:
    shutil.rmtree(stage.folder(name))


def _frames(report: Report) -> int:
    return _sum(report, "frames")


def _sum(report: Report, field: str) -> int:
    return sum(int(track[field]) for track in report["tracks"])


def _at(report: Report) -> datetime:
    return datetime.fromisoformat(report["at"])
