"""The floor: the same packets received, decrypted, hashed and written by a program that does nothing else."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import process, programs
from bench.process import Program, Window


@dataclass(frozen=True, slots=True)
class Floor:
    window: Window
    packets: float  # a second
    payload: float  # bytes a second
    lost: int
    peak_mib: float


def measure(folder: Path, points: int, warm: float, seconds: float) -> Floor:
    """One steady window of the floor, with a sender of its own."""
    with _running(folder, points) as receiver:
        time.sleep(warm)
        before = json.loads(receiver.ask())
        window = process.watch(receiver.pid, seconds)
        after = json.loads(receiver.ask())
        lost = after["lost"] + process.dropped_packets(receiver.pid)
        if after["files"] != 2 * points:
            raise RuntimeError(f"the floor wrote {after['files']} files for {points} points")
        packets, payload = ((after[name] - before[name]) / window.seconds for name in ("packets", "payload"))
        return Floor(window, packets, payload, lost, process.peak_mib(receiver.pid))


@contextmanager
def _running(folder: Path, points: int) -> Iterator[Program]:
    program, clip = programs.built("floor"), programs.clip()
    key = subprocess.run([program, "key"], check=True, capture_output=True, text=True).stdout.strip()
    data = folder / "floor"
    data.mkdir()
    common = ["-key", key, "-points", str(points)]
    try:
        with Program([program, "receive", "-dir", data, *common], folder / "floor.log") as receiver:
            to = f"127.0.0.1:{json.loads(receiver.read_line())['port']}"
            send: list[str | Path] = ["-to", to, "-clip", clip.picture, "-sound", clip.sound]
            with Program([program, "send", *common, *send], folder / "sender.log") as sender:
                yield receiver
                sender.end_of_input()
            receiver.end_of_input()
    finally:
        shutil.rmtree(data)
