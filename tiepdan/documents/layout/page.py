"""The sheet of paper: A4, margins, font, page numbers, and the few shapes that all papers are made of.

NĐ 30/2020, Phụ lục I, Phần I: khoản 1–7 Mục I (page), khoản 6 Mục II (text).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import docx
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from lxml import etree

FONT = "Times New Roman"
BODY = 14  # points
TABLE = 13  # points, of what stands in a table
TOP, BOTTOM, LEFT, RIGHT = 20, 20, 30, 15  # millimetres
INDENT = Mm(10)

# A piece of text, or a piece with its looks: b bold, i italic, c capitals.
Piece = str | tuple[str, str]
_ALIGN = {
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
Home = Docx | _Cell


def sheet(*, landscape: bool = False) -> Docx:
    """An empty paper with the page of the decree and its number in the top margin, from page 2 on."""
    paper: Docx = docx.Document()
    body = paper.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    section = paper.sections[0]
    width, height = (297, 210) if landscape else (210, 297)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _page_field(number)
    _styles(paper)
    return paper


def text_width(paper: Docx) -> int:
    """Millimetres between the margins."""
    section = paper.sections[0]
    assert section.page_width and section.left_margin and section.right_margin
    return round((section.page_width - section.left_margin - section.right_margin) / 36000)


def line(
    home: Home,
    *pieces: Piece,
    align: str = "both",
    size: float = BODY,
    indent: Length | int = 0,
    after: float = 6,
    before: float = 0,
    spacing: float = 1.0,
    keep: bool = False,
    left: Length | int = 0,
) -> Paragraph:
    """A paragraph of pieces."""
    paragraph = home.add_paragraph()
    form = paragraph.paragraph_format
    paragraph.alignment = _ALIGN[align]
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.MULTIPLE, spacing
    form.first_line_indent, form.left_indent = indent, left
    form.keep_with_next = keep or None
    for piece in pieces:
        words, looks = piece if isinstance(piece, tuple) else (piece, "")
        run = paragraph.add_run(words)
        run.font.size = Pt(size)
        run.bold, run.italic = "b" in looks or None, "i" in looks or None
        run.font.all_caps = "c" in looks or None
    if not pieces:
        _mark_size(paragraph, size)
    return paragraph


def _mark_size(paragraph: Paragraph, size: float) -> None:
    """An empty paragraph is as high as its mark, which otherwise has the size of the text."""
    mark = OxmlElement("w:rPr")
    height = OxmlElement("w:sz")
    height.set(qn("w:val"), str(round(size * 2)))
    mark.append(height)
    paragraph._p.get_or_add_pPr().append(mark)


def say(paper: Home, *pieces: Piece, **looks: Any) -> Paragraph:
    """A paragraph of the text: justified, first line indented by 1 cm, 6 pt below."""
    return line(paper, *pieces, **{"indent": INDENT, "spacing": 1.1} | looks)


def tag(home: Home, words: str) -> Paragraph:
    """A line that holds only a tag: it is gone once the paper is made."""
    return line(home, words, align="left", size=9, after=0)


def each(paper: Docx, loop: str, *pieces: Piece, **looks: Any) -> None:
    """`each(paper, "vu in vu_viec", "{{ vu.so }}")`: a paragraph for every row."""
    tag(paper, f"{{%p for {loop} %}}")
    say(paper, *pieces, **looks)
    tag(paper, "{%p endfor %}")


def rule(home: Home, width: float, length: float, after: float = 0) -> Paragraph:
    """A solid line of `length` mm, centred in `width` mm: the upper border of an almost flat paragraph."""
    paragraph = line(home, align="center", size=1, after=after, before=3)
    side = Mm(max(0.0, (width - length) / 2))
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = side
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(2)
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in {"val": "single", "sz": "6", "space": "1", "color": "000000"}.items():
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
    return paragraph


def grid(home: Home, widths: Sequence[float], rows: int = 1, *, bordered: bool) -> Table:
    """A table of fixed widths (mm), rows that do not break across pages."""
    table = home.add_table(rows, len(widths))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    if bordered:
        table.style = "Table Grid"
    else:
        _cell_margins(table, 0)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        _row_flag(row, "w:cantSplit")
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
            cell._tc.remove(cell.paragraphs[0]._p)
    return table


def listing(
    paper: Docx,
    columns: Sequence[tuple[str, float, str, str]],
    loop: str,
) -> Table:
    """A bordered table with one row for each element of `loop` («vu in vu_viec»).

    A column is (heading, width in mm, text of its cell, alignment). The heading is repeated on every page.
    """
    widths = [column[1] for column in columns]
    table = grid(paper, widths, 4, bordered=True)
    _row_flag(table.rows[0], "w:tblHeader")
    for cell, (heading, _, _, _) in zip(table.rows[0].cells, columns, strict=True):
        line(cell, (heading, "b"), align="center", size=TABLE, after=2, before=2)
    line(table.rows[1].cells[0], f"{{%tr for {loop} %}}", align="left", size=TABLE, after=0)
    for cell, (_, _, words, align) in zip(table.rows[2].cells, columns, strict=True):
        line(cell, words, align=align, size=TABLE, after=2, before=2)
    line(table.rows[3].cells[0], "{%tr endfor %}", align="left", size=TABLE, after=0)
    return table


def file_of(paper: Docx, title: str) -> bytes:
    """The .docx, with nothing in it that depends on when and where it was made."""
    facts = paper.core_properties
    facts.author, facts.title, facts.comments, facts.keywords = "tiepdan", title, "", ""
    facts.last_modified_by, facts.revision, facts.language = "", 1, "vi-VN"
    facts.created = facts.modified = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    for cell in paper.element.body.iter(qn("w:tc")):
        if cell.find(qn("w:p")) is None:
            cell.append(OxmlElement("w:p"))
    raw = io.BytesIO()
    paper.save(raw)
    return packed((name, data) for name, data in members(raw.getvalue()) if not name.startswith("docProps/thumbnail"))


def members(file: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        return [(name, parts.read(name)) for name in parts.namelist()]


def packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip whose bytes depend only on its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts:
            if name == "_rels/.rels":
                data = _without_thumbnail(data)
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, data, compresslevel=9)
    return out.getvalue()


def _without_thumbnail(rels: bytes) -> bytes:
    tree = etree.fromstring(rels)
    for relation in list(tree):
        if relation.get("Type", "").endswith("/thumbnail"):
            tree.remove(relation)
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


def _page_field(paragraph: Paragraph) -> None:
    """The field PAGE, upright, 14 points."""
    for kind, words in (("begin", ""), ("", " PAGE "), ("separate", ""), ("text", "2"), ("end", "")):
        run = paragraph.add_run()
        run.font.size = Pt(BODY)
        if kind == "text":
            run.text = words
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        else:
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = words
            run._r.append(code)


def _styles(paper: Docx) -> None:
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(BODY)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{name}"), FONT)
    for name in ("asciiTheme", "hAnsiTheme", "cstheme", "eastAsiaTheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    language = OxmlElement("w:lang")
    for name in ("val", "eastAsia"):
        language.set(qn(f"w:{name}"), "vi-VN")
    run = normal.element.get_or_add_rPr()
    for old in run.findall(qn("w:lang")):
        run.remove(old)
    run.append(language)


def _row_flag(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _cell_margins(table: Table, millimetres: float) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(round(millimetres * 56.7)))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    table._tbl.tblPr.append(margins)
