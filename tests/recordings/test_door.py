"""The recorder's address: only known tokens, only well-formed beats, and few questions to the database."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tests import reception_cast as stage
from tests.reception_cast import beat_body, recorder, take_body, token, wanted
from tiepdan.receptions.models import Reception
from tiepdan.recordings.actions import end_recording, register_recorder
from tiepdan.recordings.models import Recorder, Take

pytestmark = pytest.mark.django_db
DOOR = "/api/recorder/beat"


def post(body: object, authorization: str | None = None, number: int = 1) -> Any:
    headers = {"authorization": f"Bearer {token(number)}" if authorization is None else authorization}
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Client(enforce_csrf_checks=True).post(DOOR, raw, content_type="application/json", headers=headers)


@pytest.fixture
def of() -> Reception:
    recorder(1)
    recorder(2)
    of = stage.reception(now=timezone.now())
    wanted(of, timezone.now())
    return of


def test_the_answer_tells_all_that_a_recorder_needs(of: Reception) -> None:
    answer = post(beat_body())
    assert answer.status_code == 200
    [order] = answer.json()["takes"]
    take = Take.objects.get()
    assert order.pop("token")
    assert order == {
        "id": take.id,
        "reception": of.code,
        "dir": f"{of.code}/{take.id}",
        "room": of.recording_job.room,
        "url": settings.LIVEKIT_URL,
        "do": "record",
        "halls": {hall.key: hall.point.slug for hall in of.halls.all()},
        "policy": {"segment_seconds": 60, "flush_ms": 250, "fsync_ms": 1000, "keyframe_seconds": 3},
    }
    assert timezone.datetime.fromisoformat(answer.json()["now"]).utcoffset() is not None
    end_recording(of, now=timezone.now())
    assert post(beat_body(take_body(take.id))).json()["takes"][0]["do"] == "close"


@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer ", "Bearer sai", "Basic bWE6bWE=", f"Token {token()}", token()]
)
def test_a_wrong_token_is_told_so_and_changes_nothing(of: Reception, authorization: str) -> None:
    answer = post(beat_body(), authorization)
    assert (answer.status_code, answer.json()["code"]) == (401, "token")
    assert answer.json()["sentence"] == "Mã của máy ghi không đúng hoặc máy ghi đã bị ngừng."
    assert not Take.objects.exists() and not Recorder.objects.filter(beat_at__isnull=False).exists()


def test_a_new_token_kills_the_old_one_and_a_switched_off_recorder_has_none(of: Reception) -> None:
    _, fresh = register_recorder("may-ghi-1", "Máy ghi 1")
    assert post(beat_body()).status_code == 401
    assert post(beat_body(), f"bearer {fresh}").status_code == 200
    assert fresh not in str(Recorder.objects.values_list())
    Recorder.objects.update(is_active=False)
    assert post(beat_body(), f"Bearer {fresh}").status_code == 401


def test_only_posted_beats_count() -> None:
    assert Client().get(DOOR).status_code == 405


def without(key: str) -> dict[str, Any]:
    return {name: value for name, value in beat_body().items() if name != key}


BAD_MOMENT = "2026-13-45T00:00:00Z"
NOTE = {"at": "2026-12-17T01:30:00Z", "kind": "gap", "hall": "", "source": "", "text": ""}
BAD_BEATS: dict[str, object] = {
    "no JSON": b"{",
    "not UTF-8": b'{"boot": "\xff"}',
    "empty": b"",
    "a list": [],
    "a number": 5,
    "null": None,
    "no boot": without("boot"),
    "no disk": without("disk"),
    "no takes": without("takes"),
    "boot is a number": {**beat_body(), "boot": 5},
    "takes is an object": {**beat_body(), "takes": {}},
    "disk is full of words": {**beat_body(), "disk": {"free": "nhiều", "total": 1}},
    "disk is true": {**beat_body(), "disk": {"free": True, "total": 1}},
    "a take is a word": {**beat_body(), "takes": ["x"]},
    "take without id": beat_body({"state": "recording"}),
    "take without state": beat_body({"id": "x"}),
    "bytes of half": beat_body(take_body("x", bytes=0.5)),
    "rate is a word": beat_body(take_body("x", rate="nhanh")),
    "rate is an object": beat_body(take_body("x", rate={"a": 1})),
    "rate is not a number": beat_body(take_body("x", rate=float("nan"))),
    "rate without end": beat_body(take_body("x", rate=float("inf"))),
    "started is a number": beat_body(take_body("x", started_at=5)),
    "started is a word": beat_body(take_body("x", started_at="hôm nay")),
    "started without zone": beat_body(take_body("x", started_at="2026-12-17T01:30:00")),
    "started on no day": beat_body(take_body("x", started_at=BAD_MOMENT)),
    "ledger is a list": beat_body(take_body("x", ledger=[1])),
    "ledger head is a number": beat_body(take_body("x", ledger={"lines": 1, "head": 1})),
    "track is a word": beat_body(take_body("x", tracks=["x"])),
    "track grows since no day": beat_body(take_body("x", tracks=[{"growing_since": BAD_MOMENT}])),
    "track written without zone": beat_body(take_body("x", tracks=[{"written_at": "2026-12-17T01:30:00"}])),
    "track written at a number": beat_body(take_body("x", tracks=[{"written_at": 5}])),
    "notes is an object": beat_body(take_body("x", notes={"a": 1})),
    "note without moment": beat_body(take_body("x", notes=[{**NOTE, "at": None}])),
    "note at no day": beat_body(take_body("x", notes=[{**NOTE, "at": BAD_MOMENT}])),
    "note without zone": beat_body(take_body("x", notes=[{**NOTE, "at": "2026-12-17T01:30:00"}])),
    "note without kind": beat_body(take_body("x", notes=[{**NOTE, "kind": None}])),
}


@pytest.mark.parametrize("what", list(BAD_BEATS))
def test_a_beat_that_does_not_follow_the_protocol_is_refused_whole(of: Reception, what: str) -> None:
    answer = post(BAD_BEATS[what])
    assert (answer.status_code, answer.json()["code"]) == (422, "report")
    assert answer.json()["sentence"]
    assert not Take.objects.exists() and not Recorder.objects.filter(beat_at__isnull=False).exists()


@pytest.mark.parametrize(
    "track", [{}, {"hall": "p1"}, {"growing_since": "", "written_at": ""}, {"growing_since": None, "written_at": None}]
)
def test_a_track_that_has_not_begun_proves_nothing_and_harms_nobody(of: Reception, track: dict[str, Any]) -> None:
    [order] = post(beat_body()).json()["takes"]
    assert post(beat_body(take_body(order["id"], tracks=[track]))).status_code == 200
    assert Take.objects.get().track_facts() == []


def test_a_beat_asks_the_database_little(of: Reception, django_assert_max_num_queries: Callable[..., Any]) -> None:
    """Each recorder beats each second: with 30 tracks no more questions than with two."""
    [order] = post(beat_body()).json()["takes"]
    hall = stage.hall(of)
    tracks = [stage.track(hall, "camera", timezone.now()) for _ in range(30)]
    post(beat_body(take_body(order["id"], tracks=tracks)))
    with django_assert_max_num_queries(16):
        assert post(beat_body(take_body(order["id"], tracks=tracks))).status_code == 200
