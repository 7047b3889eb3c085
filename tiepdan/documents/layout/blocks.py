"""The parts that papers share: head, title, «Kính gửi», signature (NĐ 30/2020, Phụ lục I, Phần I, Mục II)."""

from __future__ import annotations

from string import Formatter

from docx.document import Document as Docx
from docx.enum.text import WD_BREAK
from docx.table import _Cell

from tiepdan.documents.kinds import Kind
from tiepdan.documents.layout.page import BODY, grid, line, rule, tag, text_width

STOP = "{% if loop.last %}.{% else %};{% endif %}"  # at the end of an element of a list
NAME = 16  # a third to a half of the usual name: «ỦY BAN NHÂN DÂN» is 42 mm, «XÃ THANH LỘC» 34 mm
MOTTO = 57  # millimetres of «Độc lập - Tự do - Hạnh phúc», 13 pt bold


def head(paper: Docx, *, numbered: bool, dated: bool = True) -> None:
    """Ô 1–4: the agency on the left with its line and number, the State on the right with its line, place and date."""
    width = text_width(paper)
    left = 65 if width < 200 else 95
    right = width - left
    table = grid(paper, (left, right), 2 if numbered or dated else 1, bordered=False)
    agency, state = table.rows[0].cells
    tag(agency, "{%p if co_quan_chu_quan %}")
    line(agency, ("{{ co_quan_chu_quan }}", "c"), align="center", size=12, after=0)
    tag(agency, "{%p endif %}")
    line(agency, ("{{ co_quan_dau_trang }}", "bc"), align="center", size=12, after=0)
    rule(agency, left, NAME)
    line(state, ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "b"), align="center", size=12, after=0)
    line(state, ("Độc lập - Tự do - Hạnh phúc", "b"), align="center", size=13, after=0)
    rule(state, right, MOTTO)
    if numbered or dated:
        number, day = table.rows[1].cells
        line(number, *(["Số: {{ so_ky_hieu }}"] if numbered else []), align="center", size=13, after=0, before=4)
        words = [("{{ dia_danh }}, {{ ngay_van_ban }}", "i")] if dated else []
        line(day, *words, align="center", size=13, after=0, before=4)
    line(paper, align="left", size=6, after=0)


def title(paper: Docx, kind: Kind, *, ruled: bool = True) -> None:
    """Ô 5a: name of the paper and what it is about, with a line of a third to a half of it."""
    line(paper, (kind.heading, "b"), align="center", size=BODY, after=0, before=6, keep=True)
    line(paper, ("{{ trich_yeu }}", "b"), align="center", size=BODY, after=0 if ruled else 12, keep=True)
    if ruled:
        rule(paper, text_width(paper), _under(kind), after=12)


def _under(kind: Kind) -> float:
    """Two fifths of the trích yếu as it usually is: a letter of 14 pt bold is about 2.25 mm wide."""
    words = Formatter().vformat(kind.subject, (), kind.sample())
    return min(max(len(words) * 2.25 * 0.4, 12), 60)


def addressed(paper: Docx, words: str = "{{ kinh_gui }}") -> None:
    """Ô 9a: «Kính gửi: …»"""
    line(paper, f"Kính gửi: {words}", align="center", size=BODY, after=12, before=0)


def signature(paper: Docx, *, hint: str = "") -> None:
    """Ô 7 and 9b: receivers on the left, signature on the right, in one row that no page break cuts."""
    width = text_width(paper)
    left = 80 if width < 200 else 130
    line(paper, align="left", size=6, after=0, keep=True)
    table = grid(paper, (left, width - left), 1, bordered=False)
    sent, signed = table.rows[0].cells
    line(sent, ("Nơi nhận:", "bi"), align="left", size=12, after=0)
    tag(sent, "{%p for noi in noi_nhan %}")
    line(sent, "- {{ noi }}", align="left", size=11, after=0)
    tag(sent, "{%p endfor %}")
    tag(signed, "{%p if quyen_han_ky %}")
    line(signed, ("{{ quyen_han_ky }}", "bc"), align="center", size=BODY, after=0)
    tag(signed, "{%p endif %}")
    _hand(signed, "{{ chuc_vu_ky }}", hint)
    line(signed, ("{{ nguoi_ky }}", "b"), align="center", size=BODY, after=0)
    _end(paper)


def _end(paper: Docx) -> None:
    """A text ends with a paragraph; a flat one, so that it does not push the signature onto the next page."""
    line(paper, align="left", size=1, after=0)


def two_hands(paper: Docx, *hands: tuple[str, str, str]) -> None:
    """Signatures side by side, each (who, hint, name); the names stand on one line."""
    share = text_width(paper) / len(hands)
    line(paper, align="left", size=6, after=0, keep=True)
    table = grid(paper, (share,) * len(hands), 2, bordered=False)
    for place, (who, hint, name) in enumerate(hands):
        _hand(table.rows[0].cells[place], who, hint)
        line(table.rows[1].cells[place], (name, "b"), align="center", size=BODY, after=0)
    _end(paper)


def _hand(cell: _Cell, who: str, hint: str) -> None:
    """Who signs, and room for the hand; kept together with the name below."""
    line(cell, (who, "bc"), align="center", size=BODY, after=0, keep=True)
    if hint:
        line(cell, (hint, "i"), align="center", size=12, after=0, keep=True)
    room = line(cell, align="center", size=BODY, after=0, keep=True)
    for _ in range(2):
        room.add_run().add_break(WD_BREAK.LINE)
