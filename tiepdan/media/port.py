"""What tiepdan asks of a media engine, in our own words. A leaf: it imports the standard library only.

Words: a *room* is an opaque name given by Django; an *identity* names one connection in a room (`p7.12`,
`s3.ab12`, `r.<take>`) and at most one connection holds it; *rights* are what that connection may do now.

Every call that talks to the engine is synchronous, answers within about three seconds and may raise

- `MediaDown`: the engine does not answer. Nothing is known about whether the order was carried out.
- `MediaGone`: the engine answers, and the room or the connection is not there (any more).
- `MediaError`: the engine refused for another reason (wrong key, name too long): a fault of set-up or code.

Never call it inside a database transaction: an engine that hangs would hold the lock.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

Source = Literal["camera", "microphone"]
Kind = Literal["started", "finished", "joined", "left", "published", "unpublished", "other"]


class MediaError(Exception):
    """The engine refused. The text is for the log, not for the person at the counter."""


class MediaDown(MediaError):
    """The engine cannot be reached or did not answer in time."""


class MediaGone(MediaError):
    """The room or the connection that was named does not exist (any more)."""


class MediaForged(MediaError):
    """A notice that claims to come from the engine carries no valid signature over its body."""


@dataclass(frozen=True, slots=True)
class Rights:
    """What a connection may do. Two rights are equal when the engine would treat their holders alike."""

    camera: bool = False
    microphone: bool = False
    hidden: bool = False  # others are not told about it (recorders)
    subscribe: bool = True  # may receive what others publish


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a browser or a recorder needs to connect. `expires_at` limits joining, not staying."""

    url: str  # ws:// or wss://
    token: str
    identity: str
    expires_at: datetime  # UTC


@dataclass(frozen=True, slots=True)
class Presence:
    """One connection as the engine sees it now."""

    identity: str
    name: str
    joined_at: datetime  # UTC
    camera: bool  # published and not muted
    microphone: bool  # published and not muted
    hidden: bool
    rights: Rights


@dataclass(frozen=True, slots=True)
class MediaEvent:
    """A notice of the engine. Notices may come twice (same `id`), late, out of order, or never."""

    id: str
    kind: Kind
    room: str
    identity: str  # "" for notices about the room
    at: datetime  # UTC, by the engine's clock; whole seconds
    source: Source | None  # only for published/unpublished, and None there for other sources


class MediaEngine(Protocol):
    def ticket(self, room: str, identity: str, name: str, rights: Rights, ttl: timedelta) -> Ticket:
        """A ticket to join `room`. Computed here: no call, never `MediaDown`. It cannot be taken back, so
        keep `ttl` (from now, whole seconds) short. Joining does not need `open` before."""
        ...

    def open(self, room: str, note: str) -> None:
        """Make sure that `room` exists and its note is `note`. An open room is left running."""
        ...

    def close(self, room: str) -> None:
        """Send everybody out and forget `room`. `MediaGone` when there is none. Who holds a valid ticket
        could come in again: the caller stops giving tickets first."""
        ...

    def note(self, room: str, text: str) -> None:
        """Replace the note that every connection of `room` sees. `MediaGone` when there is no such room."""
        ...

    def permit(self, room: str, identity: str, rights: Rights) -> None:
        """Give a connection exactly these rights. What it publishes without right is cut off by the engine.
        `hidden` stays as in the ticket: others were told, or not, at the joining. `MediaGone` when absent."""
        ...

    def mute(self, room: str, identity: str, source: Source) -> None:
        """Silence what a connection publishes now; it may unmute itself. Nothing to do when it publishes no
        such source. `MediaGone` when the connection is absent."""
        ...

    def eject(self, room: str, identity: str) -> None:
        """Send a connection out. `MediaGone` when it is absent already."""
        ...

    def present(self, room: str) -> list[Presence]:
        """Who is connected, hidden ones too, in the order of joining. Empty when there is no such room."""
        ...

    def read_event(self, headers: Mapping[str, str], body: bytes) -> MediaEvent:
        """Check and read a notice that the engine posted. `MediaForged` when its signature does not hold. A
        notice of no interest has the kind `other`. No call to the engine."""
        ...
