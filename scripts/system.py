"""What the tests need of the system (Chromium, ffmpeg, LibreOffice with its font): installed where this user may,
else named."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.paths import BUILD, VENV
from scripts.steps import Run, Step, StepFailed, do

BROWSERS = BUILD / "browsers"
NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")


def chromium() -> Path | None:
    """A Chromium that can be driven."""
    named = os.environ.get("TIEPDAN_CHROMIUM")
    if named:
        return Path(named)
    for name in NAMES:
        path = shutil.which(name)
        if path and not is_snap(Path(path)):
            return Path(path)
    return next(iter(sorted(BROWSERS.glob("chromium-*/chrome-linux*/chrome"))), None)


def is_snap(path: Path) -> bool:
    """Ubuntu's package is a script that starts a snap, which sees neither our folders nor our arguments."""
    if "snap" in path.resolve().parts:
        return True
    with path.open("rb") as file:
        head = file.read(4096)
    return head.startswith(b"#!") and b"snap" in head


def is_ubuntu() -> bool:
    release = Path("/etc/os-release")
    return release.is_file() and "\nID=ubuntu" in "\n" + release.read_text()


def missing() -> list[str]:
    """Names of the system packages that are not there."""
    wanted = {"chromium": chromium(), "ffmpeg": shutil.which("ffmpeg")}
    return [name for name, found in wanted.items() if found is None] + missing_for_pdf()


def missing_for_pdf() -> list[str]:
    """Packages without which no PDF of a paper is made, or none can be looked at."""
    wanted = {
        "libreoffice-writer-nogui": shutil.which("soffice") or shutil.which("libreoffice"),
        "fonts-liberation2": has_vietnamese_font(),
        "poppler-utils": shutil.which("pdftotext"),
    }
    return [name for name, found in wanted.items() if not found]


def has_vietnamese_font() -> bool:
    """Liberation Serif of version 2: Debian's «fonts-liberation» 1.07 has the name, but not ư, ấ, ộ and ỹ."""
    if not shutil.which("fc-list"):
        return False
    words = ["fc-list", ":family=Liberation Serif:charset=1b0 1ea5 1ed9 1ef9", "file"]
    return bool(subprocess.run(words, capture_output=True, text=True).stdout.strip())


def as_root() -> list[str] | None:
    """The words that make a command root's; None when this user may not, without a password."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    allowed = subprocess.run(["sudo", "-n", "true"], capture_output=True, stdin=subprocess.DEVNULL)
    return ["sudo", "-n"] if allowed.returncode == 0 else None


def install(names: list[str], root: list[str]) -> None:
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qy", "-o", "DPkg::Lock::Timeout=300"]
    runs = [Run([*apt, "update"]), Run([*apt, "install", "--no-install-recommends", *names])]
    do(
        Step(
            "system-" + "-".join(names),
            "Gói hệ thống: " + ", ".join(names),
            lambda: runs,
            facts=[str(os.getpid())],
        )
    )


def by_playwright(root: list[str] | None) -> None:
    """Ubuntu: Playwright's own build of Chromium, kept inside the checkout."""
    program = VENV / "bin" / "playwright"
    env = dict(os.environ, PLAYWRIGHT_BROWSERS_PATH=str(BROWSERS))
    extra = [] if root is None else ["--with-deps"]
    words = [str(program), "install", *extra, "chromium"]
    do(Step("browser", "Chromium cho kiểm thử", lambda: [Run(words, env=env)], facts=[str(os.getpid())]))


def command(names: list[str]) -> str:
    """The one command that a person with the right to do so has to give."""
    if is_ubuntu() and "chromium" in names:
        rest = [name for name in names if name != "chromium"]
        browser = "PLAYWRIGHT_BROWSERS_PATH=.build/browsers .venv/bin/playwright install --with-deps chromium"
        return " && ".join([f"sudo apt install {' '.join(rest)}"] * bool(rest) + [browser])
    return "sudo apt install " + " ".join(names)


def main() -> int:
    """Never fails: the suite itself says at its end what could not be run."""
    names = missing()
    if not names:
        return 0
    root = as_root()
    try:
        packages = [name for name in names if name != "chromium" or not is_ubuntu()]
        if packages and root is not None:
            install(packages, root)
        if "chromium" in names and is_ubuntu() and (VENV / "bin" / "playwright").exists():
            by_playwright(root)
    except StepFailed as failure:
        print(failure, file=sys.stderr)
    if left := missing():
        print(f"! Thiếu {', '.join(left)}. Cài bằng một lệnh: {command(left)}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
