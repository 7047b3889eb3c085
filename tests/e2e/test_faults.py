"""What dies comes back by itself; what was recorded stays; what is missing is shown."""

from __future__ import annotations

import json
from http.client import HTTPException
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import records
from tests.e2e.halls import enter_room, in_room, opens, page_of, press, sign_in_staff, tile
from tests.e2e.stack import Stack
from tests.engine import eventually


class Room:
    """An open reception with the chair, the centre, a commune and the two stand-ins."""

    def __init__(self, stack: Stack, chair: Page, centre: Page, commune: Page) -> None:
        self.stack, self.chair, self.centre, self.commune = stack, chair, centre, commune
        self.code = str(stack.slip["reception"]["code"])
        rows = stack.rows(
            "SELECT p.slug, h.id FROM receptions_receptionpoint h JOIN points_point p ON p.id=h.point_id"
            " JOIN receptions_reception r ON r.id=h.reception_id WHERE r.code=?",
            self.code,
        )
        self.halls = {slug: f"p{pk}" for slug, pk in rows}

    def pictures(self) -> list[str]:
        """Halls whose picture arrives at the chair's desk."""
        found = self.chair.locator("[data-hall][data-picture='1']").all()
        return sorted(str(one.get_attribute("data-hall")) for one in found)

    @property
    def everybody(self) -> list[str]:
        return sorted(key for slug, key in self.halls.items() if slug != "phuong-hoa-binh")

    def takes(self) -> list[Path]:
        ids = [row[0] for row in self.stack.rows("SELECT id FROM recordings_take ORDER BY requested_at, id")]
        return [self.stack.data / "archive" / self.code / name for name in ids]

    def running(self) -> int:
        light = self.chair.locator("[data-running]").first.get_attribute("data-running")
        return int(str(light))


@pytest.fixture(scope="module")
def room(stack: Stack, office: Browser, centre: Browser, commune: Browser) -> Room:
    chair, central, hall = page_of(office), page_of(centre), page_of(commune)
    sign_in_staff(chair, stack, "chu-tri")
    chair.goto(f"{stack.address}/phong/{stack.slip['reception']['code']}/")
    in_room(chair)
    enter_room(central, stack, "trung-tam")
    enter_room(hall, stack, "xa-thanh-loc")
    made = Room(stack, chair, central, hall)
    eventually(lambda: made.pictures() == made.everybody, seconds=30)
    eventually(lambda: opens(chair), seconds=40)
    return made


def test_a_killed_recorder_starts_a_new_take_and_the_gap_is_told(room: Room) -> None:
    stack = room.stack
    before = len(room.takes())
    eventually(lambda: room.running() == 2, seconds=20)
    stack.killed_and_back("recorder-1")
    eventually(lambda: len(room.takes()) == before + 1)
    lost = eventually(lambda: stack.events("recording.lost"))
    assert lost[-1][1] == "Máy ghi 1"
    eventually(lambda: room.running() == 2, seconds=20)

    dead = room.stack.data / "archive" / room.code / lost[-1][2]["take"]
    # The new process finds the folder of the old one, hashes what the ledger does not list, and seals it.
    eventually(lambda: _state(room, dead.name) == "archived", seconds=20)
    assert records.ledger_problems(dead) == []
    for file in records.files(dead):
        assert records.decoded_seconds(file) > 0
    gaps = stack.rows("SELECT label FROM recordings_mark WHERE kind = 'gap'")
    assert any("Máy ghi 1" in label for (label,) in gaps)


def test_the_running_session_plays_some_seconds_behind_and_shows_the_gap(room: Room) -> None:
    page = room.chair.context.new_page()
    page.goto(f"{room.stack.address}/ban-ghi/{room.code}/")
    page.get_by_role("button", name="Trực tiếp").click()
    page.wait_for_function(
        """() => document.getElementById("player").dataset.state === "playing"
            && Date.now() / 1000 - window.tiepdanPlayer.now() < 8
            && window.tiepdanPlayer.halls().filter(hall => hall.wall !== null).length === 4"""
    )
    # The other recorder has what the killed one lacks; alone, the killed one shows its gap.
    page.get_by_label("Bản ghi").select_option(label="Máy ghi 1")
    expect(page.locator(".pl-gap-bar").first).to_be_attached()
    page.close()


def _state(room: Room, take: str) -> str:
    return str(room.stack.rows("SELECT state FROM recordings_take WHERE id = ?", take)[0][0])


def test_a_killed_web_server_changes_nothing_for_the_talk(room: Room) -> None:
    sizes = _bytes(room)
    room.stack.killed_and_back("web")
    eventually(lambda: _healthy(room.stack), seconds=20)
    assert room.pictures() == room.everybody
    eventually(lambda: all(_bytes(room)[take] > size for take, size in sizes.items()))
    press(room.chair, "floor", room.halls["so-nnmt"])
    expect(tile(room.chair, room.halls["so-nnmt"])).to_have_attribute("data-microphone", "live")
    assert not [facts for _, by, facts in room.stack.events("recording.lost") if by == "Máy ghi 2"]


def test_a_killed_worker_changes_nothing_for_the_talk(room: Room) -> None:
    room.stack.killed_and_back("worker")
    assert room.pictures() == room.everybody
    press(room.chair, "withdraw")
    expect(room.chair.locator("[data-floor]").first).to_have_attribute("data-floor", "")


def test_a_killed_media_server_brings_everybody_back_without_a_click(room: Room) -> None:
    takes = len(room.takes())
    room.stack.killed_and_back("livekit")
    eventually(lambda: room.pictures() == room.everybody, seconds=30)
    for page in (room.chair, room.centre, room.commune):
        in_room(page)
    # The rights came back too: nobody but the centre may send sound.
    expect(room.commune.locator("[data-microphone]").first).to_have_attribute("data-microphone", "locked")
    press(room.chair, "floor", room.halls["xa-thanh-loc"])
    expect(room.commune.locator("[data-microphone]").first).to_have_attribute("data-microphone", "on")
    press(room.chair, "withdraw")
    assert len(room.takes()) == takes, "a recorder rejoins in the same take"
    eventually(lambda: [facts for _, _, facts in room.stack.events("recording.rejoin", "recording.gap")], seconds=20)
    eventually(lambda: room.running() == 2, seconds=20)


def _healthy(stack: Stack) -> bool:
    try:
        return json.loads(stack.get("/healthz")) == {"ok": True}
    except (OSError, HTTPException):
        return False


def _bytes(room: Room) -> dict[str, int]:
    """Bytes on disk of the takes that run."""
    live = [row[0] for row in room.stack.rows("SELECT id FROM recordings_take WHERE state = 'recording'")]
    return {
        name: sum(file.stat().st_size for file in (room.stack.data / "archive" / room.code / name).rglob("*.webm"))
        for name in live
    }


def test_an_act_in_the_wrong_state_is_refused_in_words(room: Room) -> None:
    answer = room.chair.evaluate(
        """async url => {
            const config = JSON.parse(document.getElementById("room-config").textContent);
            const answer = await fetch(config.urls.resume, { method: "POST",
                headers: { "X-CSRFToken": config.csrf, "Accept": "application/json" } });
            return [answer.status, await answer.json()];
        }""",
        "",
    )
    assert answer[0] == 409 and "Đang tiếp" in answer[1]["sentence"]
    assert room.stack.events("command.refused")[-1][2]["command"] == "resume"


def test_the_chain_of_the_log_holds_after_all_of_this(room: Room) -> None:
    assert "Mọi chuỗi nguyên vẹn" in room.stack.manage("audit", "verify")
