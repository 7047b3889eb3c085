"""The media engine on a LiveKit server. The only module that imports the LiveKit package.

The package is asynchronous, our code is not: each process keeps one thread with one event loop and one HTTP
session, so that a call costs a round trip on an open connection and no more. The thread also notices at once
when the server closes the connection (a restart); a pool that wakes up with the next call would not.
"""

import asyncio
import atexit
import os
from collections.abc import Callable, Coroutine, Mapping
from datetime import UTC, datetime, timedelta
from threading import Lock, Thread
from typing import Any, TypeVar

import aiohttp
import jwt
from google.protobuf.json_format import ParseError
from livekit import api
from livekit.protocol import models, webhook

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

T = TypeVar("T")
Work = Callable[[api.LiveKitAPI], Coroutine[Any, Any, T]]

TIMEOUT_SECONDS = 3.0
# An empty room keeps its note: a pause over lunch, or everybody's line failing at once, must not lose it.
EMPTY_SECONDS = 3600

_SOURCES: dict[Source, models.TrackSource] = {
    "camera": models.TrackSource.CAMERA,
    "microphone": models.TrackSource.MICROPHONE,
}
_NAMES = {number: source for source, number in _SOURCES.items()}
_KINDS: dict[str, Kind] = {
    "room_started": "started",
    "room_finished": "finished",
    "participant_joined": "joined",
    "participant_left": "left",
    "participant_connection_aborted": "left",
    "track_published": "published",
    "track_unpublished": "unpublished",
}


class LiveKitEngine:
    """`MediaEngine` on the server at `url` (ws:// or wss://). Threads may share it.

    `public_url` stands in the tickets when browsers reach the server by another address than we do."""

    def __init__(self, url: str, key: str, secret: str, public_url: str = "") -> None:
        self.url = url
        self.public_url = public_url or url
        self._key = key
        self._secret = secret
        self._verify = api.WebhookReceiver(api.TokenVerifier(key, secret))
        self._line: _Line | None = None
        self._lock = Lock()

    def ticket(self, room: str, identity: str, name: str, rights: Rights, ttl: timedelta) -> Ticket:
        expires_at = datetime.now(UTC).replace(microsecond=0) + ttl
        sources = [models.TrackSource.Name(number).lower() for number in _sources(rights)]
        grants = api.VideoGrants(
            room_join=True,
            room=room,
            # Without this False, an empty list of sources would mean all sources.
            can_publish=bool(sources),
            can_publish_sources=sources,
            can_publish_data=False,
            can_subscribe=rights.subscribe,
            can_update_own_metadata=False,
            hidden=rights.hidden,
        )
        token = api.AccessToken(self._key, self._secret).with_identity(identity).with_name(name)
        return Ticket(self.public_url, token.with_grants(grants).with_ttl(ttl).to_jwt(), identity, expires_at)

    def open(self, room: str, note: str) -> None:
        async def work(lk: api.LiveKitAPI) -> None:
            wanted = api.CreateRoomRequest(
                name=room, metadata=note, empty_timeout=EMPTY_SECONDS, departure_timeout=EMPTY_SECONDS
            )
            found = await lk.room.create_room(wanted)
            if found.metadata != note:  # it was open already: creating leaves such a room as it is
                await lk.room.update_room_metadata(api.UpdateRoomMetadataRequest(room=room, metadata=note))

        self._call("open a room", work)

    def close(self, room: str) -> None:
        self._call("close a room", lambda lk: lk.room.delete_room(api.DeleteRoomRequest(room=room)))

    def note(self, room: str, text: str) -> None:
        update = api.UpdateRoomMetadataRequest(room=room, metadata=text)
        self._call("note", lambda lk: lk.room.update_room_metadata(update))

    def permit(self, room: str, identity: str, rights: Rights) -> None:
        permission = models.ParticipantPermission(
            can_publish=bool(_sources(rights)),
            can_publish_sources=_sources(rights),
            can_publish_data=False,
            can_subscribe=rights.subscribe,
            hidden=rights.hidden,
        )
        update = api.UpdateParticipantRequest(room=room, identity=identity, permission=permission)
        self._call("permit", lambda lk: lk.room.update_participant(update))

    def mute(self, room: str, identity: str, source: Source) -> None:
        whom = api.RoomParticipantIdentity(room=room, identity=identity)

        async def work(lk: api.LiveKitAPI) -> None:
            for track in (await lk.room.get_participant(whom)).tracks:
                if track.source == _SOURCES[source] and not track.muted:
                    await lk.room.mute_published_track(
                        api.MuteRoomTrackRequest(room=room, identity=identity, track_sid=track.sid, muted=True)
                    )

        self._call("mute", work)

    def eject(self, room: str, identity: str) -> None:
        whom = api.RoomParticipantIdentity(room=room, identity=identity)
        self._call("eject", lambda lk: lk.room.remove_participant(whom))

    def present(self, room: str) -> list[Presence]:
        wanted = api.ListParticipantsRequest(room=room)
        answer = self._call("list who is present", lambda lk: lk.room.list_participants(wanted))
        connected = [p for p in answer.participants if p.state != models.ParticipantInfo.DISCONNECTED]
        return sorted(map(_presence, connected), key=lambda presence: presence.joined_at)

    def read_event(self, headers: Mapping[str, str], body: bytes) -> MediaEvent:
        given = {name.lower(): value for name, value in headers.items()}.get("authorization", "")
        try:
            return _event(self._verify.receive(body.decode(), given.removeprefix("Bearer ")))
        except (jwt.PyJWTError, ParseError, ValueError) as wrong:
            raise MediaForged(f"a notice that cannot be trusted: {wrong}") from wrong
        except Exception as wrong:
            # The package has no class of its own for a missing or wrong checksum of the body.
            if type(wrong) is not Exception:
                raise
            raise MediaForged(f"a notice that cannot be trusted: {wrong}") from wrong

    def shut(self) -> None:
        """End the thread of this process. The next call starts a new one."""
        with self._lock:
            line, self._line = self._line, None
        if line is not None:
            line.shut()

    def _call(self, doing: str, work: Work[T]) -> T:
        try:
            return self._open_line().run(work)
        except api.ServerError as wrong:
            raise _translated(doing, wrong) from wrong
        except (TimeoutError, aiohttp.ClientError, OSError) as wrong:
            raise MediaDown(f"{doing}: {str(wrong) or type(wrong).__name__}") from wrong

    def _open_line(self) -> "_Line":
        line = self._line
        # A forked child inherits the object but not its thread.
        if line is None or line.pid != os.getpid():
            with self._lock:
                if self._line is None or self._line.pid != os.getpid():
                    self._line = _Line(self.url, self._key, self._secret)
                line = self._line
        return line


