"""Who may speak: the floor, and locked microphones. The engine enforces it; the pages only show it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tiepdan.accounts.models import Person
from tiepdan.audit import actions as audit
from tiepdan.kernel.refusals import Refused
from tiepdan.live.actions.admission import hall_of, room_of
from tiepdan.live.actions.engine import permit, publish
from tiepdan.live.models import Connection, Hall, Room, Stay, Turn
from tiepdan.live.queries import open_turn
from tiepdan.receptions.models import Reception, ReceptionPoint
from tiepdan.receptions.rules import Phase
from tiepdan.recordings import actions as recordings


def give_floor(place: ReceptionPoint, *, by: Person, now: datetime) -> Room:
    """Cho phát biểu: this hall may send sound; whoever had the floor loses it."""
    reception = place.reception
    if reception.state != Phase.OPEN:
        raise Refused("Chỉ cho phát biểu khi buổi tiếp đang diễn ra.", code="state")
    with transaction.atomic():
        hall = hall_of(place)
        if hall.removed_at is not None:
            raise Refused(f"Điểm cầu {place} đã được mời ra khỏi phòng. Bấm «Cho vào lại» trước.", code="removed")
        if hall.is_locked:
            raise Refused(f"Micro của điểm cầu {place} đang bị khóa. Bấm «Mở khóa micro» trước.", code="locked")
        if not is_present(place):
            raise Refused(f"Điểm cầu {place} chưa kết nối nên chưa thể phát biểu.", code="absent")
        # Two who press at the same moment take turns here; a double click changes nothing.
        Reception.objects.select_for_update().get(pk=reception.pk)
        current = open_turn(reception)
        if current is not None and current.place_id == place.pk:
            return room_of(reception, now)
        previous = end_turn(reception, "passed", now)
        Turn.objects.create(reception=reception, place=place, given_at=now, given_by=by)
        recordings.mark(reception, "floor", f"{place} phát biểu", at=now, hall=place)
        _entry("floor.given", place, by, now)
    return _tell(reception, [place, *([previous.place] if previous else [])], now)


def withdraw(reception: Reception, *, by: Person, now: datetime) -> Room:
    """Thu quyền phát biểu."""
    with transaction.atomic():
        turn = end_turn(reception, "withdrawn", now)
        if turn is None:
            raise Refused("Hiện không có điểm cầu nào đang phát biểu.", code="state")
        _entry("floor.withdrawn", turn.place, by, now)
    return _tell(reception, [turn.place], now)


def lock(place: ReceptionPoint, locked: bool, *, by: Person, now: datetime) -> Room:
    """Khóa micro of one hall, the central one too; a hall with the floor keeps it and stays silent until unlocked."""
    done = "khóa" if locked else "mở khóa"
    with transaction.atomic():
        if not Hall.objects.filter(pk=hall_of(place).pk, is_locked=not locked).update(is_locked=locked):
            raise Refused(
                f"Micro của điểm cầu {place} đã {done} từ trước. Tải lại trang để xem bản mới.", code="faster"
            )
        recordings.mark(place.reception, "locked", f"{done.capitalize()} micro {place}", at=now, hall=place)
        _entry("microphone.locked" if locked else "microphone.unlocked", place, by, now)
    return _tell(place.reception, [place], now)


def end_turn(reception: Reception, code: str, now: datetime) -> Turn | None:
    """End the turn of whoever has the floor; the ended turn, or None when nobody had it."""
    turn = open_turn(reception)
    if turn is None:
        return None
    if not Turn.objects.filter(pk=turn.pk, ended_at__isnull=True).update(ended_at=now, end_code=code):
        return None
    recordings.mark(reception, "floor_end", f"{turn.place} thôi phát biểu", at=now, hall=turn.place)
    return turn


def is_present(place: ReceptionPoint) -> bool:
    """Whether the engine was last seen to have this hall in the room."""
    return Stay.objects.filter(
        connection__in=Connection.objects.filter(place=place, ended_at__isnull=True), to_at__isnull=True
    ).exists()


def _entry(event: str, place: ReceptionPoint, by: Person, now: datetime) -> None:
    audit.record(
        event,
        agency=place.reception.agency,
        at=now,
        by=by,
        about=place.reception,
        hall=place.key,
        point=str(place),
    )


def _tell(reception: Reception, places: list[ReceptionPoint], now: datetime) -> Room:
    room = room_of(reception, now)
    permit(room, [ReceptionPoint.objects.select_related("live").get(pk=place.pk) for place in places])
    publish(room, now)
    return room
