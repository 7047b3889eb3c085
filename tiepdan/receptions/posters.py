"""The sheet for the wall (niêm yết) of one published version, as Word files of two sizes: the same words as the public
page, from `Version.public` alone, so that nothing stands on it that was not checked for personal data.

A3 is A4 made larger by the root of two, every measure of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from docx.document import Document as Docx
from docx.text.paragraph import Paragraph

from tiepdan.documents.layout.page import BODY, LEFT, RIGHT, TABLE, file_of, grid, line, rule, sheet
from tiepdan.kernel.dates import clock_text, day_text, moment_text
from tiepdan.law.profiles import profile
from tiepdan.receptions.models import Version
from tiepdan.receptions.rules import Phase

SIZES: Mapping[str, float] = {"a4": 1.0, "a3": 2**0.5}
WIDTH = 210 - LEFT - RIGHT  # millimetres of text on A4
TITLE = "LỊCH TIẾP CÔNG DÂN TRỰC TUYẾN"
HEADER = 65  # millimetres of its left half
_COUNCIL = re.compile(r"^(Ủy ban nhân dân)\b")


def poster(version: Version, size: str) -> bytes:
    """The .docx of one size."""
    scale, public = SIZES[size], version.public
    paper = sheet()
    section = paper.sections[0]
    for side in ("page_width", "page_height", "top_margin", "bottom_margin", "left_margin", "right_margin"):
        setattr(section, side, round(getattr(section, side) * scale))
    _head(paper, public["agency"], scale)
    _say(paper, scale, (TITLE, "b"), align="center", larger=2, before=8)
    _say(paper, scale, (public["title"], "b"), align="center", after=8)
    for words in state_of(public):
        _say(paper, scale, (words, "b"), align="center")
    ended = public["state"] in (Phase.POSTPONED, Phase.CANCELLED)
    _say(paper, scale, (("Thời gian đã công bố: " if ended else "Thời gian: "), "b"), f"{slot_of(public)}.")
    _say(paper, scale, ("Nơi tiếp: ", "b"), f"{public['place']}.")
    _say(paper, scale, ("Người chủ trì: ", "b"), f"{chair_of(public)}.")
    _say(paper, scale, ("Dự kiến nội dung:", "b"), after=2)
    for number, matter in enumerate(public["matters"], start=1):
        _say(paper, scale, f"{number}. {matter}", after=2)
    _halls(paper, public, scale)
    _say(paper, scale, ("Thành phần tham dự: ", "b"), f"{'; '.join(public['agencies'])}.", before=6)
    if public["phone"]:
        _say(paper, scale, ("Điện thoại: ", "b"), f"{public['phone']}.")
    _say(paper, scale, f"{profile(public['profile']).recording.notice}", align="both")
    foot = (
        f"Số {public['code']}, phiên bản {public['version']}. Công bố {moment_text(version.published_at)} theo Điều 24 "
        "Luật Tiếp công dân và khoản 3 Điều 19 Nghị định số 154/2026/NĐ-CP."
    )
    _say(paper, scale, (foot, "i"), larger=-3, before=6)
    return file_of(paper, f"{TITLE} {public['code']}")


def slot_of(public: Mapping[str, Any]) -> str:
    """«08:30–11:00, thứ Năm 17/12/2026»"""
    start, end = (datetime.fromisoformat(public[name]) for name in ("starts_at", "ends_at"))
    return f"{clock_text(start)}–{clock_text(end)}, {day_text(start)}"


def chair_of(public: Mapping[str, Any]) -> str:
    return f"{public['chair_title']}{' (theo ủy quyền)' if public['is_delegated'] else ''}"


def state_of(public: Mapping[str, Any]) -> Iterator[str]:
    """What became of it, in words; nothing of a schedule that stands as it was first announced."""
    if public["state"] == Phase.CANCELLED:
        yield f"HỦY. Buổi tiếp này không tổ chức. Lý do: {public['cancelled_reason']}"
    elif public["state"] == Phase.POSTPONED:
        day = day_text(date.fromisoformat(public["postponed_to"]))
        yield f"HOÃN. Thời gian dự kiến tiếp: {day}. Lý do: {public['postponed_reason']}"
    elif public["changes"]:
        yield f"ĐỔI LỊCH: {', '.join(row['what'] for row in public['changes'])}."


def _head(paper: Docx, agency: str, scale: float) -> None:
    left, right = HEADER * scale, (WIDTH - HEADER) * scale
    office, state = grid(paper, (left, right), 1, bordered=False).rows[0].cells
    for words in filter(None, _COUNCIL.split(agency)):  # the name of the place stays on one line
        line(office, (words.strip(), "bc"), align="center", size=12 * scale, after=0)
    rule(office, left, 16 * scale)
    line(state, ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "b"), align="center", size=12 * scale, after=0)
    line(state, ("Độc lập - Tự do - Hạnh phúc", "b"), align="center", size=13 * scale, after=0)
    rule(state, right, 57 * scale)


def _halls(paper: Docx, public: Mapping[str, Any], scale: float) -> None:
    _say(paper, scale, ("Điểm cầu mà công dân được đến:", "b"), before=4, after=4)
    widths = [part * scale for part in (62, 26, WIDTH - 88)]
    table = grid(paper, widths, len(public["halls"]) + 1, bordered=True)
    halls = ((row["name"], _short(row["kind"]), row["address"]) for row in public["halls"])
    rows = [("Điểm cầu", "Loại", "Địa chỉ"), *halls]
    for at, (row, words) in enumerate(zip(table.rows, rows, strict=True)):
        for cell, text in zip(row.cells, words, strict=True):
            piece = (text, "" if at else "b")
            line(cell, piece, align="left" if at else "center", size=TABLE * scale, after=2 * scale, before=2 * scale)


def _short(kind: str) -> str:
    """«Trung tâm» of «Điểm cầu trung tâm»: the heading of the column says the rest."""
    word = kind.removeprefix("Điểm cầu ")
    return word[:1].upper() + word[1:]


def _say(
    paper: Docx,
    scale: float,
    *pieces: str | tuple[str, str],
    align: str = "left",
    larger: float = 0,
    after: float = 6,
    before: float = 0,
) -> Paragraph:
    size = (BODY + larger) * scale
    return line(paper, *pieces, align=align, size=size, after=after * scale, before=before * scale)
