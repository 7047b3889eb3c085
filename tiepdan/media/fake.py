"""A media engine in memory, with the behaviour of the real one: the same contract test runs against both.

Tests and the screens' development use it. Besides the port it has what *people* do (`join`, `publish`, …),
what happens to machines (`down`, `crash`) and the notices that a real engine posts (`events`, `posted`).
"""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from threading import RLock

from .port import (
    Kind,
    MediaDown,
    MediaError,
    MediaEvent,
    MediaForged,
    MediaGone,
    Presence,
    Rights,
    Source,
    Ticket,
)


class NoRight(MediaError):
    """What a real engine tells a browser that does what its rights do not cover."""


@dataclass
class _Connection:
    name: str
    joined_at: datetime
    rights: Rights
    published: dict[Source, bool] = field(default_factory=dict)  # source → muted


@dataclass
class _Room:
    note: str = ""
    connections: dict[str, _Connection] = field(default_factory=dict)


class FakeEngine:
    """`MediaEngine` without an engine. Safe to use from several threads."""

    def __init__(self, url: str = "ws://fake.invalid") -> None:
        self.url = url
        self.down = False
        self.events: list[MediaEvent] = []
        self._secret = secrets.token_bytes(32)
        self._tickets: dict[str, tuple[str, str, Rights, Ticket]] = {}
        self._rooms: dict[str, _Room] = {}
        self._lock = RLock()

    # The port.

    def ticket(self, room: str, identity: str, name: str, rights: Rights, ttl: timedelta) -> Ticket:
        expires_at = datetime.now(UTC).replace(microsecond=0) + ttl
        ticket = Ticket(self.url, secrets.token_urlsafe(16), identity, expires_at)
        with self._lock:
            self._tickets[ticket.token] = (room, name, rights, ticket)
        return ticket

    def open(self, room: str, note: str) -> None:
        with self._lock:
            self._reach()
            self._room_started(room).note = note

    def close(self, room: str) -> None:
        with self._lock:
            found = self._room(room)
            for identity in list(found.connections):
                self.leave(room, identity)
            del self._rooms[room]
            self._tell("finished", room)

    def note(self, room: str, text: str) -> None:
        with self._lock:
            self._room(room).note = text

    def permit(self, room: str, identity: str, rights: Rights) -> None:
        with self._lock:
            connection = self._connection(room, identity)
            connection.rights = rights
            for source in list(connection.published):
                if not _may(rights, source):
                    self.unpublish(room, identity, source)

    def mute(self, room: str, identity: str, source: Source) -> None:
        with self._lock:
            connection = self._connection(room, identity)
            if source in connection.published:
                connection.published[source] = True

    def eject(self, room: str, identity: str) -> None:
        with self._lock:
            self._connection(room, identity)
            self.leave(room, identity)

    def present(self, room: str) -> list[Presence]:
        with self._lock:
            self._reach()
            found = self._rooms.get(room, _Room())
            return [_presence(identity, seen) for identity, seen in found.connections.items()]

    def read_event(self, headers: Mapping[str, str], body: bytes) -> MediaEvent:
        given = {name.lower(): value for name, value in headers.items()}.get("authorization", "")
        if not hmac.compare_digest(given.encode(), self._sign(body).encode()):
            raise MediaForged("the signature does not fit the body")
        facts = json.loads(body)
        return MediaEvent(**{**facts, "at": datetime.fromisoformat(facts["at"])})

    # What people do.

    def join(self, ticket: Ticket) -> None:
        """A browser connects. A second connection with the same identity sends the first one out."""
        with self._lock:
            self._reach()
            known = self._tickets.get(ticket.token)
            if known is None or ticket.expires_at <= datetime.now(UTC):
                raise NoRight("no valid ticket")
            room, name, rights, _ = known
            found = self._room_started(room)
            if ticket.identity in found.connections:
                self.leave(room, ticket.identity)
            found.connections[ticket.identity] = _Connection(name, datetime.now(UTC), rights)
            self._tell("joined", room, ticket.identity)

    def leave(self, room: str, identity: str) -> None:
        with self._lock:
            connection = self._connection(room, identity)
            for source in list(connection.published):
                self.unpublish(room, identity, source)
            del self._rooms[room].connections[identity]
            self._tell("left", room, identity)

    def publish(self, room: str, identity: str, source: Source) -> None:
        """Start, or unmute. `NoRight` without the right."""
        with self._lock:
            connection = self._connection(room, identity)
            if not _may(connection.rights, source):
                raise NoRight(source)
            if source not in connection.published:
                self._tell("published", room, identity, source)
            connection.published[source] = False

    def unpublish(self, room: str, identity: str, source: Source) -> None:
        with self._lock:
            if self._connection(room, identity).published.pop(source, None) is not None:
                self._tell("unpublished", room, identity, source)

    def note_of(self, room: str) -> str:
        """What every connection of `room` sees now."""
        return self._room(room).note

    # What happens to machines.

    def crash(self) -> None:
        """The engine died and was started again: it has forgotten every room and tells nobody."""
        with self._lock:
            self._rooms.clear()

    def posted(self, event: MediaEvent) -> tuple[dict[str, str], bytes]:
        """Headers and body with which the engine would post this notice."""
        body = json.dumps(asdict(event), default=datetime.isoformat).encode()
        return {"Authorization": self._sign(body), "Content-Type": "application/webhook+json"}, body

    # Inside.

    def _sign(self, body: bytes) -> str:
        return base64.b64encode(hmac.digest(self._secret, body, hashlib.sha256)).decode()

    def _reach(self) -> None:
        if self.down:
            raise MediaDown("the fake engine is switched off")

    def _room_started(self, room: str) -> _Room:
        if room not in self._rooms:
            self._rooms[room] = _Room()
            self._tell("started", room)
        return self._rooms[room]

    def _room(self, room: str) -> _Room:
        self._reach()
        if room not in self._rooms:
            raise MediaGone(f"no room {room}")
        return self._rooms[room]

    def _connection(self, room: str, identity: str) -> _Connection:
        connections = self._room(room).connections
        if identity not in connections:
            raise MediaGone(f"no {identity} in {room}")
        return connections[identity]

    def _tell(self, kind: Kind, room: str, identity: str = "", source: Source | None = None) -> None:
        at = datetime.now(UTC).replace(microsecond=0)
        self.events.append(MediaEvent(secrets.token_hex(8), kind, room, identity, at, source))


def _may(rights: Rights, source: Source) -> bool:
    return rights.camera if source == "camera" else rights.microphone


def _presence(identity: str, seen: _Connection) -> Presence:
    return Presence(
        identity=identity,
        name=seen.name,
        joined_at=seen.joined_at,
        camera=seen.published.get("camera") is False,
        microphone=seen.published.get("microphone") is False,
        hidden=seen.rights.hidden,
        rights=seen.rights,
    )
