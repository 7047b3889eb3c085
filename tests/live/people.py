"""What halls and stations do in the tests of the room: ask for a ticket, connect, and let the notices arrive."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from tests import cast
from tests import reception_cast as stage
from tests.reception_cast import NOW
from tiepdan.live import actions
from tiepdan.live.actions.admission import Admission
from tiepdan.live.actions.watch import watch
from tiepdan.live.models import Connection, Room
from tiepdan.media.fake import FakeEngine
from tiepdan.media.port import Rights
from tiepdan.receptions.models import Reception, ReceptionPoint

SPEAKS = Rights(camera=True, microphone=True, hidden=False, subscribe=True)
LISTENS = Rights(camera=True, microphone=False, hidden=False, subscribe=True)


def ask(of: ReceptionPoint, *, device: str = "may-a", takeover: bool = False, now: datetime = NOW) -> Admission:
    slip = stage.credential(of)
    return actions.admit_point(slip, device=device, takeover=takeover, address="10.0.0.7", browser="Firefox", now=now)


def enter(engine: FakeEngine, of: ReceptionPoint, *, device: str = "may-a", now: datetime = NOW) -> str:
    """The hall is in the room; its identity."""
    admission = ask(of, device=device, now=now)
    engine.join(admission.ticket)
    hear(engine, now)
    return admission.ticket.identity


def enter_station(engine: FakeEngine, of: Reception, now: datetime = NOW) -> str:
    admission = actions.admit_station(cast.chair(), of, now=now)
    engine.join(admission.ticket)
    hear(engine, now)
    return admission.ticket.identity


def hear(engine: FakeEngine, now: datetime = NOW) -> None:
    """Every notice that the engine has not posted yet arrives."""
    while engine.events:
        actions.take_event(engine.events.pop(0), now=now)


def opened(engine: FakeEngine, *slugs: str, now: datetime = NOW) -> Reception:
    """A recorded reception that has been opened, with the centre and these halls in the room."""
    of = stage.reception(now=now)
    for slug in (stage.CENTRE, *slugs):
        enter(engine, stage.hall(of, slug), now=now)
    stage.recording(of, now)
    actions.open_reception(of, by=cast.chair(), now=now)
    of.refresh_from_db()
    return of


def look(of: Reception, now: datetime) -> Room:
    """One round of the watch, as the worker makes it; the room with the moment of its next round."""
    room = Room.objects.get(reception=of)
    room.due_at = None
    watch(room, now)
    Room.objects.filter(pk=room.pk).update(due_at=room.due_at)
    return room


def shown(engine: FakeEngine, of: Reception) -> dict[str, Any]:
    """What everybody in the room sees now."""
    note: dict[str, Any] = json.loads(engine.note_of(room_name(of)))
    return note


def inside(engine: FakeEngine, of: Reception) -> dict[str, Rights]:
    return {presence.identity: presence.rights for presence in engine.present(room_name(of))}


def room_name(of: Reception) -> str:
    return Room.objects.get(reception=of).name


def connection(identity: str) -> Connection:
    return Connection.objects.get(pk=int(identity.partition(".")[2]))


def fresh(of: Reception) -> Reception:
    return Reception.objects.get(pk=of.pk)


def place(of: Reception, slug: str = stage.COMMUNE) -> ReceptionPoint:
    """The hall as a command's view reads it."""
    return stage.hall(fresh(of), slug)
