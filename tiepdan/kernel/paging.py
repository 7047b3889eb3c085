"""A page of a long list without counting the list: one row more than the page tells whether there is a next one.

The keys of the page are read first: an index that holds the order and the searched words answers that alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

PER_PAGE = 50
LAST_PAGE = 1000  # further back one searches instead of leafing


@dataclass(frozen=True)
class Slice:
    """Rows `first`–`last` (counted from 1); `total` is known only on the last page."""

    rows: list[Any]
    number: int
    per_page: int
    has_next: bool

    @property
    def first(self) -> int:
        return (self.number - 1) * self.per_page + 1

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1

    @property
    def total(self) -> int | None:
        return None if self.has_next else self.last

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def previous_page_number(self) -> int:
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        return self.number + 1


def slice_of(
    rows: QuerySet[Any],
    wanted: str | None,
    per_page: int = PER_PAGE,
    load: Callable[[QuerySet[Any]], QuerySet[Any]] = lambda rows: rows,
) -> Slice:
    """`wanted` is the page as it stands in the address; whatever is no number is the first page.

    `load` adds to the fifty rows what is shown of them (select_related, prefetch, defer).
    """
    number = min(int(wanted), LAST_PAGE) if wanted and wanted.isascii() and wanted.isdigit() and len(wanted) < 6 else 1
    number = max(1, number)
    start = (number - 1) * per_page
    keys = list(rows.values_list("pk", flat=True)[start : start + per_page + 1])
    found = load(rows.model._default_manager.all()).in_bulk(keys[:per_page])
    return Slice([found[key] for key in keys[:per_page] if key in found], number, per_page, len(keys) > per_page)
