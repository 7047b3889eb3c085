"""Who sees and changes a paper: whoever may see and change the thing that it is about, and upper rooms know that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.queries import agencies_of, posted_agencies, with_below
from tiepdan.accounts.rules import Role
from tiepdan.documents.kinds import kind_of
from tiepdan.documents.models import Batch, Document
from tiepdan.kernel.refusals import Forbidden
from tiepdan.kernel.rows import one

NAMES_CITIZEN = (
    "Văn bản này ghi họ tên, địa chỉ của công dân (khoản 2 Điều 12 NĐ 154/2026). "
    "Chỉ cán bộ tiếp dân, người chủ trì, thư ký và người ký được mở tệp."
)

May = Callable[[Person, str, datetime], bool]
Address = Callable[[str], str]


@dataclass(frozen=True)
class Door:
    may_read: May
    may_write: May
    address: Address
    sees_people: May | None  # None: whoever reads also sees who the citizens are


_doors: dict[str, Door] = {}


def register(about_kind: str, may_read: May, may_write: May, address: Address, sees_people: May | None = None) -> None:
    """`may_read(person, about_id, now)`, `may_write(person, about_id, now)` and `address(about_id)`, where it lives.

    With `sees_people` only those for whom it is true, and who may write, open files that name a citizen.
    """
    _doors[about_kind] = Door(may_read, may_write, address, sees_people)


def may_read(person: Person, about_kind: str, about_id: str, now: datetime) -> bool:
    """Also for an `about_id` out of an address: what is no id, or of nothing, is answered like what is not theirs."""
    door = _doors.get(about_kind)
    try:
        return door is not None and door.may_read(person, about_id, now)
    except (ObjectDoesNotExist, ValueError):
        return False


def may_write(person: Person, about_kind: str, about_id: str, now: datetime) -> bool:
    door = _doors.get(about_kind)
    return door is not None and may_read(person, about_kind, about_id, now) and door.may_write(person, about_id, now)


def may_open(person: Person, document: Document, now: datetime) -> bool:
    """Whether somebody who may read of a paper may open its files too (khoản 2 Điều 12 NĐ 154/2026)."""
    door = _doors.get(document.about_kind)
    if door is None or door.sees_people is None or not kind_of(document.kind).names_citizen:
        return True
    about = document.about_id
    return door.sees_people(person, about, now) or door.may_write(person, about, now)


def require_open(person: Person, document: Document, now: datetime) -> None:
    if not may_open(person, document, now):
        raise Forbidden(NAMES_CITIZEN, code="names_citizen")


def address_of(about_kind: str, about_id: str) -> str:
    """Where the thing lives; "" when its room has not said so."""
    door = _doors.get(about_kind)
    return door.address(about_id) if door else ""


def document_for(person: Person, pk: int, now: datetime) -> Document:
    """Raises Http404 for what is not theirs to see."""
    found = Document.objects.select_related(
        "agency", "docx", "pdf", "signed", "template", "replaces", "created_by", "issued_by"
    ).filter(pk=pk)
    document = one(found)
    if document is None or not may_read(person, document.about_kind, document.about_id, now):
        raise Http404
    return document


def document_to_change(person: Person, pk: int, now: datetime) -> Document:
    """Raises Http404 for what is not theirs to see, Forbidden for what they only may read."""
    document = document_for(person, pk, now)
    if not may_write(person, document.about_kind, document.about_id, now):
        raise Forbidden(
            "Bạn được xem văn bản này nhưng không được sửa, cấp số hay phát hành. "
            "Hãy nhờ cán bộ phụ trách vụ việc hoặc buổi tiếp.",
            code="read_only",
        )
    return document


def batch_for(person: Person, pk: int, now: datetime, *, to_change: bool = False) -> Batch:
    batch = Batch.objects.filter(pk=pk).first()
    may = may_write if to_change else may_read
    if batch is None or not may(person, batch.about_kind, batch.about_id, now):
        raise Http404
    return batch


def template_agencies(person: Person, now: datetime) -> QuerySet[Agency]:
    """Agencies whose templates and letterhead the person keeps: an administrator's own and all below."""
    on = timezone.localdate(now)
    return Agency.objects.filter(pk__in=with_below(agencies_of(person, on, Role.ADMIN), on)).order_by("name")


def template_agency(person: Person, code: str, now: datetime) -> Agency:
    """The agency named in the address, else the first of the person's own. Raises Http404."""
    own = posted_agencies(person, timezone.localdate(now), Role.ADMIN)
    agency = template_agencies(person, now).filter(code=code).first() if code else own.order_by("name").first()
    if agency is None:
        raise Http404
    return agency
