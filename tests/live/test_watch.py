"""The watch holds the engine, the attendance and the recording to what the rows say, whatever went wrong."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests import cast
from tests import reception_cast as stage
from tests.live.people import (
    LISTENS,
    SPEAKS,
    ask,
    connection,
    enter,
    enter_station,
    fresh,
    hear,
    inside,
    look,
    opened,
    place,
    room_name,
    shown,
)
from tests.reception_cast import COMMUNE, NOW, WARD
from tests.recordings.web import NOBODY
from tiepdan.kernel import due
from tiepdan.live import actions
from tiepdan.live.actions.admission import end
from tiepdan.live.models import Room, Stay
from tiepdan.live.rules import STATION_RIGHTS
from tiepdan.media.fake import FakeEngine
from tiepdan.media.port import Rights
from tiepdan.receptions.actions import revoke_credential
from tiepdan.receptions.models import Reception
from tiepdan.recordings.models import Recorder

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def at(seconds: float) -> datetime:
    return NOW + seconds * SECOND


def keep_beating(of: Reception, now: datetime, *numbers: int) -> None:
    """These recorders go on recording the central hall."""
    centre = stage.hall(of, stage.CENTRE)
    both = [stage.track(centre, "camera", now), stage.track(centre, "microphone", now)]
    for number in numbers:
        who = stage.recorder(number)
        mine = of.takes.filter(recorder=who, state__in=("requested", "recording"))
        stage.beat(who, now, *(stage.take_body(take.id, tracks=both) for take in mine))


def test_the_rights_are_repaired_after_a_restart_of_the_engine(engine: FakeEngine) -> None:
    of = opened(engine, COMMUNE, WARD)
    old = ask(place(of, COMMUNE))  # a ticket from before the floor was given
    locked = ask(place(of, WARD))
    actions.give_floor(place(of, COMMUNE), by=cast.chair(), now=NOW)
    engine.crash()
    look(of, at(1))
    assert not Stay.objects.filter(to_at__isnull=True).exists()
    engine.join(old.ticket)
    engine.join(locked.ticket)
    engine.events.clear()  # and its notices are lost
    assert inside(engine, of)[old.ticket.identity] == LISTENS
    look(of, at(2))
    assert inside(engine, of) == {old.ticket.identity: SPEAKS, locked.ticket.identity: LISTENS}
    look(of, at(10))
    assert shown(engine, of)["floor"]["hall"] == place(of, COMMUNE).key


def test_rights_that_somebody_else_gave_are_taken_back(engine: FakeEngine) -> None:
    of = opened(engine, COMMUNE)
    hall = enter(engine, place(of, COMMUNE))
    station = enter_station(engine, of)
    for identity in (hall, station):
        engine.permit(room_name(of), identity, SPEAKS)
    look(of, at(1))
    assert (inside(engine, of)[hall], inside(engine, of)[station]) == (LISTENS, STATION_RIGHTS)


def test_strangers_and_replaced_devices_are_sent_out(engine: FakeEngine) -> None:
    of = opened(engine, COMMUNE)
    old = ask(place(of, WARD), device="may-a")
    engine.join(ask(place(of, WARD), device="may-b", takeover=True).ticket)
    engine.join(old.ticket)  # a ticket cannot be taken back
    stranger = engine.ticket(room_name(of), "p99999.99999", "Ai đó", SPEAKS, timedelta(minutes=1))
    engine.join(stranger)
    look(of, at(1))
    assert {identity.split(".")[0] for identity in inside(engine, of)} == {
        place(of, slug).key for slug in (stage.CENTRE, COMMUNE, WARD)
    }
    assert old.ticket.identity not in inside(engine, of)


def test_recorders_are_left_alone(engine: FakeEngine) -> None:
    of = opened(engine)
    hidden = Rights(camera=False, microphone=False, hidden=True, subscribe=True)
    engine.join(engine.ticket(room_name(of), "r.tap-1", "Máy ghi 1", hidden, timedelta(minutes=1)))
    look(of, at(1))
    assert inside(engine, of)["r.tap-1"] == hidden


def test_a_withdrawn_slip_is_cut_off_within_one_round(engine: FakeEngine) -> None:
    of = opened(engine, COMMUNE)
    identity = enter(engine, place(of))
    actions.give_floor(place(of), by=cast.chair(), now=NOW)
    revoke_credential(stage.credential(place(of)), by=cast.technician(), now=at(1))
    look(of, at(2))
    assert identity not in inside(engine, of)
    assert (connection(identity).end_code, connection(identity).ended_at) == ("revoked", at(2))
    assert stage.events(of)[-1] == "point.cut_off"


def test_an_expired_slip_is_cut_off_and_one_that_still_works_is_not(engine: FakeEngine) -> None:
    of = opened(engine, COMMUNE)
    slip = stage.credential(place(of))
    look(of, slip.valid_to)
    assert len(inside(engine, of)) == 2
    look(of, slip.valid_to + SECOND)
    assert inside(engine, of) == {}
    assert stage.events(of).count("point.cut_off") == 2


def test_the_room_is_paused_when_the_countdown_has_run_out(engine: FakeEngine) -> None:
    of = opened(engine, COMMUNE)
    actions.give_floor(place(of), by=cast.chair(), now=NOW)
    look(of, at(3))
    look(of, at(4))
    assert shown(engine, of)["alarms"] == []
    look(of, at(5))
    assert stage.events(of).count("recording.none") == 1
    for seconds, left in ((6, 29), (21, 14), (34, 1)):
        look(of, at(seconds))
        assert f"tạm dừng sau {left} giây" in shown(engine, of)["alarms"][0]["sentence"]
        assert fresh(of).state == "open"
    look(of, at(35))
    assert (fresh(of).state, fresh(of).pause_reason) == ("paused", "Kỹ thuật")
    assert (shown(engine, of)["phase"], shown(engine, of)["floor"]) == ("paused", None)
    assert stage.events(of)[-1] == "reception.suspended"
    assert stage.marks(of)[-1] == ("paused", "Tạm dừng: Kỹ thuật")
    look(of, at(36))
    assert stage.events(of).count("reception.suspended") == 1
    assert "Chưa tiếp tục được buổi tiếp" in shown(engine, of)["alarms"][0]["sentence"]


def test_a_recorder_that_comes_back_stops_the_countdown(engine: FakeEngine) -> None:
    of = opened(engine)
    look(of, at(3))
    look(of, at(5))
    assert Room.objects.get().recording_lost_at == at(5)
    keep_beating(of, at(6), 1)
    look(of, at(6))
    assert Room.objects.get().recording_lost_at is None
    for seconds in (9, 11, 36, 40):
        look(of, at(seconds))
        assert fresh(of).state == "open", "thirty seconds count from the last loss"
    look(of, at(41))
    assert fresh(of).state == "paused"


def test_while_the_web_server_is_away_nobody_counts_down(engine: FakeEngine, settings: Any) -> None:
    of = opened(engine)
    settings.WEB_URL = NOBODY
    for seconds in (3, 5, 40, 55):
        look(of, at(seconds))
    assert (fresh(of).state, Room.objects.get().recording_lost_at) == ("open", None)
    assert "recording.lost" not in stage.events(of)
    assert {take.state for take in of.takes.all()} == {"recording"}


def test_one_recorder_of_two_goes_on_without_a_countdown(engine: FakeEngine) -> None:
    of = opened(engine)
    for seconds in range(1, 60, 2):
        keep_beating(of, at(seconds), 2)
        look(of, at(seconds))
    assert fresh(of).state == "open"
    assert shown(engine, of)["recording"] == {"running": 1, "wanted": 2}
    assert stage.events(of).count("recording.lost") == 1


def test_nothing_is_suspended_before_the_opening(engine: FakeEngine) -> None:
    of = stage.reception()
    enter(engine, stage.hall(of, stage.CENTRE))
    for seconds in (1, 40, 80):
        look(of, at(seconds))
    assert fresh(of).state == "ready"
    assert "recording.none" not in stage.events(of)


def test_a_full_disk_is_told_once_in_the_log_and_always_on_the_pages(engine: FakeEngine) -> None:
    of = opened(engine)
    Recorder.objects.update(disk_free=4 * 170_000 * 3600 * 2)
    for seconds in (1, 2):
        look(of, at(seconds))
        assert "còn ghi được 2,0 giờ" in shown(engine, of)["alarms"][0]["sentence"]
    Recorder.objects.update(disk_free=stage.PLENTY)
    look(of, at(3))
    assert shown(engine, of)["alarms"] == []
    assert stage.events(of).count("recording.disk_low") == 1


def test_the_state_is_told_again_every_ten_seconds(engine: FakeEngine) -> None:
    of = opened(engine)
    engine.note(room_name(of), "{}")  # an older note overtook the newer one
    keep_beating(of, at(9), 1, 2)
    look(of, at(9))
    assert shown(engine, of) == {}
    keep_beating(of, at(10), 1, 2)
    look(of, at(10))
    assert shown(engine, of)["phase"] == "open"


def test_while_the_engine_is_away_nobody_is_written_off(engine: FakeEngine) -> None:
    of = opened(engine, COMMUNE)
    engine.down = True
    keep_beating(of, at(2), 1, 2)
    actions.give_floor(place(of), by=cast.chair(), now=at(2))
    assert look(of, at(2)).due_at == at(3)
    assert Stay.objects.filter(to_at__isnull=True).count() == 2
    engine.down = False
    look(of, at(3))
    assert SPEAKS in [right for identity, right in inside(engine, of).items() if identity.startswith(place(of).key)]
    assert shown(engine, of)["floor"] is not None


def test_the_reception_is_sealed_with_its_last_take(engine: FakeEngine) -> None:
    of = opened(engine)
    first, second = of.takes.all()
    actions.close(fresh(of), by=cast.chair(), now=at(60))
    assert look(of, at(61)).due_at == at(62)
    stage.beat(first.recorder, at(62), stage.take_body(first.id, "closed"))
    look(of, at(63))
    assert fresh(of).state == "closed"
    stage.beat(second.recorder, at(64), stage.take_body(second.id, "closed"))
    assert look(of, at(65)).due_at is None
    assert (fresh(of).state, fresh(of).sealed_at) == ("sealed", at(65))
    look(of, at(66))
    assert stage.events(of).count("reception.sealed") == 1


def test_an_old_ticket_opens_no_room_after_the_end(engine: FakeEngine) -> None:
    of = opened(engine)
    old = ask(place(of, stage.CENTRE))
    Reception.objects.update(state="sealed")
    of.takes.update(state="archived")
    engine.close(room_name(of))
    end(connection(old.ticket.identity), "closed", NOW)
    assert look(of, at(1)).due_at is None
    engine.join(old.ticket)
    hear(engine, at(2))
    due.run_once(at(2))
    assert inside(engine, of) == {}


def test_who_could_not_be_sent_out_at_the_end_is_sent_out_when_the_engine_is_back(engine: FakeEngine) -> None:
    of = opened(engine)
    of.takes.update(state="archived")
    engine.down = True
    actions.close(fresh(of), by=cast.chair(), now=at(60))
    look(of, at(61))
    assert fresh(of).state == "sealed"
    engine.down = False
    due.run_once(at(75))
    assert inside(engine, of) == {}


def test_the_worker_looks_at_a_running_room_each_second(engine: FakeEngine) -> None:
    of = opened(engine)
    keep_beating(of, at(1), 1, 2)
    assert due.run_once(at(1)) == 1
    assert due.run_once(at(1.5)) == 0
    assert due.run_once(at(2)) == 1
    room = Room.objects.get(reception=of)
    assert (room.due_at, room.failures) == (at(3), 0)
