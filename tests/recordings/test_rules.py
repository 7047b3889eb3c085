"""When a recording proves itself, how long a disk lasts, and which bytes a player gets. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tiepdan.recordings.archive import byte_range
from tiepdan.recordings.queries import Proof
from tiepdan.recordings.rules import (
    BYTES_PER_SECOND_OF_HALL,
    TAKE,
    TakeState,
    TrackFacts,
    expected_rate,
    growing_seconds,
    hours_left,
)

NOW = datetime(2026, 12, 17, 1, 30, tzinfo=UTC)


def track(source: str, since: float, written: float = 0, hall: str = "p5") -> TrackFacts:
    """A track that grows since `since` seconds ago and was last written `written` seconds ago."""
    return TrackFacts(hall, source, NOW - timedelta(seconds=since), NOW - timedelta(seconds=written))


@pytest.mark.parametrize(
    ("tracks", "seconds"),
    [
        ([], 0),
        ([track("camera", 12), track("microphone", 12)], 12),
        ([track("camera", 12), track("microphone", 4)], 4),
        ([track("camera", 12)], 0),
        ([track("microphone", 12)], 0),
        # Proved until the last frame, not until now.
        ([track("camera", 12, 2), track("microphone", 12, 2)], 10),
        # The last frame may be as old as one beat and one flush …
        ([track("camera", 12, 2.5), track("microphone", 12)], 9.5),
        # … and not older: the picture stands still.
        ([track("camera", 12, 2.501), track("microphone", 12)], 0),
        # A hole lets the growth begin anew.
        ([track("camera", 600), track("microphone", 1.5)], 1.5),
        # Another hall proves nothing.
        ([track("camera", 12, hall="p50"), track("microphone", 12)], 0),
        # After another machine took over there are two tracks of the hall: the better one that still grows counts.
        ([track("camera", 600, 30), track("camera", 8), track("camera", 3), track("microphone", 20)], 8),
        # A recorder whose clock is ahead of ours.
        ([track("camera", 10, -1), track("microphone", 10, -1)], 11),
    ],
)
def test_growing_seconds(tracks: list[TrackFacts], seconds: float) -> None:
    assert growing_seconds(tracks, "p5", NOW) == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("seconds", "takes", "missing"),
    [
        ((), 1, 10),
        ((0.0, 3.0), 1, 7),
        ((10.0,), 1, 0),
        ((12.0, 4.0), 1, 0),
        ((12.0, 4.0), 2, 6),
        ((12.0,), 2, 10),
        ((12.0, 11.0), 2, 0),
    ],
)
def test_the_gate_waits_for_as_many_takes_as_the_profile_asks(
    seconds: tuple[float, ...], takes: int, missing: float
) -> None:
    proof = Proof(running=len(seconds), seconds=seconds, hours=None)
    assert proof.missing_seconds(10, takes) == pytest.approx(missing)
    assert (proof.proven(10) >= takes) is (missing == 0)


@pytest.mark.parametrize(
    ("free", "rate", "hours"), [(3600, 1, 1), (0, 1, 0), (7200, 0.5, 4), (1, 0, None), (1, -1, None)]
)
def test_hours_left(free: int, rate: float, hours: float | None) -> None:
    assert hours_left(free, rate) == hours


@pytest.mark.parametrize(
    ("halls", "measured", "rate"),
    [
        (4, 0, 4 * BYTES_PER_SECOND_OF_HALL),
        (4, BYTES_PER_SECOND_OF_HALL, 4 * BYTES_PER_SECOND_OF_HALL),
        (1, 2_000_000, 2_000_000),
    ],
)
def test_the_disk_must_hold_all_halls_before_they_are_there(halls: int, measured: float, rate: float) -> None:
    assert expected_rate(halls, measured) == rate


@pytest.mark.parametrize(
    ("header", "size", "span"),
    [
        # RFC 9110, 14.1.2: int-range and suffix-range.
        ("bytes=0-499", 10_000, (0, 499)),
        ("bytes=500-999", 10_000, (500, 999)),
        ("bytes=0-0", 10_000, (0, 0)),
        ("bytes=9500-", 10_000, (9500, 9999)),
        ("bytes=0-", 10_000, (0, 9999)),
        ("bytes=-500", 10_000, (9500, 9999)),
        ("bytes=-20000", 10_000, (0, 9999)),
        ("bytes=9999-20000", 10_000, (9999, 9999)),
        (" bytes=1-2 ", 10, (1, 2)),
        ("BYTES=1-2", 10, (1, 2)),
        # What cannot be satisfied.
        ("bytes=10000-", 10_000, None),
        ("bytes=10000-10001", 10_000, None),
        ("bytes=-0", 10_000, None),
        ("bytes=5-3", 10_000, None),
        ("bytes=0-", 0, None),
        ("bytes=-1", 0, None),
        # Forms that are not answered in parts count as the whole file.
        ("bytes=0-1,5-6", 10, (0, 9)),
        ("bytes=-", 10, (0, 9)),
        ("bytes=a-b", 10, (0, 9)),
        ("items=0-5", 10, (0, 9)),
    ],
)
def test_byte_range(header: str, size: int, span: tuple[int, int] | None) -> None:
    assert byte_range(header, size) == span


STEPS = {
    ("requested", "record"): "recording",
    ("requested", "save"): "saving",
    ("recording", "save"): "saving",
    ("saving", "archive"): "archived",
    ("saving", "go_on"): "recording",
    ("requested", "fail"): "failed",
    ("recording", "fail"): "failed",
    ("saving", "fail"): "failed",
    ("failed", "save"): "saving",
}


@pytest.mark.parametrize("state", list(TakeState))
@pytest.mark.parametrize("step", ["record", "save", "archive", "go_on", "fail"])
def test_a_take_takes_only_the_steps_of_the_table(state: TakeState, step: str) -> None:
    assert TAKE.after(state, step) == STEPS.get((state.value, step))
