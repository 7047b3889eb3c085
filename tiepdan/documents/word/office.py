"""LibreOffice, run without a window, a network or anybody's profile: .docx in, PDF/A-2b out.

Each run has a profile and a folder of its own, which are gone afterwards; a time limit ends the whole process group.
Where the kernel allows it (`unshare --net`), the run has no network at all; elsewhere LibreOffice's own settings, which
are always set, keep it from following links and from running macros.
"""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

FONT = "Liberation Serif"
_LETTERS = "1b0 1ea5 1ed9 1ef9"  # ư ấ ộ ỹ
SECONDS = 60  # for one paper; every further one of the same run adds EACH
EACH = 10
LOOK = 0.1
_PDF = 'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"}}'
NO_OFFICE = (
    "Máy chủ chưa cài LibreOffice nên chưa tạo được PDF; bản Word vẫn dùng được. "
    "Cán bộ kỹ thuật cài bằng: sudo apt install libreoffice-writer-nogui fonts-liberation2."
)
NO_FONT = (
    "Máy chủ chưa có phông chữ đủ dấu tiếng Việt (Liberation Serif bản 2) nên chưa tạo PDF; bản Word vẫn dùng được. "
    "Cán bộ kỹ thuật cài bằng: sudo apt install fonts-liberation2."
)

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


class Failed(Exception):
    """No PDF came out; the text is a Vietnamese sentence."""


@dataclass(frozen=True)
class Availability:
    """Whether PDFs can be made here; `sentence` says what is missing."""

    sentence: str = ""

    def __bool__(self) -> bool:
        return not self.sentence


@functools.cache
def available() -> Availability:
    """Looked up once per process: a server whose programs change is started again."""
    if program() is None:
        return Availability(NO_OFFICE)
    return Availability() if has_font() else Availability(NO_FONT)


def program() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def has_font() -> bool:
    """A font with the widths of Times New Roman and all Vietnamese letters (fonts-liberation 1.07 lacks most)."""
    if shutil.which("fc-list") is None:
        return False
    for family in (FONT, "Times New Roman"):
        words = ["fc-list", f":family={family}:charset={_LETTERS}", "file"]
        if subprocess.run(words, capture_output=True, text=True, timeout=30, check=False).stdout.strip():
            return True
    return False


@functools.cache
def cut_off() -> tuple[str, ...]:
    """The words before a command that take the network from it; empty where this user may not."""
    for words in (("unshare", "--net"), ("unshare", "--map-root-user", "--net")):
        if shutil.which(words[0]):
            tried = subprocess.run([*words, "true"], capture_output=True, check=False)
            if tried.returncode == 0:
                return words
    return ()


def convert(papers: Mapping[str, bytes], tick: Callable[[int], None] | None = None) -> dict[str, bytes]:
    """PDFs of several .docx in one run, by the same names; what did not convert is missing.

    `tick(done)` is called some times a second and may raise to stop the run.

    Raises:
        Failed: LibreOffice is not there, took too long, or died.
    """
    ready = available()
    office = program()
    if not ready or office is None:
        raise Failed(ready.sentence or NO_OFFICE)
    with tempfile.TemporaryDirectory(prefix="tiepdan-office-") as folder:
        home = Path(folder)
        profile, made = home / "profile", home / "pdf"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        made.mkdir()
        names = {f"{place:03d}": name for place, name in enumerate(papers)}
        for short, name in names.items():
            (home / f"{short}.docx").write_bytes(papers[name])
        words = [
            *cut_off(),
            office,
            f"-env:UserInstallation={profile.as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"),
            *("--convert-to", _PDF, "--outdir", str(made)),
            *(str(home / f"{short}.docx") for short in names),
        ]
        _run(words, home, made, SECONDS + EACH * (len(papers) - 1), tick)
        found = {name: made / f"{short}.pdf" for short, name in names.items()}
        return {name: path.read_bytes() for name, path in found.items() if path.exists() and path.stat().st_size}


def _run(words: list[str], home: Path, made: Path, seconds: float, tick: Callable[[int], None] | None) -> None:
    env = {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "HOME": str(home),
        "TMPDIR": str(home),
        "LANG": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
    }
    log = home / "log"
    with log.open("wb") as sink:
        process = subprocess.Popen(
            words,
            cwd=home,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        ends = time.monotonic() + seconds
        try:
            while True:
                try:
                    process.wait(LOOK)
                    break
                except subprocess.TimeoutExpired:
                    if time.monotonic() > ends:
                        raise Failed(
                            f"LibreOffice không xong trong {seconds:.0f} giây nên đã bị dừng. Hãy bấm «Tạo PDF» lần "
                            "nữa; nếu vẫn vậy, kiểm tra tệp Word."
                        ) from None
                    if tick:
                        tick(len(list(made.glob("*.pdf"))))
        finally:
            _end(process)
    if process.returncode != 0:
        said = log.read_text(encoding="utf-8", errors="replace").strip()[-200:]
        raise Failed(f"LibreOffice báo lỗi (mã {process.returncode}). {said}".strip())


def _end(process: subprocess.Popen[bytes]) -> None:
    """The whole group, so that no child of it stays behind."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
