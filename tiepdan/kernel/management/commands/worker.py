"""`manage.py worker`: does due rows until SIGTERM or SIGINT. Several may run; they share the rows.

`--quick` leaves out the work that waits for others, `--slow` does nothing else: a mail server that hangs, or a long
paper in LibreOffice, must never hold up the watch over a running reception.
"""

from __future__ import annotations

import logging
import signal
from threading import Event
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from tiepdan.kernel import due

log = logging.getLogger("tiepdan.worker")
LONGEST_SLEEP = 0.5
AFTER_TROUBLE = 1.0


class Command(BaseCommand):
    help = "Thực hiện những việc đến hạn (dừng bằng Ctrl-C; việc đang làm được làm xong trước khi dừng)."

    def add_arguments(self, parser: CommandParser) -> None:
        part = parser.add_mutually_exclusive_group()
        part.add_argument("--quick", dest="slow", action="store_const", const=False)
        part.add_argument("--slow", dest="slow", action="store_const", const=True)

    def handle(self, *args: Any, **options: Any) -> None:
        stop = Event()
        slow: bool | None = options["slow"]

        def ask_to_stop(number: int, frame: FrameType | None) -> None:
            stop.set()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, ask_to_stop)
        log.info("worker started: %s", ", ".join(due.registered(slow)) or "nothing to do")
        run(stop, slow)
        log.info("worker stopped")


def run(stop: Event, slow: bool | None = None) -> None:
    """Until `stop`: do what is due; the row in hand is always finished."""
    while not stop.is_set():
        try:
            worked = due.run_one(timezone.now(), slow)
            pause = 0.0 if worked else _until_next(slow)
        except DatabaseError:
            # The database is locked or away: the rows are still due, so try again a little later.
            log.warning("the database did not answer", exc_info=True)
            connections.close_all()
            pause = AFTER_TROUBLE
        if pause:
            close_old_connections()
            stop.wait(pause)


def _until_next(slow: bool | None) -> float:
    """Seconds to the next due row; short, because another process may arm an earlier one."""
    first = due.next_due(slow)
    if first is None:
        return LONGEST_SLEEP
    return min(max((first - timezone.now()).total_seconds(), 0.01), LONGEST_SLEEP)
