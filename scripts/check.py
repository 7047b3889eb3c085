"""«make check»: style, types, import order, templates. Runs all and shows all that is wrong."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from scripts import tools
from scripts.paths import BUILD, PYTHON, RECORDER, REQUIREMENTS, ROOM, ROOT, VENV
from scripts.steps import elapsed

ADDRESS = re.compile(r'"resolved":|https?://[^\s"]*(?:pypi|npmjs|/simple|registry|proxy\.golang)|--index-url')


@dataclass(frozen=True)
class Check:
    """Something that answers with what is wrong, or nothing."""

    name: str
    look: Callable[[], str]


def command(words: Sequence[str | Path], cwd: Path = ROOT, env: dict[str, str] | None = None) -> Callable[[], str]:
    def look() -> str:
        answer = subprocess.run(
            [str(word) for word in words], cwd=cwd, env=env, capture_output=True, text=True, check=False
        )
        return "" if answer.returncode == 0 else (answer.stdout + answer.stderr).strip() or f"mã {answer.returncode}"

    return look


def gofmt() -> str:
    """gofmt answers 0 also when files are badly formatted."""
    program = Path(tools.go()).resolve().parent / "gofmt"
    words: list[str | Path] = [program] if program.exists() else [tools.go(), "run", "cmd/gofmt"]
    answer = subprocess.run(
        [str(word) for word in [*words, "-l", "."]],
        cwd=RECORDER,
        env=tools.go_env(),
        capture_output=True,
        text=True,
    )
    return (answer.stdout + answer.stderr).strip()


def addresses() -> str:
    """Lock files that name a registry."""
    files = [*REQUIREMENTS.glob("*.txt"), ROOM / "package-lock.json", RECORDER / "go.mod"]
    return "\n".join(
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in sorted(files)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if ADDRESS.search(line)
    )


def checks() -> list[Check]:
    """The slow ones first, so that both cores are busy to the end."""
    here = VENV / "bin"
    manage = [PYTHON, ROOT / "manage.py"]
    django = tools.django_env()
    return [
        Check("mypy", command([here / "mypy"], env=django)),
        Check("go vet", command([tools.go(), "vet", "./..."], RECORDER, tools.go_env())),
        Check("import-linter", command([here / "lint-imports", "--cache-dir", BUILD / "imports"])),
        Check("djlint", command([here / "djlint", "--lint", "--quiet", "tiepdan"])),
        Check("migrations", command([*manage, "makemigrations", "--check", "--dry-run"], env=django)),
        Check("tsc", command([tools.npm(), "run", "--silent", "check"], ROOM, tools.npm_env())),
        Check("gofmt", gofmt),
        Check("ruff check", command([here / "ruff", "check", "."])),
        Check("ruff format", command([here / "ruff", "format", "--check", "."])),
        Check("lock files name no registry", addresses),
    ]


def timed(check: Check) -> tuple[str, float]:
    started = time.monotonic()
    return check.look(), started


def main() -> int:
    bad = 0
    with ThreadPoolExecutor(max_workers=2) as pool:
        running = {pool.submit(timed, check): check for check in checks()}
        for done in as_completed(running):
            complaint, started = done.result()
            sign = "✗" if complaint else "✓"
            print(f"{sign} {running[done].name} ({elapsed(started)})", flush=True)
            if complaint:
                bad += 1
                print("\n".join(f"    {line}" for line in complaint.splitlines()), flush=True)
    print("Mọi kiểm tra đều đạt." if bad == 0 else f"{bad} kiểm tra không đạt.")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
