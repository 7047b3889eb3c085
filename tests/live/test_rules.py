"""Who may speak, and what the room is told. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from tiepdan.live.rules import (
    STATION_RIGHTS,
    HallFacts,
    RecordingFacts,
    alarms,
    gate_sentence,
    hall_of,
    hours_text,
    rights_of_hall,
)
from tiepdan.media.port import Rights
from tiepdan.receptions.rules import Phase

NOW = datetime(2026, 12, 17, 1, 30, tzinfo=UTC)
ARTICLE = "khoản 1 Điều 24 NĐ 154/2026/NĐ-CP"
GOOD = RecordingFacts(
    running=2, wanted=2, required=1, missing_seconds=0, hours_left=60.0, hours_needed=6.0, article=ARTICLE
)
NOTHING = Rights(camera=False, microphone=False, hidden=False, subscribe=False)
CELLS = list(product(Phase, (True, False), (True, False), (True, False), (True, False)))


def may_speak(phase: Phase, central: bool, floor: bool, locked: bool) -> bool:
    """Khoản 2 Điều 21: the microphone opens only when asked to speak. Written here as a table of exceptions."""
    if locked:
        return False
    if central:
        return True
    return floor and phase is Phase.OPEN


@pytest.mark.parametrize(("phase", "central", "floor", "locked", "removed"), CELLS)
def test_camera_always_microphone_only_when_asked(
    phase: Phase, central: bool, floor: bool, locked: bool, removed: bool
) -> None:
    rights = rights_of_hall(HallFacts(central, floor, locked, removed), phase)
    if removed or phase in (Phase.CLOSED, Phase.SEALED):
        assert rights == NOTHING
        return
    assert rights == Rights(
        camera=True, microphone=may_speak(phase, central, floor, locked), hidden=False, subscribe=True
    )


def test_the_cells_that_matter_most() -> None:
    component = HallFacts(is_central=False, has_floor=False, locked=False, removed=False)
    assert not rights_of_hall(component, Phase.OPEN).microphone
    assert rights_of_hall(replace(component, has_floor=True), Phase.OPEN).microphone
    assert not rights_of_hall(replace(component, has_floor=True), Phase.PAUSED).microphone
    assert not rights_of_hall(replace(component, has_floor=True, locked=True), Phase.OPEN).microphone
    assert rights_of_hall(replace(component, is_central=True), Phase.PAUSED).microphone
    assert Rights(camera=False, microphone=False, hidden=False, subscribe=True) == STATION_RIGHTS


@pytest.mark.parametrize(
    ("missing", "wait"), [(10, 10), (9.2, 10), (9, 9), (8, 8), (0.3, 1), (0.001, 1), (1, 1), (59.5, 60)]
)
def test_the_chair_is_told_how_many_seconds_to_wait(missing: float, wait: int) -> None:
    assert gate_sentence(replace(GOOD, missing_seconds=missing)) == (
        "Chưa thể khai mạc: máy ghi chưa ghi được hình và tiếng của điểm cầu trung tâm "
        f"({ARTICLE}). Chờ {wait} giây hoặc gọi kỹ thuật."
    )


@pytest.mark.parametrize(
    ("change", "opens"),
    [
        ({}, True),
        ({"running": 1}, True),
        ({"running": 0}, False),
        ({"running": 1, "required": 2}, False),
        ({"missing_seconds": 0.001}, False),
        ({"hours_left": 6.0}, True),
        ({"hours_left": 5.9}, False),
        ({"hours_left": 0.0}, False),
        ({"hours_left": None}, True),
    ],
)
def test_the_gate_of_the_opening(change: dict[str, float], opens: bool) -> None:
    assert (gate_sentence(replace(GOOD, **change)) == "") is opens


def test_a_disk_too_small_is_told_in_hours() -> None:
    assert gate_sentence(replace(GOOD, hours_left=2.5)) == (
        "Chưa thể khai mạc: máy ghi chỉ còn ghi được 2,5 giờ; cần ít nhất 6,0 giờ, gấp đôi thời lượng buổi tiếp. "
        "Gọi kỹ thuật để giải phóng ổ đĩa."
    )


@pytest.mark.parametrize(
    ("hours", "text"),
    [(2.5, "2,5 giờ"), (1, "1,0 giờ"), (12, "12,0 giờ"), (0.999, "59 phút"), (0.5, "30 phút"), (0, "0 phút")],
)
def test_hours_text(hours: float, text: str) -> None:
    assert hours_text(hours) == text


def said(phase: Phase, facts: RecordingFacts, lost: float | None = None) -> list[tuple[str, str]]:
    lost_at = None if lost is None else NOW - timedelta(seconds=lost)
    return [(alarm.level, alarm.sentence) for alarm in alarms(phase, facts, 4.0, lost_at, timedelta(seconds=30), NOW)]


NO_RECORDING = "Không còn bản ghi nào đang chạy. "


@pytest.mark.parametrize(("lost", "seconds"), [(None, 30), (0, 30), (0.4, 30), (12, 18), (29.6, 0), (30, 0), (45, 0)])
def test_without_recording_the_room_sees_the_countdown(lost: float | None, seconds: int) -> None:
    assert said(Phase.OPEN, replace(GOOD, running=0, hours_left=None), lost) == [
        ("danger", f"{NO_RECORDING}Buổi tiếp sẽ tạm dừng sau {seconds} giây ({ARTICLE}).")
    ]


def test_in_the_pause_the_room_is_told_why_it_cannot_go_on() -> None:
    assert said(Phase.PAUSED, replace(GOOD, running=0), 12) == [
        ("danger", f"{NO_RECORDING}Chưa tiếp tục được buổi tiếp cho đến khi máy ghi chạy lại ({ARTICLE}).")
    ]


def test_one_lost_recorder_is_a_warning() -> None:
    [(level, sentence)] = said(Phase.OPEN, replace(GOOD, running=1))
    assert level == "warning"
    assert sentence.startswith("Một máy ghi đã dừng, 1/2 máy đang ghi. Buổi tiếp vẫn được ghi đủ")


@pytest.mark.parametrize(("hours", "warned"), [(4.0, False), (3.9, True), (0.0, True), (None, False)])
def test_a_disk_that_fills_up_is_a_warning(hours: float | None, warned: bool) -> None:
    found = said(Phase.OPEN, replace(GOOD, hours_left=hours))
    assert bool(found) is warned
    assert all(level == "warning" and "giải phóng ổ đĩa" in sentence for level, sentence in found)


def test_the_most_serious_alarm_comes_first() -> None:
    assert [level for level, _ in said(Phase.OPEN, replace(GOOD, running=0, hours_left=1.0))] == ["danger", "warning"]


@pytest.mark.parametrize("phase", [Phase.READY, Phase.CLOSED, Phase.SEALED])
def test_nobody_is_alarmed_when_nothing_must_be_recorded(phase: Phase) -> None:
    assert said(phase, replace(GOOD, running=0, hours_left=0.0), 5) == []


@pytest.mark.parametrize(
    ("identity", "named"),
    [
        ("p7.12", ("p7", 12)),
        ("p70.1", ("p70", 1)),
        ("s7.ab12", None),
        ("r.20261217T013000.000Z-may-ghi-1", None),
        ("p7", None),
        ("p7.", None),
        ("p.12", None),
        ("p7.x", None),
        ("p7.12.3", None),
        ("px.12", None),
        ("", None),
    ],
)
def test_hall_of(identity: str, named: tuple[str, int] | None) -> None:
    assert hall_of(identity) == named
