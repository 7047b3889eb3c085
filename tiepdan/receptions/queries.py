"""Reads of receptions that have more than one caller."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import agencies_of, agency_ids, deciding_ids, with_below
from tiepdan.accounts.rules import Role
from tiepdan.law.milestones import Milestone, is_late, milestones
from tiepdan.law.profiles import Profile, profile
from tiepdan.law.workdays import Calendar
from tiepdan.policy.models import OfficeValue
from tiepdan.policy.queries import calendar, profile_for
from tiepdan.receptions.models import Credential, MetMilestone, Reception, ReceptionPoint
from tiepdan.receptions.rules import Kind

# Said beside the states that come before the end: no index of states is as short as that of what is not over.
NOT_OVER = Q(closed_at__isnull=True)

# Roles that see every reception of their agency; everybody else sees those in which they have a part.
OVERSEERS = frozenset({Role.CLERK, Role.TECHNICIAN, Role.INSPECTOR, Role.ARCHIVIST, Role.ADMIN, Role.APPROVER})


def receptions_of(person: Person, now: datetime) -> QuerySet[Reception]:
    """Receptions that `person` may see: those where they have a part, and their agency's for the roles that oversee.

    An inspector also sees those of the agencies below; who may approve plans, by a post or by a delegation, sees
    those of the agencies for which they approve.
    """
    part = Q(chair=person) | Q(secretary=person) | Q(technician=person)
    today = timezone.localdate(now)
    overseen = set(agency_ids(person, today, *OVERSEERS))
    inspected = list(agencies_of(person, today, Role.INSPECTOR))
    if inspected:
        overseen |= with_below(inspected, today)
    overseen |= deciding_ids(person, today)
    part |= Q(agency__in=overseen)
    return Reception.objects.filter(part).select_related("agency", "chair", "secretary", "technician")


def halls_of(reception: Reception) -> list[ReceptionPoint]:
    """All halls of a reception, the central one first."""
    return list(reception.halls.select_related("point__agency"))


def working_credential(hall: ReceptionPoint) -> Credential | None:
    return hall.credentials.filter(revoked_at__isnull=True).first()


@dataclass(frozen=True)
class MilestoneRow:
    """A milestone of a reception. `due` is the one of the day when it was met: later tables do not move that."""

    milestone: Milestone
    met: MetMilestone | None
    is_late: bool
    due: date | datetime
    is_excused: bool = False  # an ad-hoc reception: late, and the head has said in writing why

    @property
    def met_at(self) -> datetime | None:
        return self.met.met_at if self.met else None

    @property
    def shape(self) -> str:
        """`good` in time, `bad` too late, `none` still to be done."""
        if self.is_late:
            return "bad"
        return "good" if self.met else "none"


def milestone_rows(
    reception: Reception, now: datetime, *, table: Calendar | None = None, rules: Profile | None = None
) -> list[MilestoneRow]:
    """Every milestone of the reception's profile, in the order of the law; at most three queries."""
    rules = rules or rules_of(reception)
    met = {row.code: row for row in reception.met.all()}
    rows = []
    for milestone in milestones(rules, reception.starts_at, table or calendar()):
        done = met.get(milestone.code)
        late = done.is_late if done else is_late(milestone, now)
        due = frozen_due(done) if done else milestone.due
        excused = late and reception.kind == Kind.ADHOC and bool(reception.adhoc_reason)
        rows.append(MilestoneRow(milestone, done, late, due, excused))
    return rows


def frozen_due(met: MetMilestone) -> date | datetime:
    return datetime.fromisoformat(met.due) if "T" in met.due else date.fromisoformat(met.due)


def rules_of(reception: Reception) -> Profile:
    """The profile that the reception was planned under, with the office's stricter values of the reception's day."""
    return profile_for(reception.agency, reception.profile, timezone.localdate(reception.starts_at))


def prints_passwords(reception: Reception) -> bool:
    """Whether the letter may hold the sign-in: the pilot's own milestone asks for it (điểm b khoản 1 Điều 6 QĐ 764)."""
    return any(rule.code == "invitation" for rule in rules_of(reception).milestones)


def rules_memo() -> Callable[[Reception], Profile]:
    """`rules_of` for many receptions: one query says which agencies have values of their own; only those are asked."""
    own = set(OfficeValue.objects.order_by().values_list("agency", flat=True).distinct())
    known: dict[tuple[int, str, date], Profile] = {}

    def find(reception: Reception) -> Profile:
        if reception.agency_id not in own:
            return profile(reception.profile)
        key = (reception.agency_id, reception.profile, timezone.localdate(reception.starts_at))
        if key not in known:
            known[key] = rules_of(reception)
        return known[key]

    return find
