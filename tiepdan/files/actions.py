"""Taking a file: name, size, kind by its bytes, hash, virus scan, then the row."""

from __future__ import annotations

import hashlib
import io
import logging
import subprocess
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from tiepdan.accounts.models import Agency, Person
from tiepdan.files import store
from tiepdan.files.models import Scan, StoredFile
from tiepdan.files.rules import DOSSIER, INSIDE, MEGABYTE, ZIP_FAULTS, Accepted, clean_name, ending_of, size_text
from tiepdan.kernel.refusals import Invalid, Refused

log = logging.getLogger(__name__)

LARGEST = 100 * MEGABYTE
SCAN_SECONDS = 120


def keep(
    upload: UploadedFile[Any] | bytes,
    *,
    agency: Agency,
    by: Person | None,
    at: datetime,
    name: str = "",
    accepted: Sequence[Accepted] = DOSSIER,
    largest: int = LARGEST,
) -> StoredFile:
    """Store a file and return its row.

    Raises:
        Invalid: too large, of a kind that is not taken here, or not what its name says.
        Refused: the virus scanner found something, or could not look.
    """
    source: IO[bytes]
    if isinstance(upload, bytes):
        source, size = io.BytesIO(upload), len(upload)
    else:
        source, size = upload, upload.size or 0
        name = name or upload.name or ""
    name = clean_name(name)
    kind = _kind(source, name, size, accepted, largest)
    sha256 = _hash(source)
    store.put(source, sha256)
    scan = _scan(sha256, name)
    return StoredFile.objects.create(
        agency=agency, name=name, kind=kind.kind, size=size, sha256=sha256, scan=scan, created_at=at, created_by=by
    )


def _kind(source: IO[bytes], name: str, size: int, accepted: Sequence[Accepted], largest: int) -> Accepted:
    if not size:
        raise Invalid(f"Tệp «{name}» rỗng, không có nội dung. Hãy chọn lại tệp.", code="empty")
    if size > largest:
        raise Invalid(
            f"Tệp «{name}» nặng {size_text(size)}, lớn hơn mức cho phép {size_text(largest)}. "
            "Hãy tách nhỏ hoặc quét lại với độ phân giải thấp hơn.",
            code="too_large",
        )
    kind = next((one for one in accepted if one.ending == ending_of(name)), None)
    if kind is None:
        labels = ", ".join(dict.fromkeys(one.label for one in accepted))
        raise Invalid(f"Không nhận tệp «{name}» ở đây. Các loại được nhận: {labels}.", code="kind")
    source.seek(0)
    head = source.read(32)
    fits = not kind.begins or any(head.startswith(begin) for begin in kind.begins)
    if kind.ending == "mp4":
        fits = head[4:8] == b"ftyp"
    if fits and kind.kind in INSIDE:
        fits = _holds(source, INSIDE[kind.kind])
    if not fits:
        raise Invalid(
            f"Tệp «{name}» không phải là {kind.label} như tên của nó. Hãy lưu lại đúng loại rồi tải lên.",
            code="not_what_it_says",
        )
    return kind


def _holds(source: IO[bytes], member: str) -> bool:
    source.seek(0)
    try:
        with zipfile.ZipFile(source) as parts:
            return member in parts.namelist()
    except ZIP_FAULTS:
        return False


def _hash(source: IO[bytes]) -> str:
    source.seek(0)
    digest = hashlib.sha256()
    while chunk := source.read(1024 * 1024):
        digest.update(chunk)
    return digest.hexdigest()


def _scan(sha256: str, name: str) -> Scan:
    """The office's scanner: a program that is given the file's path; 0 clean, 1 infected (clamdscan's own codes)."""
    if not settings.VIRUS_SCAN:
        return Scan.OFF
    path = store.folder() / sha256[:2] / sha256
    try:
        answer = subprocess.run(
            [*settings.VIRUS_SCAN, str(path)], capture_output=True, timeout=SCAN_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        log.error("virus scanner: %s", problem)
        raise Refused(
            "Máy quét vi-rút không trả lời nên chưa nhận tệp. Hãy thử lại, hoặc gọi cán bộ kỹ thuật.", code="scan"
        ) from problem
    if answer.returncode == 0:
        return Scan.CLEAN
    path.unlink(missing_ok=True)
    if answer.returncode == 1:
        raise Refused(f"Tệp «{name}» có vi-rút nên không được nhận.", code="virus")
    log.error("virus scanner: %s", answer.stderr[:500])
    raise Refused("Máy quét vi-rút gặp lỗi nên chưa nhận tệp. Hãy gọi cán bộ kỹ thuật.", code="scan")
