"""Reads of halls and their equipment that have more than one caller."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q, QuerySet

from tiepdan.accounts.models import Agency
from tiepdan.points.models import Capacity, EquipmentCheck, Point, Retirement
from tiepdan.points.rules import CONDITION_LABELS, PART_LABELS, SHAPES, Condition, gaps, worst

MOST_CHECKS = 24  # of the history that a page shows


@dataclass(frozen=True)
class Equipment:
    """A hall's equipment as last found, by part."""

    checks: dict[str, EquipmentCheck] = field(default_factory=dict)

    @property
    def condition(self) -> str:
        return worst(row.condition for row in self.checks.values())

    @property
    def shape(self) -> str:
        return SHAPES[self.condition][0]

    @property
    def colour(self) -> str:
        return SHAPES[self.condition][1]

    @property
    def last(self) -> date | None:
        return max((row.checked_on for row in self.checks.values()), default=None)

    @property
    def words(self) -> str:
        """«Hỏng: âm thanh, màn hình»; «Đạt 7/9»; «Chưa kiểm tra»"""
        if not self.checks:
            return "Chưa kiểm tra"
        if self.condition == Condition.GOOD:
            return f"Đạt {len(self.checks)}/{len(PART_LABELS)}"
        rows = [row for row in self.checks.values() if row.condition == self.condition]
        listed = ", ".join(label.lower() for part, label in PART_LABELS.items() if part in {row.part for row in rows})
        return f"{CONDITION_LABELS[self.condition]}: {listed}"


def out_of_use(on: date) -> QuerySet[Retirement, int]:
    """Ids of the halls that are not used on a day; a subquery."""
    rows = Retirement.objects.filter(Q(back_on__isnull=True) | Q(back_on__gt=on), first_day__lte=on)
    return rows.order_by().values_list("point", flat=True)


def usable(on: date) -> QuerySet[Point]:
    """Halls that may be chosen for a reception of that day."""
    return Point.objects.exclude(pk__in=out_of_use(on))


def is_usable(point: Point, on: date) -> bool:
    return not out_of_use(on).filter(point=point).exists()


def equipment_of(points: Iterable[int]) -> dict[int, Equipment]:
    """What was last found in each of the halls; one query."""
    found: dict[int, dict[str, EquipmentCheck]] = defaultdict(dict)
    points = list(points)
    for row in EquipmentCheck.objects.filter(point__in=points, is_newest=True).select_related("made_by"):
        found[row.point_id][row.part] = row
    return {pk: Equipment(found.get(pk, {})) for pk in points}


def gaps_of(point: Point, equipment: Equipment | None = None) -> list[str]:
    """What keeps the hall from meeting the conditions of the law, one sentence each."""
    equipment = equipment or equipment_of([point.pk])[point.pk]
    return gaps({part: row.condition for part, row in equipment.checks.items()}, point.cameras)


def newest_check(point: Point) -> EquipmentCheck | None:
    return point.checks.select_related("made_by").order_by("-made_at", "-pk").first()


@dataclass(frozen=True)
class Occasion:
    """One «Kiểm tra thiết bị»: what somebody found on a day, in the order of the checklist."""

    rows: list[EquipmentCheck]

    @property
    def pk(self) -> int:
        return self.rows[0].pk

    @property
    def head(self) -> EquipmentCheck:
        return self.rows[0]

    @property
    def condition(self) -> str:
        return worst(row.condition for row in self.rows)


def history(point: Point, most: int = MOST_CHECKS) -> list[Occasion]:
    """The checks of a hall, the last first; one query."""
    found: dict[tuple[datetime, int], list[EquipmentCheck]] = defaultdict(list)
    order = list(PART_LABELS)
    for row in point.checks.select_related("made_by").order_by("-made_at", "-pk")[: most * len(order)]:
        found[(row.made_at, row.made_by_id)].append(row)
    return [Occasion(sorted(rows, key=lambda row: order.index(row.part))) for rows in found.values()][:most]


def capacity_of(agency: Agency) -> Capacity | None:
    """The newest trial of an office; None when it has told of none."""
    return Capacity.objects.filter(agency=agency).select_related("made_by").first()


def capacities(agencies: QuerySet[Agency]) -> list[tuple[Agency, Capacity | None]]:
    """The newest trial of each office; two queries."""
    offices = list(agencies)
    newest: dict[int, Capacity] = {}
    for row in Capacity.objects.filter(agency__in=[office.pk for office in offices]).select_related("made_by"):
        newest.setdefault(row.agency_id, row)
    return [(office, newest.get(office.pk)) for office in offices]
