"""Who reads of halls, who looks after them, and who says what is wrong with them. The only way a view gets a hall."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.queries import agencies_of, agencies_on, has_role, with_below
from tiepdan.accounts.rules import Role
from tiepdan.kernel.refusals import Forbidden
from tiepdan.points.models import EquipmentCheck, Point

READERS = frozenset({Role.CLERK, Role.TECHNICIAN, Role.OFFICER, Role.ADMIN})
# Those of a level: they register its halls, retire them and hand them over.
MANAGERS = frozenset({Role.TECHNICIAN, Role.ADMIN})


def read_agencies(person: Person, on: date) -> set[int]:
    """Ids of the agencies where the person works and of those below."""
    return with_below(agencies_of(person, on, *READERS), on)


def points_of(person: Person, on: date) -> QuerySet[Point]:
    return Point.objects.filter(agency__in=read_agencies(person, on)).select_related("agency")


def point_for(person: Person, slug: str, on: date) -> Point:
    found = points_of(person, on).select_related("edited_by").filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def check_for(point: Point, pk: int) -> EquipmentCheck:
    """One line of a hall's checklist, of now or of earlier."""
    found = point.checks.select_related("photo").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def managed(person: Person, on: date) -> set[int]:
    """Ids of the agencies whose halls the person looks after: those of the post and all below."""
    return with_below(agencies_of(person, on, *MANAGERS), on)


def offered(person: Person, on: date) -> QuerySet[Agency]:
    """Of those, the ones that exist on a day and take a new hall."""
    return agencies_on(on).filter(pk__in=managed(person, on)).order_by("name")


def may_manage(person: Person, point: Point, on: date) -> bool:
    return point.agency_id in managed(person, on)


def may_change(person: Person, point: Point, on: date) -> bool:
    """Who looks after it, and those who work where the hall is: they know who answers its telephone."""
    return has_role(person, point.agency, on, Role.CLERK, Role.OFFICER) or may_manage(person, point, on)


def may_check(person: Person, point: Point, on: date) -> bool:
    """The technician of the hall's agency or of one above it; else somebody who works where the hall is."""
    if has_role(person, point.agency, on, Role.TECHNICIAN, Role.CLERK, Role.OFFICER):
        return True
    return point.agency_id in with_below(agencies_of(person, on, Role.TECHNICIAN), on)


def require_manager(person: Person, agency: Agency, on: date) -> None:
    if agency.pk not in managed(person, on):
        raise Forbidden(
            f"Chỉ cán bộ kỹ thuật hoặc quản trị của {agency} hoặc của cơ quan cấp trên được quản lý điểm cầu này.",
            code="forbidden",
        )


def require_changer(person: Person, point: Point, on: date) -> None:
    if not may_change(person, point, on):
        raise Forbidden(
            f"Chỉ cán bộ của {point.agency}, kỹ thuật hoặc quản trị của cơ quan cấp trên được sửa điểm cầu này.",
            code="forbidden",
        )


def require_checker(person: Person, point: Point, on: date) -> None:
    if not may_check(person, point, on):
        raise Forbidden(
            f"Chỉ kỹ thuật trung tâm hoặc cán bộ của {point.agency} được ghi kết quả kiểm tra thiết bị.",
            code="forbidden",
        )


def require_technician(person: Person, agency: Agency, on: date) -> None:
    if not has_role(person, agency, on, Role.TECHNICIAN):
        raise Forbidden(f"Chỉ cán bộ kỹ thuật của {agency} được ghi năng lực đã thử.", code="forbidden")
