"""The newcomer's path: halls meet, the chair opens, everybody is recorded, the recording plays back in step."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import records
from tests.e2e.blocks import clock_of_video
from tests.e2e.films import Film
from tests.e2e.halls import enter_room, in_room, opens, page_of, press, sign_in_staff, tile
from tests.e2e.stack import Stack
from tests.engine import eventually

GATE = "máy ghi chưa ghi được hình và tiếng"


class Story:
    """What happened when, for the tests that look at the record afterwards."""

    code = ""
    halls: dict[str, str]
    spoke: tuple[float, float]
    standin_spoke: tuple[float, float]
    locked: tuple[float, float]
    opened: float
    closed: float
    chair: Page


@pytest.fixture(scope="module")
def story(stack: Stack, office: Browser, centre: Browser, commune: Browser) -> Story:
    """One whole reception, conducted through the browsers."""
    told = Story()
    told.code = stack.slip["reception"]["code"]
    told.chair = chair = page_of(office)
    sign_in_staff(chair, stack, "chu-tri")
    chair.get_by_role("row", name=told.code).get_by_role("link", name="Vào phòng").click()
    in_room(chair)
    told.halls = {slug: f"p{pk}" for slug, pk in _halls(stack, told.code)}

    press(chair, "open")
    expect(chair.locator("[data-refusal]")).to_contain_text(GATE)

    central = page_of(centre)
    enter_room(central, stack, "trung-tam")
    hall = page_of(commune)
    enter_room(hall, stack, "xa-thanh-loc")
    for key in (told.halls[slug] for slug in ("trung-tam", "xa-thanh-loc", "so-nnmt", "xa-van-son")):
        expect(tile(chair, key)).to_have_attribute("data-picture", "1")
    expect(hall.locator("[data-microphone]").first).to_have_attribute("data-microphone", "locked")

    eventually(lambda: opens(chair), seconds=40)
    told.opened = _moment(stack, told.code, "opened_at")

    thanh_loc, standin = told.halls["xa-thanh-loc"], told.halls["so-nnmt"]
    press(chair, "floor", thanh_loc)
    expect(hall.locator("[data-microphone]").first).to_have_attribute("data-microphone", "on")
    told.spoke = _for_a_while(chair, 4)
    press(chair, "floor", standin)
    expect(tile(chair, standin)).to_have_attribute("data-microphone", "live")
    expect(hall.locator("[data-microphone]").first).to_have_attribute("data-microphone", "locked")
    told.standin_spoke = _for_a_while(chair, 3)
    press(chair, "lock", standin)
    eventually(lambda: stack.events("microphone.locked"))
    told.locked = _for_a_while(chair, 3)
    press(chair, "withdraw")
    expect(chair.locator("[data-floor]").first).to_have_attribute("data-floor", "")

    press(chair, "suspend")
    _confirm(chair)
    expect(chair.locator("[data-phase]").first).to_have_attribute("data-phase", "paused")
    expect(hall.get_by_text("Buổi tiếp tạm dừng").first).to_be_visible()
    press(chair, "resume")
    expect(chair.locator("[data-phase]").first).to_have_attribute("data-phase", "open")

    press(chair, "close")
    expect(chair.get_by_text("Sau khi kết thúc không mở lại được")).to_be_visible()
    _confirm(chair)
    expect(chair.get_by_role("link", name="Xem bản ghi")).to_be_visible()
    told.closed = _moment(stack, told.code, "closed_at")
    expect(hall.get_by_text("Buổi tiếp đã kết thúc").first).to_be_visible()
    return told


def _halls(stack: Stack, code: str) -> list[tuple[Any, ...]]:
    return stack.rows(
        "SELECT p.slug, h.id FROM receptions_receptionpoint h JOIN points_point p ON p.id = h.point_id"
        " JOIN receptions_reception r ON r.id = h.reception_id WHERE r.code = ?",
        code,
    )


def _moment(stack: Stack, code: str, field: str) -> float:
    (told,) = stack.rows(f"SELECT {field} FROM receptions_reception WHERE code = ?", code)[0]
    return datetime.fromisoformat(told).replace(tzinfo=UTC).timestamp()


def _for_a_while(page: Page, seconds: float) -> tuple[float, float]:
    """Let people speak: here passing time is the thing that is recorded, so it is awaited on the page's own clock."""
    start = time.time()
    page.wait_for_function("end => Date.now() >= end", arg=(start + seconds) * 1000)
    return start, time.time()


def _confirm(page: Page) -> None:
    page.locator("dialog[open] [data-action='confirm']").click()


@pytest.fixture(scope="module")
def takes(stack: Stack, story: Story) -> list[Path]:
    """The folders of both takes, once the reception is sealed."""
    sealed = eventually(
        lambda: stack.rows("SELECT sealed_at FROM receptions_reception WHERE code = ?", story.code)[0][0], seconds=10
    )
    assert sealed
    folders = [stack.data / "archive" / story.code / row[0] for row in stack.rows("SELECT id FROM recordings_take")]
    assert len(folders) == 2
    return folders


def test_opening_is_refused_until_the_recorder_has_proved_itself(stack: Stack, story: Story) -> None:
    refused = [facts for event, _, facts in stack.events("command.refused") if facts["command"] == "open"]
    assert refused and all(facts["code"] == "gate" for facts in refused)
    assert "khoản 1 Điều 24 NĐ 154/2026" in refused[0]["sentence"]


