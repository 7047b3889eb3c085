"""What of the log of cases concerns whom."""

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
from tiepdan.cases.models import Case
from tiepdan.cases.queries import shared_with

TO_DESK = (
    "case.approved",
    "case.returned",
    "case.declined",
    "case.assigned",
    "case.supplied",
    "refusal.returned",
    "refusal.issued",
)
TO_HEAD = ("case.submitted", "refusal.submitted")
TO_OFFICE = ("case.shared",)


def for_desk(person: Person, entries: list[Entry], now: datetime) -> Iterator[Concern]:
    """Of several clerks: the one in charge, and every clerk of the agency while nobody is."""
    desks = set(agencies_of(person, localdate(now), Role.CLERK).values_list("pk", flat=True))
    cases = _cases(entries)
    for entry in entries:
        case = cases.get(entry.about_id)
        if case is None or (case.officer_id != person.pk and (case.officer_id or case.agency_id not in desks)):
            continue
        yield Concern(entry, reverse("cases:detail", args=[case.code]))


def for_head(person: Person, entries: list[Entry], now: datetime) -> Iterator[Concern]:
    deciding = {agency.pk for agency in decides_for(person, localdate(now))}
    cases = _cases(entries) if deciding else {}
    for entry in entries:
        case = cases.get(entry.about_id)
        if case is not None and case.agency_id in deciding:
            name = "cases:decision" if entry.event == "case.submitted" else "cases:detail"
            yield Concern(entry, reverse(name, args=[case.code]))


def for_office(person: Person, entries: list[Entry], now: datetime) -> Iterator[Concern]:
    shares = {(str(row.case_id), row.shared_at): row for row in shared_with(person, localdate(now))}
    for entry in entries:
        share = shares.get((entry.about_id, entry.at))
        if share is not None:
            yield Concern(entry, reverse("cases:shared_one", args=[share.pk]))


def _cases(entries: list[Entry]) -> dict[str, Case]:
    rows = Case.objects.filter(pk__in={int(entry.about_id) for entry in entries if entry.about_id})
    return {str(row.pk): row for row in rows.only("code", "summary", "officer", "agency")}
