"""Those who must hear of a reception. The room that writes to them stands above, and registers in AppConfig.ready.

A publication tells them through this; the pages of versions and papers ask whom a change touches, who was told, and
which letters there are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from tiepdan.accounts.models import Person
from tiepdan.receptions.models import Reception, Version


@dataclass(frozen=True)
class Affected:
    """Who must be told, as the page shows it before anything is published."""

    receiver: str
    kind: str


@dataclass(frozen=True)
class Told:
    receiver: str
    state: str  # of the message: draft, sent, …
    state_label: str
    at: datetime | None  # sent


@dataclass(frozen=True)
class NoticeState:
    """How far «niêm yết lịch; thông báo công dân, cơ quan» is: the schedule is public and everybody was told."""

    version: int  # of the newest publication; 0: never published
    published_at: datetime | None  # of the first publication after the plan was last made
    told: int
    acknowledged: int
    total: int

    @property
    def is_met(self) -> bool:
        return self.version > 0 and 0 < self.total == self.told

    @property
    def sentence(self) -> str:
        """The proof that the timeline keeps."""
        if not self.version:
            return "Chưa công bố lịch."
        return (
            f"Lịch đã công bố, phiên bản {self.version}; đã thông báo {self.told}/{self.total}, "
            f"đã xác nhận {self.acknowledged}/{self.total}."
        )


class Audience(Protocol):
    def tell(self, version: Version, *, by: Person, at: datetime) -> None:
        """A version was published, in this transaction: whom it touches hears it; perhaps a milestone is met."""

    def renew(self, reception: Reception, *, at: datetime) -> object:
        """The plan changed: rows for everybody who is to be told now."""

    def letters(self, reception: Reception) -> list[tuple[str, str]]:
        """(kind, part) of the papers of those who are to be told."""

    def affected(self, reception: Reception, rows: Sequence[Mapping[str, Any]]) -> list[Affected]:
        """Whom these differences touch."""

    def told(self, reception: Reception) -> dict[int, list[Told]]:
        """Version number → who was told of it, or waits to be told."""

    def notice_state(self, reception: Reception) -> NoticeState: ...


_rooms: list[Audience] = []


def register(room: Audience) -> None:
    _rooms[:] = [room]


def audience() -> Audience:
    return _rooms[0]
