"""Who reads of halls and who says what is wrong with them. The only way a view gets a hall."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.queries import agencies_of, has_role, with_below
from tiepdan.accounts.rules import Role
from tiepdan.kernel.refusals import Forbidden
from tiepdan.points.models import Point

READERS = frozenset({Role.CLERK, Role.TECHNICIAN, Role.OFFICER, Role.ADMIN})


def points_of(person: Person, on: date) -> QuerySet[Point]:
    """Halls of the agencies where the person works and of those below."""
    return Point.objects.filter(agency__in=with_below(agencies_of(person, on, *READERS), on)).select_related("agency")


def point_for(person: Person, slug: str, on: date) -> Point:
    found = points_of(person, on).filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def may_check(person: Person, point: Point, on: date) -> bool:
    """The technician of the hall's agency or of one above it; else somebody who works where the hall is."""
    if has_role(person, point.agency, on, Role.TECHNICIAN, Role.CLERK, Role.OFFICER):
        return True
    return point.agency_id in with_below(agencies_of(person, on, Role.TECHNICIAN), on)


def require_checker(person: Person, point: Point, on: date) -> None:
    if not may_check(person, point, on):
        raise Forbidden(
            f"Chỉ kỹ thuật trung tâm hoặc cán bộ của {point.agency} được ghi kết quả kiểm tra thiết bị.",
            code="forbidden",
        )


def require_technician(person: Person, agency: Agency, on: date) -> None:
    if not has_role(person, agency, on, Role.TECHNICIAN):
        raise Forbidden(f"Chỉ cán bộ kỹ thuật của {agency} được ghi năng lực đã thử.", code="forbidden")
