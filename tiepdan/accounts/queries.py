"""Who holds which post on a day, which agencies exist, and who may decide for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Q, QuerySet, When

from tiepdan.accounts.models import Agency, Delegation, Person, Post
from tiepdan.accounts.rules import Role
from tiepdan.accounts.rules import valid_on as is_valid_on
from tiepdan.kernel.refusals import Refused

APPROVERS = (Role.APPROVER, Role.CHAIR)
MERGERS = 2  # of one agency after the other, whose posts still count for the first


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


def heir(agency: Agency, on: date) -> Agency:
    """The agency whose posts count for this one on a day: itself, and from the day after its end the one that it was
    merged into. No query for an agency that has not ended."""
    for _ in range(MERGERS):
        if agency.valid_to is None or on <= agency.valid_to or agency.successor is None:
            break
        agency = agency.successor
    return agency


def kept_by(agencies: QuerySet[Any] | Iterable[Any], on: date) -> QuerySet[Agency]:
    """Every agency whose `heir` is one of these (ids, or a query of them): themselves, and those merged into them."""
    once = Q(valid_to__lt=on, successor__isnull=False)
    twice = once & Q(successor__valid_to__lt=on, successor__successor__isnull=False)
    keeper = Case(
        When(twice, then=F("successor__successor")),
        When(once, then=F("successor")),
        default=F("pk"),
        output_field=BigIntegerField(),
    )
    return Agency.objects.alias(keeper=keeper).filter(keeper__in=agencies)


class Standing:
    """The posts of a person on a day, what was delegated to them, and the agencies which that reaches. Each is read
    when it is first asked for, and once."""

    def __init__(self, person: Person | AnonymousUser, on: date) -> None:
        self.person, self.on = person, on

    @cached_property
    def posts(self) -> list[Post]:
        # Sorted here: Django needs longer for the ORDER BY of a joined row than for the rest of the query.
        rows = posts_of(self.person, self.on).order_by()
        return sorted(rows, key=lambda post: (post.agency.name, post.role, post.pk))

    @cached_property
    def lent(self) -> list[Delegation]:
        if not isinstance(self.person, Person) or not self.person.is_active:
            return []
        if not Delegation.objects.filter(valid_on(self.on), receiver=self.person, withdrawn_at=None).exists():
            return []  # as for almost everybody: the rest of the question is a long one
        return list(delegations_on(self.on).filter(receiver=self.person).select_related("giver", "agency"))

    def posted(self, *roles: Role) -> set[int]:
        """Ids of the agencies in which one of the posts is."""
        return {post.agency_id for post in self.posts if not roles or post.role in roles}

    def kept(self, agencies: set[int]) -> frozenset[int]:
        """Ids of these agencies and of those merged into them."""
        if not agencies:
            return frozenset()
        return frozenset(agencies | {pk for pk in self._heirs if self._heirs[pk] in agencies})

    @cached_property
    def _heirs(self) -> dict[int, int]:
        """Of every agency that was merged and has ended, the one that its posts count for."""
        merged = Agency.objects.filter(valid_to__lt=self.on, successor__isnull=False).order_by()
        into = {pk: heir for pk, heir in merged.values_list("pk", "successor") if heir is not None}
        return {pk: into.get(heir, heir) for pk, heir in into.items()}


def standing(person: Person | AnonymousUser, on: date) -> Standing:
    """Read anew, or what this page has read already (`remember`)."""
    memo = person.standings if isinstance(person, Person) else None
    if memo is None:
        return Standing(person, on)
    if on not in memo:
        memo[on] = Standing(person, on)
    found: Standing = memo[on]
    return found


def remember(person: Person) -> None:
    """From here on this row answers from what it has read. For pages that only show: whoever changes posts, and tests,
    hold rows that were not told to."""
    if person.standings is None:
        person.standings = {}


@contextmanager
def remembered_until_written(person: Person) -> Iterator[None]:
    """For a request that may change something: what it asks before, whether it may and what stands there, is read
    once. The first statement that locks or writes ends that, so the act itself asks anew."""

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith("SELECT") or "FOR UPDATE" in sql:
            person.standings = None
        return execute(sql, params, many, context)

    remember(person)
    try:
        with connection.execute_wrapper(watch):
            yield
    finally:
        person.standings = None


def roles_of(person: Person | AnonymousUser, on: date, agency: Agency | None = None) -> frozenset[Role]:
    """Roles on a day, in any agency or in the given one (or the one that it was merged into)."""
    posts = standing(person, on).posts
    if agency is not None:
        here = heir(agency, on).pk
        posts = [post for post in posts if post.agency_id == here]
    return frozenset(post.role_kind for post in posts)


def agency_ids(person: Person | AnonymousUser, on: date, *roles: Role) -> frozenset[int]:
    """Ids of the agencies for which a post of the person (one of the roles, when given) counts on that day: those that
    exist, and those merged into them, whose open work goes on. For new work see `posted_agencies`."""
    found = standing(person, on)
    return found.kept(found.posted(*roles))


def agencies_of(person: Person | AnonymousUser, on: date, *roles: Role) -> QuerySet[Agency]:
    """The agencies of `agency_ids`."""
    return Agency.objects.filter(pk__in=agency_ids(person, on, *roles))


def posted_agencies(person: Person | AnonymousUser, on: date, *roles: Role) -> QuerySet[Agency]:
    """Agencies that exist on that day and in which the person holds a post: only these take new work."""
    return Agency.objects.filter(pk__in=standing(person, on).posted(*roles))


def desk_title(person: Person, agency: Agency, on: date) -> str:
    """«Chuyên viên»: the title of the post by which somebody works at the desk of an agency; "" when none has one."""
    here = heir(agency, on).pk
    posts = [post for post in standing(person, on).posts if post.agency_id == here and post.title]
    return min(posts, key=lambda post: post.role != Role.CLERK).title if posts else ""


def agencies_on(on: date) -> QuerySet[Agency]:
    return Agency.objects.filter(valid_on(on))


def require_valid(agency: Agency, on: date) -> None:
    """Nothing new (a case, a person, a hall) for an agency that has ended or has not begun.

    Raises:
        Refused: with its successor, when it has one.
    """
    if is_valid_on(on, agency.valid_from, agency.valid_to):
        return
    if on < agency.valid_from:
        raise Refused(
            f"«{agency.name}» chỉ hoạt động từ {agency.valid_from:%d/%m/%Y}. Hãy chọn cơ quan đang hoạt động.",
            code="agency_ended",
        )
    assert agency.valid_to is not None
    after = f"«{agency.successor.name}», cơ quan kế thừa" if agency.successor else "cơ quan đang hoạt động"
    raise Refused(
        f"«{agency.name}» đã hết hiệu lực sau ngày {agency.valid_to:%d/%m/%Y}, không nhận việc mới. Hãy chọn {after}.",
        code="agency_ended",
    )


def has_role(person: Person | AnonymousUser, agency: Agency, on: date, *roles: Role) -> bool:
    return bool(roles_of(person, on, agency) & set(roles))


def home_agency(person: Person, on: date) -> Agency | None:
    """The agency whose chain holds what a person does for nobody in particular (signing in):
    that of the present post, else of the latest one."""
    post = min(standing(person, on).posts, key=lambda one: (one.valid_from, one.pk), default=None)
    if post is None:
        post = person.posts.select_related("agency").order_by("-valid_from", "-pk").first()
    return post.agency if post else None


def with_below(agencies: Iterable[Agency], on: date | None = None) -> set[int]:
    """Ids of the agencies and of all that stand below them in the tree (a few hundred rows).

    With a day, also of those that had been merged into one of them before it, whose papers the successor keeps.
    """
    todo = [agency.pk for agency in agencies]
    if not todo:
        return set()
    below: dict[int | None, list[int]] = defaultdict(list)
    rows = Agency.objects.order_by().values_list("pk", "parent_id", "successor_id", "valid_to")
    for pk, parent, successor, last in rows:
        below[parent].append(pk)
        if successor is not None and on is not None and last is not None and last < on:
            below[successor].append(pk)
    found: set[int] = set()
    while todo:
        pk = todo.pop()
        if pk not in found:
            found.add(pk)
            todo.extend(below[pk])
    return found


@dataclass(frozen=True)
class Authority:
    """Why somebody may decide for an agency: their own post, or that of the one who delegated it."""

    person: Person
    on_behalf_of: Person | None = None


def approving_posts(on: date) -> QuerySet[Post]:
    """Posts that carry the right to approve on a day."""
    roles = [role.value for role in APPROVERS]
    return Post.objects.filter(
        valid_on(on), valid_on(on, "agency__"), role__in=roles, person__is_active=True
    ).order_by()


def delegations_on(on: date) -> QuerySet[Delegation]:
    """Delegations that hold on a day: one lasts no longer than the post that it lends, and no longer than its
    receiver works in the agency."""
    here = Post.objects.filter(
        valid_on(on),
        valid_on(on, "agency__"),
        agency=OuterRef("agency"),
        person=OuterRef("receiver"),
        person__is_active=True,
    )
    lent = approving_posts(on).filter(agency=OuterRef("agency"), person=OuterRef("giver"))
    return Delegation.objects.filter(valid_on(on), Exists(here.order_by()), Exists(lent), withdrawn_at__isnull=True)


def lent_to(person: Person, on: date) -> list[Delegation]:
    """Delegations by which the person may approve on a day, with who gave them and where."""
    return standing(person, on).lent


def authority(
    person: Person | AnonymousUser, agency: Agency, on: date, *, not_for: Person | None = None
) -> Authority | None:
    """The right to approve in an agency on a day; an own post goes before a delegation.

    Delegations given by `not_for` do not count: nobody decides in the place of who put the thing forward.
    """
    if not isinstance(person, Person):
        return None
    here, found = heir(agency, on).pk, standing(person, on)
    if here in found.posted(*APPROVERS):
        return Authority(person)
    lent = [row for row in found.lent if row.agency_id == here and row.giver != not_for]
    return Authority(person, min(lent, key=lambda row: row.pk).giver) if lent else None


def deciding_ids(person: Person | AnonymousUser, on: date) -> frozenset[int]:
    """Ids of the agencies for which the person may approve on a day, those merged into them included."""
    found = standing(person, on)
    return found.kept(found.posted(*APPROVERS) | {row.agency_id for row in found.lent})


def decides_for(person: Person | AnonymousUser, on: date) -> list[Agency]:
    """The agencies of `deciding_ids`."""
    return list(Agency.objects.filter(pk__in=deciding_ids(person, on)))
