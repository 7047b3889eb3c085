"""A whole dossier as one ZIP: the files, the index, and a list of hashes that `sha256sum -c` reads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localtime

from tiepdan.cases.models import Case, Item
from tiepdan.files.archive import Archive, packed
from tiepdan.files.rules import ending_of
from tiepdan.kernel.refusals import Refused
from tiepdan.kernel.text import fold

CONTENTS = "muc-luc.txt"
LONGEST_NAME = 100  # letters of a title in a file's name


def bundle(case: Case, items: Sequence[Item], now: datetime) -> Archive:
    """The files in the order of the index, and the index.

    Raises:
        Refused: no paper of the dossier has a file, or a file is not there any more.
    """
    files = [(name_of(number, item), item.file) for number, item in enumerate(items, start=1) if item.file is not None]
    if not files:
        raise Refused("Hồ sơ chưa có tệp nào để tải về.", code="empty")
    return packed(files, [(CONTENTS, contents_text(case, items, now))])


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
