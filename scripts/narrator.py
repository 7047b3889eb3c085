"""Turns the supervisor's log lines into short Vietnamese ones for the console."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping

SPAWNED = re.compile(r"INFO spawned: '([\w-]+)' with pid (\d+)")
EXITED = re.compile(r"(?:INFO|WARN) exited: ([\w-]+) \((.+?); (?:not )?expected\)")
KILLED = re.compile(r"WARN killing '([\w-]+)' \(\d+\) with SIGKILL")
FAILED = re.compile(r"(?:INFO|ERRO) spawnerr: (.+)")
QUIET_SECONDS = 10.0


class Narrator:
    """Remembers what was said of each program, so that one that dies each second does not fill the screen."""

    def __init__(self, titles: Mapping[str, str], journals: str) -> None:
        self.titles = titles
        self.journals = journals
        self.started: set[str] = set()
        self.said: dict[str, float] = {}
        self.stopping = False

    def hear(self, line: str) -> str | None:
        """What the console shows for a line of the supervisor, if anything."""
        if found := SPAWNED.search(line):
            return self.spawned(found[1])
        if found := EXITED.search(line):
            return self.exited(found[1], found[2])
        if found := FAILED.search(line):
            return f"✗ Không khởi động được: {found[1]}"
        if (found := KILLED.search(line)) and not self.stopping:
            return f"! {self.title(found[1])}: không tự dừng, đã buộc dừng"
        return None

    def title(self, name: str) -> str:
        return self.titles.get(name, name)

    def spawned(self, name: str) -> str | None:
        again = name in self.started
        self.started.add(name)
        if again and self.may_say(name, "again"):
            return f"{clock()} ✓ {self.title(name)}: đã khởi động lại"
        return None

    def exited(self, name: str, how: str) -> str | None:
        if self.stopping or not self.may_say(name, "exit"):
            return None
        what = f"vừa dừng ({vietnamese(how)}), đang khởi động lại"
        return f"{clock()} ! {self.title(name)}: {what}. {self.log(name)}"

    def log(self, name: str) -> str:
        return f"Nhật ký: {self.journals}/{name}.log"

    def may_say(self, name: str, what: str) -> bool:
        now = time.monotonic()
        key = f"{name}/{what}"
        if now - self.said.get(key, -QUIET_SECONDS) < QUIET_SECONDS:
            return False
        self.said[key] = now
        return True


def vietnamese(how: str) -> str:
    """«exit status 1» and «terminated by SIGKILL», for the console."""
    return how.replace("exit status", "mã").replace("terminated by", "bị ngắt bởi")


def clock() -> str:
    return time.strftime("%H:%M:%S")
