"""Giving and ending posts: a role of a person in an agency, from–to."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from tiepdan.accounts.models import Agency, Person, Post
from tiepdan.accounts.queries import require_valid
from tiepdan.accounts.queries_people import admins_on
from tiepdan.accounts.rules import Role, Span, enough_admins, is_twice, stands_apart
from tiepdan.audit import actions as audit
from tiepdan.kernel.refusals import Invalid, Refused

TOO_FEW_ADMINS = "Phải còn ít nhất hai quản trị viên."
APART = "Quản trị viên không được đồng thời là lưu trữ hoặc thanh tra."


@transaction.atomic
def add_post(
    person: Person,
    *,
    agency: Agency,
    role: Role,
    title: str = "",
    valid_from: date,
    valid_to: date | None = None,
    by: Person,
    at: datetime,
) -> Post:
    """A new post.

    Raises:
        Refused: the agency has ended; the role may not go together with another; the person is locked.
        Invalid: the same post at the same time, or days in the wrong order.
    """
    if not person.is_active:
        raise Refused("Tài khoản này đang khóa. Hãy mở khóa trước khi giao vai trò.", code="locked")
    if valid_to is not None and valid_to < valid_from:
        raise Invalid("Ngày kết thúc phải sau ngày bắt đầu.", code="order")
    require_valid(agency, max(valid_from, localdate(at)))
    wanted = Span(role, valid_from, valid_to)
    held = [(post, _span(post)) for post in person.posts.select_for_update()]
    if not stands_apart(wanted, [span for _, span in held]):
        raise Refused(APART, code="apart")
    if is_twice(wanted, [span for post, span in held if post.agency_id == agency.pk]):
        raise Invalid(
            f"{person.full_name} đã có vai trò «{role.label}» tại cơ quan này trong thời gian đó.", code="twice"
        )
    post = Post.objects.create(
        person=person, agency=agency, role=role.value, title=title, valid_from=valid_from, valid_to=valid_to
    )
    audit.record(
        "post.added",
        agency=agency,
        at=at,
        by=by,
        about=person,
        role=role.label,
        from_day=valid_from,
        to_day=valid_to,
    )
    return post


@transaction.atomic
def end_post(post: Post, *, last_day: date, by: Person, at: datetime) -> None:
    """`last_day` still counts. A post that has not begun may be ended before it begins: it then disappears."""
    if post.valid_to is not None and post.valid_to < localdate(at):
        raise Refused("Vai trò này đã kết thúc từ trước.", code="stale")
    require_admins_remain(Post.objects.filter(pk=post.pk), last_day + timedelta(days=1))
    role = post.role_kind.label
    if last_day < post.valid_from:
        post.delete()
    else:
        post.valid_to = last_day
        post.save(update_fields=["valid_to"])
    audit.record("post.ended", agency=post.agency, at=at, by=by, about=post.person, role=role, to_day=last_day)


def require_admins_remain(ending: QuerySet[Post], day: date) -> None:
    """Refused when, without the posts that end, the top of the tree would have fewer than two administrators on
    `day`, and fewer than with them."""
    tops = ending.filter(role=Role.ADMIN.value, agency__parent__isnull=True).values("agency")
    # Two who end each other's post at the same moment wait for each other here.
    for top in Agency.objects.select_for_update().filter(pk__in=tops):
        others = top.posts.filter(role=Role.ADMIN.value, valid_to__gte=day).exclude(pk__in=ending.values("pk"))
        # Also on the days after which others leave, as was settled before.
        later = {last + timedelta(days=1) for last in others.values_list("valid_to", flat=True) if last is not None}
        for on in sorted({day, *later}):
            if not enough_admins(len(admins_on(top, on)), len(admins_on(top, on, without=ending))):
                raise Refused(TOO_FEW_ADMINS, code="too_few_admins")


def _span(post: Post) -> Span:
    return Span(post.role_kind, post.valid_from, post.valid_to)
