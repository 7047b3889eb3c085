"""Settings and guards of the whole suite."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connection, connections
from pytest_django.plugin import DjangoDbBlocker

from tests import migrated
from tiepdan.audit import triggers

# The suite lives on this Monday morning, and its clock goes on from there: no result depends on the day or the hour of
# the run. To look at another moment: TIEPDAN_TESTS_AT=2028-02-29T00:05+07:00, or «real» for the clock of the machine.
MOMENT = os.environ.get("TIEPDAN_TESTS_AT", "2026-12-07T09:00+07:00")
REAL_CLOCK = {"e2e", "media", "scripts"}  # they talk to programs that have a clock of their own

TRANSACTIONAL = {"transactional_db", "live_server", "django_db_reset_sequences", "django_db_serialized_rollback"}


def pytest_configure(config: pytest.Config) -> None:
    # A real hash takes half a second on purpose; what is tested is our code around it.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Tests run before `collectstatic`: files are served from where they lie.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.WHITENOISE_USE_FINDERS = True
    settings.WHITENOISE_AUTOREFRESH = True
    settings.MEDIA_ENGINE = "fake"
    settings.ALLOWED_HOSTS = ["*"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    """SQLite in a real file: threads that race need real locks, which a database in memory has not."""
    if connection.vendor == "sqlite":
        connections["default"].settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("db") / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_keepdb(
    django_db_modify_db_settings: None, django_db_keepdb: bool, django_db_use_migrations: bool
) -> bool:
    """What an earlier process migrated is copied and only looked at."""
    if connection.vendor == "sqlite" and django_db_use_migrations:
        return migrated.take(Path(connections["default"].settings_dict["TEST"]["NAME"]))
    return django_db_keepdb


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_keepdb: bool, django_db_use_migrations: bool, django_db_blocker: DjangoDbBlocker
) -> None:
    if connection.vendor == "sqlite" and django_db_use_migrations and not django_db_keepdb:
        with django_db_blocker.unblock():
            migrated.keep(str(os.getpid()))


@pytest.fixture(autouse=True, scope="session")
def _moment() -> Iterator[None]:
    with _clock(MOMENT):
        yield


@pytest.fixture(autouse=True, scope="module")
def _real_clock(request: pytest.FixtureRequest, _moment: None) -> Iterator[None]:
    with _clock("real" if REAL_CLOCK & set(request.path.parts) else ""):
        yield


@contextmanager
def _clock(moment: str) -> Iterator[None]:
    """From `moment` on, «real» or, when empty, as it goes."""
    start = time_machine.escape_hatch.time.time() if moment == "real" else moment and datetime.fromisoformat(moment)
    with time_machine.travel(start, tick=True) if start else nullcontext():
        time.time()  # the clock goes from the first question on, which may come a minute later
        yield


@pytest.fixture(autouse=True)
def _own_archive(settings: Any, tmp_path: Path) -> None:
    settings.ARCHIVE = tmp_path / "archive"
    settings.ARCHIVE.mkdir()
    settings.FILES = tmp_path / "files"


@pytest.fixture
def race() -> Callable[..., list[object]]:
    """Run the functions at the same moment, each in a thread with a connection of its own;
    what each gave back or raised, in their order."""

    def run(*acts: Callable[[], object]) -> list[object]:
        barrier = Barrier(len(acts))
        results: list[object] = [None] * len(acts)

        def one(place: int, act: Callable[[], object]) -> None:
            try:
                barrier.wait(timeout=10)
                results[place] = act()
            except Exception as problem:
                results[place] = problem
            finally:
                connections.close_all()

        threads = [Thread(target=one, args=(place, act)) for place, act in enumerate(acts)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        return results

    return run


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None]:
    """Tests with real transactions end by emptying every table, which the guard of the log refuses."""
    if not _is_transactional(item):
        return (yield)
    blocker: DjangoDbBlocker = item.config.stash[_BLOCKER]
    with blocker.unblock():
        triggers.remove(connection)
    result = yield
    if nextitem is not None:  # after the last test the database itself is gone
        with blocker.unblock():
            triggers.install(connection)
    return result


_BLOCKER: pytest.StashKey[DjangoDbBlocker] = pytest.StashKey()


@pytest.fixture(autouse=True, scope="session")
def _keep_blocker(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> None:
    request.config.stash[_BLOCKER] = django_db_blocker


def _is_transactional(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    wanted = bool(marker and marker.kwargs.get("transaction"))
    return wanted or bool(TRANSACTIONAL & set(getattr(item, "fixturenames", ())))
