"""Keeping order: a hall is asked to leave the room, or let in again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tiepdan.accounts.models import Person
from tiepdan.audit import actions as audit
from tiepdan.kernel.refusals import Invalid, Refused
from tiepdan.live.actions.admission import end, hall_of, room_of
from tiepdan.live.actions.engine import eject as eject_from_engine
from tiepdan.live.actions.engine import publish
from tiepdan.live.actions.floor import end_turn
from tiepdan.live.models import Connection, Hall, Room
from tiepdan.live.queries import open_turn
from tiepdan.receptions.models import ReceptionPoint
from tiepdan.recordings import actions as recordings


def eject(place: ReceptionPoint, reason: str, *, by: Person, now: datetime) -> Room:
    """Mời ra khỏi phòng: the hall is cut off and gets no ticket until it is let in again."""
    if not reason.strip():
        raise Invalid("Chưa nhập lý do mời ra khỏi phòng. Lý do được ghi vào biên bản.", code="reason")
    if place.is_central:
        raise Refused("Không mời điểm cầu trung tâm ra khỏi phòng: người chủ trì ngồi tại đây.", code="central")
    reception = place.reception
    with transaction.atomic():
        changed = Hall.objects.filter(pk=hall_of(place).pk, removed_at__isnull=True).update(
            removed_at=now, removed_reason=reason.strip()[:300]
        )
        if not changed:
            raise Refused(f"Điểm cầu {place} đã được mời ra trước đó.", code="faster")
        turn = open_turn(reception)
        if turn is not None and turn.place_id == place.pk:
            end_turn(reception, "removed", now)
        connections = list(Connection.objects.filter(place=place, ended_at__isnull=True))
        for connection in connections:
            end(connection, "removed", now)
        recordings.mark(reception, "removed", f"Mời {place} ra khỏi phòng", at=now, hall=place)
        _entry("point.removed", place, by, now, reason=reason.strip())
    room = room_of(reception, now)
    for connection in connections:
        eject_from_engine(room, connection)
    publish(room, now)
    return room


def readmit(place: ReceptionPoint, *, by: Person, now: datetime) -> Room:
    """Cho vào lại: the hall may enter again by itself."""
    with transaction.atomic():
        if not Hall.objects.filter(place=place, removed_at__isnull=False).update(removed_at=None, removed_reason=""):
            raise Refused(f"Điểm cầu {place} không bị mời ra khỏi phòng.", code="faster")
        recordings.mark(place.reception, "readmitted", f"Cho {place} vào lại", at=now, hall=place)
        _entry("point.readmitted", place, by, now)
    room = room_of(place.reception, now)
    publish(room, now)
    return room


def _entry(event: str, place: ReceptionPoint, by: Person, now: datetime, **facts: str) -> None:
    audit.record(
        event,
        agency=place.reception.agency,
        at=now,
        by=by,
        about=place.reception,
        hall=place.key,
        point=str(place),
        **facts,
    )
