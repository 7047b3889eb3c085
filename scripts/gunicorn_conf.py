"""gunicorn for one machine: one process (SQLite has one writer), several threads."""

from __future__ import annotations

import os
import signal
from typing import Any

from scripts.bound import die_with_parent

bind = f"127.0.0.1:{os.environ.get('TIEPDAN_PORT') or 8000}"
workers = 1
worker_class = "gthread"
threads = 8
keepalive = 15
graceful_timeout = 5
# Else gunicorn opens a control socket in the home folder.
control_socket_disable = True
reload = os.environ.get("TIEPDAN_DEBUG") == "1"
# Recorders and rooms ask every second or two: a line for each would bury what matters.
accesslog = None


def post_fork(server: Any, worker: Any) -> None:
    """kill -9 of the master must not leave a worker that holds the port."""
    die_with_parent(signal.SIGKILL)
