"""Where things lie in the checkout. Nothing is made outside of it."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / ".build"
BIN = BUILD / "bin"
CACHE = BUILD / "cache"
LOGS = BUILD / "logs"
STAMPS = BUILD / "stamps"
REPORTS = BUILD / "reports"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
# What the installation itself writes: database, recordings, logs.
VAR = Path(os.environ.get("TIEPDAN_DATA") or ROOT / "var").expanduser().resolve()
RUN = VAR / "run"
JOURNALS = VAR / "log"
ROOM = ROOT / "room"
RECORDER = ROOT / "recorder"
REQUIREMENTS = ROOT / "requirements"
