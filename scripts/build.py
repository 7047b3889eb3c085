"""The steps of «make setup», in order. Called by scripts/setup.py once Python is known to be good enough."""

from __future__ import annotations

import argparse
import fcntl
import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from scripts import tools
from scripts.paths import BIN, BUILD, PYTHON, RECORDER, REQUIREMENTS, ROOM, ROOT, STAMPS, VAR, VENV
from scripts.steps import Run, Step, StepFailed, do, elapsed

LIVEKIT = "github.com/livekit/livekit-server/cmd/server"
SMALL = ["-buildvcs=false", "-ldflags", "-s -w"]


def build(arguments: Sequence[str]) -> int:
    """Do what is not yet done; 0 when all is there."""
    options = read(arguments)
    started = time.monotonic()
    try:
        with only_one():
            done = [do(step) for step in steps(options)]
    except StepFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nĐã dừng; chạy lại lệnh này để làm tiếp.", file=sys.stderr)
        return 130
    if any(done):
        print(f"✓ Đã sẵn sàng chạy ({elapsed(started)}).")
    elif not options.quiet_when_fresh:
        print(f"✓ Không có gì phải làm lại ({elapsed(started)}).")
    return 0


def read(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make setup", description=__doc__)
    parser.add_argument("--dev", action="store_true", help="also what tests and checks need")
    parser.add_argument("--no-database", action="store_true", help="leave the database alone (checks, tests)")
    parser.add_argument("--quiet-when-fresh", action="store_true", help="say nothing when nothing was done")
    return parser.parse_args(arguments)


@contextmanager
def only_one() -> Iterator[None]:
    """Two set-ups at once would write the same files: the second waits."""
    BUILD.mkdir(exist_ok=True)
    with (BUILD / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("… Một lệnh khác đang chuẩn bị, chờ nó xong", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def steps(options: argparse.Namespace) -> Iterator[Step]:
    """Lazily: a later step is described only when the tools of the earlier ones are there."""
    yield venv()
    yield requirements(options.dev or (STAMPS / "requirements-dev").is_file())
    if tools.system_go() is None:
        yield wheel("go", "Go (từ PyPI)")
    if tools.system_node() is None:
        yield wheel("node", "Node.js (từ PyPI)")
    if tools.ffmpeg() is None or (STAMPS / "wheel-ffmpeg").is_file():
        yield wheel("ffmpeg", "ffmpeg (từ PyPI)")
    yield livekit()
    yield recorder()
    yield island_modules()
    yield island()
    if not options.no_database:
        yield database()
        yield static_files()


def venv() -> Step:
    version = ".".join(str(part) for part in sys.version_info[:2])
    return Step(
        "venv",
        f"Môi trường Python {version}",
        # --clear: a half-made environment is of no use. Its scripts hold its path, so that is a fact.
        lambda: [Run([sys.executable, "-m", "venv", "--clear", VENV], env=tools.pip_env())],
        facts=[version, str(VENV)],
        outputs=[PYTHON],
        advice="Debian/Ubuntu: sudo apt install python3-venv",
    )


def install(lock: Path) -> Run:
    words: list[str | Path] = [PYTHON, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes"]
    return Run([*words, "--only-binary", ":all:", "--requirement", lock], env=tools.pip_env())


def requirements(dev: bool) -> Step:
    """Libraries. The developer's list holds the runtime's, and is never taken back once it is installed."""
    lock = REQUIREMENTS / ("dev.txt" if dev else "runtime.txt")
    return Step(
        "requirements-dev" if dev else "requirements",
        "Thư viện Python" + (" (cả phần kiểm thử)" if dev else ""),
        lambda: [install(lock)],
        inputs=[lock],
        facts=[made_at(PYTHON)],
    )


def wheel(name: str, title: str) -> Step:
    """A program that the system lacks, out of a wheel; a new .venv needs it again."""
    lock = REQUIREMENTS / f"{name}.txt"
    return Step(f"wheel-{name}", title, lambda: [install(lock)], inputs=[lock], facts=[made_at(PYTHON)])


def made_at(path: Path) -> str:
    """Tells one .venv from the next one made at the same place."""
    return str(path.parent.parent.joinpath("pyvenv.cfg").stat().st_mtime_ns)


def is_go_test(path: Path) -> bool:
    return path.name.endswith("_test.go") or "testdata" in path.parts


def go_build(target: Path, package: str) -> Run:
    return Run([tools.go(), "build", *SMALL, "-o", target, package], cwd=RECORDER, env=tools.go_env())


def go_fact() -> str:
    return ".".join(str(part) for part in tools.version_of(tools.go(), "version"))


def livekit() -> Step:
    return Step(
        "livekit",
        "Máy chủ LiveKit",
        lambda: [go_build(BIN / "livekit-server", LIVEKIT)],
        inputs=[RECORDER / "go.mod", RECORDER / "go.sum"],
        facts=[go_fact(), *SMALL],
        outputs=[BIN / "livekit-server"],
    )


def recorder() -> Step:
    commands = ["recorder", "standin"]
    return Step(
        "recorder",
        "Máy ghi và điểm cầu mô phỏng",
        lambda: [go_build(BIN / name, f"./cmd/{name}") for name in commands],
        inputs=[RECORDER],
        facts=[go_fact(), *SMALL],
        outputs=[BIN / name for name in commands],
        skip=is_go_test,
    )


def island_modules() -> Step:
    return Step(
        "island-modules",
        "Thư viện của trang phòng họp",
        lambda: [Run([tools.npm(), "ci", "--include=dev"], cwd=ROOM, env=tools.npm_env())],
        inputs=[ROOM / "package.json", ROOM / "package-lock.json"],
        outputs=[ROOM / "node_modules"],
    )


def island() -> Step:
    static = ROOT / "tiepdan" / "static"
    return Step(
        "island",
        "Trang phòng họp",
        lambda: [Run([tools.npm(), "run", "build"], cwd=ROOM, env=tools.npm_env())],
        # The modules are known by their lock, which is among the inputs.
        inputs=sorted(item for item in ROOM.iterdir() if item.name not in ("node_modules", "dist", "test")),
        skip=lambda path: path.name.endswith(".test.ts"),
        outputs=[static / "room", static / "vendor"],
    )


def manage(*words: str) -> Run:
    return Run([PYTHON, ROOT / "manage.py", *words], env=tools.django_env())


def database() -> Step:
    """Tables, and the suggested working days of last year, this one and the next where the office has none yet.

    A database elsewhere is known by its address only, and migrate is quick when nothing is new.
    """
    where = os.environ.get("TIEPDAN_DATABASE_URL", "")
    this = date.today().year
    years = [f"--seed={year}" for year in (this - 1, this, this + 1)]
    return Step(
        "database",
        "Cơ sở dữ liệu",
        lambda: [manage("migrate", "--noinput", "--verbosity", "1"), manage("workdays", *years)],
        inputs=[ROOT / "tiepdan" / "settings.py", ROOT / "requirements" / "runtime.txt", *migrations()],
        facts=[where, str(VAR)],
        outputs=[] if where else [VAR / "db.sqlite3"],
    )


def migrations() -> Iterable[Path]:
    return sorted((ROOT / "tiepdan").glob("*/migrations/*.py"))


def static_files() -> Step:
    """The hashed and compressed copies that a running office serves; «make dev» serves the sources."""
    target = Path(os.environ.get("TIEPDAN_STATIC") or VAR / "static")
    sources = [ROOT / "tiepdan" / "static", *sorted((ROOT / "tiepdan").glob("*/static"))]
    return Step(
        "static",
        "Tệp tĩnh của các trang",
        lambda: [manage("collectstatic", "--noinput", "--clear", "--verbosity", "0")],
        inputs=[ROOT / "tiepdan" / "settings.py", ROOT / "requirements" / "runtime.txt", *sources],
        facts=[str(target)],
        outputs=[target / "staticfiles.json"],
    )
