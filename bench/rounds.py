"""One round of bench.recorder: the recorder with a take of its own, then the floor."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bench import floor, process, take
from bench.floor import Floor
from bench.process import Program, Window
from bench.stage import Stage
from bench.take import Recorded
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
    packets: float  # a second
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
    sent = stage.repeated()
    stage.record(name)
    time.sleep(warm)
    first = stage.web.take(name)
    window = process.watch(recorder.pid, seconds)
    last = stage.web.take(name)
    kernel = process.dropped_packets(recorder.pid)
    stage.close(name)
    under = floor.measure(folder, stage.points, warm, seconds)
    now = stage.repeated()  # only here: the server adds up what it sent several seconds late
    files = take.recorded(stage.folder(name))
    given_up = _sum(last, "dropped") - _sum(first, "dropped")
    lost = Lost(_sum(last, "lost"), given_up, kernel, tuple(take.notes(stage.folder(name))))
    taken = Taken(
        window,
        _rate(first, last, files, lambda file: file.packets),
        _rate(first, last, files, lambda file: file.payload),
        now - sent,
        take.check_ledger(stage.folder(name)),
        lost,
        process.peak_mib(recorder.pid),
    )
    return Round(taken, under)


def forget(stage: Stage, name: str) -> None:
    shutil.rmtree(stage.folder(name))


def _rate(first: Report, last: Report, files: list[Recorded], value: Callable[[Recorded], int]) -> float:
    """Of something, a second: frames between two beats, times what a frame of the files has of it."""
    seconds = (datetime.fromisoformat(last["at"]) - datetime.fromisoformat(first["at"])).total_seconds()
    rate = 0.0
    for source in ("camera", "microphone"):
        found = [file for file in files if file.source == source]
        each = sum(value(file) for file in found) / sum(file.frames for file in found)
        rate += each * (_sum(last, "frames", source) - _sum(first, "frames", source)) / seconds
    return rate


def _sum(report: Report, field: str, source: str = "") -> int:
    return sum(int(track[field]) for track in report["tracks"] if source in ("", track["source"]))
