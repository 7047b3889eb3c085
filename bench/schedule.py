"""When the simulated points send what: `standin -load` keeps to a schedule that is counted from 1970.

Frame n of a point leaves at n × interval − phase and shows frame n mod length of the clip. So a frame found in a file
tells when it was sent, without asking any clock of the recorder.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from pathlib import Path

from bench import programs


@dataclass(frozen=True, slots=True)
class Schedule:
    """One kind of track of all points."""

    places: dict[str, int]  # SHA-256 of a frame → its place in the clip
    length: int
    interval: float  # seconds

    def lost(self, last_sum: str, point: int, points: int, end: float) -> float:
        """Seconds of frames sent before `end` and after the frame with that sum, by the point counted from 0."""
        phase = programs.GROUP / programs.RATE * point / points
        sent = math.floor((end + phase) / self.interval)
        return ((sent - self.places[last_sum]) % self.length) * self.interval


def picture(clip: Path) -> Schedule:
    data, at, frames = clip.read_bytes(), 32, []
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "little")
        frames.append(data[at + 12 : at + 12 + size])
        at += 12 + size
    return _schedule(frames, 1 / programs.RATE)


def sound(clip: Path) -> Schedule:
    data, at, packets, part = clip.read_bytes(), 0, [], b""
    while at < len(data):
        lacing = data[at + 27 : at + 27 + data[at + 26]]
        at += 27 + len(lacing)
        for size in lacing:
            part += data[at : at + size]
            at += size
            if size < 255:
                packets.append(part)
                part = b""
    return _schedule(packets[2:], 0.02)  # the first two are the head and the tags


def _schedule(frames: list[bytes], interval: float) -> Schedule:
    places = {hashlib.sha256(frame).hexdigest(): place for place, frame in enumerate(frames)}
    if len(places) != len(frames):
        raise ValueError("two frames of the clip are the same: make another clip")
    return Schedule(places, len(frames), interval)
