"""Warnings about halls and people that are wanted twice at the same time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from tiepdan.kernel.dates import clock_text, day_text
from tiepdan.receptions.models import Reception
from tiepdan.receptions.plan import Plan
from tiepdan.receptions.rules import SEAT_LABELS, taking_against
from tiepdan.receptions.warnings.base import STOP, Warning

HALLS = "receptions:halls"
PLAN = "receptions:detail"
LONGEST = timedelta(hours=24)  # a reception begins and ends on one day


CLASHES = ("hall_booked:", "person_booked:", "person_twice:")


def has_clash(found: Iterable[Warning]) -> bool:
    """Whether a hall or a person is wanted twice."""
    return any(warning.code.startswith(CLASHES) for warning in found)


def others_at_the_time(reception: Reception) -> list[Reception]:
    """Receptions of any agency that take place at the same time, with halls and seats: three queries."""
    rows = Reception.objects.filter(
        state__in=taking_against(reception.state),
        starts_at__lt=reception.ends_at,
        starts_at__gt=reception.starts_at - LONGEST,
        ends_at__gt=reception.starts_at,
    ).exclude(pk=reception.pk)
    return list(rows.select_related("agency").prefetch_related("halls", "halls__seats").order_by("starts_at", "pk"))


def booked_twice(plan: Plan, now: datetime) -> Iterator[Warning]:
    others = others_at_the_time(plan.reception)
    if not others:
        return
    wanted = {hall.point_id: hall for hall in plan.halls}
    for other in others:
        for hall in other.halls.all():
            if hall.point_id in wanted:
                sentence = f"Điểm cầu {wanted[hall.point_id].point} đã có trong {_said(other)}. Chọn điểm cầu khác."
                yield Warning(f"hall_booked:{hall.point_id}:{other.code}", STOP, sentence, "", HALLS)
    mine = people_of(plan.reception, plan)
    for other in others:
        for person, (name, part) in mine.items():
            if person in people_of(other):
                sentence = f"{name} ({part}) đã có trong {_said(other)}. Chọn người khác hoặc đổi thời gian."
                yield Warning(f"person_booked:{person}:{other.code}", STOP, sentence, "", PLAN)


def seated_twice(plan: Plan, now: datetime) -> Iterator[Warning]:
    places = defaultdict(set)
    names = {}
    for hall in plan.halls:
        for seat in hall.seats.all():
            if seat.person_id and not seat.absence:
                places[seat.person_id].add(str(hall.point))
                names[seat.person_id] = seat.full_name
    for person, halls in places.items():
        if len(halls) > 1:
            listed = " và ".join(sorted(halls))
            sentence = f"{names[person]} được xếp cùng lúc ở {listed}. Giữ một chỗ."
            yield Warning(f"person_twice:{person}", STOP, sentence, "", HALLS)


def people_of(reception: Reception, plan: Plan | None = None) -> dict[int, tuple[str, str]]:
    """Accounts that take part, with the name and in which part; the three of the desk under their own."""
    halls = plan.halls if plan else reception.halls.all()
    found = {
        seat.person_id: (seat.full_name, SEAT_LABELS[seat.role].lower())
        for hall in halls
        for seat in hall.seats.all()
        if seat.person_id and not seat.absence
    }
    desk = (
        (reception.technician_id, "technician", "kỹ thuật"),
        (reception.secretary_id, "secretary", "thư ký"),
        (reception.chair_id, "chair", "người chủ trì"),
    )
    for pk, field, part in desk:
        found[pk] = (getattr(reception, field).full_name if plan else "", part)
    return found


def _said(other: Reception) -> str:
    span = f"{clock_text(other.starts_at)}–{clock_text(other.ends_at)} {day_text(other.starts_at)}"
    return f"buổi tiếp {other.code} của {other.agency}, {span}"


CHECKS = (booked_twice, seated_twice)
