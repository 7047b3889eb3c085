"""Who is invited, as words. Pure: no Django, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from tiepdan.receptions.rules import Phase


class Invited(StrEnum):
    AGENCY = "agency"
    CITIZEN = "citizen"


INVITED_LABELS: Mapping[str, str] = {
    Invited.AGENCY: "Cơ quan, điểm cầu",
    Invited.CITIZEN: "Công dân",
}

ENDED: tuple[str, ...] = (Phase.POSTPONED, Phase.CANCELLED)  # nobody is invited any more; who was told hears that
OPEN_FOR_LETTERS: tuple[str, ...] = (Phase.PUBLISHED, Phase.READY)
AFTER_APPROVAL: tuple[str, ...] = (Phase.APPROVED, *OPEN_FOR_LETTERS)
