"""The engine's notices: they may come twice, late, out of order, or be forged."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from tests import reception_cast as stage
from tests.live.people import LISTENS, SPEAKS, ask, connection, enter, enter_station, inside, look, room_name, shown
from tests.reception_cast import NOW
from tiepdan.audit.models import Entry
from tiepdan.live import actions
from tiepdan.live.actions.admission import end
from tiepdan.live.models import Room, Stay
from tiepdan.media.fake import FakeEngine
from tiepdan.media.port import Kind, MediaEvent

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def notice(engine: FakeEngine, kind: Kind, identity: str, seconds: int = 0, room: str = "") -> MediaEvent:
    event = MediaEvent(f"{kind}-{seconds}", kind, room or Room.objects.get().name, identity, NOW, None)
    actions.take_event(event, now=NOW + seconds * SECOND)
    return event


def stays() -> list[tuple[int, int | None]]:
    """Each stay in seconds after NOW."""
    return [
        (int((stay.from_at - NOW).total_seconds()), stay.to_at and int((stay.to_at - NOW).total_seconds()))
        for stay in Stay.objects.order_by("pk")
    ]


def admitted(engine: FakeEngine) -> str:
    admission = ask(stage.hall(stage.reception()))
    engine.join(admission.ticket)
    return admission.ticket.identity


def test_joined_and_left_are_one_stay_however_often_they_are_told(engine: FakeEngine) -> None:
    identity = admitted(engine)
    for kind, seconds in (("joined", 1), ("joined", 2), ("left", 5), ("left", 6)):
        notice(engine, kind, identity, seconds)
    assert stays() == [(1, 5)]
    assert stage.events(start="point.") == ["point.admitted", "point.joined", "point.left"]


def test_a_left_that_comes_before_its_joined_is_put_right_by_the_watch(engine: FakeEngine) -> None:
    identity = admitted(engine)
    engine.leave(Room.objects.get().name, identity)
    notice(engine, "left", identity, 1)
    notice(engine, "joined", identity, 2)
    assert stays() == [(2, None)]
    look(stage.reception(), NOW + 3 * SECOND)
    assert stays() == [(2, 3)]


def test_a_late_left_of_an_earlier_visit_is_put_right_by_the_watch(engine: FakeEngine) -> None:
    identity = admitted(engine)
    notice(engine, "joined", identity, 1)
    notice(engine, "left", identity, 2)
    look(stage.reception(), NOW + 3 * SECOND)
    assert stays() == [(1, 2), (3, None)]


def test_without_any_notice_the_watch_sees_who_is_there(engine: FakeEngine) -> None:
    identity = admitted(engine)
    look(stage.reception(), NOW + SECOND)
    engine.leave(Room.objects.get().name, identity)
    look(stage.reception(), NOW + 4 * SECOND)
    assert stays() == [(1, 4)]


def test_who_may_not_come_back_does_not_count_as_present(engine: FakeEngine) -> None:
    identity = admitted(engine)
    end(connection(identity), "replaced", NOW)
    notice(engine, "joined", identity, 1)
    assert stays() == []


@pytest.mark.parametrize("identity", ["", "s7.ab", "r.tap", "p1", "p999999.999999", "xyz", "p0.0"])
@pytest.mark.parametrize("kind", ["joined", "left", "started", "finished", "published", "other"])
def test_notices_about_strangers_change_no_row(engine: FakeEngine, kind: Kind, identity: str) -> None:
    admitted(engine)
    before = Entry.objects.count()
    notice(engine, kind, identity)
    notice(engine, kind, identity, room="phong-khong-co")
    assert (stays(), Entry.objects.count()) == ([], before)


def test_a_connection_of_another_reception_is_a_stranger(engine: FakeEngine) -> None:
    other = enter(engine, stage.hall(stage.reception("BT-2026-013", prefix="khac-")))
    of = stage.reception()
    enter(engine, stage.hall(of))
    notice(engine, "left", other, room=room_name(of))
    assert connection(other).stays.get().to_at is None


def test_after_a_restart_of_the_engine_an_old_ticket_gets_the_rights_of_today(engine: FakeEngine) -> None:
    of = stage.reception()
    admission = ask(stage.hall(of, stage.CENTRE))
    stage.reception()
    engine.join(admission.ticket)
    assert inside(engine, of)[admission.ticket.identity] == SPEAKS
    place = stage.hall(of, stage.CENTRE)
    place.live.is_locked = True
    place.live.save()
    notice(engine, "joined", admission.ticket.identity)
    assert inside(engine, of)[admission.ticket.identity] == LISTENS


def test_who_joins_late_sees_the_same_state(engine: FakeEngine) -> None:
    of = stage.reception()
    enter(engine, stage.hall(of))
    engine.crash()
    enter_station(engine, of, NOW + SECOND)
    assert shown(engine, of)["reception"]["code"] == of.code


def test_the_address_of_the_notices_takes_signed_ones_only(engine: FakeEngine) -> None:
    identity = admitted(engine)
    headers, body = engine.posted(next(event for event in engine.events if event.kind == "joined"))
    browser = Client(enforce_csrf_checks=True)
    forged = FakeEngine().posted(engine.events[0])[0]["Authorization"]
    for signature in (None, "", forged):
        told = {"authorization": signature} if signature is not None else {}
        answer = browser.post("/api/livekit/webhook", body, content_type="application/webhook+json", headers=told)
        assert answer.status_code == 401
    assert stays() == []
    for _ in range(2):
        answer = browser.post(
            "/api/livekit/webhook",
            body,
            content_type="application/webhook+json",
            headers={"authorization": headers["Authorization"]},
        )
        assert (answer.status_code, answer.content) == (204, b"")
    assert connection(identity).stays.count() == 1
    assert browser.get("/api/livekit/webhook").status_code == 405
