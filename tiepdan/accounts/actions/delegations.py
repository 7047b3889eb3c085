"""«Ủy quyền phê duyệt từ… đến…»: lending the right to approve, and taking it back."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from tiepdan.accounts.models import Agency, Delegation, Person
from tiepdan.accounts.queries import APPROVERS, has_role, require_valid, roles_of
from tiepdan.accounts.rules import Role
from tiepdan.audit import actions as audit
from tiepdan.kernel.refusals import Forbidden, Invalid, Refused


@transaction.atomic
def delegate(
    *,
    agency: Agency,
    giver: Person,
    receiver: Person,
    valid_from: date,
    valid_to: date,
    reason: str = "",
    at: datetime,
) -> Delegation:
    """Both days count. Only an own right is lent: what was delegated to somebody is not passed on.

    Raises:
        Forbidden: the giver may not approve in this agency.
        Invalid: days in the wrong order or in the past, or to oneself.
        Refused: the agency has ended, the receiver has no post there, or another delegation of the giver covers one
            of the days.
    """
    today = localdate(at)
    if not has_role(giver, agency, today, *APPROVERS):
        raise Forbidden("Chỉ lãnh đạo, người chủ trì đang giữ chức vụ tại cơ quan mới được ủy quyền phê duyệt.")
    if giver.pk == receiver.pk:
        raise Invalid("Không ủy quyền cho chính mình. Hãy chọn người khác.", code="oneself")
    if valid_to < valid_from:
        raise Invalid("Ngày kết thúc ủy quyền phải sau ngày bắt đầu.", code="order")
    if valid_from < today:
        raise Invalid("Không ủy quyền lùi ngày. Hãy chọn từ hôm nay trở đi.", code="past")
    require_valid(agency, valid_from)
    if not roles_of(receiver, valid_from, agency) - {Role.OBSERVER}:
        raise Refused(
            f"{receiver.full_name} không giữ vị trí công tác nào tại «{agency.name}» vào ngày {valid_from:%d/%m/%Y}. "
            "Chỉ ủy quyền cho cán bộ của cơ quan.",
            code="no_post",
        )
    mine = Delegation.objects.select_for_update().filter(agency=agency, giver=giver, withdrawn_at__isnull=True)
    other = mine.filter(valid_from__lte=valid_to, valid_to__gte=valid_from).select_related("receiver").first()
    if other is not None:
        raise Refused(
            f"Bạn đã ủy quyền cho {other.receiver.full_name} từ {other.valid_from:%d/%m/%Y} "
            f"đến {other.valid_to:%d/%m/%Y}. Hãy thu hồi ủy quyền đó hoặc chọn thời gian khác.",
            code="overlap",
        )
    row = Delegation.objects.create(
        agency=agency,
        giver=giver,
        receiver=receiver,
        valid_from=valid_from,
        valid_to=valid_to,
        reason=reason,
        made_at=at,
    )
    audit.record(
        "delegation.made",
        agency=agency,
        at=at,
        by=giver,
        about=receiver,
        from_day=valid_from,
        to_day=valid_to,
        reason=reason,
    )
    return row


@transaction.atomic
def withdraw(row: Delegation, *, by: Person, at: datetime) -> None:
    """From this moment on; decisions that were made under it stay."""
    rows = Delegation.objects.filter(pk=row.pk, withdrawn_at__isnull=True, valid_to__gte=localdate(at))
    if not rows.update(withdrawn_at=at):
        raise Refused("Ủy quyền này đã hết hạn hoặc đã được thu hồi.", code="stale")
    row.withdrawn_at = at
    audit.record(
        "delegation.withdrawn",
        agency=row.agency,
        at=at,
        by=by,
        about=row.receiver,
        from_day=row.valid_from,
        to_day=row.valid_to,
    )
