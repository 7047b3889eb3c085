"""Where halls are used, told by the rooms above: receptions past and to come. They register in AppConfig.ready."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from tiepdan.accounts.models import Person
from tiepdan.points.models import Point


@dataclass(frozen=True)
class Use:
    """A reception in which a hall takes part, as its reader may know it."""

    code: str
    title: str
    part: str  # «Trung tâm», «Thành phần», «Dự phòng»
    starts_at: datetime
    state: str  # in words
    address: str


@dataclass(frozen=True)
class Uses:
    coming: list[Use] = field(default_factory=list)  # the next first
    past: list[Use] = field(default_factory=list)  # the last first
    hidden: int = 0  # to come, of agencies whose receptions the reader does not see


@dataclass(frozen=True)
class Source:
    """`taken(point, since)`: codes of what holds the hall on that day or later, so that it cannot go out of use.
    `counts(points, year)`: how often each was used. `uses(person, point, now)`: for its page."""

    taken: Callable[[Point, date], list[str]]
    counts: Callable[[Collection[int], int], dict[int, int]]
    uses: Callable[[Person, Point, datetime], Uses]


_sources: list[Source] = []


def add(source: Source) -> None:
    if source not in _sources:
        _sources.append(source)


def taken(point: Point, since: date) -> list[str]:
    return [code for source in _sources for code in source.taken(point, since)]


def counts(points: Collection[int], year: int) -> Counter[int]:
    """One query for each room, however many halls."""
    found: Counter[int] = Counter()
    for source in _sources:
        found.update(source.counts(points, year))
    return found


def uses(person: Person, point: Point, now: datetime) -> Uses:
    found = [source.uses(person, point, now) for source in _sources]
    return Uses(
        coming=sorted((one for part in found for one in part.coming), key=lambda use: use.starts_at),
        past=sorted((one for part in found for one in part.past), key=lambda use: use.starts_at, reverse=True),
        hidden=sum(part.hidden for part in found),
    )
