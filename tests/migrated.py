"""The migrated SQLite database of a test run, made once for every state of the migrations and copied from then on.

To migrate takes a quarter of a minute, in each process and each time; the result depends on nothing but the code.
"""

from __future__ import annotations

import shutil
import sys
from hashlib import sha256
from pathlib import Path

import django
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".build" / "cache" / "migrated"
MOST = 5  # states of the migrations, of as many branches


def fingerprint() -> str:
    """Of everything that a migrated database depends on: every module that a migration runs."""
    mark = sha256(f"{sys.version} {django.__version__} {sorted(settings.INSTALLED_APPS)}".encode())
    for path in [*sorted(ROOT.glob("tiepdan/*/migrations/*.py")), ROOT / "tiepdan/audit/triggers.py"]:
        mark.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return mark.hexdigest()[:32]


def template() -> Path:
    return KEPT / f"{fingerprint()}.sqlite3"


def take(place: Path) -> bool:
    """Copy a finished database to `place`; whether there was one."""
    try:
        shutil.copyfile(template(), place)
    except FileNotFoundError:
        return False
    return True


def keep(name: str) -> None:
    """Keep the freshly migrated database for the next process; another one may do the same at the same moment."""
    KEPT.mkdir(parents=True, exist_ok=True)
    fresh = KEPT / f"{name}.new"
    fresh.unlink(missing_ok=True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(fresh)])  # whole, whatever still stands in the write-ahead log
    fresh.replace(template())
    for old in sorted(KEPT.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime, reverse=True)[MOST:]:
        old.unlink(missing_ok=True)
