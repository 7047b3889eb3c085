"""Handing a stored file to a browser; whether it may have it is the owner's business."""

from __future__ import annotations

from django.http import FileResponse

from tiepdan.files import store
from tiepdan.files.models import StoredFile
from tiepdan.files.rules import PDF

# Shown inside the browser; everything else is saved, so that nothing uploaded ever runs as a page of ours.
_SHOWN = {PDF.kind, "image/jpeg", "image/png"}


def download(stored: StoredFile, *, inline: bool = False) -> FileResponse:
    answer = FileResponse(
        store.opened(stored),
        as_attachment=not (inline and stored.kind in _SHOWN),
        filename=stored.name,
        content_type=stored.kind,
    )
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
