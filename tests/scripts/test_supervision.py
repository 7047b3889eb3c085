"""The supervisor, for real: what dies comes back, what is stopped is gone, and nobody outlives the supervisor."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import demo, supervision
from scripts.supervision import Program
from tests.engine import eventually


class Watched:
    """A supervisor with two programs that write their process ids."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        kind = 'echo $$ > "$PID_FILE"; exec sleep 600'
        stubborn = 'trap "" TERM; echo $$ > "$PID_FILE"; while :; do sleep 0.1; done'
        programs = [
            Program("kind", "Dễ", ["/bin/sh", "-c", kind], self.pid_file("kind")),
            Program("stubborn", "Lì 100%", ["/bin/sh", "-c", stubborn], self.pid_file("stubborn"), 1, "KILL"),
        ]
        command = supervision.supervisor(supervision.write(programs))
        self.process = subprocess.Popen(command, **demo.quiet())

    def pid_file(self, name: str) -> dict[str, str]:
        return {"PID_FILE": str(self.folder / f"{name} 50% 'của tôi'.pid")}

    def pid(self, name: str) -> int:
        """Of the process that runs at present; 0 before it has started."""
        file = Path(self.pid_file(name)["PID_FILE"])
        text = file.read_text() if file.exists() else ""
        return int(text) if text.endswith("\n") and alive(int(text)) else 0

    def successor(self, name: str, killed: int) -> int:
        return eventually(lambda: self.pid(name), wanted=lambda pid: pid not in (0, killed))

    def pids(self) -> list[int]:
        return [eventually(lambda: self.pid("kind")), eventually(lambda: self.pid("stubborn"))]


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    if not Path("/proc/self/stat").exists() or not shutil.which("sleep"):
        pytest.skip("needs Linux")
    monkeypatch.setattr(supervision, "RUN", tmp_path / "run")
    monkeypatch.setattr(supervision, "JOURNALS", tmp_path / "log")
    one = Watched(tmp_path)
    yield one
    one.process.kill()
    one.process.communicate()


def test_what_is_killed_comes_back_and_the_others_stay(watched: Watched) -> None:
    kind, stubborn = watched.pids()
    for _ in range(3):
        os.kill(kind, signal.SIGKILL)
        kind = watched.successor("kind", kind)
    assert watched.pid("stubborn") == stubborn


def test_the_end_leaves_nobody(watched: Watched) -> None:
    pids = watched.pids()
    watched.process.send_signal(signal.SIGTERM)
    assert watched.process.wait(timeout=20) == 0
    assert not [pid for pid in pids if alive(pid)]


def test_a_killed_supervisor_leaves_nobody(watched: Watched) -> None:
    pids = watched.pids()
    watched.process.kill()
    eventually(lambda: not [pid for pid in pids if alive(pid)])
