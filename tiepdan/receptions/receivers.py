"""Who must be told of a reception, and the rows that stand for them.

Khoản 1 Điều 23 NĐ 154/2026: the petitioners and the agencies that take part are told at least five working days before.
An invitation is a receiver; what is sent to it are rows of `notify`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.timezone import localdate

from tiepdan.accounts.models import Agency, Post
from tiepdan.accounts.queries import heir, valid_on
from tiepdan.accounts.rules import Role
from tiepdan.cases.models import Case, Petitioner
from tiepdan.cases.rules import Standing
from tiepdan.notify import sms
from tiepdan.notify.models import Delivery
from tiepdan.notify.rules import Channel
from tiepdan.notify.rules import State as Sent
from tiepdan.receptions.models import Invitation, Reception, ReceptionPoint
from tiepdan.receptions.plan import Plan, plan_of
from tiepdan.receptions.rules import Invited, Phase

ABOUT = Invitation._meta.label_lower
TOPICS = ("invitation", "citizen_notice", "change")
ENDED = (Phase.POSTPONED, Phase.CANCELLED)  # nobody is invited any more; who was told hears that
# Who speaks for the petitioner, and is told in their place.
STAND_IN = (Standing.PROXY, Standing.REPRESENTATIVE, Standing.HEAD)
_VERSION = re.compile(r":v(\d+)(?::|$)")


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


def refresh(reception: Reception, *, at: datetime, plan: Plan | None = None) -> list[Invitation]:
    """Rows for everybody who is to be told, and none for who is not and never was; returns the wanted ones.

    Those who were told and are no longer wanted keep their row: they must hear it. Called by every publication, and
    before papers are made, so that each citizen has a notice.
    """
    plan = plan or plan_of(reception)
    wanted = {one.key: one for one in receivers(plan)}
    rows = list(reception.invitations.select_related("agency", "petitioner"))
    known = {key_of(row): row for row in rows}
    # A hall that was taken out and comes back, or an agency that gets a hall, is the same receiver.
    for one in wanted.values():
        bare = (one.kind, one.agency.pk if one.agency else None, None)
        if one.key not in known and one.hall is not None and bare in known and bare not in wanted:
            known[one.key] = known.pop(bare)
    kept = []
    for key, one in wanted.items():
        row = known.pop(key, None)
        kept.append(_renewed(row, one) if row else _made(reception, one, at))
    told = set(deliveries_of(known.values()).values_list("about_id", flat=True))
    gone = [row for row in known.values() if str(row.pk) not in told]
    Invitation.objects.filter(pk__in=[row.pk for row in gone]).delete()
    return kept


def key_of(row: Invitation) -> tuple[str, int | None, int | None]:
    if row.kind == Invited.CITIZEN:
        return (row.kind, row.petitioner_id, None)
    return (row.kind, row.agency_id, row.hall_id)


def _renewed(row: Invitation, one: Receiver) -> Invitation:
    row.hall, row.is_advising, row.receiver = one.hall, one.is_advising, one.name[:200]
    row.save(update_fields=["hall", "is_advising", "receiver"])
    return row


def _made(reception: Reception, one: Receiver, at: datetime) -> Invitation:
    channel, address = _usual_way(reception, one, localdate(at))
    return Invitation.objects.create(
        reception=reception,
        kind=one.kind,
        hall=one.hall,
        agency=one.agency,
        petitioner=one.petitioner,
        receiver=one.name[:200],
        channel=channel,
        address=address[:254],
        is_advising=one.is_advising,
    )


def _usual_way(reception: Reception, one: Receiver, on: date) -> tuple[str, str]:
    """How this receiver was reached the last time; else by what is known of them; else on paper."""
    if one.petitioner is not None:
        if one.petitioner.email:
            return Channel.EMAIL, one.petitioner.email
        if one.petitioner.phone and sms.is_configured():
            return Channel.SMS, one.petitioner.phone
        return Channel.PAPER, one.petitioner.address
    assert one.agency is not None
    before = Invitation.objects.filter(agency=one.agency, reception__agency=reception.agency).exclude(address="")
    last = before.exclude(reception=reception).order_by("-pk").first()
    if last is not None:
        return last.channel, last.address
    address = office_address(one.agency, on)
    if address:
        return Channel.EMAIL, address
    return Channel.PAPER, one.hall.point.address if one.hall else ""


def office_address(agency: Agency, on: date) -> str:
    """The mail address of whoever answers for the agency that day: its officer before its clerk."""
    posts = Post.objects.filter(
        valid_on(on), agency=heir(agency, on), role__in=[Role.OFFICER.value, Role.CLERK.value], person__is_active=True
    ).exclude(person__email="")
    found = sorted(posts.values_list("role", "pk", "person__email"), key=lambda row: (row[0] != Role.OFFICER, row[1]))
    return found[0][2] if found else ""


def deliveries_of(rows: Iterable[Invitation]) -> QuerySet[Delivery]:
    """Messages to these receivers, oldest first, without those that were dropped."""
    ids = [str(row.pk) for row in rows]
    found = Delivery.objects.filter(about_kind=ABOUT, about_id__in=ids, topic__in=TOPICS)
    return found.exclude(state=Sent.DROPPED).order_by("pk")


def grouped(rows: Iterable[Invitation]) -> dict[str, list[Delivery]]:
    """about_id → its messages, oldest first. One query."""
    found: dict[str, list[Delivery]] = defaultdict(list)
    for one in deliveries_of(rows):
        found[one.about_id].append(one)
    return found


def version_of(message: Delivery) -> int:
    match = _VERSION.search(message.key)
    return int(match.group(1)) if match else 1


def told_version(messages: Iterable[Delivery]) -> int:
    """The newest version that was let go to this receiver; 0 when none was. What failed was not told."""
    return max((version_of(one) for one in messages if one.state not in (Sent.DRAFT, Sent.FAILED)), default=0)


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
