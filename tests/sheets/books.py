"""Excel files of tests, good and bad."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook


def book(headings: Sequence[str], *rows: Sequence[Any]) -> bytes:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(list(headings))
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def sheets(**rows: Sequence[Sequence[Any]]) -> bytes:
    """Several sheets by their names; one whose name begins with «an» is hidden."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, lines in rows.items():
        sheet = made.create_sheet(title)
        sheet.sheet_state = "hidden" if title.startswith("an") else "visible"
        for line in lines:
            sheet.append(list(line))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def upload(content: bytes, name: str = "bang.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def bomb() -> bytes:
    """A small file that claims to be hundreds of megabytes."""
    out = io.BytesIO(book(["Mã"], ["a"]))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/media/anh.bin", b"\0" * (130 * 1024 * 1024))
    return out.getvalue()
