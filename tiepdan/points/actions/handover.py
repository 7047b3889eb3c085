"""Another agency looks after a hall from a day on. A merger needs none of this: the heir has its halls already."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate, make_aware

from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.queries import require_valid
from tiepdan.audit import actions as audit
from tiepdan.kernel.refusals import Invalid
from tiepdan.points.access import require_manager
from tiepdan.points.models import Handover, Point


@transaction.atomic
def hand_over(point: Point, target: Agency, since: date, reason: str, *, by: Person, at: datetime) -> Handover:
    """«Chuyển cơ quan quản lý». Receptions from that day on invite the new agency, earlier ones keep the old; a day
    to come waits for the worker, and replaces what was planned before.

    Raises:
        Forbidden: one of the two agencies is not looked after by the person.
        Refused: the new agency does not exist on that day.
        Invalid: no reason, the same agency, or a day before the last handover.
    """
    today = localdate(at)
    for agency in (point.agency, target):
        require_manager(by, agency, today)
    if not reason.strip():
        raise Invalid("Chưa nhập căn cứ, lý do.", code="reason")
    locked = Point.objects.select_for_update(of=("self",)).select_related("agency").get(pk=point.pk)
    if target.pk == locked.agency_id:
        raise Invalid(f"{target} đang quản lý điểm cầu này. Hãy chọn cơ quan khác.", code="target")
    for day in {since, today}:
        require_valid(target, day)
    last = point.handovers.filter(begun_at__isnull=False).first()
    if last is not None and since <= last.since:
        raise Invalid(
            f"{locked.agency} quản lý điểm cầu từ {last.since:%d/%m/%Y}; ngày chuyển phải sau ngày đó.", code="since"
        )
    point.handovers.filter(begun_at__isnull=True).delete()  # a plan that this one replaces
    row = Handover(point=locked, source=locked.agency, target=target, since=since, reason=reason.strip())
    row.made_at, row.made_by = at, by
    if since > today:
        row.due_at = make_aware(datetime(since.year, since.month, since.day))
    row.save()
    Point.objects.filter(pk=point.pk).update(was_handed_over=True)
    for chain in (row.source, row.target):
        audit.record(
            "point.handed_over",
            agency=chain,
            at=at,
            by=by,
            about=point,
            into=target.name,
            from_day=since,
            reason=row.reason,
        )
    if since <= today:
        _begin(row, at)
    return row


@transaction.atomic
def begin_handover(planned: Handover, now: datetime) -> None:
    """The worker's part: the day has come. Done twice it changes nothing more."""
    row = Handover.objects.select_related("source", "target").filter(pk=planned.pk, begun_at__isnull=True).first()
    if row is None or row.since > localdate(now):
        return
    _begin(row, now)
    audit.record("point.handover_began", agency=row.target, at=now, about=row.point, into=row.target.name)


@transaction.atomic
def withdraw_handover(point: Point, *, by: Person, at: datetime) -> None:
    """A handover that has not begun is taken back; nothing else is changed."""
    require_manager(by, point.agency, localdate(at))
    row = point.handovers.select_for_update(of=("self",)).filter(begun_at__isnull=True).select_related("target").first()
    if row is None:
        raise Invalid("Không có lần chuyển nào đang chờ. Hãy tải lại trang.", code="since")
    audit.record(
        "point.handover_withdrawn",
        agency=point.agency,
        at=at,
        by=by,
        about=point,
        into=row.target.name,
        from_day=row.since,
    )
    row.delete()


def _begin(row: Handover, at: datetime) -> None:
    Point.objects.filter(pk=row.point_id).update(agency=row.target)
    Handover.objects.filter(pk=row.pk).update(begun_at=at)
