"""Who may read, edit and see the people of a case. The only way a view gets a row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.http import Http404
from django.utils.timezone import localdate

from tiepdan.accounts.models import Agency, Person, Post
from tiepdan.accounts.queries import (
    agencies_of,
    agency_ids,
    authority,
    deciding_ids,
    has_role,
    heir,
    posted_agencies,
    roles_of,
    valid_on,
    with_below,
)
from tiepdan.accounts.rules import Role
from tiepdan.cases.models import Case, Item, Petitioner, Receipt, Share
from tiepdan.kernel.rows import one

READERS = (Role.CLERK, Role.APPROVER, Role.CHAIR)
ASSIGNABLE = (Role.CLERK, Role.OFFICER, Role.SECRETARY)  # who may be put in charge of a case
LIST_ROLES = (*READERS, Role.INSPECTOR, Role.OFFICER, Role.SECRETARY)  # who opens the book of cases
RECEIVERS = (Role.OFFICER, Role.CLERK, Role.APPROVER, Role.CHAIR)  # of an agency with which a dossier is shared


@dataclass(frozen=True)
class Reach:
    """Agencies whose cases a person reads: those of the posts, and for inspectors all below."""

    agencies: frozenset[int]
    is_everything: bool = False  # no agency is left out: the list needs no condition


def reach_of(person: Person, on: date) -> Reach:
    own = agency_ids(person, on, *READERS) | deciding_ids(person, on)
    inspected = list(agencies_of(person, on, Role.INSPECTOR))
    if inspected:
        own |= with_below(inspected, on)
    return Reach(own, len(own) > 1 and len(own) == Agency.objects.count())


def may_list(person: Person, on: date) -> bool:
    """Whoever decides in somebody's place reads meanwhile what that person reads, the book of cases too."""
    return bool(roles_of(person, on) & set(LIST_ROLES)) or bool(deciding_ids(person, on))


def case_for(person: Person, code: str, now: datetime) -> Case:
    """The case of this code when the person may read it; Http404 for every other."""
    rows = Case.objects.select_related("agency", "officer", "place", "advising_agency", "created_by")
    case = one(rows.filter(code=code))
    if case is None or not may_read(person, case, localdate(now)):
        raise Http404
    return case


def editable_case(person: Person, code: str, now: datetime) -> Case:
    """For pages that only those who write may open."""
    case = case_for(person, code, now)
    if not may_edit(person, case, localdate(now)):
        raise Http404
    return case


def case_with_people(person: Person, code: str, now: datetime) -> Case:
    """To write what tells who they are: of a protected denouncer only those who may see it."""
    case = editable_case(person, code, now)
    require_people(person, case, now)
    return case


def require_people(person: Person, case: Case, now: datetime) -> None:
    if not may_see_people(person, case, localdate(now)):
        raise Http404


def assignable_case(person: Person, code: str, now: datetime) -> Case:
    """For those who may put somebody in charge: the clerks and the heads of the agency."""
    case = case_for(person, code, now)
    if not has_role(person, case.agency, localdate(now), *READERS):
        raise Http404
    return case


def may_read(person: Person, case: Case, on: date) -> bool:
    roles = roles_of(person, on, case.agency)
    if roles & {*READERS, Role.INSPECTOR} or (roles and case.officer_id == person.pk):
        return True
    if authority(person, case.agency, on):
        return True
    return case.agency_id in with_below(agencies_of(person, on, Role.INSPECTOR), on)


def may_edit(person: Person, case: Case, on: date) -> bool:
    """A clerk of the agency, or the officer to whom the case was given."""
    roles = roles_of(person, on, case.agency)
    return Role.CLERK in roles or (bool(roles) and case.officer_id == person.pk)


def may_see_people(person: Person, case: Case, on: date) -> bool:
    """Of a protected denouncer only those who must know read anything (khoản 2 Điều 12 NĐ 154/2026)."""
    if not case.is_protected:
        return True
    if person.pk in (case.officer_id, case.created_by_id) and roles_of(person, on, case.agency):
        return True
    return authority(person, case.agency, on) is not None


def may_link(person: Person, one: Case, other: Case, now: datetime) -> bool:
    """Whether to read that one was split off from the other: the people are the same, so who may not know those of a
    protected one is told at neither (khoản 2 Điều 12 NĐ 154/2026)."""
    on = localdate(now)
    return may_see_people(person, one, on) and may_see_people(person, other, on)


def linked(person: Person, case: Case, others: Iterable[Case], now: datetime) -> list[Case]:
    """Of the cases that this one was split off from or into, those of which the person may read so."""
    return [other for other in others if may_link(person, case, other, now)]


def clerk_agencies(person: Person, on: date) -> list[Agency]:
    """Agencies in whose name the person takes cases in."""
    return list(posted_agencies(person, on, Role.CLERK))


def officers_of(case: Case, on: date) -> QuerySet[Person]:
    """People of the agency who may be put in charge."""
    roles = [role.value for role in ASSIGNABLE]
    posts = Post.objects.filter(valid_on(on), agency=heir(case.agency, on), role__in=roles)
    return Person.objects.filter(pk__in=posts.values("person"), is_active=True).order_by("full_name")


def person_of_case(person: Person, case: Case, pk: int, now: datetime) -> Petitioner:
    found = one(case.petitioners.filter(pk=pk))
    if found is None or not may_see_people(person, case, localdate(now)):
        raise Http404
    return found


def item_of_case(person: Person, case: Case, pk: int, now: datetime) -> Item:
    found = one(case.items.select_related("file", "receipt").filter(pk=pk))
    if found is None or not may_see_people(person, case, localdate(now)):
        raise Http404
    return found


def receipt_of_case(person: Person, case: Case, pk: int, now: datetime) -> Receipt:
    found = one(case.receipts.select_related("giver", "document").filter(pk=pk))
    if found is None or not may_see_people(person, case, localdate(now)):
        raise Http404
    return found


def share_for(person: Person, pk: int, now: datetime) -> Share:
    """A dossier that is shared with an agency of the person, today."""
    on = localdate(now)
    share = one(Share.objects.select_related("case__agency", "agency").filter(pk=pk))
    if share is None or share.withdrawn_at or share.until < on or share.case.is_protected:
        raise Http404
    if not has_role(person, share.agency, on, *RECEIVERS):
        raise Http404
    return share
