"""What waits for somebody on the first page because of an invitation: tasks, and the next reception."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import agency_ids, roles_of
from tiepdan.accounts.rules import Role
from tiepdan.accounts.tasks import Task, Upcoming
from tiepdan.invitations.access import invited
from tiepdan.invitations.inbox import seen
from tiepdan.invitations.models import Invitation
from tiepdan.invitations.queries import ABOUT, grouped
from tiepdan.invitations.rules import OPEN_FOR_LETTERS
from tiepdan.notify.models import Delivery
from tiepdan.notify.rules import ANSWERED
from tiepdan.notify.rules import State as Sent
from tiepdan.receptions.duties import MOST
from tiepdan.receptions.models import Reception
from tiepdan.receptions.nearest import PROMISED
from tiepdan.receptions.queries import NOT_OVER


def for_clerks(person: Person, now: datetime) -> Iterator[Task]:
    """«Giấy mời chưa xác nhận» of each of the next receptions."""
    told = Invitation.objects.filter(reception=OuterRef("pk"))
    agencies = agency_ids(person, localdate(now), Role.CLERK)
    rows = Reception.objects.filter(NOT_OVER, agency__in=agencies, state__in=OPEN_FOR_LETTERS, starts_at__gte=now)
    coming = {row.pk: row for row in rows.filter(Exists(told)).order_by("starts_at", "pk")[:MOST]}
    invitations = list(Invitation.objects.filter(reception__in=coming))
    ids = [str(one.pk) for one in invitations]
    known = Delivery.objects.filter(about_kind=ABOUT, about_id__in=ids, state__in=ANSWERED)
    answered_ids = set(known.values_list("about_id", flat=True))
    silent: dict[int, int] = {}
    for one in invitations:
        if str(one.pk) not in answered_ids:
            silent[one.reception_id] = silent.get(one.reception_id, 0) + 1
    for pk, count in silent.items():
        reception = coming[pk]
        yield Task(
            key=f"invitations.unconfirmed:{pk}",
            subject=str(reception),
            verb=f"{count} giấy mời chưa xác nhận: gửi hoặc gọi xác nhận",
            address=reverse("invitations:board", args=[reception.code]),
            due=reception.starts_at,
        )


def for_officers(person: Person, now: datetime) -> Iterator[Task]:
    """«Giấy mời chưa xác nhận» of the person's agency."""
    if not agency_ids(person, localdate(now), Role.OFFICER):
        return
    rows = list(invited(person, now).filter(reception__state__in=OPEN_FOR_LETTERS, reception__starts_at__gte=now))
    sent = grouped(rows)
    for row in rows:
        newest = [one for one in sent[str(row.pk)] if one.wants_answer and one.state != Sent.DRAFT]
        if newest and newest[-1].state not in ANSWERED:
            yield Task(
                key=f"invitations.invited:{row.pk}:v{row.version}",
                subject=str(row.reception),
                verb="Giấy mời chưa xác nhận: xác nhận tham dự hoặc báo không dự",
                address=reverse("invitations:invited_one", args=[row.pk]),
                due=row.reception.starts_at,
            )


def upcoming(person: Person, now: datetime) -> Iterator[Upcoming]:
    """The next reception to which the agency of an officer is invited."""
    if Role.OFFICER not in roles_of(person, localdate(now)):
        return
    letters = invited(person, now).filter(reception__state__in=PROMISED, reception__ends_at__gt=now)
    for one in seen(letters.order_by("reception__starts_at", "pk")[:1]):
        yield Upcoming(
            title=str(one.reception),
            starts_at=one.starts_at,
            place=one.place,
            role="Được mời",
            address=reverse("invitations:invited_one", args=[one.row.pk]),
            button="Mở giấy mời",
        )
