"""Reading an Excel file that a stranger may have made: limits first, then cells as texts, never formulas."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

from openpyxl import load_workbook

from tiepdan.files.rules import ZIP_FAULTS
from tiepdan.kernel.refusals import Invalid
from tiepdan.kernel.text import fold
from tiepdan.sheets.importers import Importer
from tiepdan.sheets.rules import (
    IGNORED,
    LARGEST_UNPACKED,
    LAST_LINE,
    MOST_COLUMNS,
    MOST_ROWS,
    cell_text,
    heading_key,
    heading_problem,
)

UNREADABLE = "Không đọc được tệp Excel này. Hãy mở bằng Excel, lưu lại dạng .xlsx rồi tải lên."
WRONG_CELLS = {
    "f": "Cột «{}» là công thức. Hãy dán giá trị thay cho công thức.",
    "e": "Cột «{}» có lỗi của Excel (như #REF!, #N/A). Hãy nhập lại giá trị.",
}


@dataclass(frozen=True)
class Line:
    """One line of the sheet: texts by the column's key, and what is wrong with the cells themselves."""

    number: int  # as Excel shows it
    values: dict[str, str]
    problems: tuple[str, ...] = ()


def read_lines(source: IO[bytes], importer: Importer) -> list[Line]:
    """Every line with something in it.

    Raises:
        Invalid: too large when unpacked, unreadable, wrong headings, no lines, or more than 5,000.
    """
    _require_sane(source)
    lines = _lines(source, importer)
    if not lines:
        raise Invalid("Bảng chưa có dòng dữ liệu nào dưới dòng tiêu đề.", code="no_rows")
    return lines


def _require_sane(source: IO[bytes]) -> None:
    """A small file may unpack to gigabytes; `zipfile` reads no more of a part than its header says."""
    source.seek(0)
    try:
        with zipfile.ZipFile(source) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
    except ZIP_FAULTS as problem:
        raise Invalid(UNREADABLE, code="unreadable") from problem
    if unpacked > LARGEST_UNPACKED:
        raise Invalid(
            "Tệp Excel này khi mở ra lớn bất thường nên không được nhận. "
            "Hãy chép riêng bảng dữ liệu sang một tệp mới rồi tải lên.",
            code="bomb",
        )
    source.seek(0)


def _lines(source: IO[bytes], importer: Importer) -> list[Line]:
    try:
        book = load_workbook(source, read_only=True, data_only=False, keep_links=False)
        try:
            return _of_one_sheet([one for one in book.worksheets if one.sheet_state == "visible"], importer)
        finally:
            book.close()
    except Invalid:
        raise
    except Exception as problem:  # whatever the library meets inside a damaged file
        raise Invalid(UNREADABLE, code="unreadable") from problem


def _of_one_sheet(sheets: Sequence[Any], importer: Importer) -> list[Line]:
    """The lines of the sheet that has the headings; what stands before and behind it may be notes."""
    found: dict[str, list[Line]] = {}
    problems: list[str] = []
    for sheet in sheets:
        rows = sheet.iter_rows(min_row=1, max_row=LAST_LINE, max_col=MOST_COLUMNS)
        try:
            lines = list(_parse(enumerate(rows, start=1), importer))
        except Invalid as wrong:
            if wrong.code != "headings":
                raise
            problems.append(f"Trang tính «{sheet.title}»: {wrong.sentence}" if len(sheets) > 1 else wrong.sentence)
        else:
            if lines:
                found[sheet.title] = lines
    if len(found) > 1:
        names = ", ".join(f"«{title}»" for title in found)
        raise Invalid(
            f"Có dữ liệu ở nhiều trang tính: {names}. Mỗi lần nhập một trang; hãy để lại một trang rồi tải lên.",
            code="many_sheets",
        )
    if problems and not found:
        raise Invalid(problems[0], code="headings")
    return next(iter(found.values()), [])


def _parse(rows: Iterator[tuple[int, Any]], importer: Importer) -> Iterator[Line]:
    keys: list[str] | None = None
    headings = {column.key: column.heading for column in importer.columns}
    found = 0
    for number, cells in rows:
        texts = [cell_text(cell.value) for cell in cells]
        if not any(texts):
            continue
        if keys is None:
            keys = _keys(texts, importer)
            continue
        pairs = [(key, cell, text) for key, cell, text in zip(keys, cells, texts, strict=False) if key]
        if not any(text for _, _, text in pairs):
            continue
        found += 1
        if found > MOST_ROWS:
            raise Invalid(
                f"Bảng có hơn {MOST_ROWS:,} dòng. Hãy chia thành nhiều tệp.".replace(",", "."), code="too_many"
            )
        wrong = [WRONG_CELLS[cell.data_type].format(headings[key]) for key, cell, _ in pairs if _is_wrong(cell)]
        yield Line(number, {key: "" if _is_wrong(cell) else text for key, cell, text in pairs}, tuple(wrong))


def _is_wrong(cell: Any) -> bool:
    return cell.data_type in WRONG_CELLS


def _keys(texts: list[str], importer: Importer) -> list[str]:
    """The column's key at each place; empty where nothing is read."""
    known = {heading_key(fold(column.heading)): column.key for column in importer.columns}
    folded = [heading_key(fold(text)) for text in texts]
    keys = [known.get(name, "") for name in folded]
    named = [(text, name) for text, name in zip(texts, folded, strict=True) if name]
    unknown = [text for text, name in named if name not in known and name not in IGNORED]
    missing = [column.heading for column in importer.columns if column.required and column.key not in keys]
    doubled = [column.heading for column in importer.columns if keys.count(column.key) > 1]
    problem = heading_problem(missing, unknown, doubled)
    if problem:
        raise Invalid(problem, code="headings")
    return keys
