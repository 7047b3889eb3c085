"""People in a room, for the contract test: the same few verbs for the fake engine and for the real one.

The real ones are LiveKit's own client library, sending real (tiny, silent) pictures and sound.
"""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from threading import Thread
from typing import Any, Protocol, TypeVar

from livekit import rtc

from tiepdan.media.fake import FakeEngine, NoRight
from tiepdan.media.port import MediaGone, Source, Ticket

T = TypeVar("T")
WIDTH, HEIGHT, RATE = 64, 48, 48_000
_NAMES = {rtc.TrackSource.SOURCE_CAMERA: "camera", rtc.TrackSource.SOURCE_MICROPHONE: "microphone"}


class Person(Protocol):
    def publish(self, source: Source) -> None: ...
    def publish_without_right(self, source: Source) -> None: ...
    def leave(self) -> None: ...
    def gone(self) -> bool: ...
    def note(self) -> str: ...

    def offered(self) -> dict[str, set[str]]:
        """Whom this person sees, and what each of them sends."""
        ...


class FakePerson:
    def __init__(self, engine: FakeEngine, room: str, ticket: Ticket) -> None:
        self._engine, self._room, self._ticket = engine, room, ticket
        engine.join(ticket)

    def publish(self, source: Source) -> None:
        self._engine.publish(self._room, self._ticket.identity, source)

    def leave(self) -> None:
        self._engine.leave(self._room, self._ticket.identity)

    def publish_without_right(self, source: Source) -> None:
        with suppress(NoRight):
            self.publish(source)

    def gone(self) -> bool:
        return self._ticket.identity not in {p.identity for p in self._engine.present(self._room)}

    def note(self) -> str:
        return self._engine.note_of(self._room)

    def offered(self) -> dict[str, set[str]]:
        others = [p for p in self._engine.present(self._room) if not p.hidden]
        return {
            p.identity: {source for source in ("camera", "microphone") if getattr(p, source)}
            for p in others
            if p.identity != self._ticket.identity
        }


class Stage:
    """One thread in which the asynchronous client library lives."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(20)

    def end(self) -> None:
        self.do(self._drop_everything())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()

    async def _drop_everything(self) -> None:
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class RealPerson:
    def __init__(self, stage: Stage, ticket: Ticket) -> None:
        self._stage = stage
        self._sending: list[asyncio.Task[None]] = []
        self.room = stage.do(self._join(ticket))

    async def _join(self, ticket: Ticket) -> rtc.Room:
        room = rtc.Room()
        await room.connect(ticket.url, ticket.token, rtc.RoomOptions(auto_subscribe=False))
        return room

    def publish(self, source: Source) -> None:
        self._stage.do(self._publishing(source))

    def publish_without_right(self, source: Source) -> None:
        # The server does not answer what it does not allow; the library would wait ten seconds for it.
        asyncio.run_coroutine_threadsafe(self._publishing(source), self._stage.loop)

    def _publishing(self, source: Source) -> Coroutine[Any, Any, None]:
        return self._camera() if source == "camera" else self._microphone()

    async def _camera(self) -> None:
        source = rtc.VideoSource(WIDTH, HEIGHT)
        track = rtc.LocalVideoTrack.create_video_track("camera", source)
        options = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_CAMERA, simulcast=False)
        frame = rtc.VideoFrame(WIDTH, HEIGHT, rtc.VideoBufferType.RGBA, bytes(WIDTH * HEIGHT * 4))

        async def send() -> None:
            while True:
                source.capture_frame(frame)
                await asyncio.sleep(0.1)  # ten pictures a second: the rate of a camera, not a wait

        self._sending.append(asyncio.create_task(send()))
        await self.room.local_participant.publish_track(track, options)

    async def _microphone(self) -> None:
        source = rtc.AudioSource(RATE, 1)
        track = rtc.LocalAudioTrack.create_audio_track("microphone", source)
        options = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE)
        frame = rtc.AudioFrame(bytes(RATE // 100 * 2), RATE, 1, RATE // 100)

        async def send() -> None:
            while True:
                await source.capture_frame(frame)  # waits by itself when a second is queued

        self._sending.append(asyncio.create_task(send()))
        await self.room.local_participant.publish_track(track, options)

    def leave(self) -> None:
        self._stage.do(self._leave())

    async def _leave(self) -> None:
        for task in self._sending:
            task.cancel()
        await self.room.disconnect()

    def gone(self) -> bool:
        return not self.room.isconnected()

    def note(self) -> str:
        return self.room.metadata or ""

    def offered(self) -> dict[str, set[str]]:
        return {
            identity: {_NAMES[p.source] for p in other.track_publications.values() if not p.muted}
            for identity, other in self.room.remote_participants.items()
        }


class People:
    """Lets people in and sends everybody home at the end of a test."""

    def __init__(self, fake: FakeEngine | None, stage: Stage | None) -> None:
        self._fake, self._stage = fake, stage
        self._in: list[Person] = []

    def join(self, room: str, ticket: Ticket) -> Person:
        person: Person
        if self._fake is not None:
            person = FakePerson(self._fake, room, ticket)
        else:
            assert self._stage is not None
            person = RealPerson(self._stage, ticket)
        self._in.append(person)
        return person

    def go_home(self) -> None:
        for person in self._in:
            with suppress(MediaGone):
                person.leave()
