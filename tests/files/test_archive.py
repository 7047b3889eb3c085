"""Archives as those who get them open them: under Windows, and with `sha256sum -c`."""

from __future__ import annotations

import io
import subprocess
import unicodedata
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import cast
from tiepdan.files import store
from tiepdan.files.actions import keep
from tiepdan.files.archive import HASHES, packed
from tiepdan.files.models import StoredFile
from tiepdan.files.rules import PDF, free_name, plain_name
from tiepdan.kernel.refusals import Refused

pytestmark = pytest.mark.django_db
AT = datetime(2026, 12, 7, 1, 0, tzinfo=UTC)


def kept(words: str, name: str = "don.pdf") -> StoredFile:
    upload = SimpleUploadedFile(name, b"%PDF-1.7\n" + words.encode())
    return keep(upload, agency=cast.province(), by=cast.clerk(), at=AT, accepted=(PDF,))


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("12-QĐ-UBND quyết định.pdf", "12-QĐ-UBND quyết định.pdf"),
        (unicodedata.normalize("NFD", "Quyết định.pdf"), "Quyết định.pdf"),
        ('a<b>c:d"e|f?g*h.pdf', "a b c d e f g h.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("CON.pdf", "tep CON.pdf"),
        ("com1.2026.pdf", "tep com1.2026.pdf"),
        ("đơn . .pdf", "đơn.pdf"),
        ("???.pdf", "tep.pdf"),
        ("dòng\nmới\x00.pdf", "dòngmới.pdf"),
        ("x" * 500 + ".pdf", "x" * 120 + ".pdf"),
        ("khong duoi", "khong duoi"),
    ],
)
def test_a_name_is_one_that_windows_can_write(name: str, written: str) -> None:
    assert plain_name(name) == written


def test_large_and_small_letters_make_no_difference_of_names() -> None:
    assert free_name("Đơn.pdf", ["đơn.PDF"]) == "Đơn (2).pdf"


def test_the_list_of_hashes_is_accepted_by_sha256sum(tmp_path: Path) -> None:
    wanted = ["Quyết định 12-QĐ-UBND.pdf", "quyết định 12-qđ-ubnd.PDF", HASHES, "mục lục.txt", "a:b.pdf"]
    made = packed([(name, kept(str(place))) for place, name in enumerate(wanted)], [("mục lục.txt", "Một, hai.")])
    with zipfile.ZipFile(made.file) as parts:
        assert parts.testzip() is None and made.count == 5
        names = [one.filename for one in parts.infolist()]
        assert len({name.casefold() for name in names}) == len(names) == 7
        # Bit 11 says that a name is UTF-8; without it Windows reads another alphabet.
        assert all(one.flag_bits & 0x800 for one in parts.infolist() if not one.filename.isascii())
        assert parts.infolist()[0].date_time[:5] == (2026, 12, 7, 8, 0)
        parts.extractall(tmp_path)
    check = subprocess.run(["sha256sum", "-c", "--strict", HASHES], cwd=tmp_path, capture_output=True, check=False)
    assert check.returncode == 0, check.stdout.decode() + check.stderr.decode()
    assert check.stdout.count(b"OK") == 6


def test_a_file_that_is_gone_is_named_and_no_half_archive_goes_out() -> None:
    there, gone = kept("một"), kept("hai", "đơn thứ hai.pdf")
    (store.folder() / gone.path).unlink()
    with pytest.raises(Refused, match=r"Không tìm thấy tệp «đơn thứ hai\.pdf» trong kho") as caught:
        packed([("a.pdf", there), ("b.pdf", gone)])
    assert caught.value.code == "missing"


def test_nothing_makes_no_archive() -> None:
    with pytest.raises(Refused, match="Chưa có tệp nào"):
        packed([], [("muc-luc.txt", "Không có gì.")])
    assert isinstance(packed([("a.pdf", kept("một"))]).file.read(), bytes)


def test_what_is_large_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """On disk instead of in memory."""
    monkeypatch.setattr("tiepdan.files.archive.IN_MEMORY", 1000)
    words = "dài " * 5000
    with zipfile.ZipFile(io.BytesIO(packed([("a.pdf", kept(words))]).file.read())) as parts:
        assert parts.read("a.pdf").decode().endswith(words)
