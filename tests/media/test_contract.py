"""What tiepdan relies on in a media engine, asked of the one in memory and of a real livekit-server."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.engine import eventually
from tests.media.conftest import Setting
from tests.media.people import Person
from tiepdan.media.port import MediaDown, MediaForged, MediaGone, Presence, Rights, Source

HALL = Rights(camera=True, microphone=True)
SILENT = Rights(camera=True, microphone=False)
RECORDER = Rights(hidden=True)
STATION = Rights()
TTL = timedelta(minutes=10)


def join(at: Setting, identity: str = "p7.1", rights: Rights = HALL, name: str = "Xã Thanh Lộc") -> Person:
    return at.people.join(at.room, at.engine.ticket(at.room, identity, name, rights, TTL))


def seen(at: Setting, identity: str = "p7.1") -> Presence | None:
    return next((p for p in at.engine.present(at.room) if p.identity == identity), None)


def sends(at: Setting, source: Source, identity: str = "p7.1") -> bool:
    found = seen(at, identity)
    return found is not None and bool(getattr(found, source))


def await_sending(at: Setting, source: Source) -> None:
    eventually(lambda: sends(at, source))


def await_silent(at: Setting, source: Source) -> None:
    eventually(lambda: not sends(at, source))


# Rooms.


def test_a_room_that_nobody_opened_is_empty_and_cannot_be_written_to(at: Setting) -> None:
    assert at.engine.present(at.room) == []
    with pytest.raises(MediaGone):
        at.engine.note(at.room, "x")
    with pytest.raises(MediaGone):
        at.engine.close(at.room)


def test_who_comes_later_reads_the_present_note(at: Setting) -> None:
    at.engine.open(at.room, '{"v":1}')
    at.engine.note(at.room, '{"v":2,"title":"Tiếp công dân"}')
    assert join(at).note() == '{"v":2,"title":"Tiếp công dân"}'


def test_who_is_inside_reads_a_new_note(at: Setting) -> None:
    at.engine.open(at.room, '{"v":1}')
    person = join(at)
    at.engine.note(at.room, '{"v":2}')
    eventually(person.note, lambda note: note == '{"v":2}')


def test_a_note_can_be_emptied(at: Setting) -> None:
    at.engine.open(at.room, '{"v":1}')
    at.engine.note(at.room, "")
    assert join(at).note() == ""


def test_opening_twice_renews_the_note_and_sends_nobody_out(at: Setting) -> None:
    at.engine.open(at.room, '{"v":1}')
    person = join(at)
    at.engine.open(at.room, '{"v":2}')
    eventually(person.note, lambda note: note == '{"v":2}')
    assert seen(at) is not None and not person.gone()


def test_joining_opens_the_room(at: Setting) -> None:
    join(at)
    at.engine.note(at.room, "x")


def test_an_empty_room_keeps_its_note(at: Setting) -> None:
    at.engine.open(at.room, '{"v":1}')
    join(at).leave()
    eventually(lambda: seen(at) is None)
    assert join(at, "p7.2").note() == '{"v":1}'


def test_closing_sends_everybody_out(at: Setting) -> None:
    at.engine.open(at.room, "x")
    people = [join(at, "p7.1"), join(at, "r.1", RECORDER)]
    at.engine.close(at.room)
    eventually(lambda: all(person.gone() for person in people))
    assert at.engine.present(at.room) == []
    with pytest.raises(MediaGone):
        at.engine.note(at.room, "x")


# Tickets and presence.


@pytest.mark.parametrize("rights", [HALL, SILENT, RECORDER, STATION, Rights(microphone=True, subscribe=False)])
def test_presence_shows_the_rights_of_the_ticket(at: Setting, rights: Rights) -> None:
    before = datetime.now(UTC)
    ticket = at.engine.ticket(at.room, "p7.1", "Xã Thanh Lộc", rights, TTL)
    assert ticket.identity == "p7.1"
    assert before + TTL - timedelta(seconds=1) <= ticket.expires_at <= datetime.now(UTC) + TTL
    at.people.join(at.room, ticket)
    found = eventually(lambda: seen(at))
    assert found is not None
    assert found == Presence("p7.1", "Xã Thanh Lộc", found.joined_at, False, False, rights.hidden, rights)
    assert abs(found.joined_at - before) < timedelta(minutes=1)


def test_everybody_is_listed_in_the_order_of_joining_and_hidden_ones_too(at: Setting) -> None:
    for identity, rights in [("p9.3", HALL), ("r.1", RECORDER), ("p7.1", HALL)]:
        join(at, identity, rights)
    assert [p.identity for p in at.engine.present(at.room)] == ["p9.3", "r.1", "p7.1"]


def test_others_are_not_told_about_who_is_hidden(at: Setting) -> None:
    join(at, "r.1", RECORDER)
    first = join(at, "p7.1")
    # Somebody who sends is announced at once; a LiveKit server announces the others every three seconds.
    join(at, "p9.1").publish("camera")
    eventually(first.offered, lambda others: others == {"p9.1": {"camera"}})


def test_an_expired_ticket_lets_nobody_in(at: Setting) -> None:
    # An hour: more than any tolerance for clocks that differ.
    ticket = at.engine.ticket(at.room, "p7.1", "x", HALL, -timedelta(hours=1))
    with pytest.raises(Exception, match=r"401|invalid|ticket|token"):
        at.people.join(at.room, ticket)
    assert at.engine.present(at.room) == []


def test_a_second_connection_with_the_same_identity_replaces_the_first(at: Setting) -> None:
    join(at)
    second = join(at)
    eventually(lambda: len(at.engine.present(at.room)), lambda number: number == 1)
    assert not second.gone()


def test_leaving_ends_presence(at: Setting) -> None:
    person = join(at)
    assert seen(at) is not None
    person.leave()
    eventually(lambda: seen(at) is None)


# Rights.


def test_presence_shows_what_is_sent(at: Setting) -> None:
    person = join(at)
    person.publish("camera")
    await_sending(at, "camera")
    assert not sends(at, "microphone")
    person.publish("microphone")
    await_sending(at, "microphone")


def test_withdrawing_the_microphone_cuts_it_off_and_leaves_the_camera(at: Setting) -> None:
    person = join(at)
    listener = join(at, "p9.1")
    person.publish("camera")
    person.publish("microphone")
    await_sending(at, "camera")
    await_sending(at, "microphone")
    eventually(listener.offered, lambda others: others == {"p7.1": {"camera", "microphone"}})
    at.engine.permit(at.room, "p7.1", SILENT)
    await_silent(at, "microphone")
    eventually(listener.offered, lambda others: others == {"p7.1": {"camera"}})
    found = seen(at)
    assert found is not None and found.camera and found.rights == SILENT


def test_without_the_right_the_microphone_stays_silent_until_it_is_given(at: Setting) -> None:
    person = join(at, rights=SILENT)
    person.publish_without_right("microphone")
    person.publish("camera")  # orders are served in turn: with this one done the first was refused
    await_sending(at, "camera")
    assert not sends(at, "microphone")
    at.engine.permit(at.room, "p7.1", HALL)
    eventually(lambda: (found := seen(at)) is not None and found.rights == HALL)
    person.publish("microphone")
    await_sending(at, "microphone")


def test_withdrawing_everything(at: Setting) -> None:
    person = join(at)
    person.publish("camera")
    await_sending(at, "camera")
    at.engine.permit(at.room, "p7.1", STATION)
    await_silent(at, "camera")
    found = seen(at)
    assert found is not None and found.rights == STATION and found.name == "Xã Thanh Lộc"


def test_muting_keeps_the_right(at: Setting) -> None:
    person = join(at)
    person.publish("microphone")
    await_sending(at, "microphone")
    at.engine.mute(at.room, "p7.1", "microphone")
    await_silent(at, "microphone")
    found = seen(at)
    assert found is not None and found.rights == HALL
    at.engine.mute(at.room, "p7.1", "microphone")  # twice is the same as once


def test_muting_what_is_not_sent_does_nothing(at: Setting) -> None:
    join(at)
    at.engine.mute(at.room, "p7.1", "microphone")
    assert seen(at) is not None


def test_ejecting(at: Setting) -> None:
    person = join(at)
    other = join(at, "p9.1")
    at.engine.eject(at.room, "p7.1")
    eventually(person.gone)
    eventually(lambda: seen(at) is None)
    assert seen(at, "p9.1") is not None and not other.gone()


def test_orders_about_somebody_absent_are_answered_with_gone(at: Setting) -> None:
    at.engine.open(at.room, "x")
    for room in (at.room, at.room + "-unknown"):
        with pytest.raises(MediaGone):
            at.engine.permit(room, "p7.1", HALL)
        with pytest.raises(MediaGone):
            at.engine.mute(room, "p7.1", "camera")
        with pytest.raises(MediaGone):
            at.engine.eject(room, "p7.1")


# Machines.


def test_an_engine_that_does_not_answer_is_down(at: Setting) -> None:
    at.engine.open(at.room, "x")
    at.stop()
    try:
        for order in (
            lambda: at.engine.open(at.room, "x"),
            lambda: at.engine.note(at.room, "x"),
            lambda: at.engine.close(at.room),
            lambda: at.engine.permit(at.room, "p7.1", HALL),
            lambda: at.engine.mute(at.room, "p7.1", "camera"),
            lambda: at.engine.eject(at.room, "p7.1"),
            lambda: at.engine.present(at.room),
        ):
            with pytest.raises(MediaDown):
                order()
        at.engine.ticket(at.room, "p7.1", "x", HALL, TTL)  # needs no engine
    finally:
        at.start()
    assert at.engine.present(at.room) == []


def test_a_restarted_engine_has_forgotten_and_can_be_told_again(at: Setting) -> None:
    at.engine.open(at.room, "x")
    at.restart()
    with pytest.raises(MediaGone):
        at.engine.note(at.room, "x")
    at.engine.open(at.room, "y")
    assert join(at).note() == "y"


# Notices.


def test_notices_tell_what_happened(at: Setting) -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    person = join(at)
    person.publish("camera")
    person.publish("microphone")
    await_sending(at, "camera")
    await_sending(at, "microphone")
    at.engine.permit(at.room, "p7.1", SILENT)
    await_silent(at, "microphone")
    person.leave()
    eventually(lambda: seen(at) is None)
    at.engine.close(at.room)
    wanted = {
        ("started", "", None),
        ("joined", "p7.1", None),
        ("published", "p7.1", "camera"),
        ("published", "p7.1", "microphone"),
        ("unpublished", "p7.1", "microphone"),
        ("unpublished", "p7.1", "camera"),
        ("left", "p7.1", None),
        ("finished", "", None),
    }
    events = eventually(
        lambda: [at.engine.read_event(*notice) for notice in at.notices()],
        lambda events: {(e.kind, e.identity, e.source) for e in events} >= wanted,
    )
    assert {(e.kind, e.identity, e.source) for e in events} == wanted
    assert len({e.id for e in events}) == len(events) and all(e.id for e in events)
    assert {e.room for e in events} == {at.room}
    assert all(before <= e.at <= datetime.now(UTC) for e in events)


def test_a_notice_with_another_body_or_no_signature_is_forged(at: Setting) -> None:
    join(at)
    headers, body = eventually(at.notices)[0]
    at.engine.read_event({name.upper(): value for name, value in headers.items()}, body)
    ticket = at.engine.ticket(at.room, "p7.1", "x", HALL, TTL)
    for wrong_headers, wrong_body in [
        (headers, body + b" "),
        (headers, b""),
        (headers, b"\xff"),
        ({}, body),
        ({"Authorization": ""}, body),
        ({"Authorization": "x.y.z"}, body),
        ({"Authorization": ticket.token}, body),
        ({"Authorization": f"Bearer {ticket.token}"}, body),
    ]:
        with pytest.raises(MediaForged):
            at.engine.read_event(wrong_headers, wrong_body)
