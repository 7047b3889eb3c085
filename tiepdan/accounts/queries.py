"""Who holds which post on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from tiepdan.accounts.models import Agency, Delegation, Person, Post
from tiepdan.accounts.rules import Role


def valid_on(day: date, prefix: str = "") -> Q:
    return Q(**{f"{prefix}valid_from__lte": day}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": day})
    )


def posts_of(person: Person | AnonymousUser, on: date) -> QuerySet[Post]:
    """Posts that count on a day: of an active person, in an agency that exists on that day."""
    if not isinstance(person, Person) or not person.is_active:
        return Post.objects.none()
    return (
        Post.objects.filter(valid_on(on), valid_on(on, "agency__"), person=person)
        .select_related("agency")
        .order_by("agency__name", "role", "pk")
    )


def roles_of(person: Person | AnonymousUser, on: date, agency: Agency | None = None) -> frozenset[Role]:
    """Roles on a day, in any agency or in the given one."""
    posts = posts_of(person, on)
    if agency is not None:
        posts = posts.filter(agency=agency)
    return frozenset(Role(role) for role in posts.values_list("role", flat=True))


def agencies_of(person: Person | AnonymousUser, on: date, *roles: Role) -> QuerySet[Agency]:
    """Agencies in which the person holds a post (one of the roles, when given) on that day."""
    posts = posts_of(person, on)
    if roles:
        posts = posts.filter(role__in=[role.value for role in roles])
    return Agency.objects.filter(pk__in=posts.order_by().values("agency"))


def agencies_on(on: date) -> QuerySet[Agency]:
    return Agency.objects.filter(valid_on(on))


def has_role(person: Person | AnonymousUser, agency: Agency, on: date, *roles: Role) -> bool:
    return bool(roles_of(person, on, agency) & set(roles))


def home_agency(person: Person, on: date) -> Agency | None:
    """The agency whose chain holds what a person does for nobody in particular (signing in):
    that of the present post, else of the latest one."""
    post = posts_of(person, on).order_by("valid_from", "pk").first()
    if post is None:
        post = person.posts.select_related("agency").order_by("-valid_from", "-pk").first()
    return post.agency if post else None


def with_below(agencies: Iterable[Agency]) -> set[int]:
    """Ids of the agencies and of all that stand below them in the tree (a few hundred rows)."""
    children: dict[int | None, list[int]] = defaultdict(list)
    for pk, parent in Agency.objects.order_by().values_list("pk", "parent_id"):
        children[parent].append(pk)
    found: set[int] = set()
    todo = [agency.pk for agency in agencies]
    while todo:
        pk = todo.pop()
        if pk not in found:
            found.add(pk)
            todo.extend(children[pk])
    return found


APPROVERS = (Role.APPROVER, Role.CHAIR)


@dataclass(frozen=True)
class Authority:
    """Why somebody may decide for an agency: their own post, or that of the one who delegated it."""

    person: Person
    on_behalf_of: Person | None = None


def authority(person: Person | AnonymousUser, agency: Agency, on: date) -> Authority | None:
    """The right to approve in an agency on a day; an own post goes before a delegation."""
    if not isinstance(person, Person):
        return None
    if has_role(person, agency, on, *APPROVERS):
        return Authority(person)
    rows = Delegation.objects.filter(
        valid_on(on), receiver=person, agency=agency, withdrawn_at__isnull=True
    ).select_related("giver")
    for row in rows:
        # A delegation lasts no longer than the post that it lends, and no longer than the receiver works here.
        if has_role(row.giver, agency, on, *APPROVERS) and roles_of(person, on, agency):
            return Authority(person, row.giver)
    return None


def decides_for(person: Person | AnonymousUser, on: date) -> list[Agency]:
    """Agencies in which the person may approve on a day."""
    if not isinstance(person, Person):
        return []
    lent = Agency.objects.filter(delegations__receiver=person, delegations__withdrawn_at__isnull=True)
    found = {agency.pk: agency for agency in agencies_of(person, on, *APPROVERS)}
    found |= {agency.pk: agency for agency in lent.distinct() if authority(person, agency, on)}
    return list(found.values())
