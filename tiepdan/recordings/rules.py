"""When a recording proves itself, and how long the disk lasts. Pure: no Django, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tiepdan.kernel.flow import Flow


class TakeState(StrEnum):
    REQUESTED = "requested"
    RECORDING = "recording"
    SAVING = "saving"
    ARCHIVED = "archived"
    FAILED = "failed"


TAKE_LABELS: Mapping[str, str] = {
    TakeState.REQUESTED: "Chờ ghi",
    TakeState.RECORDING: "Đang ghi",
    TakeState.SAVING: "Đang lưu",
    TakeState.ARCHIVED: "Đã niêm phong",
    TakeState.FAILED: "Hỏng",
}

TAKE = Flow(
    name="take",
    states=TAKE_LABELS,
    table={
        (TakeState.REQUESTED, "record"): TakeState.RECORDING,
        (TakeState.REQUESTED, "save"): TakeState.SAVING,
        (TakeState.RECORDING, "save"): TakeState.SAVING,
        (TakeState.SAVING, "archive"): TakeState.ARCHIVED,
        # Only its beats were missing: the web server was away, the recorder went on.
        (TakeState.SAVING, "go_on"): TakeState.RECORDING,
        (TakeState.REQUESTED, "fail"): TakeState.FAILED,
        (TakeState.RECORDING, "fail"): TakeState.FAILED,
        (TakeState.SAVING, "fail"): TakeState.FAILED,
        # A recorder that was given up may come back with its folder: what it kept is still worth sealing.
        (TakeState.FAILED, "save"): TakeState.SAVING,
    },
)

LIVE: tuple[str, ...] = (TakeState.REQUESTED, TakeState.RECORDING)
UNFINISHED: tuple[str, ...] = (*LIVE, TakeState.SAVING)

# A recorder beats each second. Two missed beats are looked into: silence counts only while the web server answers,
# since otherwise nobody could have heard the recorder; it is dead when it stays silent for a little longer.
BEAT_LIMIT = timedelta(seconds=2)
SILENCE_LIMIT = timedelta(seconds=1.5)
# Whatever the worker could find out meanwhile: a recorder that was not heard for this long proves nothing any more.
UNHEARD_LIMIT = timedelta(seconds=60)
# A take whose recorder has been dead this long is given up: its recorder may come back with the same take until then.
LOSE_LIMIT = timedelta(seconds=4)
# Frames are handed to the disk at least each second, and the report of it is up to one beat old.
WRITTEN_LIMIT = timedelta(seconds=2.5)
ANCHOR_EVERY = timedelta(seconds=10)
# A recorder that keeps silent this long after the end is not waited for any more; its take is shown as broken.
SAVE_LIMIT = timedelta(minutes=10)


@dataclass(frozen=True)
class TrackFacts:
    """What a recorder reported of one track: since when it grows on disk without a hole, and when it last grew."""

    hall: str
    source: str
    growing_since: datetime
    written_at: datetime


def growing_seconds(tracks: Iterable[TrackFacts], hall: str, now: datetime) -> float:
    """Seconds for which both sound and picture of `hall` have been growing on disk until now; 0 when one does not."""
    best: dict[str, float] = {}
    for track in tracks:
        if track.hall == hall and now - track.written_at <= WRITTEN_LIMIT:
            seconds = (track.written_at - track.growing_since).total_seconds()
            best[track.source] = max(seconds, best.get(track.source, 0.0))
    return min(best.get("camera", 0.0), best.get("microphone", 0.0))


def hours_left(free: int, rate: float) -> float | None:
    """Hours until a disk with `free` bytes is full at `rate` bytes per second; None when nothing is written yet."""
    return free / rate / 3600 if rate > 0 else None


# Before anything is written, the rate of a hall is that of measured 720p picture and sound (docs/performance.md).
BYTES_PER_SECOND_OF_HALL = 170_000


def expected_rate(halls: int, measured: float) -> float:
    """Bytes per second that one take will need: the measured rate, but never less than what all the halls will send."""
    return max(measured, halls * BYTES_PER_SECOND_OF_HALL)
