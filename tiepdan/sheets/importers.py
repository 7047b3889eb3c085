"""What can be brought in from Excel: every room registers its own kind in AppConfig.ready."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms

from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.rules import Role

Row = Mapping[str, Any]
# Sentences by the position of the row in the list: what only shows when all rows are seen together.
Checker = Callable[[Sequence[Row], Agency], Mapping[int, Sequence[str]]]
# What else would change when these rows come in, one sentence each; shown before anything is written.
Effects = Callable[[Sequence[Row]], Sequence[str]]
Apply = Callable[[Any, Agency, Person, datetime], Any]


@dataclass(frozen=True)
class Column:
    """One column of the sheet; `key` is the name of the form's field."""

    key: str
    heading: str
    required: bool = False
    example: str = ""
    width: int = 22


class RowForm(forms.Form):
    """A form of one row that may ask for whom and on which day; a plain form serves as well."""

    agency: Agency
    today: date


@dataclass(frozen=True)
class Importer:
    """One kind of sheet.

    Each row becomes `form_class(values)`, values being texts (dates as dd/mm/yyyy). When it is valid,
    `apply(cleaned, agency, by, now)` writes it, with its line in the log. Up to 200 rows share one transaction, and a
    Refused that it raises undoes all of them and names the row; of a larger sheet the row alone is left out.
    """

    code: str  # of the address /nhap-bang/<code>/
    title: str  # «Nhập danh sách cơ quan»
    columns: tuple[Column, ...]
    form_class: type[forms.Form]
    apply: Apply
    roles: frozenset[Role]
    check_all: Checker | None = None
    note: str = ""  # a sentence above the upload
    leads_to: str = "/"  # where the imported things are seen
    is_for_top: bool = False  # only the agency at the top of the tree keeps such a list
    effects: Effects | None = None

    def __post_init__(self) -> None:
        keys = [column.key for column in self.columns]
        unknown = set(keys) - set(self.form_class.base_fields)
        if unknown or len(set(keys)) != len(keys):
            raise ValueError(
                f"importer {self.code}: columns that are no fields of the form, or twice: {sorted(unknown)}"
            )


_importers: dict[str, Importer] = {}


def register(importer: Importer) -> None:
    _importers[importer.code] = importer


def importer(code: str) -> Importer | None:
    return _importers.get(code)


def importers_for(roles: Iterable[Role]) -> list[Importer]:
    held = frozenset(roles)
    return sorted((one for one in _importers.values() if one.roles & held), key=lambda one: one.title)
