"""Files that are taken and files that are refused, each with the sentence that the person reads."""

from __future__ import annotations

import hashlib
import io
import stat
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import cast
from tiepdan.files import store
from tiepdan.files.actions import keep
from tiepdan.files.models import Scan, StoredFile
from tiepdan.files.rules import DOCX, DOSSIER, PDF, XLSX, clean_name, size_text
from tiepdan.kernel.refusals import Invalid, Refused

pytestmark = pytest.mark.django_db
AT = datetime(2026, 12, 7, 1, 0, tzinfo=UTC)
PAPER = b"%PDF-1.7\n" + b"noi dung" * 10


def zipped(*members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        for member in members:
            parts.writestr(member, "<x/>")
    return out.getvalue()


def taken(data: bytes, name: str, **facts: Any) -> StoredFile:
    return keep(
        SimpleUploadedFile(name, data), agency=cast.province(), by=cast.clerk(), at=AT, **{"accepted": DOSSIER, **facts}
    )


def refused(data: bytes, name: str, **facts: Any) -> str:
    with pytest.raises(Invalid) as refusal:
        taken(data, name, **facts)
    assert StoredFile.objects.count() == 0
    assert not store.folder().exists() or not [file for file in store.folder().rglob("*") if file.is_file()]
    return refusal.value.sentence


def test_a_file_is_kept_under_its_hash_and_reads_back() -> None:
    row = taken(PAPER, "Đơn khiếu nại.pdf")
    assert (row.name, row.kind, row.size, row.sha256) == (
        "Đơn khiếu nại.pdf",
        "application/pdf",
        len(PAPER),
        hashlib.sha256(PAPER).hexdigest(),
    )
    assert (row.created_by, row.scan) == (cast.clerk(), Scan.OFF)
    assert store.read(row) == PAPER


def test_equal_bytes_lie_there_once() -> None:
    first, second = taken(PAPER, "a.pdf"), taken(PAPER, "b.pdf")
    assert first.path == second.path
    assert len([file for file in store.folder().rglob("*") if file.is_file()]) == 1


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "trong.pdf", "rỗng"),
        (b"MZ\x90\x00", "virus.exe", "Không nhận tệp «virus.exe» ở đây"),
        (b"MZ\x90\x00", "virus.pdf", "không phải là PDF"),
        (zipped("a.txt"), "nen.docx", "không phải là Word (.docx)"),
        (zipped("word/document.xml"), "bang.xlsx", "không phải là Excel (.xlsx)"),
        (PAPER, "khong-duoi", "Không nhận tệp"),
        (b"\x00\x00\x00\x18xxxxisom", "phim.mp4", "không phải là phim MP4"),
    ],
)
def test_what_is_not_what_it_says_is_refused(data: bytes, name: str, words: str) -> None:
    assert words in refused(data, name)


def test_a_large_file_is_refused_with_both_sizes() -> None:
    assert refused(PAPER * 30000, "lon.pdf", largest=2 * 1024 * 1024) == (
        "Tệp «lon.pdf» nặng 2,5 MB, lớn hơn mức cho phép 2 MB. Hãy tách nhỏ hoặc quét lại với độ phân giải thấp hơn."
    )


@pytest.mark.parametrize(
    ("data", "name", "kind"), [(zipped("word/document.xml"), "a.docx", DOCX), (PAPER, "a.PDF", PDF)]
)
def test_office_files_are_known_by_what_they_hold(data: bytes, name: str, kind: Any) -> None:
    assert taken(data, name).kind == kind.kind


def test_only_what_the_page_accepts_is_taken() -> None:
    assert refused(PAPER, "a.pdf", accepted=(XLSX,)).endswith("Các loại được nhận: Excel (.xlsx).")


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("..\\..\\etc\\passwd.pdf", "passwd.pdf"),
        ("/tmp/Đơn.pdf", "Đơn.pdf"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("D\u0323o\u031b\u0301n.pdf", "Ḍớn.pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        (".pdf", "pdf"),
        ("", "tep"),
    ],
)
def test_names_lose_folders_and_control_signs(raw: str, clean: str) -> None:
    assert clean_name(raw) == clean


@pytest.mark.parametrize(("size", "text"), [(1, "1 KB"), (1536, "1 KB"), (300 * 1024 * 1024, "300 MB")])
def test_sizes_in_words(size: int, text: str) -> None:
    assert size_text(size) == text


def scanner(tmp_path: Path, code: int) -> list[str]:
    """A program that answers as clamdscan does."""
    program = tmp_path / "quet"
    program.write_text(f'#!/bin/sh\ntest -s "$1" || exit 9\nexit {code}\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return [str(program)]


def test_the_virus_scanner_is_asked_about_the_very_bytes(tmp_path: Path, settings: Any) -> None:
    settings.VIRUS_SCAN = scanner(tmp_path, 0)
    assert taken(PAPER, "a.pdf").scan == Scan.CLEAN


@pytest.mark.parametrize(("code", "words"), [(1, "có vi-rút nên không được nhận"), (2, "Máy quét vi-rút gặp lỗi")])
def test_what_the_scanner_does_not_clear_is_not_taken(tmp_path: Path, settings: Any, code: int, words: str) -> None:
    settings.VIRUS_SCAN = scanner(tmp_path, code)
    with pytest.raises(Refused) as refusal:
        taken(PAPER, "a.pdf")
    assert words in refusal.value.sentence
    assert StoredFile.objects.count() == 0


def test_a_scanner_that_is_not_there_stops_the_intake(settings: Any) -> None:
    settings.VIRUS_SCAN = ["/khong/co/chuong-trinh"]
    with pytest.raises(Refused, match="không trả lời"):
        taken(PAPER, "a.pdf")
    assert StoredFile.objects.count() == 0
