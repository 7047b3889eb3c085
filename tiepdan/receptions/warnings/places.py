"""Warnings about the halls of a plan and who sits in them (Điều 18, Điều 22 NĐ 154/2026)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.timezone import localdate

from tiepdan.points.models import EquipmentCheck
from tiepdan.points.queries import capacity_of, out_of_use
from tiepdan.points.rules import NEEDED, Condition, Part
from tiepdan.receptions.plan import Plan
from tiepdan.receptions.rules import SeatRole
from tiepdan.receptions.warnings.base import CARE, STOP, Warning

HALLS = "receptions:halls"
AT_THE_CENTRE = "Điểm cầu trung tâm phải có người chủ trì và cơ quan được giao tham mưu (khoản 1 Điều 22 NĐ 154/2026)."


def one_centre(plan: Plan, now: datetime) -> Iterator[Warning]:
    if plan.central is None:
        yield Warning("central", STOP, "Phải có đúng một điểm cầu trung tâm.", "khoản 4 Điều 3 NĐ 154/2026", HALLS)


def some_component(plan: Plan, now: datetime) -> Iterator[Warning]:
    if not plan.components:
        yield Warning(
            "component", STOP, f"Chưa chọn {plan.reception.terms['component']}.", "khoản 5 Điều 3 NĐ 154/2026", HALLS
        )


def chair_at_the_centre(plan: Plan, now: datetime) -> Iterator[Warning]:
    if plan.central is not None and not plan.seats_of(plan.central, SeatRole.CHAIR):
        sentence = f"{AT_THE_CENTRE} Chưa có chỗ ngồi của người chủ trì."
        yield Warning("central_chair", STOP, sentence, "khoản 1 Điều 22 NĐ 154/2026", HALLS)


def advisor_at_the_centre(plan: Plan, now: datetime) -> Iterator[Warning]:
    """Of every matter, the agency that advises on it; of a matter without one, any agency that advises."""
    if plan.central is None:
        return
    advisors = plan.seats_of(plan.central, SeatRole.ADVISOR)
    for matter in plan.matters:
        agency = matter.case.advising_agency
        if any(agency is None or seat.agency_id == agency.pk for seat in advisors):
            continue
        who = f"chưa có người của {agency}" if agency else "chưa có cơ quan tham mưu"
        sentence = f"{AT_THE_CENTRE} Vụ việc {matter.case.code}: {who}."
        yield Warning(f"advisor:{matter.case.pk}", STOP, sentence, "khoản 1 Điều 22 NĐ 154/2026", HALLS)


def usable_halls(plan: Plan, now: datetime) -> Iterator[Warning]:
    wanted = {hall.point_id for hall in plan.halls} | {hall.spare_id for hall in plan.halls}
    gone = set(out_of_use(localdate(plan.reception.starts_at)).filter(point__in=wanted - {None}))
    for hall in plan.halls:
        if hall.point_id in gone:
            sentence = f"Điểm cầu {hall.point} đã ngừng sử dụng. Chọn điểm cầu thay thế."
            yield Warning(f"inactive:{hall.point_id}", STOP, sentence, "khoản 1 Điều 16 NĐ 154/2026", HALLS)
        if hall.spare is not None and hall.spare_id in gone:
            sentence = f"Điểm cầu dự phòng {hall.spare} của {hall.point} đã ngừng sử dụng."
            yield Warning(f"spare_inactive:{hall.spare_id}", CARE, sentence, "", HALLS)


def somebody_at_each_hall(plan: Plan, now: datetime) -> Iterator[Warning]:
    for hall in plan.components:
        if not [seat for seat in hall.seats.all() if not seat.absence]:
            sentence = f"Điểm cầu {hall.point} chưa có thành phần tham dự."
            yield Warning(f"empty:{hall.point_id}", CARE, sentence, "khoản 2 Điều 22 NĐ 154/2026", HALLS)


def working_equipment(plan: Plan, now: datetime) -> Iterator[Warning]:
    """What was found broken when somebody last looked, and a hall that has no camera at all."""
    for hall in plan.halls:
        if hall.point.cameras == 0:
            sentence = (
                f"Điểm cầu {hall.point} thiếu camera ghi toàn cảnh nên chưa đủ điều kiện. Lắp, hoặc chọn nơi khác."
            )
            yield Warning(f"camera:{hall.point_id}", CARE, sentence, NEEDED[Part.CAMERA], HALLS)
    broken = EquipmentCheck.objects.filter(
        point__in=[hall.point_id for hall in plan.halls], is_newest=True, condition=Condition.BROKEN
    )
    for row in broken.select_related("point").order_by("point__name", "pk"):
        sentence = (
            f"Điểm cầu {row.point}: {row.get_part_display().lower()} hỏng ({row.note}; "
            f"kiểm tra {row.checked_on:%d/%m/%Y}). Sửa rồi kiểm tra lại, hoặc chọn điểm cầu khác."
        )
        yield Warning(f"equipment:{row.point_id}:{row.part}", CARE, sentence, NEEDED.get(row.part, ""), HALLS)


def tried_with_as_many(plan: Plan, now: datetime) -> Iterator[Warning]:
    """Not more halls at once than the office has tried; an office that has told of no trial is not held to one."""
    tested = capacity_of(plan.reception.agency)
    if tested is not None and len(plan.halls) > tested.halls:
        sentence = (
            f"Buổi tiếp có {len(plan.halls)} điểm cầu, nhiều hơn năng lực đã thử ({tested.halls} điểm cầu, "
            f"ngày {tested.tested_on:%d/%m/%Y}). Bớt điểm cầu, hoặc kỹ thuật thử lại rồi ghi năng lực mới."
        )
        yield Warning("capacity", STOP, sentence, "khoản 2 Điều 18 NĐ 154/2026", HALLS)


CHECKS = (
    one_centre,
    some_component,
    chair_at_the_centre,
    advisor_at_the_centre,
    usable_halls,
    somebody_at_each_hall,
    working_equipment,
    tried_with_as_many,
)
