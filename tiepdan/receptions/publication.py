"""What a publication says: the snapshot of a plan, whom a difference touches, who was told.

`public` is all that the public pages ever read; it holds posts, places, offices and matters, and no citizen.
`plan` is the same moment for the office, for differences: of citizens it holds row numbers only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.timezone import localdate

from tiepdan.kernel.text import masked_name
from tiepdan.law.profiles import profile
from tiepdan.notify.models import Delivery
from tiepdan.notify.rules import TOLD
from tiepdan.notify.rules import State as Sent
from tiepdan.receptions import agenda
from tiepdan.receptions.differences import EVERYBODY, Difference, differences, public_changes, word_pieces
from tiepdan.receptions.models import Invitation, Reception, Seat, Version
from tiepdan.receptions.people import title_of
from tiepdan.receptions.personal import people_of
from tiepdan.receptions.plan import Plan, plan_of
from tiepdan.receptions.privacy import Human, Text, found
from tiepdan.receptions.rules import CITIZENS_SIDE, INVITED_LABELS, SEAT_LABELS, Invited, Phase

__all__ = [
    "Difference",
    "NoticeState",
    "affected",
    "differences",
    "is_touched",
    "newest",
    "notice_state",
    "pending",
    "personal_data",
    "public_changes",
    "snapshot",
    "told",
    "word_pieces",
]

INVITATION_KIND = Invitation._meta.label_lower
TOPICS = ("invitation", "citizen_notice", "change")
_VERSION_IN_KEY = re.compile(r":v(\d+)(?::|$)")


def snapshot(reception: Reception) -> tuple[dict[str, Any], dict[str, Any]]:
    """(public, plan) of a reception as its rows stand now; both are plain data for a `Version`."""
    plan = plan_of(reception)
    return _public(plan), _plan(plan)


def _public(plan: Plan) -> dict[str, Any]:
    reception = plan.reception
    terms = profile(reception.profile).terms
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
                "kind": _capital(terms["central" if hall.is_central else "component"]),
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


# Whom a difference touches


def keys_of(invitation: Invitation) -> set[str]:
    """Keys under which a difference may name this receiver."""
    if invitation.kind == Invited.CITIZEN:
        return {f"c{invitation.petitioner_id}"}
    keys = {f"a{invitation.agency_id}"} if invitation.agency_id else set()
    return keys | ({f"p{invitation.hall_id}"} if invitation.hall_id else set())


def is_touched(rows: Iterable[Mapping[str, Any]], invitation: Invitation) -> bool:
    """Whether any of these differences must be told to this receiver."""
    keys = keys_of(invitation)
    return any(row["touches"] == EVERYBODY or keys & set(row["touches"]) for row in rows)


@dataclass(frozen=True)
class Affected:
    """Who must be told, as the page shows it before anything is published."""

    receiver: str
    kind: str


def affected(reception: Reception, rows: Sequence[Mapping[str, Any]]) -> list[Affected]:
    return [
        Affected(_shown(row), INVITED_LABELS[row.kind]) for row in reception.invitations.all() if is_touched(rows, row)
    ]


def _shown(row: Invitation) -> str:
    """Of a citizen the initials: this page is read by more people than those who write to them."""
    return masked_name(row.receiver) if row.kind == Invited.CITIZEN else row.receiver


# Who was told


@dataclass(frozen=True)
class Told:
    receiver: str
    state: str  # of the delivery: draft, sent, …
    state_label: str
    at: datetime | None  # sent


def told(reception: Reception) -> dict[int, list[Told]]:
    """Version number → who was told of it, or waits in the outbox to be told. Two queries."""
    names = {str(row.pk): _shown(row) for row in reception.invitations.all()}
    rows = Delivery.objects.filter(about_kind=INVITATION_KIND, about_id__in=names, topic__in=TOPICS)
    found: dict[int, list[Told]] = {}
    for row in rows.exclude(state=Sent.DROPPED).order_by("receiver", "pk"):
        match = _VERSION_IN_KEY.search(row.key)
        number = int(match.group(1)) if match else 1
        found.setdefault(number, []).append(Told(names[row.about_id], row.state, row.get_state_display(), row.sent_at))
    return found


@dataclass(frozen=True)
class NoticeState:
    """How far «niêm yết lịch; thông báo công dân, cơ quan» is: the schedule is public and everybody was told."""

    version: int  # of the newest publication; 0: never published
    published_at: datetime | None  # of the first publication after the plan was last made
    told: int
    acknowledged: int
    total: int

    @property
    def is_met(self) -> bool:
        return self.version > 0 and 0 < self.total == self.told

    @property
    def sentence(self) -> str:
        """The proof that the timeline keeps."""
        if not self.version:
            return "Chưa công bố lịch."
        return (
            f"Lịch đã công bố, phiên bản {self.version}; đã thông báo {self.told}/{self.total}, "
            f"đã xác nhận {self.acknowledged}/{self.total}."
        )


def notice_state(reception: Reception, kind: str = "") -> NoticeState:
    """Of all invitations, or of one kind. Three queries. One is told as soon as one of its messages has left; what was
    confirmed counts until something newer is written to the same receiver."""
    last = newest(reception)
    invited = reception.invitations.filter(kind=kind) if kind else reception.invitations.all()
    ids = [str(pk) for pk in invited.values_list("pk", flat=True)]
    rows = Delivery.objects.filter(about_kind=INVITATION_KIND, about_id__in=ids, topic__in=TOPICS)
    states = list(rows.exclude(state=Sent.DROPPED).order_by("pk").values_list("about_id", "state"))
    newest_of = dict(states)
    return NoticeState(
        version=last.number if last else 0,
        published_at=reception.published_at if last else None,
        told=len({about for about, state in states if state in TOLD}),
        acknowledged=sum(state == Sent.ACKNOWLEDGED for state in newest_of.values()),
        total=len(ids),
    )


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
