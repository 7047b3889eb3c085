"""The two engines of the contract test: the one in memory, and a real livekit-server."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import uuid4

import pytest

from tests.engine import LiveKitServer, server_program
from tests.media.people import People, Stage
from tiepdan.media.fake import FakeEngine
from tiepdan.media.livekit import LiveKitEngine
from tiepdan.media.port import MediaEngine

Notice = tuple[dict[str, str], bytes]


class Mailbox:
    """An HTTP address that keeps every notice posted to it."""

    def __init__(self) -> None:
        self.notices: list[Notice] = []
        kept = self.notices

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                kept.append((dict(self.headers), body))
                self.send_response(200)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._http.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._http.server_port}/"

    def shut(self) -> None:
        self._http.shutdown()
        self._http.server_close()


@dataclass
class RealSet:
    server: LiveKitServer
    engine: LiveKitEngine
    mailbox: Mailbox
    stage: Stage


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealSet]:
    server_program()  # before anything is started that would have to be stopped
    mailbox = Mailbox()
    server = LiveKitServer(tmp_path_factory.mktemp("livekit"), mailbox.url)
    engine = LiveKitEngine(server.url, server.key, server.secret)
    stage = Stage()
    try:
        server.start()
        yield RealSet(server, engine, mailbox, stage)
    finally:
        engine.shut()
        server.kill()
        stage.end()
        mailbox.shut()


@dataclass
class Setting:
    """What a contract test sees; it cannot tell which engine it talks to."""

    engine: MediaEngine
    people: People
    room: str
    _fake: FakeEngine | None
    _real: RealSet | None

    def notices(self) -> list[Notice]:
        """What the engine has posted so far about this room, oldest first."""
        if self._fake is not None:
            return [self._fake.posted(event) for event in self._fake.events]
        assert self._real is not None
        return [notice for notice in self._real.mailbox.notices if self.room.encode() in notice[1]]

    def restart(self) -> None:
        """The engine dies and comes back without memory."""
        if self._fake is not None:
            self._fake.crash()
        else:
            assert self._real is not None
            self._real.server.restart()

    def stop(self) -> None:
        if self._fake is not None:
            self._fake.down = True
        else:
            assert self._real is not None
            self._real.server.kill()

    def start(self) -> None:
        if self._fake is not None:
            self._fake.down = False
            self._fake.crash()
        else:
            assert self._real is not None
            self._real.server.start()


@pytest.fixture(params=["fake", "real"])
def at(request: pytest.FixtureRequest) -> Iterator[Setting]:
    room = f"room-{uuid4().hex[:8]}"
    if request.param == "fake":
        fake = FakeEngine()
        setting = Setting(fake, People(fake, None), room, fake, None)
    else:
        real: RealSet = request.getfixturevalue("real")
        setting = Setting(real.engine, People(None, real.stage), room, None, real)
    try:
        yield setting
    finally:
        setting.people.go_home()
