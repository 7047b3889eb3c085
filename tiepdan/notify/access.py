"""Who sees a delivery. Upper rooms say it for what is theirs, through `register`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.timezone import localdate

from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.queries import agencies_of, has_role
from tiepdan.accounts.rules import Role
from tiepdan.kernel.rows import one
from tiepdan.notify.models import Delivery
from tiepdan.notify.queries import NEEDS_CARE
from tiepdan.notify.rules import Answer, State

May = Callable[[Person, str, datetime], bool]
Address = Callable[[str], str]
Answered = Callable[[Delivery, Answer, datetime], None]
Moved = Callable[[Delivery, datetime], None]


@dataclass(frozen=True)
class _Owner:
    may: May
    address: Address
    answered: Answered | None
    moved: Moved | None


_owners: dict[str, _Owner] = {}


def register(
    about_kind: str, may: May, address: Address, answered: Answered | None = None, moved: Moved | None = None
) -> None:
    """From AppConfig.ready of the room that owns rows of `about_kind`.

    may(person, about_id, now): whether somebody who is no clerk of the sending agency may read its messages;
    address(about_id): the page where the thing lives; answered(delivery, answer, at): called in the transaction of an
    answer, before it is written, and may refuse it; moved(delivery, at): a message was sent, handed over or answered,
    in the same transaction.
    """
    _owners[about_kind] = _Owner(may, address, answered, moved)


def address_of(row: Delivery) -> str:
    """The page of the thing that the message is about; empty when nobody told."""
    owner = _owners.get(row.about_kind)
    return owner.address(row.about_id) if owner else ""


def told_answer(row: Delivery, answer: Answer, at: datetime) -> None:
    owner = _owners.get(row.about_kind)
    if owner is not None and owner.answered is not None:
        owner.answered(row, answer, at)


def tell_moved(row: Delivery, at: datetime) -> None:
    owner = _owners.get(row.about_kind)
    if owner is not None and owner.moved is not None:
        owner.moved(row, at)


def outbox_agencies(person: Person, on: date) -> QuerySet[Agency]:
    return agencies_of(person, on, Role.CLERK)


def visible(person: Person, now: datetime) -> QuerySet[Delivery]:
    """The outbox of a clerk's agencies. Administrators see only what could not be sent: the line is theirs to mend."""
    on = localdate(now)
    mine = Q(agency__in=outbox_agencies(person, on))
    mine |= Q(agency__in=agencies_of(person, on, Role.ADMIN)) & NEEDS_CARE
    return Delivery.objects.filter(mine).select_related("agency")


def delivery_for(person: Person, pk: int, now: datetime) -> Delivery:
    """Raises: Http404, also for what exists and is not theirs."""
    row = one(Delivery.objects.select_related("agency", "prepared_by", "released_by", "proof").filter(pk=pk))
    if row is None:
        raise Http404
    if may_send(person, row, localdate(now)) or visible(person, now).filter(pk=pk).exists():
        return row
    owner = _owners.get(row.about_kind)
    if owner is None or not owner.may(person, row.about_id, now):
        raise Http404
    return row


def may_send(person: Person, row: Delivery, on: date) -> bool:
    return has_role(person, row.agency, on, Role.CLERK)


def own_to_send(person: Person, pk: int, now: datetime) -> Delivery:
    """The delivery for somebody who may act on it; Http404 otherwise."""
    row = delivery_for(person, pk, now)
    if not may_send(person, row, localdate(now)):
        raise Http404
    return row


def delivery_of_token(token: str) -> Delivery:
    """The message of a receiver's own link. What never left the outbox does not exist for the receiver."""
    hidden = (State.DRAFT, State.DROPPED)
    row = Delivery.objects.select_related("agency").filter(token=token).exclude(state__in=hidden).first()
    if row is None:
        raise Http404
    return row
