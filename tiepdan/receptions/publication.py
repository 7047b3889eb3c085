"""What a publication says: the snapshot of a plan, and what differs from it since.

`public` is all that the public pages ever read; it holds posts, places, offices and matters, and no citizen.
`plan` is the same moment for the office, for differences: of citizens it holds row numbers only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Max
from django.utils.timezone import localdate

from tiepdan.receptions import agenda
from tiepdan.receptions.differences import Difference, differences, public_changes, word_pieces
from tiepdan.receptions.models import Reception, Seat, Version
from tiepdan.receptions.people import title_of
from tiepdan.receptions.personal import people_of
from tiepdan.receptions.plan import Plan, plan_of
from tiepdan.receptions.privacy import Human, Text, found
from tiepdan.receptions.rules import CITIZENS_SIDE, SEAT_LABELS, Phase

__all__ = [
    "Difference",
    "differences",
    "newest",
    "pending",
    "personal_data",
    "public_changes",
    "snapshot",
    "word_pieces",
]


def snapshot(reception: Reception) -> tuple[dict[str, Any], dict[str, Any]]:
    """(public, plan) of a reception as its rows stand now; both are plain data for a `Version`."""
    plan = plan_of(reception)
    return _public(plan), _plan(plan)


def _public(plan: Plan) -> dict[str, Any]:
    reception = plan.reception
    agencies = {hall.office.name for hall in plan.halls}
    agencies |= {seat.agency.name for seat in plan.seats if seat.agency}
    agencies |= {matter.case.advising_agency.name for matter in plan.matters if matter.case.advising_agency}
    is_postponed = reception.state == Phase.POSTPONED
    return {
        "code": reception.code,
        "title": reception.title,
        "kind": reception.kind,
        "starts_at": reception.starts_at.isoformat(),
        "ends_at": reception.ends_at.isoformat(),
        "agency": reception.agency.name,
        "chair_title": chair_title(reception),
        "is_delegated": reception.is_delegated,
        "place": place_of(plan),
        "state": reception.state if is_postponed or reception.state == Phase.CANCELLED else Phase.PUBLISHED.value,
        "halls": [
            {
                "name": hall.point.name,
                "kind": _capital(hall.kind_name),
                "address": hall.point.address,
            }
            for hall in plan.halls
        ],
        "agencies": sorted(agencies),
        # Somebody whose identity is protected appears nowhere public, whatever else let the matter through.
        "matters": [matter.public_title for matter in plan.matters if not matter.case.is_protected],
        "profile": reception.profile,
        "phone": reception.help_phone,
        "postponed_reason": reception.postponed_reason if is_postponed else "",
        "postponed_to": reception.postponed_to.isoformat() if is_postponed and reception.postponed_to else "",
        "cancelled_reason": reception.cancelled_reason,
        "version": next_number(reception),
        "changes": [],
    }


def _plan(plan: Plan) -> dict[str, Any]:
    reception = plan.reception
    return {
        "title": reception.title,
        "kind": reception.kind,
        "starts_at": reception.starts_at.isoformat(),
        "ends_at": reception.ends_at.isoformat(),
        "place": place_of(plan),
        "chair": f"{reception.chair.full_name}, {chair_title(reception)}",
        "secretary": reception.secretary.full_name,
        "technician": reception.technician.full_name,
        "phone": reception.help_phone,
        "state": reception.state,
        "postponed_reason": reception.postponed_reason,
        "postponed_to": reception.postponed_to.isoformat() if reception.postponed_to else "",
        "cancelled_reason": reception.cancelled_reason,
        "script": str(agenda.Total(plan.script_minutes, plan.slot_minutes)),
        "halls": [
            {
                "key": hall.key,
                "name": hall.point.name,
                "kind": hall.kind_word,
                "is_central": hall.is_central,
                "address": hall.point.address,
                "seats": [_seat(seat) for seat in hall.seats.all()],
            }
            for hall in plan.halls
        ],
        "matters": [
            {
                "code": matter.case.code,
                "title": matter.public_title,
                "chosen": matter.chosen.key if matter.chosen else "",
                "halls": sorted(hall.key for hall in matter.halls.all()),
                "agency": matter.case.advising_agency_id,
                "petitioners": [one.pk for one in matter.case.petitioners.all()],
            }
            for matter in plan.matters
        ],
    }


def _seat(seat: Seat) -> str:
    """Officials by name and post; a citizen only as such."""
    if seat.is_of_citizens:
        return SEAT_LABELS[seat.role]
    return ", ".join(filter(None, (seat.full_name, seat.title)))


def place_of(plan: Plan) -> str:
    """The plan's own words for the place, else the central hall and its address."""
    if plan.reception.place or plan.central is None:
        return plan.reception.place
    return ", ".join(filter(None, (plan.central.point.name, plan.central.point.address)))


def chair_title(reception: Reception) -> str:
    """The post under which the chair presides on that day: «Chủ tịch UBND tỉnh Minh Châu»."""
    title = title_of(reception.chair, reception.agency, localdate(reception.starts_at))
    return title or f"Người chủ trì, {reception.agency.name}"


def next_number(reception: Reception) -> int:
    last: int | None = reception.versions.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def newest(reception: Reception) -> Version | None:
    return reception.versions.first()


def pending(reception: Reception) -> list[Difference]:
    """What the rows say and the newest version does not; empty before the first publication."""
    last = newest(reception)
    return differences(last.plan, snapshot(reception)[1]) if last else []


# Personal data


def personal_data(reception: Reception, public: Mapping[str, Any]) -> list[str]:
    """Words in the public texts that belong to the people of its cases, or look like their numbers."""
    matters = reception.matters.select_related("case").prefetch_related("case__petitioners")
    companions = Seat.objects.filter(hall__reception=reception, role__in=CITIZENS_SIDE, petitioner__isnull=True)
    people = people_of(matter.case for matter in matters)
    return found(_texts(public), people + [Human(seat.full_name) for seat in companions])


def _texts(public: Mapping[str, Any]) -> list[Text]:
    own = [public["title"], *public["matters"], public["postponed_reason"], public["cancelled_reason"]]
    own += [public["chair_title"], *public["agencies"]]
    places = [public["place"], *(row["before"] for row in public["changes"])]
    places += [words for hall in public["halls"] for words in (hall["name"], hall["address"])]
    return [Text(words) for words in own] + [Text(words, is_address=True) for words in places]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
