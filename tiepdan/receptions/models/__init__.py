"""Rows of receptions, by what they are about."""

from tiepdan.receptions.models.agenda import AgendaItem, AgendaTemplate
from tiepdan.receptions.models.halls import Credential, ReceptionPoint, Seat
from tiepdan.receptions.models.plan import (
    Matter,
    MetMilestone,
    PlanDecision,
    Reception,
    Reminder,
    Waiver,
)
from tiepdan.receptions.models.publication import Poster, Version
from tiepdan.receptions.models.wishes import HallWish

__all__ = [
    "AgendaItem",
    "AgendaTemplate",
    "Credential",
    "HallWish",
    "Matter",
    "MetMilestone",
    "PlanDecision",
    "Poster",
    "Reception",
    "ReceptionPoint",
    "Reminder",
    "Seat",
    "Version",
    "Waiver",
]
