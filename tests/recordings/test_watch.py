"""Recorders that fall silent: noticed only while somebody could have heard them, replaced, and given up in the end."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests import reception_cast as stage
from tests.reception_cast import CENTRE, NOW, beat, hall, recorder, recording
from tests.recordings.web import NOBODY
from tiepdan.receptions.models import Reception
from tiepdan.recordings import actions
from tiepdan.recordings.queries import disk_hours, proof, running_takes

pytestmark = pytest.mark.django_db


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def running(of: Reception, seconds: float) -> list[str]:
    return [take.recorder.name for take in running_takes(of, at(seconds))]


def test_a_silent_recorder_stops_counting_is_replaced_and_is_given_up() -> None:
    of = stage.reception()
    first, second = recording(of)
    for seconds in (1, 2, 3, 4):
        beat(second.recorder, at(seconds), stage.take_body(second.id))
        actions.watch(of, now=at(seconds))
    beat(second.recorder, at(5), stage.take_body(second.id))
    assert running(of, 5) == ["may-ghi-2"]
    [third] = beat(recorder(3), at(5))
    assert third.reception == of
    for seconds in (6, 7, 8):
        beat(second.recorder, at(seconds), stage.take_body(second.id))
        actions.watch(of, now=at(seconds))
    first.refresh_from_db()
    assert (first.state, first.ended_at, first.is_incomplete) == ("saving", NOW, True)
    assert of.marks.get().label == "Máy ghi 1: máy ghi không còn báo nhịp"
    assert of.marks.get().at == NOW
    assert stage.events(of).count("recording.lost") == 1


def test_silence_that_nobody_could_hear_counts_for_nothing(settings: Any) -> None:
    of = stage.reception()
    recording(of)
    settings.WEB_URL = NOBODY
    for seconds in range(1, 60, 3):
        actions.watch(of, now=at(seconds))
    assert running(of, 60) == ["may-ghi-1", "may-ghi-2"]
    assert of.marks.count() == 0


def test_a_take_that_records_but_says_it_failed_is_not_running() -> None:
    of = stage.reception()
    first, _ = recording(of)
    beat(first.recorder, at(1), stage.take_body(first.id, "failed", error="Đĩa đầy"))
    assert running(of, 1) == ["may-ghi-2"]


def test_the_proof_of_the_central_hall() -> None:
    of = stage.reception()
    recording(of, seconds=12)
    found = proof(of, hall(of, CENTRE), NOW)
    assert (found.running, found.seconds, found.proven(10), found.proven(13)) == (2, (12.0, 12.0), 2, 0)
    assert proof(of, hall(of), NOW).seconds == (0.0, 0.0)
    assert proof(of, hall(of, CENTRE), at(2.6)).seconds == (0.0, 0.0)


def test_the_fuller_disk_decides() -> None:
    of = stage.reception()
    first, second = recording(of)
    hour = 4 * 170_000 * 3600
    beat(first.recorder, NOW, stage.take_body(first.id), free=5 * hour)
    beat(second.recorder, NOW, stage.take_body(second.id, rate=10.0 * hour / 3600), free=20 * hour)
    assert disk_hours(running_takes(of, NOW), 4) == pytest.approx(2)
    assert disk_hours([], 4) is None


@pytest.mark.parametrize(("minutes", "state"), [(10, "saving"), (10.1, "failed")])
def test_a_recorder_that_does_not_come_back_to_seal_is_waited_for_ten_minutes(minutes: float, state: str) -> None:
    of = stage.reception()
    recording(of)
    actions.end_recording(of, now=at(1))
    actions.watch(of, now=at(1 + 60 * minutes))
    assert {take.state for take in of.takes.all()} == {state}


def test_a_recorder_that_is_still_sealing_is_waited_for() -> None:
    of = stage.reception()
    first, second = recording(of)
    actions.end_recording(of, now=at(1))
    beat(first.recorder, at(900), stage.take_body(first.id, "closing"))
    actions.watch(of, now=at(901))
    assert dict(of.takes.values_list("id", "state")) == {first.id: "saving", second.id: "failed"}
