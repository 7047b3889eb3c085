"""The register of halls: filters, and what a row shows, with as many queries for fifty halls as for one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from tiepdan.accounts.models import Agency
from tiepdan.accounts.queries import with_below
from tiepdan.kernel.text import fold
from tiepdan.points import usage
from tiepdan.points.models import EquipmentCheck, Point, Retirement
from tiepdan.points.queries import Equipment, equipment_of, gaps_of, out_of_use
from tiepdan.points.rules import NEEDED, Condition


@dataclass(frozen=True)
class Wanted:
    """Filters of the list; empty ones filter nothing, but halls out of use are shown when asked for."""

    q: str = ""
    agency: Agency | None = None
    level: str = ""
    use: str = ""
    state: str = ""


@dataclass(frozen=True)
class Row:
    point: Point
    equipment: Equipment
    gaps: list[str]
    uses: int
    out: Retirement | None  # of today, or one to come


def filtered(rows: QuerySet[Point], wanted: Wanted, today: date) -> QuerySet[Point]:
    """Every word of the search stands somewhere in hall, address, operator or agency."""
    for word in fold(wanted.q).split():
        rows = rows.filter(Q(search__contains=word) | Q(agency__search__contains=word))
    if wanted.agency is not None:
        rows = rows.filter(agency__in=with_below([wanted.agency], today))
    if wanted.level:
        rows = rows.filter(level=wanted.level)
    if wanted.use != "all":
        gone = Q(pk__in=out_of_use(today))
        rows = rows.filter(gone if wanted.use == "out" else ~gone)
    checks = EquipmentCheck.objects.filter(point=OuterRef("pk"), is_newest=True)
    if wanted.state == "unfit":
        broken = Exists(checks.filter(condition=Condition.BROKEN, part__in=list(NEEDED)))
        rows = rows.filter(broken | Q(cameras=0))
    elif wanted.state == "care":
        rows = rows.filter(Exists(checks.exclude(condition=Condition.GOOD)))
    elif wanted.state == "unchecked":
        rows = rows.filter(~Exists(checks))
    return rows.order_by("agency__name", "name", "pk")


def shown(points: list[Point], today: date) -> list[Row]:
    """Three queries, and one for each room that uses halls."""
    ids = [point.pk for point in points]
    equipment = equipment_of(ids)
    lasting = Retirement.objects.filter(Q(back_on__isnull=True) | Q(back_on__gt=today), point__in=ids)
    out = {row.point_id: row for row in lasting.order_by("-first_day")}
    counted = usage.counts(ids, today.year)
    return [
        Row(
            point=point,
            equipment=equipment[point.pk],
            gaps=gaps_of(point, equipment[point.pk]),
            uses=counted[point.pk],
            out=out.get(point.pk),
        )
        for point in points
    ]
