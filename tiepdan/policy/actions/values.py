"""An office's stricter values."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate

from tiepdan.accounts.models import Agency, Person
from tiepdan.audit import actions as audit
from tiepdan.kernel.refusals import Invalid, Refused
from tiepdan.law.profiles import profile
from tiepdan.law.sections import quantity
from tiepdan.policy.models import OfficeValue
from tiepdan.policy.rules import value_problem


@transaction.atomic
def set_value(
    agency: Agency, code: str, path: str, value: Decimal, *, valid_from: date, reason: str, by: Person, at: datetime
) -> OfficeValue:
    """Make a number of a profile stricter for an office from a day on (or go back to the profile's own).

    Raises:
        Invalid: it would be looser than the profile's, begins in the past, or has no reason.
    """
    base = profile(code)
    limit = base.limits.get(path)
    if problem := value_problem(limit, float(value)):
        raise Invalid(problem, code="value")
    assert limit is not None
    if valid_from < localdate(at):
        raise Invalid("Giá trị mới chỉ có hiệu lực từ hôm nay trở đi; ngày đã qua không đổi được.", code="valid_from")
    if not reason.strip():
        raise Invalid("Chưa nhập lý do.", code="reason")
    row = OfficeValue.objects.create(
        agency=agency,
        profile=code,
        path=path,
        value=value,
        valid_from=valid_from,
        reason=reason.strip(),
        entered_at=at,
        entered_by=by,
    )
    audit.record(
        "policy.value_set",
        agency=agency,
        at=at,
        by=by,
        about=row,
        profile=base.short,
        name=limit.label,
        value=quantity(float(value), limit.unit),
        valid_from=valid_from,
        reason=row.reason,
    )
    return row


@transaction.atomic
def remove_value(row: OfficeValue, *, by: Person, at: datetime) -> None:
    """Take back a value that has not begun yet; one that has is followed by another."""
    if row.valid_from <= localdate(at):
        raise Refused(
            f"Giá trị này đã có hiệu lực từ {row.valid_from:%d/%m/%Y}. Muốn đổi, hãy đặt giá trị khác từ một ngày mới.",
            code="begun",
        )
    pk, label, agency = row.pk, str(row), row.agency
    if not OfficeValue.objects.filter(pk=pk).delete()[0]:
        raise Refused("Giá trị này vừa được người khác bỏ. Hãy tải lại trang.", code="faster")
    audit.record("policy.value_removed", agency=agency, at=at, by=by, name=label, valid_from=row.valid_from)
