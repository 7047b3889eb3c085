"""The tree of agencies: add, correct, rename from a day, end, merge. Nothing that has papers is ever deleted."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils.timezone import localdate, make_aware

from tiepdan.accounts.models import Agency, AgencyName, Person, Post
from tiepdan.accounts.queries import require_valid
from tiepdan.accounts.rules import Kind, Span, is_twice
from tiepdan.audit import actions as audit
from tiepdan.kernel.refusals import Invalid, Refused

DAY = timedelta(days=1)
FACTS = {"kind": "loại", "parent": "cơ quan cấp trên", "phone": "điện thoại", "address": "địa chỉ"}
HAS_PAPERS = "Không xóa cơ quan đã có hồ sơ; hãy đặt ngày hết hiệu lực."


@transaction.atomic
def add_agency(
    *,
    name: str,
    short_name: str,
    code: str,
    kind: Kind,
    parent: Agency,
    valid_from: date,
    phone: str = "",
    address: str = "",
    by: Person,
    at: datetime,
) -> Agency:
    """A new agency below `parent`; its first line stands in the parent's chain.

    Raises:
        Refused: the parent has ended.
        Invalid: the code is taken.
    """
    require_valid(parent, max(valid_from, localdate(at)))
    if Agency.objects.filter(code=code).exists():
        raise Invalid(f"Mã «{code}» đã có cơ quan khác dùng. Hãy chọn mã khác.", code="code_taken")
    agency = Agency.objects.create(
        name=name,
        short_name=short_name,
        code=code,
        kind=kind.value,
        parent=parent,
        phone=phone,
        address=address,
        valid_from=valid_from,
    )
    audit.record("agency.added", agency=parent, at=at, by=by, about=agency, code=code, from_day=valid_from)
    return agency


@transaction.atomic
def edit_agency(
    agency: Agency, *, kind: Kind, parent: Agency | None, phone: str, address: str, by: Person, at: datetime
) -> None:
    """What may change without a date: where it stands and how it is reached."""
    if parent is not None and parent.pk != agency.parent_id:
        require_valid(parent, localdate(at))
    new: dict[str, Any] = {"kind": kind.value, "parent": parent, "phone": phone, "address": address}
    changed = [name for name, value in new.items() if getattr(agency, name) != value]
    for name in changed:
        setattr(agency, name, new[name])
    try:
        agency.clean()
    except ValidationError as wrong:
        raise Invalid(" ".join(wrong.messages), code="ring") from wrong
    if changed:
        agency.save(update_fields=changed)
        words = [FACTS[name] for name in changed]
        audit.record("agency.edited", agency=agency, at=at, by=by, about=agency, changed=words)


@transaction.atomic
def rename_agency(agency: Agency, *, name: str, short_name: str, since: date, by: Person, at: datetime) -> None:
    """A new name from a day on; papers of earlier days keep the old one. A day to come waits for the worker."""
    _require_day_inside(agency, since)
    today = localdate(at)
    AgencyName.objects.filter(agency=agency, valid_to__isnull=True).delete()  # a plan that this one replaces
    began = agency.named_since
    if since < began:
        raise Invalid(
            f"Tên hiện nay có từ {began:%d/%m/%Y}. Ngày đổi tên không được trước ngày đó.", code="before_last"
        )
    old = agency.name
    if since > today:
        midnight = make_aware(datetime(since.year, since.month, since.day))
        AgencyName.objects.create(agency=agency, name=name, short_name=short_name, valid_from=since, due_at=midnight)
    else:
        _put_name(agency, name, short_name, began, since)
    audit.record("agency.renamed", agency=agency, at=at, by=by, about=agency, old=old, name=name, from_day=since)


def _put_name(agency: Agency, name: str, short_name: str, began: date, since: date) -> None:
    if since > began:
        AgencyName.objects.create(
            agency=agency, name=agency.name, short_name=agency.short_name, valid_from=began, valid_to=since - DAY
        )
    agency.name, agency.short_name = name, short_name
    agency.save(update_fields=["name", "short_name"])


@transaction.atomic
def begin_name(planned: AgencyName, now: datetime) -> None:
    """The worker's part of `rename_agency`: the day has come. Done twice it changes nothing more."""
    row = AgencyName.objects.select_related("agency").filter(pk=planned.pk, valid_to__isnull=True).first()
    if row is None or row.valid_from > localdate(now):
        return
    began = row.agency.named_since
    row.delete()
    _put_name(row.agency, row.name, row.short_name, began, row.valid_from)
    audit.record("agency.name_began", agency=row.agency, at=now, about=row.agency, name=row.name)


