"""Who stands at the desk, and what they may open."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from tiepdan.accounts.kept import SIGNED_OUT
from tiepdan.accounts.models import Agency, Delegation, Person, Post
from tiepdan.accounts.queries import (
    agencies_of,
    posted_agencies,
    remember,
    remembered_until_written,
    roles_of,
    with_below,
)
from tiepdan.accounts.rules import Role
from tiepdan.audit import queries as audit
from tiepdan.audit.models import Entry
from tiepdan.kernel.errors import answer, prefers_json

SAFE = ("GET", "HEAD")
JOURNAL_ROLES = (Role.ADMIN, Role.INSPECTOR)

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Person, Rest], HttpResponseBase]
Plain = Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]


def person_of(request: HttpRequest) -> Person | None:
    """Who is signed in. For a page that only shows, the posts of that person are read once."""
    person = request.user
    if not isinstance(person, Person):
        return None
    if request.method in SAFE:
        remember(person)
    return person


def staff(*roles: Role) -> Callable[[View[Rest]], Plain[Rest]]:
    """For views `view(request, person, …)`: signed in, with one of the roles today when some are named."""

    def wrap(view: View[Rest]) -> Plain[Rest]:
        @wraps(view)
        def inner(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
            person = person_of(request)
            if person is None:
                return sign_in_first(request)
            with nullcontext() if request.method in SAFE else remembered_until_written(person):
                if roles and not roles_of(person, timezone.localdate()) & set(roles):
                    raise PermissionDenied
                return view(request, person, *args, **kwargs)

        return inner

    return wrap


def sign_in_first(request: HttpRequest) -> HttpResponse:
    if prefers_json(request):
        return answer(request, 403, SIGNED_OUT, "signed_out")
    return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)


def journal_agencies(person: Person, on: date) -> QuerySet[Agency]:
    """Agencies whose log the person may read: those of the post and all below."""
    return Agency.objects.filter(pk__in=with_below(agencies_of(person, on, *JOURNAL_ROLES), on))


def journal_has_system(person: Person, on: date) -> bool:
    """The system's own chain is for the administrators at the top of the tree."""
    return top_office(person, on) is not None


def journal_for(person: Person, on: date) -> QuerySet[Entry]:
    agencies = journal_agencies(person, on).values_list("pk", flat=True)
    return audit.entries_of(list(agencies), system=journal_has_system(person, on))


# --- administration: each level governs its own agency and what stands below --------------------------------------


def governed(person: Person, on: date) -> set[int]:
    """Ids of the agencies that the person administers on a day."""
    return with_below(agencies_of(person, on, Role.ADMIN), on)


def top_office(person: Person, on: date) -> Agency | None:
    """The agency at the top of the tree that the person administers, if any: what holds for everybody is theirs."""
    return posted_agencies(person, on, Role.ADMIN).filter(parent__isnull=True).first()


def agency_for(ids: set[int], pk: int) -> Agency:
    """One of the governed agencies; Http404 for any other."""
    found = Agency.objects.filter(pk__in=ids & {pk}).select_related("parent", "successor").first()
    if found is None:
        raise Http404
    return found


def may_end(ids: set[int], agency: Agency) -> bool:
    """Whether an agency goes on existing is decided from above, never by itself."""
    return agency.parent_id in ids


def people_of(ids: set[int]) -> QuerySet[Person]:
    """Everybody who holds, held or will hold a post in one of the agencies."""
    return Person.objects.filter(Exists(Post.objects.filter(person=OuterRef("pk"), agency__in=ids)))


def person_for(ids: set[int], pk: int) -> Person:
    """Http404 for people of other agencies."""
    found = people_of(ids).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def governs(ids: set[int], person: Person, on: date) -> bool:
    """Whether the account itself (password, lock, name) is theirs: no present or coming post lies outside, so that
    nobody gets into a higher office by way of somebody who works in both."""
    posts = [(row.agency_id, row.valid_to) for row in person.posts.all()]
    lasting = [agency for agency, last in posts if last is None or last >= on]
    return set(lasting or [agency for agency, _ in posts]) <= ids


def post_for(ids: set[int], person: Person, pk: int) -> Post:
    found = person.posts.filter(pk=pk, agency__in=ids).select_related("agency", "person").first()
    if found is None:
        raise Http404
    return found


def delegation_for(person: Person, pk: int) -> Delegation:
    """One's own, to take it back."""
    found = Delegation.objects.filter(pk=pk, giver=person).select_related("agency", "giver", "receiver").first()
    if found is None:
        raise Http404
    return found
