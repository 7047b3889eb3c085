"""Receptions in time: the list with today first, the weeks of a month, and the calendar file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Max, QuerySet
from django.utils.timezone import get_current_timezone, localdate, make_aware
from icalendar import Calendar, Event

from tiepdan.kernel.paging import LAST_PAGE, PER_PAGE
from tiepdan.kernel.text import fold
from tiepdan.receptions.calendar_items import Item, days_off
from tiepdan.receptions.models import Reception
from tiepdan.receptions.rules import PHASE_LABELS, Phase

SHOWN_PER_DAY = 12  # in a cell of the month; the rest is on the day's own list
ONE = timedelta(days=1)
YEARS = (2000, 2100)


@dataclass(frozen=True)
class Wanted:
    """Filters of the list; empty ones filter nothing."""

    words: str = ""
    kind: str = ""
    state: str = ""


@dataclass(frozen=True)
class Day:
    day: date
    rows: list[Item]
    is_other_month: bool = False
    is_off: bool = False
    holiday: str = ""

    @property
    def shown(self) -> list[Item]:
        return self.rows[:SHOWN_PER_DAY]

    @property
    def more(self) -> int:
        return max(0, len(self.rows) - SHOWN_PER_DAY)


@dataclass(frozen=True)
class Groups:
    """A page of the list: today's receptions, then those to come, then the past."""

    groups: list[tuple[str, list[Reception]]]
    number: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def previous_page_number(self) -> int:
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        return self.number + 1


def filtered(rows: QuerySet[Reception], wanted: Wanted) -> QuerySet[Reception]:
    """Every word of the search stands somewhere in code, title, chair or place."""
    for word in fold(wanted.words).split():
        rows = rows.filter(search__contains=word)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    return rows


def groups_of(rows: QuerySet[Reception], today: date, page: str | None) -> Groups:
    """At most four queries however many receptions there are: each group is read by its own order, from its index."""
    number = min(int(page), LAST_PAGE) if page and page.isascii() and page.isdigit() and len(page) < 6 else 1
    number = max(1, number)
    start, end = moment(today), moment(today + ONE)
    parts = (
        ("Hôm nay", rows.filter(starts_at__gte=start, starts_at__lt=end).order_by("starts_at", "code")),
        ("Sắp tới", rows.filter(starts_at__gte=end).order_by("starts_at", "code")),
        ("Đã qua", rows.filter(starts_at__lt=start).order_by("-starts_at", "code")),
    )
    skip, left = (number - 1) * PER_PAGE, PER_PAGE + 1
    groups: list[tuple[str, list[Reception]]] = []
    for label, part in parts:
        if left <= 0:
            break
        found = list(part[skip : skip + left])
        if found:
            groups.append((label, found))
            skip = 0
        elif skip:
            skip -= min(skip, part.count())
        left -= len(found)
    has_next = left <= 0
    if has_next:
        label, last = groups[-1]
        groups[-1:] = [(label, last[:-1])] if last[:-1] else []
    return Groups(groups, number, has_next)


def days_of(rows: Iterable[Item], days: list[date], month: int = 0) -> list[Day]:
    by_day: dict[date, list[Item]] = {}
    for row in rows:
        by_day.setdefault(localdate(row.starts_at), []).append(row)
    off = days_off(days[0], days[-1])
    return [
        Day(day, by_day.get(day, []), bool(month) and day.month != month, day in off, off.get(day, "")) for day in days
    ]


def weeks_of(rows: Iterable[Item], first: date) -> list[list[Day]]:
    """Weeks from Monday to Sunday that cover the month."""
    start = first - timedelta(days=first.weekday())
    last = (first + timedelta(days=32)).replace(day=1) - ONE
    count = ((last - start).days // 7 + 1) * 7
    days = days_of(rows, [start + timedelta(days=n) for n in range(count)], first.month)
    return [days[n : n + 7] for n in range(0, len(days), 7)]


def calendar_file(rows: QuerySet[Reception], now: datetime) -> bytes:
    """iCalendar of receptions for the staff's own calendars; SEQUENCE grows with every publication."""
    made = Calendar()
    made.add("prodid", "-//tiepdan//buoi tiep//VI")
    made.add("version", "2.0")
    for row in rows.annotate(version=Max("versions__number")):
        made.add_component(_event(row, now))
    return bytes(made.to_ical())


def _event(row: Reception, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{row.code.lower()}@tiepdan")
    event.add("dtstamp", now)
    event.add("dtstart", row.starts_at)
    event.add("dtend", row.ends_at)
    event.add("sequence", getattr(row, "version", 0) or 0)
    event.add("summary", f"{row.code} · {row.title}")
    if row.place:
        event.add("location", row.place)
    delegated = " (ủy quyền)" if row.is_delegated else ""
    event.add(
        "description",
        f"{row.get_kind_display()}, trực tuyến. Chủ trì: {row.chair.full_name}{delegated}. {PHASE_LABELS[row.state]}.",
    )
    event.add("status", {Phase.CANCELLED: "CANCELLED", Phase.DRAFT: "TENTATIVE"}.get(Phase(row.state), "CONFIRMED"))
    return event


def proposed_day(text: str | None) -> date | None:
    """The day to which somebody wants to move a reception, as the calendar writes it into the address."""
    return None if (found := day_of(text, date.min)) == date.min else found


def day_of(text: str | None, today: date) -> date:
    """The day in the address (2026-12-17, or 2026-12 for its first day); today when there is none."""
    for shape in ("%Y-%m-%d", "%Y-%m"):
        try:
            day = datetime.strptime(text or "", shape).date()
        except ValueError:
            continue
        return day if YEARS[0] <= day.year <= YEARS[1] else today
    return today


def moment(day: date) -> datetime:
    """The midnight with which a day begins."""
    return make_aware(datetime.combine(day, time.min), get_current_timezone())
