"""Where takes live: one folder per take below the archive's root, served by byte ranges, growing files included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)

from tiepdan.recordings.models import Take

TYPES = {".webm": "video/webm", ".jsonl": "application/x-ndjson"}
RANGE = re.compile(r"bytes=(?!-$)(\d*)-(\d*)", re.ASCII | re.IGNORECASE)
BLOCK = 256 * 1024


def path_of(take: Take, name: str) -> Path:
    """The file `name` of a take.

    Raises:
        Http404: there is none, or the name leads out of the take's folder.
    """
    folder = (Path(settings.ARCHIVE) / take.folder).resolve()
    try:
        path = (folder / name).resolve()
        found = path.is_relative_to(folder) and path.suffix in TYPES and path.is_file()
    except (OSError, ValueError):  # no file can have such a name: too long, or with a zero byte
        found = False
    if not found:
        raise Http404
    return path


def byte_range(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte (inclusive) of a `Range` header over `size` bytes; None when it cannot be satisfied.

    Only one range is answered (RFC 9110 allows that); a form that is not understood counts as the whole file.
    """
    match = RANGE.fullmatch(header.strip())
    if match is None:
        return (0, size - 1) if size else None
    first, last = match.groups()
    if first == "":
        start, end = max(0, size - int(last)), size - 1
    else:
        start, end = int(first), min(int(last), size - 1) if last else size - 1
    return (start, end) if start <= end and start < size else None


def serve(request: HttpRequest, path: Path, *, download: bool) -> HttpResponseBase:
    """The file, or the byte range asked for. A file that still grows is served up to its present size."""
    status = path.stat()
    kind = TYPES[path.suffix]
    header = request.headers.get("Range", "")
    response: HttpResponseBase
    if RANGE.fullmatch(header.strip()) is None:
        response = FileResponse(path.open("rb"), content_type=kind, as_attachment=download, filename=path.name)
    else:
        span = byte_range(header, status.st_size)
        if span is None:
            response = HttpResponse(status=416)
            response["Content-Range"] = f"bytes */{status.st_size}"
        else:
            start, end = span
            response = StreamingHttpResponse(_blocks(path, start, end), status=206, content_type=kind)
            response["Content-Range"] = f"bytes {start}-{end}/{status.st_size}"
            response["Content-Length"] = str(end - start + 1)
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = f'W/"{status.st_size:x}-{status.st_mtime_ns:x}"'
    response["Cache-Control"] = "private, no-cache"
    return response


def _blocks(path: Path, start: int, end: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        left = end - start + 1
        while left > 0 and (block := file.read(min(BLOCK, left))):
            left -= len(block)
            yield block
