"""The next reception of the agency, for those who have no part in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import roles_of
from tiepdan.accounts.tasks import Upcoming
from tiepdan.receptions.queries import NOT_OVER, OVERSEERS, receptions_of
from tiepdan.receptions.rules import RUNNING, Phase

PROMISED = (Phase.APPROVED, Phase.PUBLISHED, *RUNNING)


def upcoming(person: Person, now: datetime) -> Iterator[Upcoming]:
    if roles_of(person, localdate(now)) & OVERSEERS:
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
