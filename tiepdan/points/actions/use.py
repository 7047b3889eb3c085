"""A hall goes out of use from a day, and comes back. Both stay in its history."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import heir, require_valid
from tiepdan.audit import actions as audit
from tiepdan.kernel.refusals import Invalid, Refused
from tiepdan.points import usage
from tiepdan.points.access import require_manager
from tiepdan.points.models import Point, Retirement
from tiepdan.points.queries import gaps_of

NO_REASON = "Chưa nhập lý do."
MOST_NAMED = 3


@transaction.atomic
def retire(point: Point, since: date, reason: str, *, by: Person, at: datetime) -> Retirement:
    """«Ngừng sử dụng»: from `since` on nobody chooses the hall; what it was used for stays as it is.

    Raises:
        Refused: it stands in a reception of that day or later that is not over, or is out of use already.
        Invalid: no reason, or a day before it came back the last time.
    """
    require_manager(by, point.agency, localdate(at))
    if not reason.strip():
        raise Invalid(NO_REASON, code="reason")
    Point.objects.select_for_update().get(pk=point.pk)
    earlier = list(point.retirements.all())
    if lasting := next((row for row in earlier if row.back_on is None), None):
        raise Refused(f"Điểm cầu {point} đã ngừng sử dụng từ {lasting.first_day:%d/%m/%Y}.", code="out")
    back = max((row.back_on for row in earlier if row.back_on), default=None)
    if back is not None and since < back:
        raise Invalid(
            f"Điểm cầu được dùng lại từ {back:%d/%m/%Y}; ngày ngừng không được trước ngày đó.", code="first_day"
        )
    if codes := usage.taken(point, since):
        more = f" và {len(codes) - MOST_NAMED} buổi khác" if len(codes) > MOST_NAMED else ""
        listed = ", ".join(codes[:MOST_NAMED])
        raise Refused(
            f"Điểm cầu đang có trong buổi tiếp {listed}{more}; chọn điểm cầu thay thế trước.", code="first_day"
        )
    row = Retirement.objects.create(point=point, first_day=since, reason=reason.strip(), made_at=at, made_by=by)
    audit.record("point.retired", agency=point.agency, at=at, by=by, about=point, from_day=since, reason=row.reason)
    return row


@transaction.atomic
def take_back(point: Point, since: date, reason: str, *, by: Person, at: datetime) -> None:
    """«Dùng lại» from a day on; on the first day itself it takes back a retirement that has not begun.

    Raises:
        Refused: it is in use, its agency has ended, or something that the law needs was found broken.
        Invalid: no reason, or a day before it went out of use.
    """
    require_manager(by, point.agency, localdate(at))
    if not reason.strip():
        raise Invalid(NO_REASON, code="reason")
    row = point.retirements.select_for_update().filter(back_on__isnull=True).first()
    if row is None:
        raise Refused(f"Điểm cầu {point} đang được sử dụng.", code="in_use")
    if since < row.first_day:
        raise Invalid(
            f"Điểm cầu ngừng sử dụng từ {row.first_day:%d/%m/%Y}; ngày dùng lại không được trước ngày đó.",
            code="back_on",
        )
    require_valid(heir(point.agency_on(since), since), since)
    has_begun = row.first_day <= localdate(at)  # else it is in use now, and simply stays so
    if has_begun and (missing := gaps_of(point)):
        raise Refused(f"{' '.join(missing)} Sửa, lắp bổ sung rồi ghi kết quả kiểm tra trước khi dùng lại.", code="gaps")
    row.back_on, row.back_reason, row.back_at, row.back_by = since, reason.strip(), at, by
    row.save(update_fields=["back_on", "back_reason", "back_at", "back_by"])
    audit.record(
        "point.taken_back", agency=point.agency, at=at, by=by, about=point, from_day=since, reason=row.back_reason
    )
