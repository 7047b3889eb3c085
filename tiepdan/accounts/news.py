"""The bell «Thông báo»: what others changed that concerns the person at the desk.

It is read from the log, so it cannot say anything that did not happen. Each room registers, in AppConfig.ready, which
of its events concern whom.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from tiepdan.accounts.models import NewsMark, Person
from tiepdan.audit.labels import label
from tiepdan.audit.models import Entry

SPAN = timedelta(days=14)  # what is older stands in the journal of the thing itself
MOST = 100  # rows on the page
MOST_READ = 2000  # rows of the log for one look


@dataclass(frozen=True)
class News:
    at: datetime
    what: str  # «Trả lại vụ việc để bổ sung»
    about: str  # «VV-2026-0041 · Khiếu nại …»
    by: str
    address: str
    is_new: bool = False


@dataclass(frozen=True)
class Concern:
    """An entry that concerns the person, with the exact spot; `about` where the log's own words name nobody."""

    entry: Entry
    address: str
    about: str = ""


# `finder(person, entries, now)`: of the entries of its events, by others, those that concern the person.
Finder = Callable[[Person, list[Entry], datetime], Iterable[Concern]]

_finders: dict[str, list[Finder]] = defaultdict(list)


def add(events: Iterable[str], finder: Finder) -> None:
    for event in events:
        if finder not in _finders[event]:
            _finders[event].append(finder)


def news_for(person: Person, now: datetime) -> list[News]:
    """The newest first."""
    seen = seen_at(person, now)
    found = {row.entry.pk: row for row in _found(person, now - SPAN, now)}
    rows = sorted(found.values(), key=lambda row: (row.entry.at, row.entry.pk), reverse=True)
    return [_news(row, seen) for row in rows[:MOST]]


def unseen(person: Person, now: datetime) -> int:
    since = max(seen_at(person, now), now - SPAN)
    return min(len({row.entry.pk for row in _found(person, since, now)}), MOST)


def seen_at(person: Person, now: datetime) -> datetime:
    mark = NewsMark.objects.filter(person=person).values_list("seen_at", flat=True).first()
    return mark or now - SPAN


def _found(person: Person, since: datetime, now: datetime) -> Iterator[Concern]:
    rows = Entry.objects.filter(event__in=list(_finders), at__gt=since, at__lte=now)
    entries = rows.order_by("-at").defer("search", "prev", "hash")[:MOST_READ]
    by_finder: dict[Finder, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.by_id != person.pk:
            for finder in _finders[entry.event]:
                by_finder[finder].append(entry)
    for finder, some in by_finder.items():
        yield from finder(person, some, now)


def _news(row: Concern, seen: datetime) -> News:
    entry = row.entry
    about = row.about or entry.about_label
    by = entry.by_label.partition(" (")[0]  # the sign-in name is the log's matter
    return News(entry.at, label(entry.event), about, by, row.address, entry.at > seen)


# --- what concerns a person's own account ------------------------------------------------------------------------

OWN = ("delegation.made", "delegation.withdrawn", "post.added", "post.ended", "factor.reset_asked", "factor.reset")
PLACES = {"delegation": "accounts:decisions", "post": "accounts:home_page", "factor": "accounts:factor"}


def own(person: Person, entries: list[Entry], now: datetime) -> Iterator[Concern]:
    for entry in entries:
        if entry.about_kind == "accounts.person" and entry.about_id == str(person.pk):
            yield Concern(entry, reverse(PLACES[entry.event.partition(".")[0]]))
