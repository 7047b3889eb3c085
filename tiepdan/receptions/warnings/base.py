"""The shape of a warning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from tiepdan.receptions.models import Waiver

Level = Literal["stop", "care"]
STOP: Level = "stop"
CARE: Level = "care"


@dataclass(frozen=True)
class Warning:
    """`code` is stable for the same object, so that a reason that was given stays with it: "not_chosen:41"."""

    code: str
    level: Level
    sentence: str
    citation: str = ""
    tab: str = "receptions:detail"  # url name of the page where it is mended
    waived: Waiver | None = None

    def with_waiver(self, waivers: Mapping[str, Waiver]) -> Warning:
        return replace(self, waived=waivers.get(self.code)) if self.level == CARE else self
