"""Which files are taken, and how large they may be. Pure."""

from __future__ import annotations

import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Collection
from dataclasses import dataclass

MEGABYTE = 1024 * 1024
# What reading a damaged, encrypted or only renamed zip raises, depending on the byte that is wrong.
ZIP_FAULTS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)

LONGEST_PLAIN = 120  # letters of a name in an archive: Windows counts the folders with it, 260 in all
_UNFIT = re.compile(r'[<>:"/\\|?*]')
_DEVICES = {"con", "prn", "aux", "nul", *(f"{kind}{number}" for kind in ("com", "lpt") for number in range(1, 10))}


@dataclass(frozen=True)
class Accepted:
    """A kind of file: the ending of its name, the media type, and how its bytes begin."""

    ending: str
    kind: str
    begins: tuple[bytes, ...]
    label: str


PDF = Accepted("pdf", "application/pdf", (b"%PDF-",), "PDF")
DOCX = Accepted(
    "docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    (b"PK\x03\x04",),
    "Word (.docx)",
)
XLSX = Accepted(
    "xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    (b"PK\x03\x04",),
    "Excel (.xlsx)",
)
JPEG = Accepted("jpg", "image/jpeg", (b"\xff\xd8\xff",), "ảnh JPG")
JPEG_LONG = Accepted("jpeg", "image/jpeg", (b"\xff\xd8\xff",), "ảnh JPG")
PNG = Accepted("png", "image/png", (b"\x89PNG\r\n\x1a\n",), "ảnh PNG")
MP3 = Accepted("mp3", "audio/mpeg", (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"), "âm thanh MP3")
MP4 = Accepted("mp4", "video/mp4", (), "phim MP4")

SCANS = (PDF, JPEG, JPEG_LONG, PNG)
DOSSIER = (*SCANS, DOCX, XLSX, MP3, MP4)

# The part that every Word or Excel file has inside its zip; a zip that was only renamed has not.
INSIDE = {DOCX.kind: "word/document.xml", XLSX.kind: "xl/workbook.xml"}


def clean_name(name: str) -> str:
    """The name without folders and control signs, NFC, at most 200 letters with its ending."""
    bare = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    bare = "".join(letter for letter in bare if letter.isprintable()).strip(". ")
    stem, dot, ending = bare.rpartition(".")
    if not dot:
        return bare[:200] or "tep"
    return f"{stem[: 199 - len(ending)]}.{ending}" if stem else f"tep.{ending}"


def plain_name(name: str) -> str:
    """A name that Windows can write: none of its signs, none of its devices («con.pdf»), not too long a path."""
    stem, dot, ending = _UNFIT.sub(" ", clean_name(name)).rpartition(".")
    stem = " ".join((stem if dot else ending).split())[:LONGEST_PLAIN].strip(". ") or "tep"
    if stem.partition(".")[0].lower() in _DEVICES:
        stem = f"tep {stem}"
    return f"{stem}.{ending.strip()}" if dot and ending.strip() else stem


def free_name(name: str, taken: Collection[str]) -> str:
    """The name, or «giay moi (2).pdf» when the archive has it already; endings make no difference of it, and neither
    do large and small letters, which Windows takes for the same."""
    used = {one.casefold() for one in taken}
    stem, dot, ending = name.rpartition(".")
    found, number = name, 1
    while found.casefold() in used:
        number += 1
        found = f"{stem} ({number}){dot}{ending}" if dot else f"{name} ({number})"
    return found


def ending_of(name: str) -> str:
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""


def size_text(size: int) -> str:
    """«300 MB», «1,5 MB», «12 KB»"""
    if size >= MEGABYTE:
        return f"{size / MEGABYTE:.1f}".removesuffix(".0").replace(".", ",") + " MB"
    return f"{max(1, size // 1024)} KB"
