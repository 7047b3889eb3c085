"""Lists as Excel or CSV. Nothing that somebody typed into a form ever becomes a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from csv import writer as csv_writer
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.timezone import is_aware, localtime

from tiepdan.files.rules import XLSX

LONGEST_CELL = 32_767  # Excel's own limit, letters
# What a spreadsheet program takes for the beginning of a formula.
RISKY = ("=", "+", "-", "@", "\t", "\r")

Columns = Sequence[tuple[str, int]]


def xlsx(columns: Columns, rows: Iterable[Sequence[Any]], name: str) -> HttpResponse:
    """`columns`: heading and width (letters); `name`: of the file, without its ending."""
    answer = HttpResponse(workbook(columns, rows), content_type=XLSX.kind)
    return _named(answer, f"{name}.xlsx")


def workbook(columns: Columns, rows: Iterable[Sequence[Any]]) -> bytes:
    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet("Danh sách")
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        formats = {
            "day": book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"}),
            "moment": book.add_format({"num_format": "hh:mm dd/mm/yyyy", "valign": "top"}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        for at, (heading, width) in enumerate(columns):
            sheet.set_column(at, at, width)
            sheet.write_string(0, at, heading, bold)
        for line, row in enumerate(rows, start=1):
            for at, value in enumerate(row):
                _write(sheet, line, at, value, formats)
    return out.getvalue()


def _write(sheet: Any, line: int, at: int, value: Any, formats: dict[str, Any]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_string(line, at, _text(value))
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(line, at, value)
    elif isinstance(value, datetime):
        sheet.write_datetime(line, at, _local(value), formats["moment"])
    elif isinstance(value, date):
        sheet.write_datetime(line, at, value, formats["day"])
    else:
        sheet.write_string(line, at, _text(value)[:LONGEST_CELL], formats["text"])


def csv_text(columns: Columns, rows: Iterable[Sequence[Any]]) -> str:
    out = io.StringIO(newline="")
    writer = csv_writer(out)
    writer.writerow([_harmless(heading) for heading, _ in columns])
    for row in rows:
        writer.writerow([_plain(value) for value in row])
    return out.getvalue()


def csv(columns: Columns, rows: Iterable[Sequence[Any]], name: str) -> HttpResponse:
    """UTF-8 with a mark at its beginning, without which Excel reads Vietnamese wrongly."""
    answer = HttpResponse("\ufeff" + csv_text(columns, rows), content_type="text/csv; charset=utf-8")
    return _named(answer, f"{name}.csv")


def _plain(value: Any) -> str:
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return str(value)
    return _harmless(_text(value))


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(RISKY) else text


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, datetime):
        return f"{_local(value):%H:%M %d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value)


def _local(at: datetime) -> datetime:
    """Excel knows no time zones."""
    return localtime(at).replace(tzinfo=None) if is_aware(at) else at


def _named(answer: HttpResponse, name: str) -> HttpResponse:
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["Cache-Control"] = "private, no-store"
    return answer
