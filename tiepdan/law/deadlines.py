"""Terms that run from an act of the case; the day of the act is not counted. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from tiepdan.law.profiles import Profile
from tiepdan.law.workdays import Calendar


def answer_due(profile: Profile, received_on: date, calendar: Calendar) -> date:
    """Last day for the answer to the citizen (khoản 1 Điều 28 Luật Tiếp công dân)."""
    return calendar.shift(received_on, profile.deadlines.answer_workdays)


def feedback_due(profile: Profile, settled_on: date, calendar: Calendar) -> date:
    """Last day on which the agency that settled a transferred case tells the sender (khoản 2 Điều 27)."""
    return calendar.shift(settled_on, profile.deadlines.feedback_workdays)


def result_due(profile: Profile, told_on: date, calendar: Calendar) -> date:
    """Last day on which the sender tells the citizen who asked (khoản 2 Điều 28)."""
    return calendar.shift(told_on, profile.deadlines.result_workdays)


def acceptance_due(profile: Profile, received_on: date, calendar: Calendar) -> date:
    """Last day to accept a complaint or say why not (khoản 1 Điều 16 NĐ 124/2020, sửa đổi tại Điều 10 NĐ 155/2026)."""
    return calendar.shift(received_on, profile.deadlines.acceptance_workdays)


def dialogue_notice_due(profile: Profile, dialogue_on: date) -> date:
    """Last day for the notice of a dialogue, in calendar days before it.

    khoản 1 Điều 28 NĐ 124/2020, sửa đổi tại Điều 11 NĐ 155/2026
    """
    return dialogue_on - timedelta(days=profile.deadlines.dialogue_days)


def petition_due(profile: Profile, received_on: date) -> date:
    """After this day a petition that nobody processed is a breach (điểm b khoản 3 Điều 41 NĐ 154/2026)."""
    return received_on + timedelta(days=profile.deadlines.petition_days)


def petition_warn_on(profile: Profile, received_on: date) -> date:
    """From this day on the desk warns of an unprocessed petition."""
    return received_on + timedelta(days=profile.deadlines.petition_warn_days)