class _Line:
    """One thread, one event loop, one HTTP session."""

    def __init__(self, url: str, key: str, secret: str) -> None:
        self.pid = os.getpid()
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="livekit", daemon=True)
        self._thread.start()
        self._api = asyncio.run_coroutine_threadsafe(_client(url, key, secret), self._loop).result()
        atexit.register(self.shut)

    def run(self, work: Work[T]) -> T:
        async def limited() -> T:
            # One limit for the whole piece of work, which may be several requests.
            async with asyncio.timeout(TIMEOUT_SECONDS):
                return await work(self._api)

        return asyncio.run_coroutine_threadsafe(limited(), self._loop).result()

    def shut(self) -> None:
        atexit.unregister(self.shut)
        if self.pid != os.getpid() or self._loop.is_closed():
            return
        asyncio.run_coroutine_threadsafe(self._api.aclose(), self._loop).result(TIMEOUT_SECONDS)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(TIMEOUT_SECONDS)
        self._loop.close()


async def _client(url: str, key: str, secret: str) -> api.LiveKitAPI:
    # failover is for LiveKit's cloud; a province's server has no other region to try.
    timeout = aiohttp.ClientTimeout(total=TIMEOUT_SECONDS)
    return api.LiveKitAPI(url, key, secret, timeout=timeout, failover=False)


def _translated(doing: str, wrong: api.ServerError) -> MediaError:
    text = f"{doing}: {wrong.code} {wrong.message} (HTTP {wrong.status})"
    if wrong.code == api.ServerErrorCode.NOT_FOUND:
        return MediaGone(text)
    # 502 and 504 come from a proxy in front; the server itself says 503 and 408 when nobody inside replied.
    if wrong.status in (408, 502, 503, 504):
        return MediaDown(text)
    return MediaError(text)


def _sources(rights: Rights) -> list[models.TrackSource]:
    """In one fixed order: the server compares the lists item by item to see whether anything changes."""
    wanted = [(rights.camera, models.TrackSource.CAMERA), (rights.microphone, models.TrackSource.MICROPHONE)]
    return [source for allowed, source in wanted if allowed]


def _presence(p: models.ParticipantInfo) -> Presence:
    heard = {track.source for track in p.tracks if not track.muted}
    may = p.permission
    allowed = set(may.can_publish_sources or _SOURCES.values()) if may.can_publish else set()
    rights = Rights(
        camera=models.TrackSource.CAMERA in allowed,
        microphone=models.TrackSource.MICROPHONE in allowed,
        hidden=may.hidden,
        subscribe=may.can_subscribe,
    )
    return Presence(
        identity=p.identity,
        name=p.name,
        joined_at=datetime.fromtimestamp((p.joined_at_ms or p.joined_at * 1000) / 1000, UTC),
        camera=models.TrackSource.CAMERA in heard,
        microphone=models.TrackSource.MICROPHONE in heard,
        hidden=may.hidden,
        rights=rights,
    )


def _event(e: webhook.WebhookEvent) -> MediaEvent:
    kind = _KINDS.get(e.event, "other")
    return MediaEvent(
        id=e.id,
        kind=kind,
        room=e.room.name,
        identity=e.participant.identity,
        at=datetime.fromtimestamp(e.created_at, UTC),
        source=_NAMES.get(e.track.source) if kind in ("published", "unpublished") else None,
    )
