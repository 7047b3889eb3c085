"""Letting a hall or a station into the room: every entry goes through here, since a ticket cannot be taken back."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime

from tiepdan import media
from tiepdan.accounts.models import Person
from tiepdan.audit import actions as audit
from tiepdan.kernel.refusals import Refused
from tiepdan.live.actions.engine import as_note, eject, remember_note, versioned_state
from tiepdan.live.models import Connection, Hall, Room
from tiepdan.live.queries import open_turn, rights_of
from tiepdan.live.rules import STATION_RIGHTS
from tiepdan.media.port import MediaDown, MediaGone, Ticket
from tiepdan.receptions.access import require_working
from tiepdan.receptions.models import Credential, Reception, ReceptionPoint
from tiepdan.receptions.rules import FINISHED
from tiepdan.recordings import actions as recordings
from tiepdan.recordings.queries import rules_of

TICKET_TTL = timedelta(minutes=10)
# A browser that was admitted this recently and was not seen yet is still connecting: it counts as being in the room.
CONNECTING = timedelta(seconds=15)


@dataclass(frozen=True)
class Admission:
    ticket: Ticket
    hall: str | None
    state: dict[str, Any]


def room_of(reception: Reception, now: datetime) -> Room:
    """The room of a reception, made at the first entry. The name in the engine cannot be guessed."""
    room, _ = Room.objects.select_related("reception").get_or_create(
        reception=reception,
        defaults={"name": f"{reception.code.lower()}-{secrets.token_hex(8)}", "due_at": now},
    )
    return room


def hall_of(place: ReceptionPoint) -> Hall:
    """The row of what the chair decided about a hall, made when it is first needed."""
    hall, _ = Hall.objects.select_for_update().get_or_create(place=place)
    return hall


def admit_point(
    credential: Credential, *, device: str, takeover: bool, address: str, browser: str, now: datetime
) -> Admission:
    """Let the browser that signed in with `credential` publish its hall.

    Raises:
        Refused: codes `closed`, `removed`, `revoked`, `expired`, `not_yet`, `elsewhere`, `media_down`.
    """
    place = credential.hall
    reception = place.reception
    room = room_of(reception, now)
    _refuse_when_over(reception)
    present = _present(room)
    with transaction.atomic():
        credential.refresh_from_db()
        require_working(credential, now)
        hall = hall_of(place)
        _refuse_when_removed(hall, reception)
        older = Connection.objects.filter(place=place, ended_at__isnull=True).first()
        if older is not None and older.device == device:
            connection, replaced = older, None
        else:
            if older is not None:
                _refuse_when_elsewhere(older, present, takeover, now)
                end(older, "replaced", now)
            connection, replaced = _connect(credential, device, address, browser, now), older
    if replaced is not None:
        eject(room, replaced)
    if place.is_central:
        recordings.request_recording(reception, room=room.name, takes=rules_of(reception).recording.takes, now=now)
    state = _open_engine(room, now)
    rights = rights_of(place, open_turn(reception), reception.state)
    ticket = media.engine().ticket(room.name, connection.identity, place.point.name, rights, TICKET_TTL)
    return Admission(ticket, place.key, state)


def admit_station(person: Person, reception: Reception, *, now: datetime) -> Admission:
    """Let a member of staff watch and control. Stations publish nothing, so several windows do no harm."""
    room = room_of(reception, now)
    _refuse_when_over(reception)
    state = _open_engine(room, now)
    identity = f"s{person.pk}.{secrets.token_hex(4)}"
    ticket = media.engine().ticket(room.name, identity, person.full_name, STATION_RIGHTS, TICKET_TTL)
    audit.record("station.admitted", agency=reception.agency, at=now, by=person, about=reception)
    return Admission(ticket, None, state)


def refuse_when_replaced(credential: Credential, device: str) -> None:
    """Tell a browser that was let go why: the hall has moved to another machine since."""
    current = Connection.objects.filter(place=credential.hall, ended_at__isnull=True).exclude(device=device).first()
    own = Connection.objects.filter(place=credential.hall, device=device).order_by("-admitted_at").first()
    if current is not None and own is not None and own.end_code == "replaced":
        raise Refused(
            f"Điểm cầu đã chuyển sang một máy khác lúc {_clock(current.admitted_at)}. "
            "Muốn dùng lại máy này, bấm «Chuyển sang máy này».",
            code="replaced",
        )


def end(connection: Connection, code: str, now: datetime) -> None:
    """The connection may not come back: its identity is sent out whenever the engine shows it again."""
    Connection.objects.filter(pk=connection.pk, ended_at__isnull=True).update(ended_at=now, end_code=code)
    connection.stays.filter(to_at__isnull=True).update(to_at=now)


def _connect(credential: Credential, device: str, address: str, browser: str, now: datetime) -> Connection:
    place = credential.hall
    connection = Connection.objects.create(
        place=place,
        credential=credential,
        device=device,
        address=address,
        browser=browser[:300],
        admitted_at=now,
    )
    audit.record(
        "point.admitted",
        agency=place.reception.agency,
        at=now,
        by_label=f"Điểm cầu {place}",
        about=place.reception,
        hall=place.key,
        connection=connection.identity,
        address=address,
    )
    return connection


def _present(room: Room) -> set[str] | None:
    """Identities in the engine's room; None when the engine does not answer."""
    try:
        return {presence.identity for presence in media.engine().present(room.name)}
    except MediaGone:
        return set()
    except MediaDown:
        return None


def _open_engine(room: Room, now: datetime) -> dict[str, Any]:
    """Make sure that the engine has the room and shows its state."""
    Room.objects.filter(pk=room.pk).update(due_at=now)
    state = versioned_state(room, now)
    try:
        media.engine().open(room.name, as_note(state))
    except MediaDown as problem:
        raise Refused(
            "Máy chủ hình ảnh chưa sẵn sàng. Trang này tự thử lại; nếu quá một phút, gọi kỹ thuật: "
            f"{room.reception.help_phone}.",
            code="media_down",
        ) from problem
    remember_note(room, state["v"], now)
    return state


def _refuse_when_over(reception: Reception) -> None:
    if reception.state in FINISHED:
        raise Refused("Buổi tiếp đã kết thúc. Kết quả được thông báo bằng văn bản.", code="closed")


def _refuse_when_removed(hall: Hall, reception: Reception) -> None:
    if hall.removed_at is not None:
        raise Refused(
            f"Điểm cầu đã được mời ra khỏi phòng lúc {_clock(hall.removed_at)}. Lý do: {hall.removed_reason}. "
            f"Gọi điểm cầu trung tâm: {reception.help_phone}.",
            code="removed",
        )


def _refuse_when_elsewhere(older: Connection, present: set[str] | None, takeover: bool, now: datetime) -> None:
    if takeover:
        return
    connecting = now - older.admitted_at < CONNECTING and not older.stays.exists()
    seen = older.identity in present if present is not None else older.stays.filter(to_at__isnull=True).exists()
    if connecting or seen:
        raise Refused(
            f"Điểm cầu này đang dùng trên một máy khác từ {_clock(older.admitted_at)}. "
            "Bấm «Chuyển sang máy này» để ngắt máy kia.",
            code="elsewhere",
        )


def _clock(moment: datetime) -> str:
    return date_format(localtime(moment), "H:i")
