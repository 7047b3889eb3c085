"""The real livekit-server for tests: started on free ports of 127.0.0.1, killed hard, started again."""

import os
import secrets
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from tiepdan.media.config import livekit_config

T = TypeVar("T")
KEY = "tiepdan"
_BUILT = Path(__file__).resolve().parent.parent / ".build" / "bin" / "livekit-server"


def eventually(look: Callable[[], T], wanted: Callable[[T], bool] = bool, seconds: float = 15) -> T:
    """The first thing that `look` sees and `wanted` accepts. Asks again at short intervals."""
    until = time.monotonic() + seconds
    while not wanted(seen := look()):
        if time.monotonic() > until:
            raise AssertionError(f"not within {seconds:g} s; last seen: {seen!r}")
        time.sleep(0.01)
    return seen


def server_program() -> Path:
    """Path of livekit-server. Without it the test fails, or is skipped when the caller said so beforehand."""
    program = Path(os.environ.get("TIEPDAN_LIVEKIT_SERVER") or _BUILT)
    if program.is_file():
        return program
    if os.environ.get("TIEPDAN_TESTS_WITHOUT_ENGINE") == "1":
        pytest.skip(f"no livekit-server at {program}, and TIEPDAN_TESTS_WITHOUT_ENGINE=1")
    pytest.fail(f"no livekit-server at {program}: run «make setup», which builds it", pytrace=False)


class LiveKitServer:
    """One server process. The folder holds its configuration and its log; the ports stay over a restart."""

    def __init__(self, folder: Path, webhook_url: str = "") -> None:
        self.program = server_program()
        self.folder = folder
        self.webhook_url = webhook_url
        self.key = KEY
        self.secret = secrets.token_urlsafe(32)
        self.port = free_port(socket.SOCK_STREAM)
        self.udp_port = free_port(socket.SOCK_DGRAM)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self._process is not None, "the server is not running"
        return self._process.pid

    @property
    def log(self) -> str:
        return (self.folder / "livekit.log").read_text(errors="replace")

    def start(self) -> None:
        """Returns when the server answers."""
        file = self.folder / "livekit.yaml"
        file.write_text(livekit_config(self.port, self.udp_port, self.key, self.secret, self.webhook_url))
        with (self.folder / "livekit.log").open("ab") as log:
            self._process = subprocess.Popen(
                [self.program, "--config", file], stdout=log, stderr=log, stdin=subprocess.DEVNULL
            )
        eventually(self._answers, seconds=30)

    def kill(self) -> None:
        """SIGKILL, as a power cut would. SIGTERM would wait for the people in the rooms to leave."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def restart(self) -> None:
        """Killed and started anew on the same ports: every room is forgotten."""
        self.kill()
        self.start()

    def _answers(self) -> bool:
        assert self._process is not None
        if self._process.poll() is not None:
            raise AssertionError(f"livekit-server ended with {self._process.returncode}:\n{self.log[-2000:]}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}", timeout=1) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


def free_port(kind: socket.SocketKind) -> int:
    with socket.socket(socket.AF_INET, kind) as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])
