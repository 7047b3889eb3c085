"""Run a program that ends when its parent ends, however the parent ends.

    python bound.py SIGNAL [NAME=value …] -- program [argument …]

The kernel sends SIGNAL to the program when its parent dies, also after kill -9, when nobody else is left
to send anything. This file gives its place to the program (exec), so the supervisor sees the program itself.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Sequence

PR_SET_PDEATHSIG = 1


def die_with_parent(number: int) -> None:
    """Ask the kernel for signal `number` at the parent's death. Survives exec, not fork. Linux only."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)


def main(words: Sequence[str]) -> None:
    split = words.index("--")
    name, *pairs = words[:split]
    program = list(words[split + 1 :])
    die_with_parent(signal.Signals[f"SIG{name}"])
    # Python ignores SIGPIPE, and an ignored signal stays ignored through exec.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    os.execvpe(program[0], program, os.environ | dict(pair.split("=", 1) for pair in pairs))


if __name__ == "__main__":
    main(sys.argv[1:])
