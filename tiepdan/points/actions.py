"""Halls that last, and the state of their equipment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.queries import require_valid
from tiepdan.audit import actions as audit
from tiepdan.kernel.refusals import Invalid
from tiepdan.points.access import require_checker, require_technician
from tiepdan.points.models import Capacity, EquipmentCheck, Point
from tiepdan.points.rules import CONDITION_LABELS, PART_LABELS, Condition


@transaction.atomic
def add_point(
    *,
    agency: Agency,
    name: str,
    slug: str,
    address: str = "",
    contact_name: str = "",
    phone: str = "",
    by: Person,
    at: datetime,
) -> Point:
    """A hall of an agency.

    Raises:
        Refused: the agency has ended.
        Invalid: the name for signing in is taken.
    """
    require_valid(agency, localdate(at))
    if Point.objects.filter(slug=slug).exists():
        raise Invalid(f"Tên đăng nhập «{slug}» đã có điểm cầu dùng. Hãy chọn tên khác.", code="slug_taken")
    point = Point.objects.create(
        agency=agency, name=name, slug=slug, address=address, contact_name=contact_name, phone=phone
    )
    audit.record("point.added", agency=agency, at=at, by=by, about=point, code=slug)
    return point


@dataclass(frozen=True)
class Found:
    """What was found of one part."""

    part: str
    condition: str
    note: str = ""


@transaction.atomic
def check_equipment(point: Point, found: Iterable[Found], *, on: date, by: Person, at: datetime) -> None:
    """«Kiểm tra thiết bị»: the parts that were looked at on a day; of the others the earlier check goes on to count.

    Raises:
        Forbidden: neither the technician above the hall nor somebody of its own agency.
        Invalid: nothing looked at, a day to come or before the last check, something broken without a word.
    """
    require_checker(by, point, localdate(at))
    found = list(found)
    if not found:
        raise Invalid("Chưa chọn tình trạng của thiết bị nào.", code="parts")
    if on > localdate(at):
        raise Invalid("Ngày kiểm tra chưa đến. Ghi ngày đã kiểm tra.", code="checked_on")
    newest = point.checks.filter(part__in=[row.part for row in found], is_newest=True)
    last = newest.order_by("-checked_on").first()
    if last is not None and on < last.checked_on:
        raise Invalid(
            f"Lần kiểm tra gần nhất là ngày {last.checked_on:%d/%m/%Y}; ngày ghi không được trước ngày đó.",
            code="checked_on",
        )
    for row in found:
        if row.condition != Condition.GOOD and not row.note.strip():
            raise Invalid(
                f"{PART_LABELS[row.part]}: {CONDITION_LABELS[row.condition].lower()} thì phải ghi rõ thế nào.",
                code=f"note_{row.part}",
            )
    newest.update(is_newest=False)
    EquipmentCheck.objects.bulk_create(
        EquipmentCheck(
            point=point,
            part=row.part,
            condition=row.condition,
            note=row.note.strip(),
            checked_on=on,
            made_at=at,
            made_by=by,
        )
        for row in found
    )
    told = {PART_LABELS[row.part]: CONDITION_LABELS[row.condition] for row in found}
    audit.record("point.checked", agency=point.agency, at=at, by=by, about=point, day=on.isoformat(), parts=told)


@transaction.atomic
def record_capacity(agency: Agency, halls: int, note: str, *, on: date, by: Person, at: datetime) -> Capacity:
    """How many halls at once the technician has tried; more than that keep a plan from being put forward."""
    require_technician(by, agency, localdate(at))
    if on > localdate(at):
        raise Invalid("Ngày thử chưa đến. Ghi ngày đã thử.", code="tested_on")
    row = Capacity.objects.create(agency=agency, halls=halls, tested_on=on, note=note.strip(), made_at=at, made_by=by)
    audit.record("point.capacity_tested", agency=agency, at=at, by=by, count=halls, day=on.isoformat(), note=row.note)
    return row
