"""What the figures were measured on. `python -m bench.machine` prints it."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from scripts import tools
from scripts.paths import RECORDER


def describe() -> dict[str, str]:
    """Name → value, in the order in which a reader asks."""
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "memory": f"{_memory_gib():.0f} GiB",
        "system": f"{_distribution()}, Linux {platform.release()}{_virtual()}",
        "load": f"load before: {os.getloadavg()[0]:.2f}",
        "revision": f"revision {_revision()}",
        "versions": ", ".join(_versions()),
    }


def line(facts: dict[str, str]) -> str:
    rest = [value for name, value in facts.items() if name != "date"]
    return f"Measured {facts['date']} on {'; '.join(rest)}."


def _processor() -> str:
    return _first(Path("/proc/cpuinfo"), r"^model name\s*:\s*(.+)$") or platform.machine()


def _memory_gib() -> float:
    return int(_first(Path("/proc/meminfo"), r"^MemTotal:\s*(\d+) kB") or 0) / 2**20


def _distribution() -> str:
    return _first(Path("/etc/os-release"), r'^PRETTY_NAME="?([^"\n]+)') or platform.system()


def _virtual() -> str:
    return " (virtual machine)" if re.search(r"^flags\s*:.*\bhypervisor\b", _read(Path("/proc/cpuinfo")), re.M) else ""


def _revision() -> str:
    head = _run("git", "rev-parse", "--short", "HEAD")
    return f"{head} with uncommitted changes" if head and _run("git", "status", "--porcelain") else head or "unknown"


def _versions() -> list[str]:
    found = [f"Python {platform.python_version()}"]
    if go := re.search(r"go(\d[\d.]*)", _run(str(tools.go()), "version")):
        found.append(f"Go {go[1]}")
    modules = _read(RECORDER / "go.mod")
    for name, label in (("livekit-server", "LiveKit server"), ("server-sdk-go/v2", "LiveKit Go SDK")):
        if version := re.search(rf"^\s*github\.com/livekit/{re.escape(name)} v(\S+)", modules, re.M):
            found.append(f"{label} {version[1]}")
    if (program := tools.ffmpeg()) and (version := re.search(r"version (\d[\w.]*)", _run(str(program), "-version"))):
        found.append(f"ffmpeg {version[1]}")
    return found


def _run(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=30).stdout.strip()
    except OSError:
        return ""


def _first(file: Path, pattern: str) -> str:
    found = re.search(pattern, _read(file), re.M)
    return found[1].strip() if found else ""


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:
        return ""


if __name__ == "__main__":
    print(line(describe()))