def test_every_act_is_in_the_audit_log_and_the_chain_holds(stack: Stack, story: Story) -> None:
    acts = [event for event, by, _ in stack.events() if by.startswith("Trần Quốc Bảo")]
    told = [act for act in acts if act.startswith(("reception.", "floor.", "microphone."))]
    assert told == [
        "reception.opened",
        "floor.given",
        "floor.given",
        "microphone.locked",
        "floor.withdrawn",
        "reception.suspended",
        "reception.resumed",
        "reception.closed",
    ]
    assert "Mọi chuỗi nguyên vẹn" in stack.manage("audit", "verify")


def test_every_file_decodes_to_its_last_second(takes: list[Path]) -> None:
    for take in takes:
        found = records.files(take)
        assert {file.point for file in found} == {"trung-tam", "xa-thanh-loc", "so-nnmt", "xa-van-son"}
        for file in found:
            assert file.path.stat().st_size == file.bytes
            assert records.decoded_seconds(file) == pytest.approx(file.duration, abs=0.25), file.path


def test_each_hall_is_recorded_from_before_the_opening_to_the_closing(takes: list[Path], story: Story) -> None:
    for take in takes:
        for point in story.halls:
            pictures = sorted(
                (file for file in records.files(take) if file.point == point and file.source == "camera"),
                key=lambda file: file.wall,
            )
            if point == "phuong-hoa-binh":
                assert not pictures
                continue
            assert pictures[0].wall < story.opened
            assert max(file.end for file in pictures) == pytest.approx(story.closed, abs=1.0)
            reached = pictures[0].wall
            for file in pictures:
                assert file.wall - reached < 0.5, f"a hole before {file.path}"
                reached = max(reached, file.end)


def test_who_had_the_floor_is_heard_and_nobody_else(takes: list[Path], story: Story, reels: dict[str, Film]) -> None:
    spoke, standin, locked = story.spoke, story.standin_spoke, story.locked
    for take in takes:
        sounds: dict[str, list[records.File]] = {}
        for file in records.files(take):
            if file.source == "microphone":
                sounds.setdefault(file.point, []).append(file)
        thanh_loc, nnmt = sounds["xa-thanh-loc"], sounds["so-nnmt"]
        tone = reels["xa-thanh-loc"].tone
        assert records.tone_between(thanh_loc, tone, spoke[0] + 1, spoke[1]) > 0.02
        assert records.tone_between(thanh_loc, tone, standin[0] + 0.5, story.closed) == 0
        assert records.tone_between(nnmt, 1000, standin[0] + 1, standin[1]) > 0.02
        assert records.tone_between(nnmt, 1000, locked[0] + 0.5, story.closed) == 0
        assert "xa-van-son" not in sounds, "a hall that never had the floor was recorded with sound"
        centre = reels["trung-tam"].tone
        assert records.tone_between(sounds["trung-tam"], centre, story.opened + 1, story.closed) > 0.02
        assert records.tone_between(sounds["trung-tam"], tone, story.opened, story.closed) < 0.02, "an echo"


def test_the_ledger_proves_the_files_and_the_audit_log_holds_its_head(stack: Stack, takes: list[Path]) -> None:
    sealed = {facts["take"]: facts for _, _, facts in stack.events("recording.sealed")}
    for take in takes:
        assert records.ledger_problems(take) == []
        assert sealed[take.name]["head"] == records.ledger_head(take)
        assert sealed[take.name]["files"] == len(records.files(take))


def test_the_player_shows_two_halls_within_a_tenth_of_a_second(story: Story, takes: list[Path]) -> None:
    page = story.chair
    page.get_by_role("link", name="Xem bản ghi").click()
    page.wait_for_function("() => window.tiepdanPlayer && window.tiepdanPlayer.halls().length >= 4")
    page.evaluate("at => { window.tiepdanPlayer.seek(at); window.tiepdanPlayer.play(); }", story.opened + 2)
    page.wait_for_function("at => window.tiepdanPlayer.now() > at", arg=story.opened + 4)
    differences = []
    while page.evaluate("window.tiepdanPlayer.now()") < story.closed - 2:
        first, second = (clock_of_video(page, story.halls[slug]) for slug in ("so-nnmt", "xa-van-son"))
        if first and second:
            differences.append(abs((first.frame - first.player) - (second.frame - second.player)))
        page.wait_for_function("at => window.tiepdanPlayer.now() > at", arg=page.evaluate("tiepdanPlayer.now()") + 0.3)
    assert len(differences) >= 5, "the clocks in the pictures could not be read"
    assert sorted(differences)[len(differences) // 2] <= 0.1, differences


def test_the_recording_page_tells_what_happened(story: Story, takes: list[Path], stack: Stack) -> None:
    marks = [label for (label,) in stack.rows("SELECT label FROM recordings_mark ORDER BY at, id")]
    assert marks[0] == "Khai mạc" and marks[-1] == "Kết thúc buổi tiếp", "no gap, nothing after the end"
    for label in ("Khai mạc", "Xã Thanh Lộc phát biểu", "Kết thúc buổi tiếp"):
        expect(story.chair.get_by_text(label).first).to_be_attached()


def test_a_file_can_be_downloaded(stack: Stack, story: Story, takes: list[Path]) -> None:
    file = records.files(takes[0])[0]
    name = file.path.relative_to(takes[0]).as_posix()
    answer = story.chair.request.get(f"{stack.address}/ban-ghi/tap/{takes[0].name}/{name}?tai-ve")
    assert answer.status == 200 and "attachment" in answer.headers["content-disposition"]
    assert answer.body() == file.path.read_bytes()
