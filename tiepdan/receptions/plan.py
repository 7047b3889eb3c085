"""A plan read as a whole: its halls with their seats, and its matters, with a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Sum

from tiepdan.law.profiles import Profile
from tiepdan.law.workdays import Calendar
from tiepdan.policy.queries import calendar
from tiepdan.receptions.models import Matter, Reception, ReceptionPoint, Seat, Waiver
from tiepdan.receptions.queries import rules_of
from tiepdan.receptions.rules import SeatRole


@dataclass(frozen=True)
class Plan:
    reception: Reception
    halls: list[ReceptionPoint]  # the central one first, seats prefetched
    matters: list[Matter]  # in their order; case, chosen hall and halls prefetched
    script_minutes: int
    waivers: dict[str, Waiver]
    rules: Profile  # with the office's stricter values
    table: Calendar
    found: dict[datetime, list[Any]] = field(default_factory=dict, compare=False)  # warnings by moment (`warnings`)

    @property
    def central(self) -> ReceptionPoint | None:
        found = [hall for hall in self.halls if hall.is_central]
        return found[0] if len(found) == 1 else None

    @property
    def components(self) -> list[ReceptionPoint]:
        return [hall for hall in self.halls if not hall.is_central]

    @property
    def seats(self) -> list[Seat]:
        return [seat for hall in self.halls for seat in hall.seats.all()]

    @property
    def slot_minutes(self) -> int:
        return int((self.reception.ends_at - self.reception.starts_at).total_seconds()) // 60

    def attended_by(self, hall: ReceptionPoint) -> list[Matter]:
        """Matters for which the hall is in the room; the centre is there for all."""
        return [matter for matter in self.matters if hall.is_central or hall in matter.halls.all()]

    def seats_of(self, hall: ReceptionPoint | None, *roles: SeatRole) -> list[Seat]:
        """Seats of a hall (of none: no seats) whose people are expected to come."""
        if hall is None:
            return []
        return [seat for seat in hall.seats.all() if seat.role in roles and not seat.absence]


def keep(reception: Reception) -> Plan:
    """The plan, kept on the row: what comes next, the invitations and the changes on the same page ask for it too. For
    pages that only show; whoever writes reads anew."""
    if reception.kept_plan is None:
        reception.kept_plan = _read(reception)
    found: Plan = reception.kept_plan
    return found


def plan_of(reception: Reception) -> Plan:
    return reception.kept_plan or _read(reception)


def _read(reception: Reception) -> Plan:
    """Ten queries, whatever the size of the plan."""
    seats = Seat.objects.select_related("agency", "person", "petitioner")
    halls = reception.halls.select_related("point__agency", "spare").prefetch_related(Prefetch("seats", seats))
    matters = reception.matters.select_related("case__advising_agency", "case__agency", "chosen__point")
    return Plan(
        reception=reception,
        halls=list(halls),
        matters=list(matters.prefetch_related("halls", "case__petitioners")),
        script_minutes=reception.agenda.aggregate(sum=Sum("minutes"))["sum"] or 0,
        waivers={row.code: row for row in reception.waivers.select_related("by")},
        rules=rules_of(reception),
        table=calendar(),
    )
