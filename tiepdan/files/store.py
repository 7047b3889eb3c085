"""Where the bytes lie: one folder, each file once, named by its hash, written in one step."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import IO, BinaryIO

from django.conf import settings

from tiepdan.files.models import StoredFile


def folder() -> Path:
    return Path(settings.FILES)


def put(source: IO[bytes], sha256: str) -> None:
    """Copy from the beginning of `source` to the place of its hash; fsynced before it gets its name."""
    target = folder() / sha256[:2] / sha256
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, fresh = tempfile.mkstemp(dir=target.parent, prefix=".")
    try:
        with os.fdopen(descriptor, "wb") as out:
            source.seek(0)
            while chunk := source.read(1024 * 1024):
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        Path(fresh).replace(target)
    except BaseException:
        Path(fresh).unlink(missing_ok=True)
        raise


def opened(stored: StoredFile) -> BinaryIO:
    return (folder() / stored.path).open("rb")


def read(stored: StoredFile) -> bytes:
    with opened(stored) as source:
        return source.read()
