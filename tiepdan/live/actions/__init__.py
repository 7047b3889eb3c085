"""Every write of the running reception."""

from tiepdan.live.actions.admission import admit_point, admit_station, refuse_when_replaced, room_of
from tiepdan.live.actions.attendance import take_event
from tiepdan.live.actions.engine import versioned_state
from tiepdan.live.actions.floor import give_floor, lock, withdraw
from tiepdan.live.actions.order import eject, readmit
from tiepdan.live.actions.phases import close, open_reception, resume, suspend

__all__ = [
    "admit_point",
    "admit_station",
    "close",
    "eject",
    "give_floor",
    "lock",
    "open_reception",
    "readmit",
    "refuse_when_replaced",
    "resume",
    "room_of",
    "suspend",
    "take_event",
    "versioned_state",
    "withdraw",
]
