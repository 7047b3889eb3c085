"""Reading and verifying the chains."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import BigIntegerField, F, Max, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.timezone import make_aware

from tiepdan.audit.actions import content
from tiepdan.audit.models import Entry, Head
from tiepdan.audit.rules import GENESIS, SYSTEM, chain_key, digest
from tiepdan.kernel.text import fold

FEW = 20  # agencies, with those below: a commune, a department
NO_AGENCY = 0


@dataclass(frozen=True)
class ChainReport:
    chain: str  # "system" or the agency's id
    agency_id: int | None
    count: int
    head: str
    last_at: datetime | None
    broken_at: int | None = None  # the first number that is wrong
    problem: str = ""

    @property
    def intact(self) -> bool:
        return self.broken_at is None


def entries_of(agency_ids: Collection[int], *, system: bool = False) -> QuerySet[Entry]:
    rows = Entry.objects.select_related("agency")
    if not system and len(agency_ids) <= FEW:
        return rows.filter(agency_id__in=list(agency_ids))
    # Of most of the log the newest rows come first in the order of time. Behind a function the agency's own index is
    # out of sight, by which a database that never counted its rows would sort all of them for one page.
    chain = Coalesce(F("agency_id"), Value(NO_AGENCY), output_field=BigIntegerField())
    return rows.alias(chain=chain).filter(chain__in=[*agency_ids, *([NO_AGENCY] if system else [])])


def matching(
    entries: QuerySet[Entry],
    *,
    event: str = "",
    about: str = "",
    text: str = "",
    agency: int | None = None,
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Entry]:
    """`event` is exact, or a prefix when it ends with a dot; `about` is "kind:id"; `text` any words; days are whole."""
    if agency is not None:
        entries = entries.filter(agency=agency)
    if since is not None:
        entries = entries.filter(at__gte=_midnight(since))
    if until is not None and until < date.max:
        entries = entries.filter(at__lt=_midnight(until + timedelta(days=1)))
    if event:
        entries = entries.filter(**{"event__startswith" if event.endswith(".") else "event": event})
    if about:
        kind, _, pk = about.partition(":")
        entries = entries.filter(about_kind=kind, about_id=pk)
    for word in fold(text).split():
        entries = entries.filter(search__contains=word)
    return entries


def _midnight(day: date) -> datetime:
    return make_aware(datetime(day.year, day.month, day.day))


def chains() -> list[str]:
    """Every chain that has a head or rows: a head that somebody removed must not hide its rows."""
    found = set(Head.objects.values_list("chain", flat=True))
    found |= {chain_key(pk) for pk in Entry.objects.order_by().values_list("agency_id", flat=True).distinct()}
    return sorted(found, key=lambda chain: (chain == SYSTEM, len(chain), chain))


def verify_all() -> Iterator[ChainReport]:
    for chain in chains():
        yield verify(chain)


def verify(chain: str) -> ChainReport:
    """Read one chain from its beginning: numbers without a hole, each hash right, the head at the end."""
    agency_id = None if chain == SYSTEM else int(chain)
    mine = Q(agency__isnull=True) if agency_id is None else Q(agency_id=agency_id)
    rows = Entry.objects.filter(mine)
    highest = rows.aggregate(top=Max("seq"))["top"] or 0
    head = Head.objects.filter(chain=chain).first()
    count, last, last_at = 0, GENESIS, None

    def report(problem: str = "") -> ChainReport:
        broken_at = count + 1 if problem else None
        return ChainReport(chain, agency_id, count, last, last_at, broken_at, problem)

    if head is not None:  # rows that are written while we read come after this head
        rows = rows.filter(seq__lte=max(head.seq, highest))
    for entry in rows.order_by("seq").iterator(chunk_size=2000):
        problem = _problem(entry, count + 1, last)
        if problem:
            return report(problem)
        count, last, last_at = entry.seq, entry.hash, entry.at
    if head is None:
        return report("mất dòng cuối chuỗi" if count else "")
    if head.seq > count:
        return report(f"thiếu các dòng từ số {count + 1} đến {head.seq}")
    if (head.seq, head.hash) != (count, last):
        return report("dòng cuối chuỗi không khớp")
    return report()


def _problem(entry: Entry, wanted: int, prev: str) -> str:
    if entry.seq != wanted:
        return f"thiếu dòng số {wanted}"
    if entry.prev != prev:
        return f"dòng số {wanted} không nối với dòng trước"
    if digest(content(entry)) != entry.hash:
        return f"nội dung dòng số {wanted} đã bị sửa"
    return ""
