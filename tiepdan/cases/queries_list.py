"""The list of cases: filters, the order of candidates, rows ready to be shown. Fast with a hundred thousand cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Prefetch, Q, QuerySet

from tiepdan.cases.models import Case, Petitioner
from tiepdan.cases.queries import matching
from tiepdan.cases.rules import CROWD, State
from tiepdan.cases.rules.screening import LONG_YEARS, MANY_AGENCIES, Facts, reasons
from tiepdan.kernel.text import masked_name

PROTECTED = "Được bảo vệ danh tính"
WAITING = (State.RECEIVED, State.SCREENING, State.INCOMPLETE, State.RETURNED)


@dataclass(frozen=True)
class Filters:
    """What the address asks for; `place` is the id of a commune."""

    q: str = ""
    state: str = ""
    kind: str = ""
    field: str = ""
    place: int | None = None
    crowd: bool = False
    late: bool = False
    mine: bool = False


@dataclass(frozen=True)
class Row:
    case: Case
    who: str  # masked
    reasons: list[str]
    is_late: bool


def filtered(rows: QuerySet[Case], wanted: Filters, *, person_id: int, today: date) -> QuerySet[Case]:
    exact = {"state": wanted.state, "kind": wanted.kind, "field": wanted.field, "place": wanted.place}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if wanted.crowd:
        rows = rows.filter(people_count__gte=CROWD)
    if wanted.late:
        rows = rows.filter(next_due__lt=today)
    if wanted.mine:
        rows = rows.filter(officer=person_id)
    return matching(rows, wanted.q) if wanted.q else rows


def in_order(rows: QuerySet[Case]) -> QuerySet[Case]:
    return rows.order_by("-received_on", "-pk")


def by_priority(rows: QuerySet[Case], year: int) -> QuerySet[Case]:
    """Candidates for an online reception: crowds first, then what has gone on longest, then what needs most agencies
    (điểm a khoản 1 Điều 26 NĐ 154/2026), then who can hardly travel, then who came first."""
    fits = (
        Q(people_count__gte=CROWD)
        | Q(since_year__lte=year - LONG_YEARS)
        | Q(agencies_count__gte=MANY_AGENCIES)
        | Q(is_remote=True)
        | Q(is_policy=True)
        | Q(is_frail=True)
        | Q(wishes_online=True)
    )
    return (
        rows.filter(fits, state__in=WAITING, is_protected=False)
        .annotate(is_crowd=Q(people_count__gte=CROWD), is_long=Q(since_year__lte=year - LONG_YEARS))
        .order_by(
            F("is_crowd").desc(),
            F("is_long").desc(nulls_last=True),
            F("since_year").asc(nulls_last=True),
            "-agencies_count",
            "-is_remote",
            "-is_frail",
            "received_on",
            "pk",
        )
    )


def for_list(rows: QuerySet[Case]) -> QuerySet[Case]:
    """With what a row shows, without the long texts."""
    mains = Prefetch("petitioners", queryset=Petitioner.objects.filter(is_main=True), to_attr="mains")
    return rows.select_related("agency", "place", "officer").defer("content", "search").prefetch_related(mains)


def shown(cases: Iterable[Case], today: date) -> list[Row]:
    return [
        Row(
            case,
            who_of(case, getattr(case, "mains", [])),
            reasons(screening_facts(case), today.year),
            case.next_due is not None and case.next_due < today,
        )
        for case in cases
    ]


def who_of(case: Case, mains: list[Petitioner]) -> str:
    """«N.V.T. và 11 người»; of a protected denouncer nothing."""
    if case.is_protected:
        return PROTECTED
    name = masked_name(mains[0].full_name) if mains else ""
    return f"{name} và {case.people_count - 1} người" if case.people_count > 1 else name


def screening_facts(case: Case) -> Facts:
    return Facts(
        people_count=case.people_count,
        since_year=case.since_year,
        agencies_count=case.agencies_count,
        is_remote=case.is_remote,
        is_policy=case.is_policy,
        is_frail=case.is_frail,
        wishes_online=case.wishes_online,
        receptions_before=case.receptions_before,
    )
