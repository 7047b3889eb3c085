"""What was found of a hall's equipment, and how many halls at once were tried."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate

from tiepdan.accounts.models import Agency, Person
from tiepdan.audit import actions as audit
from tiepdan.files.actions import keep
from tiepdan.files.models import StoredFile
from tiepdan.files.rules import JPEG, JPEG_LONG, MEGABYTE, PNG
from tiepdan.kernel.dates import clock_text
from tiepdan.kernel.refusals import Invalid, Refused
from tiepdan.points.access import require_checker, require_technician
from tiepdan.points.models import Capacity, EquipmentCheck, Point
from tiepdan.points.queries import newest_check
from tiepdan.points.rules import CONDITION_LABELS, NO_CAMERA, PART_LABELS, Condition, Part

PHOTOS = (JPEG, JPEG_LONG, PNG)
LARGEST_PHOTO = 8 * MEGABYTE


@dataclass(frozen=True)
class Found:
    """What was found of one part."""

    part: str
    condition: str
    note: str = ""
    photo: UploadedFile[Any] | None = None


@transaction.atomic
def check_equipment(
    point: Point, found: Iterable[Found], *, on: date, by: Person, at: datetime, seen: str = ""
) -> None:
    """«Kiểm tra thiết bị»: the parts that were looked at on a day; of the others the earlier check goes on to count.

    Raises:
        Forbidden: neither the technician above the hall nor somebody of its own agency.
        Refused: somebody else told of a check meanwhile (`seen` is `marker(point)` of the page that was filled in).
        Invalid: nothing looked at, a day to come or before the last check, something broken without a word, a photo
            that is none or too large.
    """
    require_checker(by, point, localdate(at))
    Point.objects.select_for_update().get(pk=point.pk)
    if seen and seen != marker(point):
        raise _faster(point)
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
        if row.part == Part.CAMERA and row.condition == Condition.GOOD and point.cameras == 0:
            raise Invalid(f"{NO_CAMERA} Sửa số camera ở thông tin điểm cầu trước.", code=f"condition_{row.part}")
    newest.update(is_newest=False)
    EquipmentCheck.objects.bulk_create(
        EquipmentCheck(
            point=point,
            part=row.part,
            condition=row.condition,
            note=row.note.strip(),
            photo=_kept(row, point, by=by, at=at),
            checked_on=on,
            made_at=at,
            made_by=by,
        )
        for row in found
    )
    told = {PART_LABELS[row.part]: CONDITION_LABELS[row.condition] for row in found}
    audit.record("point.checked", agency=point.agency, at=at, by=by, about=point, day=on.isoformat(), parts=told)


def marker(point: Point) -> str:
    """Of the last check that a page shows."""
    last = newest_check(point)
    return last.made_at.isoformat() if last else "0"


def _faster(point: Point) -> Refused:
    last = newest_check(point)
    assert last is not None
    return Refused(
        f"{last.made_by.full_name} vừa ghi kết quả kiểm tra điểm cầu này lúc {clock_text(last.made_at)}. "
        "Hãy tải lại trang để xem; những gì bạn vừa nhập vẫn còn ở dưới, trừ ảnh.",
        code="faster",
    )


def _kept(row: Found, point: Point, *, by: Person, at: datetime) -> StoredFile | None:
    if row.photo is None:
        return None
    try:
        return keep(row.photo, agency=point.agency, by=by, at=at, accepted=PHOTOS, largest=LARGEST_PHOTO)
    except Invalid as wrong:
        raise Invalid(wrong.sentence, code=f"photo_{row.part}") from wrong


@transaction.atomic
def record_capacity(agency: Agency, halls: int, note: str, *, on: date, by: Person, at: datetime) -> Capacity:
    """How many halls at once the technician has tried; more than that keep a plan from being put forward."""
    require_technician(by, agency, localdate(at))
    if on > localdate(at):
        raise Invalid("Ngày thử chưa đến. Ghi ngày đã thử.", code="tested_on")
    row = Capacity.objects.create(agency=agency, halls=halls, tested_on=on, note=note.strip(), made_at=at, made_by=by)
    audit.record("point.capacity_tested", agency=agency, at=at, by=by, count=halls, day=on.isoformat(), note=row.note)
    return row
