"""Opening, suspending, resuming and closing a reception."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tiepdan.accounts.models import Person
from tiepdan.audit import actions as audit
from tiepdan.kernel.refusals import Refused
from tiepdan.kernel.rows import move
from tiepdan.live.actions.admission import end, room_of
from tiepdan.live.actions.engine import eject, permit, publish
from tiepdan.live.actions.floor import end_turn
from tiepdan.live.models import Room
from tiepdan.live.queries import admitted, places_of, recording_facts
from tiepdan.live.rules import gate_sentence
from tiepdan.receptions.models import Reception
from tiepdan.receptions.rules import RECEPTION
from tiepdan.recordings import actions as recordings

SYSTEM = "Hệ thống"


def open_reception(reception: Reception, *, by: Person, now: datetime) -> Room:
    """Khai mạc: refused until sound and picture of the central hall are proved to be on disk."""
    refuse_step(reception, "open")
    sentence = gate_sentence(recording_facts(reception, now))
    if sentence:
        raise Refused(sentence, code="gate")
    with transaction.atomic():
        move(reception, RECEPTION, "open", opened_at=now)
        recordings.mark(reception, "opened", "Khai mạc", at=now)
        audit.record("reception.opened", agency=reception.agency, at=now, by=by, about=reception)
    return _tell(reception, now)


def suspend(reception: Reception, reason: str, *, by: Person | None, now: datetime) -> Room:
    """Tạm dừng: the floor is taken back, the recording goes on."""
    refuse_step(reception, "suspend")
    with transaction.atomic():
        move(reception, RECEPTION, "suspend", paused_at=now, pause_reason=reason)
        end_turn(reception, "paused", now)
        recordings.mark(reception, "paused", f"Tạm dừng: {reason}", at=now)
        audit.record(
            "reception.suspended",
            agency=reception.agency,
            at=now,
            by=by,
            by_label="" if by else SYSTEM,
            about=reception,
            reason=reason,
        )
    return _tell(reception, now)


def resume(reception: Reception, *, by: Person, now: datetime) -> Room:
    refuse_step(reception, "resume")
    facts = recording_facts(reception, now)
    if facts.running < facts.required:
        raise Refused(
            f"Chưa thể tiếp tục: không có máy ghi nào đang ghi ({facts.article}). Gọi kỹ thuật để chạy lại máy ghi.",
            code="gate",
        )
    with transaction.atomic():
        move(reception, RECEPTION, "resume", paused_at=None, pause_reason="")
        recordings.mark(reception, "resumed", "Tiếp tục", at=now)
        audit.record("reception.resumed", agency=reception.agency, at=now, by=by, about=reception)
    return _tell(reception, now)


def close(reception: Reception, *, by: Person, now: datetime) -> Room:
    """Kết thúc: cannot be undone. Recorders seal their takes, and everybody is sent out of the room."""
    refuse_step(reception, "close")
    with transaction.atomic():
        move(reception, RECEPTION, "close", closed_at=now, paused_at=None, pause_reason="")
        end_turn(reception, "closed", now)
        recordings.mark(reception, "closed", "Kết thúc buổi tiếp", at=now)
        recordings.end_recording(reception, now=now)
        leaving = admitted(reception)
        for connection in leaving:
            end(connection, "closed", now)
        audit.record("reception.closed", agency=reception.agency, at=now, by=by, about=reception)
    room = room_of(reception, now)
    publish(room, now)
    for connection in leaving:
        eject(room, connection)
    # The room itself stays until the recorders have taken their leave: to them a room that is pulled away is a fault.
    Room.objects.filter(pk=room.pk).update(due_at=now)
    return room


def refuse_step(reception: Reception, step: str) -> None:
    """Say what stands in the way, before anything else is looked at, when the state does not allow the step."""
    if RECEPTION.after(reception.state, step) is None:
        raise Refused(
            f"Không làm được: buổi tiếp đang ở trạng thái «{RECEPTION.label(reception.state)}».", code="state"
        )


def _tell(reception: Reception, now: datetime) -> Room:
    room = room_of(reception, now)
    permit(room, places_of(reception))
    publish(room, now)
    return room
