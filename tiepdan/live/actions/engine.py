"""Telling the engine what the rows say. Never inside a transaction: an engine that hangs would hold the lock.

What fails here is not lost: the room stays due, and the worker's watch repeats it each second.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from tiepdan import media
from tiepdan.live.models import Connection, Room
from tiepdan.live.queries import admitted, digest, open_turn, rights_of, room_state
from tiepdan.media.port import MediaDown, MediaGone, Rights
from tiepdan.receptions.models import ReceptionPoint

log = logging.getLogger(__name__)


def versioned_state(room: Room, now: datetime) -> dict[str, Any]:
    """The state of the room with its version `v`, which grows when what is shown has changed."""
    for _ in range(5):
        state = room_state(room, now)
        fresh = digest(state)
        if fresh == room.digest:
            return {"v": room.version, **state}
        # Compare-and-set: web and worker may both see the change, and only one of them may name the version.
        if Room.objects.filter(pk=room.pk, version=room.version).update(version=room.version + 1, digest=fresh):
            room.version, room.digest = room.version + 1, fresh
            return {"v": room.version, **state}
        room.refresh_from_db()
    return {"v": room.version, **state}


def publish(room: Room, now: datetime) -> dict[str, Any]:
    """Give everybody in the room its present state, as the engine's room metadata; returns that state."""
    room.refresh_from_db()
    state = versioned_state(room, now)
    noted = reach(lambda: media.engine().note(room.name, as_note(state)))
    remember_note(room, state["v"] if noted else 0, now)
    return state


def as_note(state: dict[str, Any]) -> str:
    return json.dumps(state, ensure_ascii=False, separators=(",", ":"))


def remember_note(room: Room, version: int, now: datetime) -> None:
    """Which version the engine shows; 0 when it may show none, so that the watch tells it again."""
    room.noted_version, room.noted_at = version, now
    Room.objects.filter(pk=room.pk).update(noted_version=version, noted_at=now)


def permit(room: Room, places: Iterable[ReceptionPoint]) -> None:
    """Give the connections of these halls the rights that the rows say, now."""
    turn = open_turn(room.reception)
    wanted = {place.pk: rights_of(place, turn, room.reception.state) for place in places}
    for connection in admitted(room.reception):
        if connection.place_id in wanted:
            permit_one(room, connection.identity, wanted[connection.place_id])


def permit_one(room: Room, identity: str, rights: Rights) -> None:
    reach(lambda: media.engine().permit(room.name, identity, rights))


def eject(room: Room, connection: Connection) -> None:
    reach(lambda: media.engine().eject(room.name, connection.identity))


def reach(order: Callable[[], object]) -> bool:
    """Carry out an order to the engine; False when it is away, or has nobody of that name."""
    try:
        order()
    except MediaGone:
        return False
    except MediaDown as problem:
        log.warning("media engine is down: %s", problem)
        return False
    return True
