"""Two transactions that wait for each other.

On PostgreSQL one who writes a row and then the log, and one who writes the log and then that row, may meet half-way;
the database ends one of them after a second. On SQLite a writer waits for the other and gives up after a while. Either
way nothing of it was written, so it may simply be done again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection

CROSSED = "Chưa ghi được: có người khác đang ghi cùng lúc. Chưa có gì thay đổi. Hãy bấm lại."
TRIES = 3
_POSTGRESQL = {"40001", "40P01"}  # serialization_failure, deadlock_detected
_SQLITE = {"SQLITE_BUSY", "SQLITE_BUSY_SNAPSHOT", "SQLITE_LOCKED"}

Answer = TypeVar("Answer")


def is_crossed(problem: BaseException) -> bool:
    """Whether the database ended a transaction only because of another one."""
    cause = problem.__cause__
    return isinstance(problem, OperationalError) and (
        getattr(cause, "sqlstate", "") in _POSTGRESQL or getattr(cause, "sqlite_errorname", "") in _SQLITE
    )


def again(act: Callable[[], Answer]) -> Answer:
    """Do `act`, a whole transaction, until it got through; for a worker, whom nobody can ask to press again."""
    for _ in range(TRIES - 1):
        try:
            return act()
        except OperationalError as problem:
            if connection.in_atomic_block or not is_crossed(problem):
                raise
    return act()
