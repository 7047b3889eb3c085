"""Who may be chosen for which part in a reception: by their posts on its day."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from tiepdan.accounts.models import Agency, Person, Post
from tiepdan.accounts.queries import has_role, heir, valid_on
from tiepdan.accounts.rules import Role


def chairs_of(agency: Agency, on: date) -> QuerySet[Person]:
    """The head, and deputies who may stand in (an approver: the reception is then marked «ủy quyền»)."""
    return _holders([heir(agency, on)], on, Role.CHAIR, Role.APPROVER)


def secretaries_of(agency: Agency, on: date) -> QuerySet[Person]:
    return _holders([heir(agency, on)], on, Role.SECRETARY, Role.CLERK)


def technicians_of(agency: Agency, on: date) -> QuerySet[Person]:
    """Of the agency and of those above it: a commune is helped by the province's technician."""
    above = [heir(agency, on)]
    while (parent := above[-1].parent) is not None and parent not in above:
        above.append(parent)
    return _holders(above, on, Role.TECHNICIAN)


def is_chair_on(person: Person, agency: Agency, on: date) -> bool:
    return person.is_active and has_role(person, agency, on, Role.CHAIR, Role.APPROVER)


def is_head_on(person: Person, agency: Agency, on: date) -> bool:
    """The head holds the post of the chair; who only approves stands in for the head."""
    return has_role(person, agency, on, Role.CHAIR)


def title_of(person: Person, agency: Agency, on: date) -> str:
    """«Chủ tịch UBND tỉnh»: the title of the post by which the person takes part."""
    posts = Post.objects.filter(valid_on(on), person=person, agency=heir(agency, on)).exclude(title="")
    ranked = {Role.CHAIR.value: 0, Role.APPROVER.value: 1}
    found = sorted(posts.values_list("role", "title"), key=lambda row: ranked.get(row[0], 2))
    return found[0][1] if found else ""


def _holders(agencies: list[Agency], on: date, *roles: Role) -> QuerySet[Person]:
    posts = Post.objects.filter(
        valid_on(on), valid_on(on, "agency__"), agency__in=agencies, role__in=[role.value for role in roles]
    )
    return Person.objects.filter(is_active=True, pk__in=posts.order_by().values("person")).order_by("full_name", "pk")
