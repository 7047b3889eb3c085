"""What a process costs, read from /proc, and other work that keeps the cores busy."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Window:
    """A steady stretch of time of one process."""

    seconds: float
    cpu_seconds: float
    bytes_to_disk: int

    @property
    def cpu(self) -> float:
        """Percent of one core."""
        return 100 * self.cpu_seconds / self.seconds


def watch(pid: int, seconds: float) -> Window:
    start, cpu, disk = time.monotonic(), cpu_seconds(pid), bytes_to_disk(pid)
    time.sleep(seconds)
    return Window(time.monotonic() - start, cpu_seconds(pid) - cpu, bytes_to_disk(pid) - disk)


def cpu_seconds(pid: int) -> float:
    """utime + stime of all threads of the process, also of those that ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def bytes_to_disk(pid: int) -> int:
    return _number(Path(f"/proc/{pid}/io"), r"^write_bytes: (\d+)")


def peak_mib(pid: int) -> float:
    """The most memory that was ever resident."""
    return _number(Path(f"/proc/{pid}/status"), r"^VmHWM:\s*(\d+) kB") / 1024


def dropped_packets(pid: int) -> int:
    """Packets that the kernel threw away because the process's sockets were full."""
    links = [str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()]
    inodes = {found[1] for link in links if (found := re.fullmatch(r"socket:\[(\d+)\]", link))}
    lost = 0
    for table in (Path("/proc/net/udp"), Path("/proc/net/udp6")):
        rows = [line.split() for line in table.read_text().splitlines()[1:]] if table.is_file() else []
        lost += sum(int(row[12]) for row in rows if row[9] in inodes)
    return lost


def _number(file: Path, pattern: str) -> int:
    found = re.search(pattern, file.read_text(), re.M)
    if found is None:
        raise ValueError(f"{file} has no {pattern}")
    return int(found[1])


@contextmanager
def all_cores_busy(at_most: float) -> Iterator[None]:
    """Other work that takes whatever the scheduler gives it, at ordinary priority, on every core."""
    loop = f"import time\nend = time.monotonic() + {at_most}\nwhile time.monotonic() < end: sum(range(20000))"
    others = [subprocess.Popen([sys.executable, "-c", loop]) for _ in range(os.cpu_count() or 1)]
    try:
        yield
        if any(other.poll() is not None for other in others):
            raise RuntimeError("the other work ended before the measurement did")
    finally:
        for other in others:
            other.kill()
            other.wait()


class Program:
    """A program that runs beside the bench, with its log in a file. Ended for sure at the end of `with`."""

    def __init__(self, command: list[str | Path], log: Path, env: dict[str, str] | None = None) -> None:
        self.log = log
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                command,
                env=os.environ | (env or {}),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=out,
                text=True,
            )

    def __enter__(self) -> Program:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def pid(self) -> int:
        return self._process.pid

    def check(self) -> None:
        if self._process.poll() is not None:
            raise RuntimeError(f"ended with {self._process.returncode}:\n{self.log.read_text()[-2000:]}")

    def read_line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self._process.wait()
            self.check()
        return line

    def ask(self) -> str:
        """One line in, one line out."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return self.read_line()

    def end_of_input(self) -> None:
        """For programs that end when there is nothing more to read."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        if self._process.wait(timeout=15) != 0:
            self.check()

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.kill()
