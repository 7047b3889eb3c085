"""Every write of halls, by use-case. What other rooms call is named here."""

from tiepdan.points.actions.checks import Found, check_equipment, record_capacity
from tiepdan.points.actions.halls import HallFacts, add_point, change_point
from tiepdan.points.actions.handover import hand_over, withdraw_handover
from tiepdan.points.actions.use import retire, take_back

__all__ = [
    "Found",
    "HallFacts",
    "add_point",
    "change_point",
    "check_equipment",
    "hand_over",
    "record_capacity",
    "retire",
    "take_back",
    "withdraw_handover",
]
