"""Answers and failures of messages, for the clerks who sent them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.accounts.news import Concern
from tiepdan.accounts.queries import agencies_of
from tiepdan.accounts.rules import Role
from tiepdan.audit.models import Entry
from tiepdan.kernel.text import masked_name
from tiepdan.notify.models import Delivery

EVENTS = ("delivery.acknowledged", "delivery.declined", "delivery.failed", "delivery.unsure")


def for_senders(person: Person, entries: list[Entry], now: datetime) -> Iterator[Concern]:
    desks = set(agencies_of(person, localdate(now), Role.CLERK).values_list("pk", flat=True))
    mine = [entry for entry in entries if entry.agency_id in desks and entry.about_kind == "notify.delivery"]
    rows = Delivery.objects.in_bulk([int(entry.about_id) for entry in mine])
    for entry in mine:
        row = rows.get(int(entry.about_id))
        if row is not None:
            # A citizen's name in full stands only where somebody writes to them.
            who = row.receiver if row.receiver_agency_id else masked_name(row.receiver)
            yield Concern(entry, reverse("notify:detail", args=[row.pk]), f"{row.topic_label} · {who}")
