"""What of the log not every reader of it may know. The log stays whole, and so do its hashes: this is about showing.

Rooms above say it, in AppConfig.ready.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from tiepdan.accounts.models import Person
from tiepdan.audit.models import Entry
from tiepdan.audit.sentences import Line, line


@dataclass(frozen=True)
class Withheld:
    """`lines` are not shown at all; of a line in `facts` those named are not, and no words find it."""

    lines: frozenset[int] = frozenset()
    facts: Mapping[int, frozenset[str]] = field(default_factory=dict)

    def left(self, entries: QuerySet[Entry], *, by_words: bool = False) -> QuerySet[Entry]:
        """What is shown; `by_words`: of what a search found."""
        hidden = self.lines | set(self.facts if by_words else ())
        return entries.exclude(pk__in=hidden) if hidden else entries

    def line(self, entry: Entry) -> Line:
        return line(entry, without=self.facts.get(entry.pk, frozenset()))


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
