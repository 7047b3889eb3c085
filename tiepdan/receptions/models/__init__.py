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
from tiepdan.receptions.models.publication import Invitation, Version

__all__ = [
    "AgendaItem",
    "AgendaTemplate",
    "Credential",
    "Invitation",
    "Matter",
    "MetMilestone",
    "PlanDecision",
    "Reception",
    "ReceptionPoint",
    "Reminder",
    "Seat",
    "Version",
    "Waiver",
]