@transaction.atomic
def end_agency(agency: Agency, *, last_day: date, by: Person, at: datetime) -> None:
    """`last_day` is the last on which it exists; its posts end with it. Given again, it replaces the day set before."""
    _require_day_inside(agency, last_day, ended_counts=False)
    _require_nobody_below(agency, last_day + DAY)
    agency.valid_to = last_day
    if agency.successor_id is not None:
        agency.successor = None
    agency.save(update_fields=["valid_to", "successor"])
    audit.record("agency.ended", agency=agency, at=at, by=by, about=agency, to_day=last_day)


@transaction.atomic
def merge_agency(agency: Agency, into: Agency, *, since: date, moves_people: bool, by: Person, at: datetime) -> int:
    """From `since` on `into` stands for `agency`, which ends the day before; the number of posts that went along."""
    _require_day_inside(agency, since - DAY, ended_counts=False)
    _require_nobody_below(agency, since)
    if into.pk == agency.pk:
        raise Invalid("Cơ quan không sáp nhập vào chính nó. Hãy chọn cơ quan khác.", code="itself")
    require_valid(into, since)
    agency.valid_to, agency.successor = since - DAY, into
    agency.save(update_fields=["valid_to", "successor"])
    moved = _move_posts(agency, into, since) if moves_people else 0
    for chain in (agency, into):
        audit.record(
            "agency.merged", agency=chain, at=at, by=by, about=agency, into=into.name, from_day=since, posts=moved
        )
    return moved


def _move_posts(agency: Agency, into: Agency, since: date) -> int:
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=since)
    there: dict[int, list[Span]] = defaultdict(list)
    for held in into.posts.filter(lasting):
        there[held.person_id].append(Span(held.role_kind, held.valid_from, held.valid_to))
    moving = [
        post
        for post in agency.posts.filter(lasting).select_related("person")
        if not is_twice(Span(post.role_kind, max(since, post.valid_from), post.valid_to), there[post.person_id])
    ]
    fresh = [
        Post(
            person=post.person,
            agency=into,
            role=post.role,
            title=post.title,
            valid_from=max(since, post.valid_from),
            valid_to=post.valid_to,
        )
        for post in moving
    ]
    Post.objects.bulk_create(fresh)
    agency.posts.filter(valid_from__lt=since).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=since)).update(
        valid_to=since - DAY
    )
    return len(fresh)


@transaction.atomic
def delete_agency(agency: Agency, *, by: Person, at: datetime) -> None:
    """Only one that was entered by mistake: nothing points at it, its chain is empty."""
    parent, name, code = agency.parent, agency.name, agency.code
    try:
        agency.delete()
    except ProtectedError as used:
        raise Refused(HAS_PAPERS, code="has_papers") from used
    audit.record("agency.deleted", agency=parent, at=at, by=by, name=name, code=code)


def _require_day_inside(agency: Agency, day: date, *, ended_counts: bool = True) -> None:
    if day < agency.valid_from:
        raise Invalid(
            f"Cơ quan hoạt động từ {agency.valid_from:%d/%m/%Y}. Hãy chọn ngày không sớm hơn.", code="too_early"
        )
    if ended_counts and agency.valid_to is not None and day > agency.valid_to:
        raise Invalid(
            f"Cơ quan đã hết hiệu lực sau ngày {agency.valid_to:%d/%m/%Y}. Hãy chọn ngày không muộn hơn.",
            code="too_late",
        )


def _require_nobody_below(agency: Agency, day: date) -> None:
    left = Agency.objects.filter(parent=agency).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day)).count()
    if left:
        raise Refused(
            f"Còn {left} cơ quan trực thuộc đang hoạt động. Hãy chuyển các cơ quan đó về cơ quan cấp trên khác, "
            "hoặc đặt ngày hết hiệu lực cho chúng trước.",
            code="has_below",
        )
