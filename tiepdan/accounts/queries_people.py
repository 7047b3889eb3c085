"""Reads of «Quản trị»: lists of people and of agencies, and who administers them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.timezone import localdate

from tiepdan.accounts.models import Agency, Person, Post
from tiepdan.accounts.queries import agencies_on, valid_on
from tiepdan.accounts.rules import FEWEST_ADMINS, Role
from tiepdan.audit.models import Entry
from tiepdan.kernel.text import fold

UNUSED = timedelta(days=90)
REVIEWS_SHOWN = 5


def admins_on(agency: Agency, on: date, *, without: QuerySet[Post] | None = None) -> set[int]:
    """Ids of the people who administer an agency on a day, by posts other than `without`."""
    posts = Post.objects.filter(
        valid_on(on), valid_on(on, "agency__"), agency=agency, role=Role.ADMIN.value, person__is_active=True
    )
    if without is not None:
        posts = posts.exclude(pk__in=without.order_by().values("pk"))
    return set(posts.order_by().values_list("person", flat=True))


def lonely_tops(ids: set[int], on: date) -> list[Agency]:
    """Tops of the tree among the agencies that have fewer than two administrators: the last one may fall ill."""
    admins = Count(
        "posts__person",
        filter=valid_on(on, "posts__") & Q(posts__role=Role.ADMIN.value, posts__person__is_active=True),
        distinct=True,
    )
    tops = agencies_on(on).filter(pk__in=ids, parent__isnull=True).annotate(admins=admins)
    return list(tops.filter(admins__lt=FEWEST_ADMINS))


def people_matching(
    people: QuerySet[Person],
    ids: set[int],
    on: date,
    *,
    text: str = "",
    agency: Agency | None = None,
    role: str = "",
    state: str = "",
) -> QuerySet[Person]:
    """Filters of the list of people; posts of the governed agencies come along in `shown_posts`."""
    if agency is not None or role:
        posts = Post.objects.filter(person=OuterRef("pk"), agency__in=ids & {agency.pk} if agency else ids)
        posts = posts.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))
        people = people.filter(Exists(posts.filter(role=role) if role else posts))
    for word in fold(text).split():
        people = people.filter(search__contains=word)
    if state == "locked":
        people = people.filter(is_active=False)
    elif state != "all":
        people = people.filter(is_active=True)
    if state == "unreviewed":
        people = unreviewed(people, ids, on)
    elif state == "unused":
        people = unused(people, on)
    posts = Post.objects.filter(agency__in=ids).select_related("agency").order_by("-valid_from", "role")
    return people.order_by("full_name", "pk").prefetch_related(Prefetch("posts", posts, to_attr="shown_posts"))


def unreviewed(people: QuerySet[Person], ids: set[int], on: date) -> QuerySet[Person]:
    """Accounts in use whose rights nobody has looked through in this calendar year; who also works outside the
    governed agencies is looked through by those who govern both."""
    lasting = Post.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), person=OuterRef("pk"))
    outside = lasting.exclude(agency__in=ids).order_by()
    this_year = Q(reviewed_on__gte=date(on.year, 1, 1))
    return people.filter(~Exists(outside), is_active=True).exclude(this_year)


def unused(people: QuerySet[Person], on: date) -> QuerySet[Person]:
    """Accounts in use with which nobody signed in for 90 days, although there was a post for as long."""
    before = on - UNUSED
    old = Post.objects.filter(person=OuterRef("pk"), valid_from__lte=before).order_by()
    never = Q(last_login__isnull=True) & Exists(old)
    return people.filter(is_active=True).filter(never | Q(last_login__date__lt=before))


def locked_out(people: QuerySet[Person], held: Mapping[str, datetime]) -> list[tuple[Person, datetime]]:
    """Who typed a wrong password too often and until when they have to wait; `held` by the name for signing in."""
    found = people.filter(username__in=held).order_by("full_name", "pk") if held else []
    return [(person, held[person.username]) for person in found]


@dataclass(frozen=True)
class Review:
    """Who confirmed on a day that which posts are still right."""

    on: date
    by: str
    posts: list[str]


def reviews_of(person: Person) -> list[Review]:
    """From the log, the newest first."""
    entries = Entry.objects.filter(about_kind="accounts.person", about_id=str(person.pk), event="person.reviewed")
    rows = entries.order_by("-pk").values_list("at", "by_label", "facts")[:REVIEWS_SHOWN]
    return [Review(localdate(at), by.partition(" (")[0], facts.get("confirmed", [])) for at, by, facts in rows]


@dataclass(frozen=True)
class Branch:
    """An agency in its place in the tree."""

    agency: Agency
    depth: int
    people: int


def tree(ids: set[int], on: date, *, text: str = "", state: str = "") -> list[Branch]:
    """The governed agencies, each above what stands below it, names in order."""
    people = Count("posts__person", filter=valid_on(on, "posts__") & Q(posts__person__is_active=True), distinct=True)
    rows = list(Agency.objects.filter(pk__in=ids).select_related("successor").annotate(people=people).order_by("name"))
    below: dict[int | None, list[Any]] = defaultdict(list)  # agencies with `people`
    for row in rows:
        below[row.parent_id if row.parent_id in ids else None].append(row)
    branches: list[Branch] = []
    todo = [(top, 0) for top in reversed(below[None])]
    while todo:
        agency, depth = todo.pop()
        branches.append(Branch(agency, depth, agency.people))
        todo += [(child, depth + 1) for child in reversed(below[agency.pk])]
    words = fold(text).split()
    return [branch for branch in branches if _stands(branch.agency, on, state, words)]


def _stands(agency: Agency, on: date, state: str, words: list[str]) -> bool:
    has_ended = agency.valid_to is not None and agency.valid_to < on
    wanted = state == "all" or has_ended == (state == "ended")
    return wanted and all(word in agency.search for word in words)
