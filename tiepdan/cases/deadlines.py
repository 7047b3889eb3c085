"""The dates that the law sets for a case, computed from the profile and the office's table of working days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tiepdan.cases.models import Case
from tiepdan.cases.rules import FINISHED, UNTOLD
from tiepdan.law.deadlines import answer_due, petition_due
from tiepdan.law.profiles import DEFAULT, Profile
from tiepdan.law.workdays import Calendar
from tiepdan.policy.queries import calendar, profile_for

ANSWER, PETITION = "answer", "petition"


@dataclass(frozen=True)
class CaseDeadline:
    code: str
    text: str
    due: date
    met_at: datetime | None
    citation: str


def rules_of(case: Case) -> tuple[Profile, Calendar]:
    return profile_for(case.agency, DEFAULT, case.received_on), calendar()


def deadlines(case: Case, profile: Profile, table: Calendar) -> list[CaseDeadline]:
    """The answer to the citizen, and the end of the petition's handling; earliest first."""
    finished_at = case.state_since if case.state in FINISHED else None
    told_at = None if case.state in UNTOLD else finished_at
    found = [
        CaseDeadline(
            ANSWER,
            "Trả lời công dân",
            answer_due(profile, case.received_on, table),
            case.answered_at or told_at,
            profile.source("deadlines.answer_workdays"),
        ),
        CaseDeadline(
            PETITION,
            "Xử lý xong đơn",
            petition_due(profile, case.received_on),
            finished_at,
            profile.source("deadlines.petition_days"),
        ),
    ]
    return sorted(found, key=lambda one: one.due)


def next_due(case: Case, profile: Profile, table: Calendar) -> date | None:
    return min((one.due for one in deadlines(case, profile, table) if one.met_at is None), default=None)
