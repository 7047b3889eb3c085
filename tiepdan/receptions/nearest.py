"""The next reception of those who have no part in it: the agency's own, or the one to which the agency is invited."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import roles_of
from tiepdan.accounts.rules import Role
from tiepdan.accounts.tasks import Upcoming
from tiepdan.receptions.access_invitations import invited
from tiepdan.receptions.queries import NOT_OVER, OVERSEERS, receptions_of
from tiepdan.receptions.rules import RUNNING, Phase

PROMISED = (Phase.APPROVED, Phase.PUBLISHED, *RUNNING)


def upcoming(person: Person, now: datetime) -> Iterator[Upcoming]:
    roles = roles_of(person, localdate(now))
    if roles & OVERSEERS:
        rows = receptions_of(person, now).filter(NOT_OVER, state__in=PROMISED, ends_at__gt=now)
        for reception in rows.order_by("starts_at", "pk")[:1]:
            yield Upcoming(
                title=str(reception),
                starts_at=reception.starts_at,
                place=reception.place,
                role="",
                address=reverse("receptions:detail", args=[reception.code]),
                button="Mở kế hoạch",
            )
    if Role.OFFICER in roles:
        letters = invited(person, now).filter(reception__state__in=PROMISED, reception__ends_at__gt=now)
        for letter in letters.order_by("reception__starts_at", "pk")[:1]:
            yield Upcoming(
                title=str(letter.reception),
                starts_at=letter.reception.starts_at,
                place=letter.reception.place,
                role="Được mời",
                address=reverse("receptions:invited_one", args=[letter.pk]),
                button="Mở giấy mời",
            )
