"""A whole dossier as one ZIP: the files, the index, and a list of hashes that `sha256sum -c` reads."""

from __future__ import annotations

import hashlib
import re
import tempfile
import zipfile
from collections.abc import Sequence
from datetime import datetime

from django.http import FileResponse
from django.utils.timezone import localtime

from tiepdan.cases.models import Case, Item
from tiepdan.files import store
from tiepdan.files.rules import ending_of
from tiepdan.kernel.refusals import Refused
from tiepdan.kernel.text import fold

HASHES = "danh-sach-ma-bam.sha256"
CONTENTS = "muc-luc.txt"
LONGEST_NAME = 100  # letters of a title in a file's name
IN_MEMORY = 8 * 1024 * 1024  # bytes; a larger bundle is written to disk


def bundle(case: Case, items: Sequence[Item], now: datetime) -> tuple[FileResponse, int, str]:
    """The answer, how many files it holds, and the SHA-256 of its list of hashes.

    Raises:
        Refused: no paper of the dossier has a file, or a file is not there any more.
    """
    held = [(number, item) for number, item in enumerate(items, start=1) if item.file is not None]
    if not held:
        raise Refused("Hồ sơ chưa có tệp nào để tải về.", code="empty")
    out = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 – the answer closes it
    lines = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as parts:
        for number, item in held:
            assert item.file is not None
            name = name_of(number, item)
            lines.append(f"{item.file.sha256}  {name}")
            try:
                with store.opened(item.file) as source, parts.open(name, "w", force_zip64=True) as target:
                    while chunk := source.read(1024 * 1024):
                        target.write(chunk)
            except FileNotFoundError as problem:
                raise Refused(
                    f"Không tìm thấy tệp «{item.file.name}» trong kho. Hãy gọi cán bộ kỹ thuật.", code="missing"
                ) from problem
        contents = contents_text(case, items, now).encode()
        parts.writestr(CONTENTS, contents)
        lines.append(f"{hashlib.sha256(contents).hexdigest()}  {CONTENTS}")
        hashes = ("\n".join(lines) + "\n").encode()
        parts.writestr(HASHES, hashes)
    out.seek(0)
    answer = FileResponse(out, as_attachment=True, filename=f"{case.code}-ho-so.zip", content_type="application/zip")
    answer["Cache-Control"] = "private, no-store"
    return answer, len(held), hashlib.sha256(hashes).hexdigest()


def name_of(number: int, item: Item) -> str:
    """«002 quyet dinh 215.pdf»: as the index calls it, whatever the camera or the citizen called the file."""
    assert item.file is not None
    words = re.sub(r"[^a-z0-9 -]+", " ", fold(item.title)).split() or ["tai", "lieu"]
    return f"{number:03d} {' '.join(words)[:LONGEST_NAME].strip()}.{ending_of(item.file.name)}"


def contents_text(case: Case, items: Sequence[Item], now: datetime) -> str:
    lines = [f"MỤC LỤC HỒ SƠ {case.code}", f"Lập lúc {localtime(now):%H:%M ngày %d/%m/%Y}", ""]
    for number, item in enumerate(items, start=1):
        pages = f"{item.pages} trang" if item.pages else "chưa ghi số trang"
        where = f"tệp «{name_of(number, item)}»" if item.file else "bản giấy"
        lines.append(
            f"{number:03d}. {item.title} – {item.get_kind_display()}, {pages}, {item.get_condition_display()}, {where}"
        )
    return "\n".join(lines) + "\n"
