"""Settings and guards of the whole suite."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections
from pytest_django.plugin import DjangoDbBlocker

from tests import migrated
from tiepdan.audit import triggers

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


@pytest.fixture(autouse=True)
def _own_archive(settings: Any, tmp_path: Path) -> None:
    settings.ARCHIVE = tmp_path / "archive"
    settings.ARCHIVE.mkdir()
    settings.FILES = tmp_path / "files"


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
