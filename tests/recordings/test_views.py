"""Playing: who may, what the catalogue tells, and which bytes are served of files that still grow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tests import cast
from tests import reception_cast as stage
from tiepdan.receptions.models import Reception
from tiepdan.recordings import actions
from tiepdan.recordings.models import Take

pytestmark = pytest.mark.django_db
NAME = "xa-thanh-loc/camera/20261217T013000.000Z.webm"
BODY = bytes(range(256)) * 4


@pytest.fixture
def take() -> Take:
    return stage.recording(stage.reception(now=timezone.now()), timezone.now(), numbers=(1,))[0]


def put(take: Take, name: str = NAME, body: bytes = BODY) -> Path:
    file = Path(settings.ARCHIVE) / take.folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(body)
    return file


def address(take: Take, name: str = NAME) -> str:
    return f"/ban-ghi/tap/{take.id}/{name}"


def get(take: Take, name: str = NAME, span: str | None = None, who: Client | None = None) -> Any:
    browser = who or cast.browser(cast.chair())
    return browser.get(address(take, name), headers={"range": span} if span is not None else {})


def read(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_a_file_is_served_as_the_recorder_wrote_it(take: Take) -> None:
    put(take)
    answer = get(take)
    assert (answer.status_code, answer["Content-Type"], read(answer)) == (200, "video/webm", BODY)
    assert (answer["Accept-Ranges"], answer["Cache-Control"]) == ("bytes", "private, no-cache")
    assert "attachment" not in answer.get("Content-Disposition", "")
    kept = cast.browser(cast.chair()).get(address(take) + "?tai-ve")
    assert kept["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [("bytes=0-0", 0, 0), ("bytes=0-", 0, 1023), ("bytes=100-199", 100, 199), ("bytes=-24", 1000, 1023)],
)
def test_a_player_asks_for_the_bytes_that_it_needs(take: Take, span: str, first: int, last: int) -> None:
    put(take)
    answer = get(take, span=span)
    assert (answer.status_code, answer["Content-Range"]) == (206, f"bytes {first}-{last}/1024")
    assert answer["Content-Length"] == str(last - first + 1)
    assert read(answer) == BODY[first : last + 1]


@pytest.mark.parametrize("span", ["items=0-5", "bytes=0-1,5-6", "bytes=x-y", "bytes=-", ""])
def test_a_range_that_is_not_understood_gets_the_whole_file(take: Take, span: str) -> None:
    put(take)
    answer = get(take, span=span)
    assert (answer.status_code, read(answer)) == (200, BODY)


@pytest.mark.parametrize("span", ["bytes=1024-", "bytes=5000-6000", "bytes=-0"])
def test_what_is_not_there_yet_is_told_with_the_present_size(take: Take, span: str) -> None:
    put(take)
    answer = get(take, span=span)
    assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */1024")


def test_a_file_that_grows_is_followed_to_its_end(take: Take) -> None:
    file = put(take, "index.jsonl", b'{"open":{}}\n')
    whole = get(take, "index.jsonl")
    assert (whole["Content-Type"], read(whole)) == ("application/x-ndjson", b'{"open":{}}\n')
    assert get(take, "index.jsonl", "bytes=12-").status_code == 416
    with file.open("ab") as out:
        out.write(b'{"close":{}}\n')
    answer = get(take, "index.jsonl", "bytes=12-")
    assert (answer.status_code, read(answer)) == (206, b'{"close":{}}\n')
    assert answer["ETag"] != whole["ETag"]


def test_an_index_that_is_not_there_yet_is_empty_and_not_a_fault(take: Take) -> None:
    assert get(take, "index.jsonl").status_code == 416
    assert get(take, NAME).status_code == 404
    Take.objects.update(state="archived")
    assert get(take, "index.jsonl").status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "../other/index.jsonl",
        "xa-thanh-loc/../../other/index.jsonl",
        "%2e%2e/other/index.jsonl",
        "..%2fother%2findex.jsonl",
        "/etc/hosts.jsonl",
        "%2Fetc%2Fhosts",
        "..\\other\\index.jsonl",
        "%00.webm",
        "index.jsonl%00.webm",
        "x" * 300 + ".webm",
        "secret.txt",
        "xa-thanh-loc/camera",
        "xa-thanh-loc/camera/",
        ".",
        "link.jsonl",
    ],
)
def test_nothing_outside_of_the_take_is_served(take: Take, name: str) -> None:
    put(take)
    put(take, "secret.txt")
    other = Path(settings.ARCHIVE) / take.reception.code / "other" / "index.jsonl"
    other.parent.mkdir()
    other.write_bytes(b"{}")
    (Path(settings.ARCHIVE) / take.folder / "link.jsonl").symlink_to(other)
    assert get(take, name).status_code == 404


def test_halls_and_strangers_may_not_play(take: Take) -> None:
    put(take)
    put(take, "index.jsonl")
    of = take.reception
    hall = stage.hall_browser(stage.credential(stage.hall(of)))
    for who in (hall, Client(), cast.browser(cast.outsider())):
        for place in (address(take), address(take, "index.jsonl"), f"/ban-ghi/{of.code}/muc-luc.json"):
            assert who.get(place).status_code == 404
    assert hall.get(f"/ban-ghi/{of.code}/").status_code == 404
    assert Client().get(f"/ban-ghi/{of.code}/")["Location"] == f"/dang-nhap/?next=/ban-ghi/{of.code}/"
    assert set(stage.events(of, "access.")) == {"access.refused"}


def test_unknown_takes_and_receptions_are_not_found(take: Take) -> None:
    chair = cast.browser(cast.chair())
    for place in ("/ban-ghi/tap/khong-co/index.jsonl", "/ban-ghi/BT-0000-000/", "/ban-ghi/BT-0000-000/muc-luc.json"):
        assert chair.get(place).status_code == 404
    assert chair.post(address(take)).status_code == 405


def test_the_page_of_the_recording_brings_the_players_settings(take: Take) -> None:
    text = cast.browser(cast.inspector()).get(f"/ban-ghi/{take.reception.code}/").content.decode()
    assert '<main id="player"' in text and 'id="player-config"' in text
    assert f"/ban-ghi/{take.reception.code}/muc-luc.json" in text


def catalogue(of: Reception) -> dict[str, Any]:
    answer: dict[str, Any] = cast.browser(cast.secretary()).get(f"/ban-ghi/{of.code}/muc-luc.json").json()
    return answer


def test_the_catalogue_of_a_running_reception(take: Take) -> None:
    of = take.reception
    moment = timezone.now()
    hall = stage.hall(of)
    actions.mark(of, "floor", "Xã Thanh Lộc phát biểu", at=moment, hall=hall)
    actions.mark(of, "opened", "Khai mạc", at=moment - timedelta(seconds=5))
    told = catalogue(of)
    assert (told["phase"], told["opened_at"], told["closed_at"], told["live"]) == ("ready", None, None, True)
    assert told["halls"] == [
        {"hall": place.key, "name": place.point.name, "central": place.is_central} for place in of.halls.all()
    ]
    take.refresh_from_db()
    assert told["takes"] == [
        {
            "id": take.id,
            "recorder": "may-ghi-1",
            "recorder_name": "Máy ghi 1",
            "state": "recording",
            "started_at": (take.started_at or moment).isoformat(),
            "ended_at": None,
            "index": f"/ban-ghi/tap/{take.id}/index.jsonl",
            "base": f"/ban-ghi/tap/{take.id}/",
        }
    ]
    assert [(mark["kind"], mark["label"], mark["hall"]) for mark in told["marks"]] == [
        ("opened", "Khai mạc", None),
        ("floor", "Xã Thanh Lộc phát biểu", hall.key),
    ]
    assert all(mark["at"].endswith("+00:00") for mark in told["marks"])


@pytest.mark.parametrize(
    ("phase", "state", "live"),
    [
        ("open", "recording", True),
        ("closed", "saving", True),
        ("closed", "archived", False),
        ("sealed", "archived", False),
        ("sealed", "failed", False),
        ("paused", "failed", True),
    ],
)
def test_the_catalogue_says_whether_more_will_come(take: Take, phase: str, state: str, live: bool) -> None:
    Reception.objects.update(state=phase)
    Take.objects.update(state=state)
    assert (catalogue(take.reception)["live"], catalogue(take.reception)["takes"][0]["state"]) == (live, state)


def test_a_long_reception_costs_no_more_questions(
    take: Take, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    of = take.reception
    hall = stage.hall(of)
    for _ in range(40):
        actions.mark(of, "floor", "Xã Thanh Lộc phát biểu", at=timezone.now(), hall=hall)
    secretary = cast.browser(cast.secretary())
    with django_assert_max_num_queries(10):
        assert len(secretary.get(f"/ban-ghi/{of.code}/muc-luc.json").json()["marks"]) == 40
