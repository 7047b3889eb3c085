"""The supervisor's configuration: which programs run, how they are ended, where their words go.

supervisor (and not honcho or foreman) because one program that dies is started again alone: pictures and
recording go on while the web server is gone, and the other way round.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scripts.paths import JOURNALS, PYTHON, ROOT, RUN, VENV

BOUND = ROOT / "scripts" / "bound.py"
GROUP = "tiepdan"


@dataclass(frozen=True)
class Program:
    """One process that shall always run."""

    name: str
    title: str
    command: Sequence[str | Path]
    env: Mapping[str, str] = field(default_factory=dict)
    # How long it may take to end by itself before it is killed.
    patience: int = 5
    # What the kernel sends it when the supervisor itself is killed.
    orphaned: str = "TERM"
    cwd: Path = ROOT


def bound(program: Program) -> list[str]:
    """The program's command behind the wrapper that ties its life to the supervisor's."""
    pairs = [f"{name}={value}" for name, value in program.env.items()]
    words = [PYTHON, "-SEI", BOUND, program.orphaned, *pairs, "--", *program.command]
    return [str(word) for word in words]


def escaped(text: str | Path) -> str:
    """The supervisor expands % in every value."""
    return str(text).replace("%", "%%")


def section(program: Program, priority: int) -> str:
    log = JOURNALS / f"{program.name}.log"
    lines = [
        f"[program:{program.name}]",
        f"command={escaped(shlex.join(bound(program)))}",
        f"directory={escaped(program.cwd)}",
        f"priority={priority}",
        "autorestart=true",
        # 0: whatever ends, however soon, is simply started again (within a second), for ever. With 1 or more,
        # a program that dies early is given up after some tries that are further and further apart.
        "startsecs=0",
        "startretries=1000000",
        f"stopwaitsecs={program.patience}",
        "stopasgroup=true",
        "killasgroup=true",
        "redirect_stderr=true",
        f"stdout_logfile={escaped(log)}",
        "stdout_logfile_maxbytes=5MB",
        "stdout_logfile_backups=3",
    ]
    return "\n".join(lines)


def configuration(programs: Sequence[Program]) -> str:
    """The whole file. One group: at the end all are asked to stop at once and not one after another."""
    head = [
        "; Written anew at each start by scripts/supervision.py.",
        "[supervisord]",
        "nodaemon=true",
        f"pidfile={escaped(RUN / 'supervisord.pid')}",
        f"logfile={escaped(JOURNALS / 'supervisord.log')}",
        "logfile_maxbytes=5MB",
        "logfile_backups=2",
        f"childlogdir={escaped(JOURNALS)}",
        f"directory={escaped(ROOT)}",
    ]
    if os.geteuid() == 0:
        # Said on purpose, else it warns about it at each start.
        head.append("user=root")
    group = [f"[group:{GROUP}]", "programs=" + ",".join(program.name for program in programs)]
    sections = [section(program, 10 * (place + 1)) for place, program in enumerate(programs)]
    return "\n\n".join(["\n".join(head), *sections, "\n".join(group)]) + "\n"


def write(programs: Sequence[Program]) -> Path:
    RUN.mkdir(parents=True, exist_ok=True)
    JOURNALS.mkdir(parents=True, exist_ok=True)
    path = RUN / "supervisord.conf"
    path.write_text(configuration(programs), encoding="utf-8")
    return path


def supervisor(config: Path) -> list[str]:
    """The supervisor's own command; it stops everything in order when the demo's console is gone."""
    words = [PYTHON, "-SEI", BOUND, "TERM", "--", VENV / "bin" / "supervisord", "-n", "-c", config]
    return [str(word) for word in words]
