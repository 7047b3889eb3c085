"""«make lock»: the lock files of Python, Node and Go anew; ARGS=--upgrade moves to newer versions.

No lock file names the address of a registry: an office may take packages from a mirror of its own.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

from scripts import tools
from scripts.paths import BUILD, RECORDER, REQUIREMENTS, ROOM, ROOT

LOCKS = ("runtime", "dev", "go", "node", "ffmpeg", "lock")
TOOLS = BUILD / "lock-tools"


def main(arguments: Sequence[str]) -> int:
    uv = prepare()
    for name in LOCKS:
        lock_python(uv, name, arguments)
    npm_words: list[str | Path] = [tools.npm(), "install", "--package-lock-only", "--omit-lockfile-registry-resolved"]
    call(npm_words, ROOM, tools.npm_env())
    call([tools.go(), "mod", "tidy"], RECORDER, tools.go_env())
    call([tools.go(), "mod", "verify"], RECORDER, tools.go_env())
    return 0


def prepare() -> Path:
    """uv, in an environment of its own: it writes locks and is no part of what runs."""
    uv = TOOLS / "bin" / "uv"
    if not uv.exists():
        venv.create(TOOLS, clear=True, with_pip=True)
        lock = REQUIREMENTS / "lock.txt"
        call(
            [TOOLS / "bin" / "pip", "install", "--quiet", "--require-hashes", "-r", lock],
            ROOT,
            tools.pip_env(),
        )
    return uv


def lock_python(uv: Path, name: str, arguments: Sequence[str]) -> None:
    """One lock for every Python from 3.11 on and every machine."""
    words: list[str | Path] = [uv, "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
    words += ["--generate-hashes", "--no-emit-index-url", "--no-annotate", "--no-cache"]
    words += ["--custom-compile-command", "make lock", *arguments]
    call([*words, f"{name}.in", "--output-file", f"{name}.txt"], REQUIREMENTS, tools.pip_env())


def call(words: Sequence[str | Path], cwd: Path, env: dict[str, str]) -> None:
    print(f"$ {' '.join(str(word) for word in words)}", flush=True)
    subprocess.run([str(word) for word in words], cwd=cwd, env=env, check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
