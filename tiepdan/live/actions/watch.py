"""The watch over a room: each second it holds the engine, the attendance and the recording to what the rows say.

Webhooks may be lost, the engine may be restarted with empty memory, a recorder may die: this loop repairs all of it.
It is the worker's due handler for `Room`, and it may run twice without harm.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from tiepdan import media
from tiepdan.audit import actions as audit
from tiepdan.kernel.rows import move
from tiepdan.live.actions.admission import end
from tiepdan.live.actions.attendance import reconcile
from tiepdan.live.actions.engine import permit_one, publish, reach, versioned_state
from tiepdan.live.actions.phases import SYSTEM, suspend
from tiepdan.live.models import Room
from tiepdan.live.queries import admitted, open_turn, recording_facts, rights_of
from tiepdan.live.rules import STATION_RIGHTS, TECHNICAL_PAUSE, hall_of, hours_text
from tiepdan.media.port import MediaDown, MediaGone, Presence
from tiepdan.receptions.models import Reception
from tiepdan.receptions.rules import FINISHED, RECEPTION, Phase, credential_problem
from tiepdan.recordings import actions as recordings
from tiepdan.recordings.queries import has_unfinished_takes, rules_of

EVERY = timedelta(seconds=1)
# A note that was overtaken by an older one on its way to the engine is put right by telling it again.
NOTE_AGAIN = timedelta(seconds=10)
# After the closing the recorders write their last second and leave; then the engine's room is closed in any case.
LEAVE_TIME = timedelta(seconds=10)


def watch(room: Room, now: datetime) -> None:
    reception = room.reception
    recordings.watch(reception, now=now)
    if reception.state in FINISHED:
        _finish(room, reception, now)
        return
    present = _present(room)
    if present is not None:
        reconcile(reception, {presence.identity for presence in present}, now)
        _end_withdrawn(reception, now)
        _hold(room, reception, present)
    _watch_recording(room, reception, now)
    _watch_disk(room, reception, now)
    state = versioned_state(room, now)
    if state["v"] != room.noted_version or room.noted_at is None or now - room.noted_at >= NOTE_AGAIN:
        publish(room, now)
    room.due_at = now + EVERY


def _present(room: Room) -> list[Presence] | None:
    try:
        return media.engine().present(room.name)
    except MediaGone:
        return []
    except MediaDown:
        return None


def _end_withdrawn(reception: Reception, now: datetime) -> None:
    """A credential that was withdrawn, or has expired, takes its connection with it."""
    for connection in admitted(reception):
        problem = credential_problem(connection.credential.facts, now)
        if problem:
            with transaction.atomic():
                end(connection, problem, now)
                audit.record(
                    "point.cut_off",
                    agency=reception.agency,
                    at=now,
                    by_label=SYSTEM,
                    about=reception,
                    hall=connection.place.key,
                    point=str(connection.place),
                    why=problem,
                )


def _hold(room: Room, reception: Reception, present: list[Presence]) -> None:
    """Send out whoever is not admitted, and give everybody exactly the rights that the rows say."""
    turn = open_turn(reception)
    places = {connection.identity: connection.place for connection in admitted(reception)}
    for presence in present:
        identity = presence.identity
        if identity in places:
            wanted = rights_of(places[identity], turn, reception.state)
            if presence.rights != wanted:
                permit_one(room, identity, wanted)
        elif hall_of(identity) is not None:
            _send_out(room, identity)
        elif not presence.hidden and presence.rights != STATION_RIGHTS:
            permit_one(room, identity, STATION_RIGHTS)


def _send_out(room: Room, identity: str) -> None:
    reach(lambda: media.engine().eject(room.name, identity))


def _watch_recording(room: Room, reception: Reception, now: datetime) -> None:
    """When no take runs any more, the reception is suspended after the profile's countdown."""
    if reception.state != Phase.OPEN:
        _set_lost(room, None)
        return
    if recording_facts(reception, now).running > 0:
        _set_lost(room, None)
        return
    if room.recording_lost_at is None:
        _set_lost(room, now)
        audit.record("recording.none", agency=reception.agency, at=now, by_label=SYSTEM, about=reception)
    elif now - room.recording_lost_at >= timedelta(seconds=rules_of(reception).recording.pause_seconds):
        suspend(reception, TECHNICAL_PAUSE, by=None, now=now)


def _set_lost(room: Room, moment: datetime | None) -> None:
    if room.recording_lost_at != moment:
        room.recording_lost_at = moment
        Room.objects.filter(pk=room.pk).update(recording_lost_at=moment)


def _watch_disk(room: Room, reception: Reception, now: datetime) -> None:
    """The alarm about the disk goes into the audit log once; the pages show it for as long as it holds."""
    hours = recording_facts(reception, now).hours_left
    low = hours is not None and hours < rules_of(reception).recording.disk_hours_alarm
    if low and room.disk_alarm_at is None:
        Room.objects.filter(pk=room.pk).update(disk_alarm_at=now)
        audit.record(
            "recording.disk_low",
            agency=reception.agency,
            at=now,
            by_label=SYSTEM,
            about=reception,
            left=hours_text(hours or 0.0),
        )
    elif not low and room.disk_alarm_at is not None:
        Room.objects.filter(pk=room.pk).update(disk_alarm_at=None)


def _finish(room: Room, reception: Reception, now: datetime) -> None:
    """After the end: the halls are out, the recorders leave by themselves, the last take seals the reception.

    Then, or when a recorder takes too long, the engine's room is closed: nobody stays in it.
    """
    unfinished = has_unfinished_takes(reception)
    if unfinished and reception.closed_at is not None and now - reception.closed_at < LEAVE_TIME:
        present = _present(room) or []
        for presence in present:
            if hall_of(presence.identity) is not None:
                _send_out(room, presence.identity)
        room.due_at = now + EVERY
        return
    reach(lambda: media.engine().close(room.name))
    if _present(room) is None:
        # Nobody knows who is still inside: look again until the engine answers.
        room.due_at = now + NOTE_AGAIN
    if unfinished:
        room.due_at = now + EVERY
    elif reception.state == Phase.CLOSED:
        with transaction.atomic():
            move(reception, RECEPTION, "seal", sealed_at=now)
            audit.record("reception.sealed", agency=reception.agency, at=now, by_label=SYSTEM, about=reception)
