"""What the console of the demo says, from the supervisor's own lines."""

from __future__ import annotations

import pytest

from scripts import narrator
from scripts.narrator import Narrator
from scripts.table import columns


@pytest.fixture
def voice(monkeypatch: pytest.MonkeyPatch) -> Narrator:
    monkeypatch.setattr(narrator, "clock", lambda: "08:30:00")
    return Narrator({"recorder-1": "Máy ghi 1"}, "var/log")


SPAWNED = "2026-11-22 08:07:58,659 INFO spawned: 'recorder-1' with pid 11525"
EXITED = "2026-11-22 08:07:58,591 WARN exited: recorder-1 (terminated by SIGKILL; not expected)"


def test_a_death_and_a_new_start(voice: Narrator) -> None:
    assert voice.hear(SPAWNED) is None
    assert voice.hear(EXITED) == (
        "08:30:00 ! Máy ghi 1: vừa dừng (bị ngắt bởi SIGKILL), đang khởi động lại. Nhật ký: var/log/recorder-1.log"
    )
    assert voice.hear(SPAWNED) == "08:30:00 ✓ Máy ghi 1: đã khởi động lại"


def test_one_that_dies_each_second_is_told_once(voice: Narrator) -> None:
    told = [voice.hear(line) for _ in range(5) for line in (SPAWNED, EXITED)]
    assert len([line for line in told if line]) == 2


def test_silent_while_stopping(voice: Narrator) -> None:
    voice.stopping = True
    assert voice.hear(EXITED) is None


def test_columns_stand_under_each_other() -> None:
    # The second cell is written with combining marks, as some keyboards do.
    assert columns([("Chủ trì", "a"), ("Thu\u031b ky\u0301", "b")], "") == ["Chủ trì  a", "Thu\u031b ky\u0301   b"]
