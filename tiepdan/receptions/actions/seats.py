"""Who sits in a hall in this reception (screen S10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from tiepdan.accounts.models import Agency, Person
from tiepdan.audit import actions as audit
from tiepdan.cases.models import Petitioner
from tiepdan.kernel.refusals import Invalid, Refused
from tiepdan.law.groups import representatives
from tiepdan.receptions.actions.common import begin
from tiepdan.receptions.actions.places import DESK, copy_seats_into
from tiepdan.receptions.models import ReceptionPoint, Seat
from tiepdan.receptions.queries import rules_of
from tiepdan.receptions.rules import SEAT_LABELS, SeatRole
from tiepdan.receptions.warnings.matters import CITIZENS, too_many_sentence

NOT_OF_A_CASE = (
    "Chọn công dân trong hồ sơ vụ việc: người dự buổi tiếp phải có thông tin nhân thân (khoản 4 Điều 21 NĐ 154/2026). "
    "Người chưa có trong hồ sơ thì thêm ở vụ việc trước."
)
# The citizen's own people: whoever speaks for them names the person of the case.
ON_THE_CITIZENS_SIDE = (*CITIZENS, SeatRole.LAWYER)


@dataclass(frozen=True)
class SeatFacts:
    full_name: str
    role: str
    title: str = ""
    agency: Agency | None = None
    person: Person | None = None
    petitioner: Petitioner | None = None
    place: str = ""
    may_speak: bool = True
    absence: str = ""


@transaction.atomic
def add_seat(hall: ReceptionPoint, facts: SeatFacts, *, by: Person, at: datetime, reason: str = "") -> Seat:
    """Raises Invalid: somebody sits there already, or more people than a group may send."""
    extra = begin(hall.reception, by=by, at=at, reason=reason)
    _check(hall, facts, None)
    last = hall.seats.aggregate(last=Max("order"))["last"]
    order = 0 if last is None else last + 1
    seat = Seat.objects.create(hall=hall, order=order, **_columns(facts))
    _record("reception.seat_added", seat, by=by, at=at, **extra)
    return seat


@transaction.atomic
def change_seat(seat: Seat, facts: SeatFacts, *, by: Person, at: datetime, seen: str = "", reason: str = "") -> None:
    extra = begin(seat.hall.reception, by=by, at=at, seen=seen, reason=reason)
    _check(seat.hall, facts, seat)
    for name, value in _columns(facts).items():
        setattr(seat, name, value)
    seat.save()
    _record("reception.seat_changed", seat, by=by, at=at, **extra)


@transaction.atomic
def remove_seat(seat: Seat, *, by: Person, at: datetime, reason: str = "") -> None:
    reception = seat.hall.reception
    extra = begin(reception, by=by, at=at, reason=reason)
    desk = (reception.chair_id, reception.secretary_id, reception.technician_id)
    if seat.person_id in desk and seat.role in DESK.values():
        raise Refused(
            f"{seat.full_name} điều hành buổi tiếp này nên không bỏ được. Đổi {SEAT_LABELS[seat.role].lower()} "
            "ở trang kế hoạch.",
            code="desk",
        )
    _record("reception.seat_removed", seat, by=by, at=at, **extra)
    seat.delete()


@transaction.atomic
def copy_seats(hall: ReceptionPoint, *, by: Person, at: datetime, reason: str = "") -> int:
    """Seats of this hall's last reception, without those who came for a matter; how many were new."""
    begin(hall.reception, by=by, at=at, reason=reason)
    last = last_time(hall)
    if last is None:
        raise Refused(f"Điểm cầu {hall} chưa dự buổi tiếp nào trước đây.", code="nothing")
    added = copy_seats_into(hall, [seat for seat in last.seats.all() if seat.role not in DESK.values()])
    if added:
        audit.record(
            "reception.seats_copied",
            agency=hall.reception.agency,
            at=at,
            by=by,
            about=hall.reception,
            hall=hall.key,
            point=str(hall),
            copied=last.reception.code,
            seats=added,
        )
    return added


def last_time(hall: ReceptionPoint) -> ReceptionPoint | None:
    """The hall's place in the newest earlier reception of the same agency."""
    rows = ReceptionPoint.objects.filter(
        point=hall.point, reception__agency=hall.reception.agency, reception__starts_at__lt=hall.reception.starts_at
    ).exclude(pk=hall.pk)
    return rows.select_related("reception").prefetch_related("seats").order_by("-reception__starts_at").first()


def _check(hall: ReceptionPoint, facts: SeatFacts, seat: Seat | None) -> None:
    if not facts.full_name.strip():
        raise Invalid("Chưa nhập họ tên.", code="full_name")
    others = Seat.objects.filter(hall__reception=hall.reception).select_related("hall__point")
    if seat is not None:
        others = others.exclude(pk=seat.pk)
    if facts.person is not None and not facts.absence:
        taken = others.filter(person=facts.person, absence="").first()
        if taken is not None:
            raise Invalid(f"{facts.person.full_name} đã có chỗ ở {taken.hall}. Giữ một chỗ.", code="person")
    if facts.petitioner is None and facts.role in CITIZENS and not facts.absence and not _was_so(seat, facts):
        raise Invalid(NOT_OF_A_CASE, code="petitioner")
    if facts.petitioner is None or facts.absence:
        return
    case = facts.petitioner.case
    if not hall.reception.matters.filter(case=case).exists():
        raise Invalid(f"Vụ việc {case.code} không có trong buổi tiếp này.", code="petitioner")
    if facts.role not in CITIZENS:
        return
    taken = others.filter(petitioner=facts.petitioner, role__in=CITIZENS, absence="").first()
    if taken is not None:
        raise Invalid(f"Người này đã có chỗ ở {taken.hall}.", code="petitioner")
    seated = others.filter(petitioner__case=case, role__in=CITIZENS, absence="").count()
    _, most = representatives(case.people_count, rules_of(hall.reception))
    if case.people_count > 1 and most and seated + 1 > most:
        raise Invalid(too_many_sentence(case.people_count, most), code="group")


def _was_so(seat: Seat | None, facts: SeatFacts) -> bool:
    """A seat of before that only gets another place or title."""
    return seat is not None and seat.petitioner_id is None and seat.role == facts.role


def _columns(facts: SeatFacts) -> dict[str, object]:
    return {
        **{name: getattr(facts, name) for name in ("agency", "person", "petitioner")},
        **{name: value.strip() if isinstance(value, str) else value for name, value in _plain(facts).items()},
    }


def _plain(facts: SeatFacts) -> dict[str, object]:
    names = ("full_name", "role", "title", "place", "may_speak", "absence")
    return {name: getattr(facts, name) for name in names}


def _record(event: str, seat: Seat, *, by: Person, at: datetime, **facts: Any) -> None:
    """Names of citizens are not for the log: the role and the hall say which seat it was."""
    staff = seat.role not in (*ON_THE_CITIZENS_SIDE, SeatRole.INTERPRETER)
    audit.record(
        event,
        agency=seat.hall.reception.agency,
        at=at,
        by=by,
        about=seat.hall.reception,
        hall=seat.hall.key,
        point=str(seat.hall),
        role=SEAT_LABELS[seat.role],
        **({"name": seat.full_name} if staff else {}),
        **({"case": seat.petitioner.case.code} if seat.petitioner else {}),
        **facts,
    )
