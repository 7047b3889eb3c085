"""Who is in the room, from the engine's notices, put right each second from the engine's own list."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tiepdan.audit import actions as audit
from tiepdan.live.actions.engine import permit_one, publish
from tiepdan.live.models import Connection, Room, Stay
from tiepdan.live.queries import open_turn, rights_of
from tiepdan.live.rules import hall_of
from tiepdan.media.port import MediaEvent
from tiepdan.receptions.models import Reception


def take_event(event: MediaEvent, *, now: datetime) -> None:
    """A notice of the engine: somebody came or left. Notices for unknown rooms and connections change nothing."""
    room = Room.objects.select_related("reception__agency").filter(name=event.room).first()
    if room is None:
        return
    named = hall_of(event.identity)
    connection = (
        Connection.objects.select_related("place__point", "place__live", "place__reception__agency")
        .filter(pk=named[1], place__reception=room.reception)
        .first()
        if named
        else None
    )
    if event.kind == "joined":
        if connection is not None and connection.ended_at is None:
            arrive(connection, now)
            # After a restart of the engine the ticket's rights are those of its day: give today's at once.
            rights = rights_of(connection.place, open_turn(room.reception), room.reception.state)
            permit_one(room, connection.identity, rights)
        publish(room, now)
        # The watch looks at once, also when it has ended with the reception: an old ticket may have let somebody in.
        Room.objects.filter(pk=room.pk).update(due_at=now)
    elif event.kind == "left" and connection is not None:
        leave(connection, now)


def reconcile(reception: Reception, present: set[str], now: datetime) -> None:
    """Hold the stays to the engine's list of who is connected."""
    for connection in Connection.objects.filter(place__reception=reception, ended_at__isnull=True).select_related(
        "place__point", "place__reception__agency"
    ):
        staying = connection.stays.filter(to_at__isnull=True).exists()
        if connection.identity in present and not staying:
            arrive(connection, now)
        elif connection.identity not in present and staying:
            leave(connection, now)


def arrive(connection: Connection, now: datetime) -> None:
    with transaction.atomic():
        _, created = Stay.objects.get_or_create(connection=connection, to_at__isnull=True, defaults={"from_at": now})
        if created:
            _entry("point.joined", connection, now)


def leave(connection: Connection, now: datetime) -> None:
    with transaction.atomic():
        if connection.stays.filter(to_at__isnull=True).update(to_at=now):
            _entry("point.left", connection, now)


def _entry(event: str, connection: Connection, now: datetime) -> None:
    place = connection.place
    audit.record(
        event,
        agency=place.reception.agency,
        at=now,
        by_label=f"Điểm cầu {place}",
        about=place.reception,
        hall=place.key,
        connection=connection.identity,
    )
