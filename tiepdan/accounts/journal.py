"""What of the log not every reader of it may know. The log stays whole, and so do its hashes: this is about showing.

Rooms above say it, in AppConfig.ready.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from tiepdan.accounts.access import journal_agencies, journal_for, journal_has_system
from tiepdan.accounts.models import Person
from tiepdan.accounts.news import Concern
from tiepdan.audit.models import Entry
from tiepdan.audit.queries import matching
from tiepdan.audit.sentences import Line, lines


@dataclass(frozen=True)
class Withheld:
    """`lines` are not shown at all; of a line in `facts` those named are not, and no words find it."""

    lines: frozenset[int] = frozenset()
    facts: Mapping[int, frozenset[str]] = field(default_factory=dict)

    def left(self, entries: QuerySet[Entry], *, by_words: bool = False) -> QuerySet[Entry]:
        """What is shown; `by_words`: of what a search found."""
        hidden = self.lines | set(self.facts if by_words else ())
        return entries.exclude(pk__in=hidden) if hidden else entries

    def lines_of(self, entries: Sequence[Entry]) -> list[Line]:
        return lines(entries, self.facts)


Finder = Callable[[Person, datetime], Withheld]

_finders: list[Finder] = []


def add_withheld(finder: Finder) -> None:
    if finder not in _finders:
        _finders.append(finder)


def withheld_from(person: Person, now: datetime) -> Withheld:
    found = [finder(person, now) for finder in _finders]
    facts: dict[int, frozenset[str]] = {}
    for one in found:
        for pk, names in one.facts.items():
            facts[pk] = facts.get(pk, frozenset()) | names
    return Withheld(frozenset().union(*(one.lines for one in found)), facts)


# --- reading it ---------------------------------------------------------------------------------------------------


def search(person: Person, filters: Mapping[str, Any], now: datetime) -> QuerySet[Entry]:
    """What the person may read and is shown of the log, the newest first."""
    found = matching(journal_for(person, localdate(now)), **filters)
    return withheld_from(person, now).left(found, by_words=bool(filters["text"]))


def last_verified(person: Person, now: datetime) -> Entry | None:
    """When somebody last walked the chains of which the person reads."""
    return journal_for(person, localdate(now)).filter(event="audit.verified").first()


BROKEN = ("audit.broken",)


def of_broken(person: Person, entries: list[Entry], now: datetime) -> Iterator[Concern]:
    """A broken chain concerns the inspectors and administrators of its agency and of those above."""
    today = localdate(now)
    mine = {str(pk) for pk in journal_agencies(person, today).values_list("pk", flat=True)}
    if journal_has_system(person, today):
        mine.add("")
    for entry in entries:
        if entry.about_id in mine:
            yield Concern(entry, reverse("accounts:journal"), entry.about_label or "Hệ thống")
