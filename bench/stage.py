"""A real LiveKit server, simulated points that publish into one room, and the real recorder, all on this machine."""

from __future__ import annotations

import os
import re
import socket
import urllib.request
from contextlib import ExitStack
from pathlib import Path

from bench import programs
from bench.process import Program
from bench.web import RECEPTION, ROOM, Report, Web
from tests.engine import LiveKitServer, free_port
from tiepdan.media.livekit import LiveKitEngine


class Stage:
    """`with Stage(folder, points) as stage:` – everything runs, no take is ordered yet."""

    def __init__(self, folder: Path, points: int) -> None:
        self.points = points
        self.archive = folder / "archive"
        self._folder = folder
        self._running = ExitStack()
        self._metrics = free_port(socket.SOCK_STREAM)

    def __enter__(self) -> Stage:
        with ExitStack() as begun:  # when one of them does not start, the others are ended
            self._start(begun)
            self._running = begun.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._running.close()

    def _start(self, begun: ExitStack) -> None:
        self.server = LiveKitServer(self._folder)
        begun.callback(self.server.kill)
        os.environ["LIVEKIT_PROMETHEUS_PORT"] = str(self._metrics)
        try:
            self.server.start()
        finally:
            del os.environ["LIVEKIT_PROMETHEUS_PORT"]
        engine = LiveKitEngine(self.server.url, self.server.key, self.server.secret)
        self.web = Web(engine, {f"p{n}": f"xa-{n:02}" for n in range(1, self.points + 1)})
        begun.callback(self.web.close)
        self.publisher = begun.enter_context(Program(self._publish(), self._folder / "standin.log"))

    def _publish(self) -> list[str | Path]:
        secret = self._folder / "secret"
        secret.write_text(self.server.secret)
        clip = programs.clip()
        command: list[str | Path] = [programs.built("standin"), "-load", "-out-of-phase", "-room", ROOM]
        command += ["-livekit", self.server.url, "-key", self.server.key, "-secret-file", secret]
        command += ["-points", str(self.points), "-first", "1", "-clip", clip.picture, "-sound", clip.sound]
        return command

    def recorder(self) -> Program:
        """A new process of the recorder; use it in a `with`."""
        token = self._folder / "token"
        token.write_text(self.web.token)
        settings = {
            "TIEPDAN_WEB": self.web.address,
            "TIEPDAN_RECORDER_NAME": "bench",
            "TIEPDAN_RECORDER_TOKEN_FILE": str(token),
            "TIEPDAN_ARCHIVE": str(self.archive),
        }
        return Program([programs.built("recorder")], self._folder / "recorder.log", settings)

    def record(self, take: str) -> Report:
        """Returns when picture and sound of every point grow on disk."""
        self.web.order(take, "record")
        return self.web.until(take, self._complete, 45, f"picture and sound of {self.points} points on disk")

    def _complete(self, report: Report) -> bool:
        tracks = [track for track in report.get("tracks", []) if track["frames"] > 25]
        return report.get("state") == "recording" and len(tracks) == 2 * self.points

    def close(self, take: str) -> Report:
        """Returns the last beat of the closed and sealed take."""
        self.web.order(take, "close")
        closed = self.web.until(take, lambda report: report.get("state") == "closed", 30, "the take closed")
        self.web.order(take, "")
        return closed

    def folder(self, take: str) -> Path:
        return self.archive / RECEPTION / take

    def repeated(self) -> int:
        """Packets that the server sent once more to the recorder (its only subscriber), because they were missed."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self._metrics}/metrics", timeout=5) as answer:
            lines = re.findall(r"^livekit_packet_total{([^}]*)} (\S+)", answer.read().decode(), re.M)
        wanted = {'direction="outgoing"', 'transmission="retransmit"'}
        return sum(int(float(value)) for labels, value in lines if wanted <= set(labels.split(",")))
