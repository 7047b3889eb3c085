"""Who holds which post on a day, which agencies exist, and who may decide for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import BigIntegerField, Case, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, When

from tiepdan.accounts.models import Agency, Delegation, Person, Post
from tiepdan.accounts.rules import FEWEST_ADMINS, Role
from tiepdan.accounts.rules import valid_on as is_valid_on
from tiepdan.kernel.refusals import Refused
from tiepdan.kernel.text import fold

UNUSED = timedelta(days=90)
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


def roles_of(person: Person | AnonymousUser, on: date, agency: Agency | None = None) -> frozenset[Role]:
    """Roles on a day, in any agency or in the given one (or the one that it was merged into)."""
    posts = posts_of(person, on)
    if agency is not None:
        posts = posts.filter(agency=heir(agency, on))
    return frozenset(Role(role) for role in posts.values_list("role", flat=True))


def agencies_of(person: Person | AnonymousUser, on: date, *roles: Role) -> QuerySet[Agency]:
    """Agencies for which a post of the person (one of the roles, when given) counts on that day: those that exist,
    and those merged into them, whose open work goes on. For new work see `posted_agencies`."""
    return kept_by(_posted(person, on, roles), on)


def posted_agencies(person: Person | AnonymousUser, on: date, *roles: Role) -> QuerySet[Agency]:
    """Agencies that exist on that day and in which the person holds a post: only these take new work."""
    return Agency.objects.filter(pk__in=_posted(person, on, roles))


def _posted(person: Person | AnonymousUser, on: date, roles: tuple[Role, ...]) -> QuerySet[Any]:
    posts = posts_of(person, on)
    if roles:
        posts = posts.filter(role__in=[role.value for role in roles])
    return posts.order_by().values("agency")


def desk_title(person: Person, agency: Agency, on: date) -> str:
    """«Chuyên viên»: the title of the post by which somebody works at the desk of an agency; "" when none has one."""
    posts = posts_of(person, on).filter(agency=heir(agency, on)).exclude(title="")
    found = sorted(posts.values_list("role", "title"), key=lambda row: row[0] != Role.CLERK)
    return found[0][1] if found else ""


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
    post = posts_of(person, on).order_by("valid_from", "pk").first()
    if post is None:
        post = person.posts.select_related("agency").order_by("-valid_from", "-pk").first()
    return post.agency if post else None


def with_below(agencies: Iterable[Agency], on: date | None = None) -> set[int]:
    """Ids of the agencies and of all that stand below them in the tree (a few hundred rows).

    With a day, also of those that had been merged into one of them before it, whose papers the successor keeps.
    """
    below: dict[int | None, list[int]] = defaultdict(list)
    rows = Agency.objects.order_by().values_list("pk", "parent_id", "successor_id", "valid_to")
    for pk, parent, successor, last in rows:
        below[parent].append(pk)
        if successor is not None and on is not None and last is not None and last < on:
            below[successor].append(pk)
    found: set[int] = set()
    todo = [agency.pk for agency in agencies]
    while todo:
        pk = todo.pop()
        if pk not in found:
            found.add(pk)
            todo.extend(below[pk])
    return found


APPROVERS = (Role.APPROVER, Role.CHAIR)


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


def lent_to(person: Person, on: date) -> QuerySet[Delegation]:
    """Delegations by which the person may approve on a day, with who gave them and where."""
    return delegations_on(on).filter(receiver=person).select_related("giver", "agency")


def authority(
    person: Person | AnonymousUser, agency: Agency, on: date, *, not_for: Person | None = None
) -> Authority | None:
    """The right to approve in an agency on a day; an own post goes before a delegation. One query, or two.

    Delegations given by `not_for` do not count: nobody decides in the place of who put the thing forward.
    """
    if not isinstance(person, Person) or not person.is_active:
        return None
    agency = heir(agency, on)
    if approving_posts(on).filter(person=person, agency=agency).exists():
        return Authority(person)
    lent = delegations_on(on).filter(receiver=person, agency=agency)
    if not_for is not None:
        lent = lent.exclude(giver=not_for)
    row = lent.select_related("giver").order_by("pk").first()
    return Authority(person, row.giver) if row else None


def decides_for(person: Person | AnonymousUser, on: date) -> list[Agency]:
    """Agencies for which the person may approve on a day, those merged into them included. One query."""
    if not isinstance(person, Person) or not person.is_active:
        return []
    own = approving_posts(on).filter(person=person).values("agency")
    lent = delegations_on(on).filter(receiver=person).order_by().values("agency")
    deciding = Agency.objects.filter(Q(pk__in=own) | Q(pk__in=lent)).order_by()
    return list(kept_by(deciding.values("pk"), on))


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
        people = unreviewed(people, on)
    elif state == "unused":
        people = unused(people, on)
    posts = Post.objects.filter(agency__in=ids).select_related("agency").order_by("-valid_from", "role")
    return people.order_by("full_name", "pk").prefetch_related(Prefetch("posts", posts, to_attr="shown_posts"))


def unreviewed(people: QuerySet[Person], on: date) -> QuerySet[Person]:
    """Accounts in use whose rights nobody has looked through in this calendar year."""
    this_year = Q(reviewed_on__gte=date(on.year, 1, 1))
    return people.filter(is_active=True).exclude(this_year)


def unused(people: QuerySet[Person], on: date) -> QuerySet[Person]:
    """Accounts in use with which nobody signed in for 90 days."""
    before = on - UNUSED
    return people.filter(is_active=True).filter(Q(last_login__isnull=True) | Q(last_login__date__lt=before))


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
