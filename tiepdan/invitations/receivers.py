"""Who must be told of a reception, and the rows that stand for them.

Khoản 1 Điều 23 NĐ 154/2026: the petitioners and the agencies that take part are told at least five working days before.
An invitation is a receiver; what is sent to it are rows of `notify`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tiepdan.accounts.models import Agency
from tiepdan.cases.models import Case, Petitioner
from tiepdan.cases.rules import Standing
from tiepdan.invitations.models import Invitation
from tiepdan.invitations.rules import Invited
from tiepdan.receptions.models import ReceptionPoint
from tiepdan.receptions.plan import Plan

# Who speaks for the petitioner, and is told in their place.
STAND_IN = (Standing.PROXY, Standing.REPRESENTATIVE, Standing.HEAD)


@dataclass(frozen=True)
class Receiver:
    """Somebody whom the law wants told: an agency with or without a hall of its own, or a person of a case."""

    kind: str
    hall: ReceptionPoint | None = None
    agency: Agency | None = None
    petitioner: Petitioner | None = None
    is_advising: bool = False

    @property
    def key(self) -> tuple[str, int | None, int | None]:
        """What makes it the same receiver in the next version."""
        if self.petitioner is not None:
            return (self.kind, self.petitioner.pk, None)
        return (self.kind, self.agency.pk if self.agency else None, self.hall.pk if self.hall else None)

    @property
    def name(self) -> str:
        if self.petitioner is not None:
            return self.petitioner.full_name
        assert self.agency is not None
        return self.agency.name


def receivers(plan: Plan) -> list[Receiver]:
    """One for each hall, each further agency (that advises, or has a seat), and each person of the cases."""
    advising = {row.case.advising_agency_id for row in plan.matters if row.case.advising_agency_id}
    found: list[Receiver] = []
    seen: set[int] = set()
    for hall in plan.halls:
        agency = hall.office
        # An agency with several halls has one letter for each, and is asked for its advisers once.
        found.append(Receiver(Invited.AGENCY, hall, agency, None, agency.pk in advising - seen))
        seen.add(agency.pk)
    for matter in plan.matters:
        agency_of = matter.case.advising_agency
        if agency_of is not None and agency_of.pk not in seen:
            found.append(Receiver(Invited.AGENCY, None, agency_of, None, True))
            seen.add(agency_of.pk)
    for hall in plan.halls:
        for seat in hall.seats.all():
            if seat.agency is not None and seat.agency.pk not in seen and not seat.absence:
                found.append(Receiver(Invited.AGENCY, None, seat.agency))
                seen.add(seat.agency.pk)
    for matter in plan.matters:
        found += [Receiver(Invited.CITIZEN, matter.chosen, None, one) for one in people_of(matter.case)]
    return found


def people_of(case: Case) -> list[Petitioner]:
    """Representatives of a group (khoản 4 Điều 22 NĐ 154/2026); else who was authorised; else the petitioner."""
    everybody = list(case.petitioners.all())
    representatives = [one for one in everybody if one.is_representative]
    if representatives:
        return representatives
    stand_in = [one for one in everybody if one.standing in STAND_IN]
    return stand_in[:1] or [one for one in everybody if one.is_main][:1] or everybody[:1]


def key_of(row: Invitation) -> tuple[str, int | None, int | None]:
    if row.kind == Invited.CITIZEN:
        return (row.kind, row.petitioner_id, None)
    return (row.kind, row.agency_id, row.hall_id)


def part_of(row: Invitation) -> str:
    """`part` of the receiver's paper: the hall's key, `c{id}` of a citizen, `i{id}` of an agency without a hall."""
    if row.kind == Invited.CITIZEN:
        return f"c{row.pk}"
    return f"p{row.hall_id}" if row.hall_id else f"i{row.pk}"


def paper_kind(row: Invitation) -> str:
    return "citizen_notice" if row.kind == Invited.CITIZEN else "invitation"


def letters_wanted(rows: Iterable[Invitation]) -> list[tuple[str, str]]:
    """(kind, part) of the papers of these receivers, offices before citizens."""
    ordered = sorted(rows, key=lambda row: (row.kind, row.pk))
    return list(dict.fromkeys((paper_kind(row), part_of(row)) for row in ordered))


def wanted_of(rows: Iterable[Invitation], plan: Plan) -> list[Invitation]:
    """Those of these rows whom the plan still wants told."""
    keys = {one.key for one in receivers(plan)}
    return [row for row in rows if key_of(row) in keys]
