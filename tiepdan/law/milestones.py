"""What must be done before a reception, and until when. Pure.

The day of the reception is not counted. «05 ngày làm việc trước» is the fifth working day counted back, met by the end
of that day in Vietnam; «ngày» are calendar days; «giờ» are clock hours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tiepdan.law.profiles import PRACTICE, Profile
from tiepdan.law.sections import DAYS, HOURS, WORKDAYS, MilestoneRule
from tiepdan.law.workdays import Calendar

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True)
class Milestone:
    code: str  # notice, trial, connected; the pilot adds leaders_report, invitation, first_test, second_test
    asks: str
    due: date | datetime  # a date: until the end of that day; a moment (Vietnam's zone) when counted in hours
    citation: str
    is_law: bool
    is_provisional: bool  # counted with a year whose working days nobody has confirmed
    amount: int
    unit: str  # workdays, days, hours
    advice: date | None = None  # counted in calendar days and fallen on a day off: do it on this working day before
    note: str = ""

    @property
    def due_day(self) -> date:
        return self.due.astimezone(VIETNAM).date() if isinstance(self.due, datetime) else self.due


def milestones(profile: Profile, starts_at: datetime, calendar: Calendar) -> list[Milestone]:
    """Every milestone of a reception that begins at `starts_at` (aware), the earliest first."""
    found = [_milestone(profile, rule, starts_at, calendar) for rule in profile.milestones]
    return sorted(found, key=last_moment)


def earliest_day(profile: Profile, today: date, calendar: Calendar) -> date:
    """The first working day for which everything that is counted in days can still be done, today included."""
    day = calendar.shift(today, 1)
    while is_too_near(profile, day, today, calendar):
        day = calendar.shift(day, 1)
    return day


def is_too_near(profile: Profile, day: date, today: date, calendar: Calendar) -> bool:
    """Whether a milestone of a reception on `day` that is counted in days would have been due before today."""
    return any(_day_due(rule, day, calendar) < today for rule in profile.milestones if rule.unit in (WORKDAYS, DAYS))


def last_moment(milestone: Milestone) -> datetime:
    """The moment after which the milestone is missed: the midnight that ends the due day, or the moment itself."""
    if isinstance(milestone.due, datetime):
        return milestone.due
    return datetime.combine(milestone.due + timedelta(days=1), time.min, VIETNAM)


def is_late(milestone: Milestone, at: datetime) -> bool:
    """Done on the stroke of the hour is in time; done at midnight belongs to the next day."""
    end = last_moment(milestone)
    return at > end if isinstance(milestone.due, datetime) else at >= end


def _milestone(profile: Profile, rule: MilestoneRule, starts_at: datetime, calendar: Calendar) -> Milestone:
    local = starts_at.astimezone(VIETNAM)
    due: date | datetime = local - timedelta(hours=rule.amount)
    advice, provisional = None, False
    if rule.unit != HOURS:
        due = _day_due(rule, local.date(), calendar)
        provisional = calendar.is_provisional(due, local.date())
        if rule.unit == DAYS and not calendar.is_workday(due):
            advice = calendar.on_or_before(due)
    return Milestone(
        code=rule.code,
        asks=rule.asks,
        due=due,
        citation=rule.source,
        is_law=rule.source != PRACTICE,
        is_provisional=provisional,
        amount=rule.amount,
        unit=rule.unit,
        advice=advice,
        note=rule.note,
    )


def _day_due(rule: MilestoneRule, day: date, calendar: Calendar) -> date:
    if rule.unit == WORKDAYS:
        return calendar.shift(day, -rule.amount)
    return day - timedelta(days=rule.amount)
