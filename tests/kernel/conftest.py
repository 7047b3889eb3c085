from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Barrier, Thread

import pytest
from django.db import connection, connections
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
