"""The demo itself, as `make demo` starts it, on free ports and with a data folder of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

from tests.engine import eventually, free_port

ROOT = Path(__file__).resolve().parents[2]


class Stack:
    """web, worker, LiveKit, two recorders and two stand-ins under the demo's own supervisor."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "var"
        self.log = folder / "demo.log"
        self.port = free_port(socket.SOCK_STREAM)
        self.address = f"http://127.0.0.1:{self.port}"
        self.env = dict(
            os.environ,
            TIEPDAN_DATA=str(self.data),
            TIEPDAN_PORT=str(self.port),
            TIEPDAN_LIVEKIT_PORT=str(free_port(socket.SOCK_STREAM)),
            TIEPDAN_LIVEKIT_UDP_PORT=str(free_port(socket.SOCK_DGRAM)),
        )
        # What the unit tests told their own Django must not reach the real one.
        for name in ("DJANGO_SETTINGS_MODULE", "TIEPDAN_MEDIA_ENGINE", "TIEPDAN_LIVEKIT_URL"):
            self.env.pop(name, None)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when the pages answer and everything has been started."""
        self.manage("migrate", "--verbosity", "0")
        self.manage("collectstatic", "--noinput", "--verbosity", "0")
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "scripts.demo"], cwd=ROOT, env=self.env, stdout=log, stderr=log
            )
        eventually(lambda: "Sẵn sàng:" in self.log.read_text(), seconds=60)

    def stop(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(timeout=30) == 0

    def manage(self, *words: str) -> str:
        command = [sys.executable, str(ROOT / "manage.py"), *words]
        answer = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True)
        assert answer.returncode == 0, answer.stdout + answer.stderr
        return answer.stdout

    @property
    def slip(self) -> dict[str, Any]:
        """What `manage.py demo prepare` wrote: sign-ins and today's reception."""
        data: dict[str, Any] = json.loads((self.data / "demo.json").read_text(encoding="utf-8"))
        return data

    def new_reception(self) -> str:
        """A reception of today that nobody has touched; the stand-ins stay with the one that they signed in to."""
        self.manage("demo", "prepare")
        return str(self.slip["reception"]["code"])

    def password(self, point: str) -> str:
        return next(str(item["password"]) for item in self.slip["points"] if item["username"] == point)

    def pid(self, name: str) -> int:
        """Process id of a program of the supervisor, by its command line; fails while it does not run."""
        found = self.pids(name)
        assert len(found) == 1, f"{name}: {found}"
        return found[0]

    def pids(self, name: str) -> list[int]:
        assert self.process is not None
        wanted = PROGRAMS[name]
        return [pid for pid, words, env in _descendants(self.process.pid) if wanted(words, env)]

    def kill(self, name: str) -> int:
        """kill -9, as the oom killer or an angry technician would."""
        pid = self.pid(name)
        os.kill(pid, signal.SIGKILL)
        return pid

    def killed_and_back(self, name: str, seconds: float = 15) -> None:
        old = self.kill(name)
        eventually(lambda: self.pids(name), lambda pids: bool(pids) and old not in pids, seconds=seconds)

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Look into the database from outside, without disturbing anybody."""
        with sqlite3.connect(f"file:{self.data / 'db.sqlite3'}?mode=ro", uri=True, timeout=20) as database:
            return database.execute(sql, values).fetchall()

    def events(self, *names: str) -> list[tuple[str, str, dict[str, Any]]]:
        """Audit entries: event, who, facts; in the order of the chain."""
        rows = self.rows("SELECT event, by_label, facts FROM audit_entry ORDER BY id")
        return [(event, by, json.loads(facts)) for event, by, facts in rows if not names or event in names]

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(self.address + path, timeout=10) as answer:
            return bytes(answer.read())


class Desks(Stack):
    """web and worker alone, on the seeded province: what the office needs before the day of a reception."""

    def __init__(self, folder: Path, **settings: str) -> None:
        super().__init__(folder)
        self.env |= settings
        self.programs: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        self.manage("migrate", "--verbosity", "0")
        self.manage("collectstatic", "--noinput", "--verbosity", "0")
        self.manage("demo", "prepare")
        web = ["-m", "gunicorn", "-c", "scripts/gunicorn_conf.py", "tiepdan.wsgi"]
        for words in (web, ["manage.py", "worker"]):
            with self.log.open("ab") as log:
                command = [sys.executable, *words]
                self.programs.append(subprocess.Popen(command, cwd=ROOT, env=self.env, stdout=log, stderr=log))
        eventually(self._answers, seconds=60)

    def stop(self) -> None:
        for program in self.programs:
            program.terminate()
        assert [program.wait(timeout=30) for program in self.programs] == [0, 0], self.log.read_text()[-2000:]

    def _answers(self) -> bool:
        try:
            return bool(self.get("/healthz"))
        except OSError:
            return False


PROGRAMS = {
    "web": lambda words, env: "gunicorn" in words and "tiepdan.wsgi" in words,
    "worker": lambda words, env: words.endswith("manage.py worker --quick"),
    "livekit": lambda words, env: "livekit-server" in words,
    "recorder-1": lambda words, env: words.endswith("bin/recorder") and "may-ghi-1" in env,
    "recorder-2": lambda words, env: words.endswith("bin/recorder") and "may-ghi-2" in env,
}


def _descendants(root: int) -> list[tuple[int, str, str]]:
    """(pid, command line, environment) of all processes below `root`; a program's own children are left out."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                stat = (folder / "stat").read_text()
            except OSError:
                continue
            parents[int(folder.name)] = int(stat.rpartition(")")[2].split()[1])
    found = []
    for pid in parents:
        chain = pid
        while chain in parents and chain != root:
            chain = parents[chain]
        if chain != root or pid == root:
            continue
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
            parent = Path(f"/proc/{parents[pid]}/cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
            env = Path(f"/proc/{pid}/environ").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if words and words != parent:
            found.append((pid, words, env))
    return found
