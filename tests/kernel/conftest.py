from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from tests.kernel.jobs import Chore, Job
from tiepdan.kernel import due


@pytest.fixture(scope="session")
def _tables(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            editor.create_model(Job)
            editor.create_model(Chore)
        yield
        with connection.schema_editor() as editor:
            editor.delete_model(Job)
            editor.delete_model(Chore)


@pytest.fixture
def tables(_tables: None, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Empty tables, and no work of the other apps."""
    monkeypatch.setattr(due, "_work", {})


@pytest.fixture
def real_tables(_tables: None, transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same for tests whose threads must see each other's commits."""
    monkeypatch.setattr(due, "_work", {})
    yield
    Job._base_manager.all().delete()
    Chore._base_manager.all().delete()
