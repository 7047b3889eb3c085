"""Due rows: what must happen is a fact on a row with `due_at`; a worker does it, at least once.

A worker claims a row by pushing `due_at` forward (a lease) with compare-and-set. When it dies the
row falls due again, so a handler must be idempotent.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import models

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
LONGEST_DELAY = timedelta(minutes=10)
SHOWN_AFTER = 3  # failures after which the operator's page shows the row
_ERROR_LENGTH = 2000


class DueRow(models.Model):
    due_at = models.DateTimeField(null=True, blank=True, db_index=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    last_error = models.TextField(default="", blank=True, editable=False)

    class Meta:
        abstract = True


Row = TypeVar("Row", bound=DueRow)
Handler = Callable[[Any, datetime], None]


@dataclass(frozen=True)
class _Work:
    model: type[DueRow]
    handler: Handler
    lease: timedelta
    is_slow: bool


_work: dict[str, _Work] = {}


def register(
    model: type[Row], handler: Callable[[Row, datetime], None], lease: timedelta = LEASE, *, is_slow: bool = False
) -> None:
    """Called from AppConfig.ready.

    The handler gets (row, now) with `row.due_at` cleared; to be called again it sets `row.due_at`, which the worker
    stores. It must not save `due_at` itself. Somebody else who arms the row meanwhile wins. A handler that waits for
    others (a mail server, LibreOffice) is slow.
    """
    _work[model._meta.label_lower] = _Work(model, handler, lease, is_slow)


def registered(slow: bool | None = None) -> list[str]:
    """Names of the models; `slow` takes only the slow ones (True) or only the others (False)."""
    return sorted(work.model._meta.label_lower for work in _works(slow))


def _works(slow: bool | None) -> list[_Work]:
    return [work for work in _work.values() if slow in (None, work.is_slow)]


def claim(now: datetime, slow: bool | None = None) -> tuple[DueRow, datetime] | None:
    """The longest due row of all models, leased to the caller, with the end of its lease."""
    while True:
        found: list[tuple[datetime, int, _Work]] = []
        for work in _works(slow):
            first = (
                work.model._base_manager.filter(due_at__lte=now)
                .order_by("due_at", "pk")
                .values_list("due_at", "pk")
                .first()
            )
            if first is not None and first[0] is not None:
                found.append((first[0], first[1], work))
        if not found:
            return None
        due_at, pk, work = min(found, key=lambda item: item[0])
        lease = now + work.lease
        if work.model._base_manager.filter(pk=pk, due_at=due_at).update(due_at=lease):
            row = work.model._base_manager.filter(pk=pk).first()
            if row is not None:
                return row, lease


def run_one(now: datetime, slow: bool | None = None) -> bool:
    """Do the longest due row; False when nothing is due."""
    claimed = claim(now, slow)
    if claimed is None:
        return False
    row, lease = claimed
    mine = type(row)._base_manager.filter(pk=row.pk, due_at=lease)
    row.due_at = None
    try:
        _work[row._meta.label_lower].handler(row, now)
    except Exception as problem:
        log.exception("due row %s %s failed", row._meta.label_lower, row.pk)
        mine.update(
            due_at=now + retry_delay(row.failures),
            failures=row.failures + 1,
            last_error=f"{type(problem).__name__}: {problem}"[:_ERROR_LENGTH],
        )
    else:
        mine.update(due_at=row.due_at, failures=0, last_error="")
    return True


def run_once(now: datetime, limit: int = 1000) -> int:
    """Do what is due at `now`; the number of rows done. (A worker calls `run_one` with a fresh clock.)"""
    done = 0
    while done < limit and run_one(now):
        done += 1
    return done


def next_due(slow: bool | None = None) -> datetime | None:
    times = [
        work.model._base_manager.filter(due_at__isnull=False).aggregate(first=models.Min("due_at"))["first"]
        for work in _works(slow)
    ]
    return min((time for time in times if time is not None), default=None)


def retry_delay(failures: int) -> timedelta:
    """1 s, 2 s, 4 s … at most ten minutes."""
    return min(timedelta(seconds=2 ** min(failures, 12)), LONGEST_DELAY)


def failing() -> list[DueRow]:
    """Rows that keep failing, for the operator's page; the worker goes on trying them."""
    return [
        row
        for work in _work.values()
        for row in work.model._base_manager.filter(failures__gte=SHOWN_AFTER).order_by("-failures")[:50]
    ]
