"""Halls of a plan and the people of its desk who sit in them (screen S10)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.audit import actions as audit
from tiepdan.kernel.refusals import Invalid, Refused
from tiepdan.points.models import Point
from tiepdan.points.queries import is_usable, out_of_use
from tiepdan.receptions.actions.common import begin, void_tests
from tiepdan.receptions.models import Reception, ReceptionPoint, Seat
from tiepdan.receptions.people import title_of
from tiepdan.receptions.rules import SeatRole

ONE_CENTRE = "Phải có đúng một điểm cầu trung tâm."
DESK = {"chair": SeatRole.CHAIR, "secretary": SeatRole.SECRETARY, "technician": SeatRole.TECHNICIAN}
# Who comes for a matter, not for the hall: never taken over from another reception.
OF_A_MATTER = (SeatRole.CITIZEN, SeatRole.PROXY, SeatRole.LAWYER, SeatRole.INTERPRETER)


@transaction.atomic
def add_hall(
    reception: Reception, point: Point, *, is_central: bool = False, by: Person, at: datetime, reason: str = ""
) -> ReceptionPoint:
    """A registered, usable hall takes part. The central one gets the seats of chair, secretary and technician."""
    extra = begin(reception, by=by, at=at, reason=reason)
    if not is_usable(point, localdate(reception.starts_at)):
        raise Invalid(f"Điểm cầu {point} đã ngừng sử dụng. Chọn điểm cầu khác.", code="inactive")
    if reception.halls.filter(point=point).exists():
        raise Invalid(f"Điểm cầu {point} đã có trong buổi tiếp này.", code="twice")
    if is_central and (old := reception.halls.filter(is_central=True).select_related("point").first()):
        raise Invalid(
            f"{ONE_CENTRE} {old.point} đang là trung tâm; thêm là {reception.terms['component']} "
            "rồi bấm «Đặt làm trung tâm».",
            code="central",
        )
    last = reception.halls.aggregate(last=Max("order"))["last"]
    hall = ReceptionPoint.objects.create(
        reception=reception,
        point=point,
        is_central=is_central,
        order=0 if last is None else last + 1,
        operator=point.contact_name,
        phone=point.phone,
    )
    for matter in reception.matters.all():
        matter.halls.add(hall)
    if is_central:
        seat_desk(hall)
    void_tests(reception, by=by, at=at, why=f"Thêm điểm cầu {point}.")
    _record("reception.hall_added", hall, by=by, at=at, is_central=is_central, **extra)
    return hall


@transaction.atomic
def make_central(hall: ReceptionPoint, *, by: Person, at: datetime, reason: str = "") -> None:
    """This hall is the central one, the one before becomes a component. The desk moves with it."""
    reception = hall.reception
    extra = begin(reception, by=by, at=at, reason=reason)
    if hall.is_central:
        return
    reception.halls.filter(is_central=True).update(is_central=False)
    ReceptionPoint.objects.filter(pk=hall.pk).update(is_central=True)
    hall.is_central = True
    Seat.objects.filter(hall__reception=reception, role__in=DESK.values(), person__in=_desk(reception)).update(
        hall=hall
    )
    seat_desk(hall)
    void_tests(reception, by=by, at=at, why=f"Đổi điểm cầu trung tâm sang {hall.point}.")
    _record("reception.hall_central", hall, by=by, at=at, **extra)


@transaction.atomic
def change_hall(
    hall: ReceptionPoint,
    *,
    operator: str,
    phone: str,
    spare: Point | None,
    by: Person,
    at: datetime,
    seen: str = "",
    reason: str = "",
) -> None:
    extra = begin(hall.reception, by=by, at=at, seen=seen, reason=reason)
    if spare is not None:
        if not is_usable(spare, localdate(hall.reception.starts_at)):
            raise Invalid(f"Điểm cầu {spare} đã ngừng sử dụng. Chọn điểm cầu dự phòng khác.", code="spare")
        if spare.pk == hall.point_id or hall.reception.halls.filter(point=spare).exists():
            raise Invalid(f"Điểm cầu {spare} đã dự buổi tiếp này nên không làm dự phòng được.", code="spare")
    hall.operator, hall.phone, hall.spare = operator.strip(), phone.strip(), spare
    hall.save(update_fields=["operator", "phone", "spare"])
    _record("reception.hall_changed", hall, by=by, at=at, spare=str(spare) if spare else None, **extra)


@transaction.atomic
def remove_hall(hall: ReceptionPoint, *, by: Person, at: datetime, reason: str = "") -> None:
    """The hall takes no part any more, and its seats go; while it has a working password it is kept."""
    reception = hall.reception
    extra = begin(reception, by=by, at=at, reason=reason)
    if hall.credentials.filter(revoked_at__isnull=True).exists():
        raise Refused(
            f"Điểm cầu {hall} đang có tài khoản. Kỹ thuật thu hồi ở tab «Tài khoản» trước, rồi bỏ điểm cầu.",
            code="credential",
        )
    if reception.matters.filter(chosen=hall).exists():
        raise Refused(
            f"Công dân đã chọn điểm cầu {hall} (khoản 3 Điều 22 NĐ 154/2026). Ghi lại nguyện vọng trước khi bỏ.",
            code="chosen",
        )
    void_tests(reception, by=by, at=at, why=f"Bỏ điểm cầu {hall.point}.")
    _record("reception.hall_removed", hall, by=by, at=at, **extra)
    try:
        with transaction.atomic():
            hall.credentials.all().delete()
            hall.delete()
    except ProtectedError as problem:
        raise Refused(
            f"Điểm cầu {hall} đã kết nối vào buổi tiếp này nên không bỏ được nữa; hãy ghi vắng mặt cho thành phần.",
            code="used",
        ) from problem


def seat_desk(central: ReceptionPoint) -> None:
    """Chair, secretary and technician sit at the central hall, unless they have a seat already."""
    reception = central.reception
    seated = set(Seat.objects.filter(hall__reception=reception, person__isnull=False).values_list("person", flat=True))
    for order, (field, role) in enumerate(DESK.items()):
        person: Person = getattr(reception, field)
        if person.pk not in seated:
            Seat.objects.create(
                hall=central,
                full_name=person.full_name,
                title=title_of(person, reception.agency, localdate(reception.starts_at)),
                role=role,
                agency=reception.agency,
                person=person,
                order=order,
            )
            seated.add(person.pk)


def reseat(reception: Reception, field: str, old: Person) -> None:
    """Another chair, secretary or technician takes the seat of the one before."""
    role, new = DESK[field], getattr(reception, field)
    seats = Seat.objects.filter(hall__reception=reception, person=old, role=role)
    if Seat.objects.filter(hall__reception=reception, person=new).exists():
        seats.delete()
        return
    title = title_of(new, reception.agency, localdate(reception.starts_at))
    seats.update(person=new, full_name=new.full_name, title=title, agency=reception.agency, absence="")


def copy_halls(source: Reception, target: Reception) -> None:
    """Halls of another reception with those who come because of the hall; who came for a matter stays behind."""
    usable = source.halls.exclude(point__in=out_of_use(localdate(target.starts_at)))
    for hall in usable.select_related("point").prefetch_related("seats"):
        copy = ReceptionPoint.objects.create(
            reception=target,
            point=hall.point,
            is_central=hall.is_central,
            order=hall.order,
            operator=hall.operator,
            phone=hall.phone,
            spare=hall.spare,
        )
        copy_seats_into(copy, [seat for seat in hall.seats.all() if seat.role not in DESK.values()])
        if copy.is_central:
            seat_desk(copy)


def copy_seats_into(hall: ReceptionPoint, seats: list[Seat]) -> int:
    """Seats of those who come because of the hall; names that sit there already are passed over."""
    known = set(hall.seats.values_list("full_name", flat=True))
    last = hall.seats.aggregate(last=Max("order"))["last"] or 0
    fresh = [seat for seat in seats if seat.role not in OF_A_MATTER and seat.full_name not in known]
    Seat.objects.bulk_create(
        Seat(
            hall=hall,
            full_name=seat.full_name,
            title=seat.title,
            role=seat.role,
            agency=seat.agency,
            person=seat.person,
            place=seat.place,
            may_speak=seat.may_speak,
            order=last + number,
        )
        for number, seat in enumerate(fresh, start=1)
    )
    return len(fresh)


def _desk(reception: Reception) -> list[int]:
    return [reception.chair_id, reception.secretary_id, reception.technician_id]


def _record(event: str, hall: ReceptionPoint, *, by: Person, at: datetime, **facts: Any) -> None:
    audit.record(
        event, agency=hall.reception.agency, at=at, by=by, about=hall.reception, hall=hall.key, point=str(hall), **facts
    )
