"""What waits for a person: higher apps tell it, the first page and the approval page show it.

They register in AppConfig.ready, so that nothing down here knows them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person, Snooze
from tiepdan.accounts.rules import Urgency, urgency


@dataclass(frozen=True)
class Task:
    """One thing to do: «Thông báo cho công dân và cơ quan», of BT-2026-012, by thứ Năm 10/12/2026, with a button."""

    key: str  # "receptions.notice:12"; hiding a row remembers it
    subject: str  # «BT-2026-012 · Khiếu nại về …»
    verb: str  # «Thông báo cho công dân và các cơ quan»
    address: str  # the exact spot where it is done
    due: date | datetime | None = None
    citation: str = ""  # article, when the date is the law's: such a row cannot be hidden once late
    is_decision: bool = False  # waits for this person's approval: stands on «Chờ phê duyệt» too
    changed_at: datetime | None = None
    is_rest: bool = False  # stands for those that are not shown, and leads to their list

    @property
    def due_day(self) -> date | None:
        return localdate(self.due) if isinstance(self.due, datetime) else self.due


COUNTED = 1000  # of what is not shown no more are counted


@dataclass(frozen=True)
class Few:
    """The first rows of one kind in their order, the row after them, and how many there are from that one on."""

    rows: list[Any]
    following: Any = None
    left: int = 0


def first_of(rows: QuerySet[Any], most: int) -> Few:
    """One query, and one more when there are more: where an index has the order, neither grows with their number."""
    return few_of(list(rows[: most + 1]), rows, most)


def few_of(found: list[Any], rows: QuerySet[Any], most: int) -> Few:
    """The same of rows that were read already: one more than `most`, where there are more."""
    if len(found) <= most:
        return Few(found)
    return Few(found[:most], found[most], rows.order_by()[: most + COUNTED + 1].count() - most)


def rest_of(few: Few, key: str, verb: str, things: str, address: str, due: date | None = None) -> Task:
    """The row after the last one that is shown: «và 132 vụ việc khác», with the way to the list. `key` names the kind
    and the office, `due` is the first date among them."""
    return Task(f"{key}:rest", f"và {counted(few.left)} {things} khác", verb, address, due, is_rest=True)


def counted(number: int) -> str:
    """«132», «hơn 1.000»"""
    if number > COUNTED:
        return f"hơn {number_format(COUNTED, force_grouping=True)}"
    return number_format(number, force_grouping=True)


@dataclass(frozen=True)
class Upcoming:
    """The card «Buổi tiếp sắp tới»."""

    title: str
    starts_at: datetime
    place: str
    role: str
    address: str
    button: str


TaskFinder = Callable[[Person, datetime], Iterable[Task]]
UpcomingFinder = Callable[[Person, datetime], Iterable[Upcoming]]
CountFinder = Callable[[Person, datetime], Iterable[str]]

_finders: list[TaskFinder] = []
_upcoming: list[UpcomingFinder] = []
_counts: list[CountFinder] = []


def add_tasks(finder: TaskFinder) -> None:
    if finder not in _finders:
        _finders.append(finder)


def add_upcoming(finder: UpcomingFinder) -> None:
    if finder not in _upcoming:
        _upcoming.append(finder)


def add_counts(finder: CountFinder) -> None:
    """Sentences such as «Đã tiếp 0/1 ngày trong tháng (khoản 5 Điều 12 Luật Tiếp công dân)»."""
    if finder not in _counts:
        _counts.append(finder)


def tasks_for(person: Person, now: datetime) -> list[Task]:
    """Everything, the earliest date first, undated last."""
    found = [task for finder in _finders for task in finder(person, now)]
    return sorted(found, key=lambda task: (task.due_day is None, task.due_day or date.max, task.subject))


def upcoming_for(person: Person, now: datetime) -> list[Upcoming]:
    """Those in which the person has a part before those that the agency holds."""
    found = [item for finder in _upcoming for item in finder(person, now)]
    return sorted(found, key=lambda item: (not item.role, item.starts_at))


def counts_for(person: Person, now: datetime) -> list[str]:
    return [sentence for finder in _counts for sentence in finder(person, now)]


@dataclass(frozen=True)
class Waiting:
    """A task where the first page puts it."""

    task: Task
    urgency: Urgency
    is_late_by_law: bool


def urgency_of(task: Task, now: datetime) -> Urgency:
    due_at = task.due if isinstance(task.due, datetime) else None
    return urgency(task.due_day, due_at, task.changed_at, now, localdate(now))


def is_late_by_law(task: Task, now: datetime) -> bool:
    return bool(task.citation) and urgency_of(task, now) == Urgency.LATE


def waiting_for(person: Person, now: datetime) -> tuple[list[Waiting], int]:
    """What is not hidden, and how many rows are. A row that became late by law comes back by itself."""
    hidden = set(Snooze.objects.filter(person=person, until__gt=now).values_list("key", flat=True))
    found = [Waiting(task, urgency_of(task, now), is_late_by_law(task, now)) for task in tasks_for(person, now)]
    shown = [row for row in found if row.task.key not in hidden or row.is_late_by_law]
    return shown, len(found) - len(shown)
