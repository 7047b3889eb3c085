"""Halls that last."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.queries import require_valid
from tiepdan.audit import actions as audit
from tiepdan.kernel.refusals import Invalid
from tiepdan.points.models import Point


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
