"""Rows against their form, one by one and then all together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tiepdan.accounts.models import Agency
from tiepdan.sheets.importers import Importer, RowForm
from tiepdan.sheets.reading import Line


@dataclass
class Checked:
    """A line with its cleaned values (empty when wrong) and every sentence about it."""

    line: Line
    cleaned: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def check(lines: Sequence[Line], importer: Importer, agency: Agency, today: date) -> list[Checked]:
    rows = [_check_one(line, importer, agency, today) for line in lines]
    if importer.check_all is not None:
        whole = [row for row in rows if not row.problems]
        for at, sentences in importer.check_all([row.cleaned for row in whole], agency).items():
            whole[at].problems.extend(sentences)
    return rows


def problems_of(rows: Sequence[Checked]) -> list[list[Any]]:
    """As `Upload.problems` keeps them."""
    return [[row.line.number, list(dict.fromkeys(row.problems))] for row in rows if row.problems]


def _check_one(line: Line, importer: Importer, agency: Agency, today: date) -> Checked:
    form = importer.form_class(line.values)
    if isinstance(form, RowForm):
        form.agency, form.today = agency, today
    row = Checked(line, problems=list(line.problems))
    if form.is_valid():
        if not row.problems:
            row.cleaned = dict(form.cleaned_data)
        return row
    if line.problems:  # a formula was left out, so «Chưa nhập …» would only confuse
        return row
    headings = {column.key: column.heading for column in importer.columns}
    for name, errors in form.errors.items():
        heading = headings.get(str(name), "")
        row.problems += [f"{heading}: {error}" if heading else str(error) for error in errors]
    return row
