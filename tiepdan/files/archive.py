"""Several kept files as one ZIP, with a list of hashes that `sha256sum -c` reads."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO

from django.http import FileResponse
from django.utils.timezone import localtime

from tiepdan.files import store
from tiepdan.files.models import StoredFile
from tiepdan.files.rules import free_name, plain_name
from tiepdan.kernel.refusals import Refused

HASHES = "danh-sach-ma-bam.sha256"
IN_MEMORY = 8 * 1024 * 1024  # bytes; a larger archive is written to disk
BLOCK = 1024 * 1024


@dataclass(frozen=True)
class Archive:
    file: IO[bytes]
    count: int  # kept files in it
    sha256: str  # of the list of hashes

    def answer(self, name: str) -> FileResponse:
        answer = FileResponse(self.file, as_attachment=True, filename=name, content_type="application/zip")
        answer["Cache-Control"] = "private, no-store"
        return answer


def packed(files: Iterable[tuple[str, StoredFile]], texts: Sequence[tuple[str, str]] = ()) -> Archive:
    """Each file under a name that Windows takes and no other in the archive has; `texts` come after them.

    Raises:
        Refused: there is no file, or one is not in the store any more: nobody gets half of what they asked for.
    """
    out = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 – the answer closes it
    taken = [HASHES, *(name for name, _ in texts)]
    lines = []
    try:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as parts:
            for wanted, stored in files:
                name = free_name(plain_name(wanted), taken)
                taken.append(name)
                lines.append(f"{stored.sha256}  {name}")
                _copy(parts, name, stored)
            if not lines:
                raise Refused("Chưa có tệp nào để tải về.", code="empty")
            count = len(lines)
            for name, text in texts:
                parts.writestr(name, text.encode())
                lines.append(f"{hashlib.sha256(text.encode()).hexdigest()}  {name}")
            hashes = ("\n".join(lines) + "\n").encode()
            parts.writestr(HASHES, hashes)
    except BaseException:
        out.close()
        raise
    out.seek(0)
    return Archive(out, count, hashlib.sha256(hashes).hexdigest())


def _copy(parts: zipfile.ZipFile, name: str, stored: StoredFile) -> None:
    about = zipfile.ZipInfo(name, localtime(stored.created_at).timetuple()[:6])
    try:
        with store.opened(stored) as source, parts.open(about, "w", force_zip64=True) as target:
            while chunk := source.read(BLOCK):
                target.write(chunk)
    except FileNotFoundError as problem:
        raise Refused(
            f"Không tìm thấy tệp «{stored.name}» trong kho. Hãy gọi cán bộ kỹ thuật.", code="missing"
        ) from problem
