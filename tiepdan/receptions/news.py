"""What of the log of receptions concerns whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.accounts.news import Concern
from tiepdan.accounts.queries import agencies_of, decides_for
from tiepdan.accounts.rules import Role
from tiepdan.audit.models import Entry
from tiepdan.receptions.models import Reception

TO_DESK = (
    "reception.approved",
    "reception.returned",
    "reception.confirmed",
    "reception.doubted",
    "reception.hall_wished",
)
TO_HEAD = ("reception.submitted",)
# Chair, secretary and technician of the reception
TO_STAFF = (
    "reception.approved",
    "reception.published",
    "reception.postponed",
    "reception.cancelled",
    "reception.replanned",
    "reception.confirmed",
    "reception.doubted",
)


def for_desk(person: Person, entries: list[Entry], now: datetime) -> Iterator[Concern]:
    desks = set(agencies_of(person, localdate(now), Role.CLERK).values_list("pk", flat=True))
    receptions = _receptions(entries) if desks else {}
    for entry in entries:
        row = receptions.get(entry.about_id)
        if row is not None and row.agency_id in desks:
            wished = f"{reverse('receptions:halls', args=[row.code])}#nguyen-vong"
            yield Concern(entry, wished if entry.event == "reception.hall_wished" else _address(row))


def for_head(person: Person, entries: list[Entry], now: datetime) -> Iterator[Concern]:
    deciding = {agency.pk for agency in decides_for(person, localdate(now))}
    receptions = _receptions(entries) if deciding else {}
    for entry in entries:
        row = receptions.get(entry.about_id)
        if row is not None and row.agency_id in deciding:
            yield Concern(entry, f"{_address(row)}#duyet")


def for_staff(person: Person, entries: list[Entry], now: datetime) -> Iterator[Concern]:
    receptions = _receptions(entries)
    for entry in entries:
        row = receptions.get(entry.about_id)
        if row is not None and person.pk in (row.chair_id, row.secretary_id, row.technician_id):
            yield Concern(entry, _address(row))


def _address(row: Reception) -> str:
    return reverse("receptions:detail", args=[row.code])


def _receptions(entries: list[Entry]) -> dict[str, Reception]:
    rows = Reception.objects.filter(pk__in={int(entry.about_id) for entry in entries if entry.about_id})
    return {str(row.pk): row for row in rows.only("code", "agency", "chair", "secretary", "technician")}
