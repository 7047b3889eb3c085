"""What a sheet may be: states of an upload, limits, headings. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from tiepdan.kernel.flow import Flow

MEGABYTE = 1024 * 1024
LARGEST = 10 * MEGABYTE
LARGEST_UNPACKED = 120 * MEGABYTE
MOST_ROWS = 5000
MOST_COLUMNS = 60
MANY_ROWS = 200  # about two seconds of writing; more are brought in by the worker, bit by bit
PER_WRITE = 40  # rows in one transaction: others wait for the database less than a second
PER_CLAIM = 240  # rows for which the worker leaves other work waiting
LAST_LINE = 1_048_576  # of Excel itself
LONGEST_SHOWN = 80  # letters of a value inside a sentence
IGNORED = frozenset({"stt", "tt", "so thu tu"})  # folded headings that offices add by habit

UPLOAD = Flow(
    "sheet",
    {
        ("previewed", "import"): "done",
        ("previewed", "start"): "running",
        ("running", "finish"): "done",
        ("previewed", "drop"): "dropped",
    },
    {"previewed": "Chờ xác nhận", "running": "Đang nhập", "done": "Đã nhập", "dropped": "Đã bỏ"},
)


def cell_text(value: Any) -> str:
    """What the person sees in the cell: 12.0 is «12», a day is «17/12/2026»."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if value.time() == time() else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return unicodedata.normalize("NFC", str(value)).strip()  # some programs write each mark as a letter of its own


def heading_key(folded: str) -> str:
    """Folded heading without the star of the required ones."""
    return folded.replace("*", "").strip()


def heading_problem(missing: Sequence[str], unknown: Sequence[str], doubled: Sequence[str]) -> str:
    """One sentence that names every wrong heading; empty when all are right."""
    parts = []
    if missing:
        parts.append(f"Thiếu cột: {_named(missing)}.")
    if unknown:
        parts.append(f"Không có trong mẫu: {_named(unknown)}.")
    if doubled:
        parts.append(f"Lặp lại: {_named(doubled)}.")
    if not parts:
        return ""
    return " ".join([*parts, "Hãy tải tệp mẫu và giữ dòng tiêu đề của nó ở dòng đầu tiên."])


def _named(headings: Sequence[str]) -> str:
    return ", ".join(f"«{heading[:LONGEST_SHOWN]}»" for heading in headings)
