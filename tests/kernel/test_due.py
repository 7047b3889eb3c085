from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event, Lock, Thread

import pytest
from django.db import OperationalError, connections
from django.utils import timezone

from tests.kernel.jobs import Chore, Job
from tiepdan.kernel import due
from tiepdan.kernel.management.commands.worker import run

NOW = datetime(2026, 12, 17, 1, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def stored(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


@pytest.mark.usefixtures("tables")
def test_only_rows_that_are_due_are_done_and_the_longest_due_first() -> None:
    done: list[int] = []
    due.register(Job, lambda row, now: done.append(row.pk))
    late, later, ahead, never = (Job.objects.create(due_at=at) for at in (NOW, NOW - 5 * SECOND, NOW + SECOND, None))
    assert due.run_once(NOW) == 2
    assert done == [later.pk, late.pk]
    assert stored(late).due_at is None
    assert (stored(ahead).due_at, stored(never).due_at) == (NOW + SECOND, None)
    assert due.next_due() == NOW + SECOND


@pytest.mark.usefixtures("tables")
def test_the_handler_arms_its_row_again() -> None:
    def handler(row: Job, now: datetime) -> None:
        row.due_at = now + SECOND

    due.register(Job, handler)
    job = Job.objects.create(due_at=NOW)
    assert due.run_once(NOW) == 1
    assert stored(job).due_at == NOW + SECOND


@pytest.mark.usefixtures("tables")
def test_who_arms_the_row_meanwhile_wins() -> None:
    def handler(row: Job, now: datetime) -> None:
        Job.objects.filter(pk=row.pk).update(due_at=now + 7 * SECOND)

    due.register(Job, handler)
    job = Job.objects.create(due_at=NOW)
    due.run_once(NOW)
    assert stored(job).due_at == NOW + 7 * SECOND


@pytest.mark.usefixtures("tables")
def test_a_claimed_row_is_nobody_elses_until_its_lease_ends() -> None:
    due.register(Job, lambda row, now: None, lease=30 * SECOND)
    job = Job.objects.create(due_at=NOW)
    claimed = due.claim(NOW)
    assert claimed is not None and claimed[0].pk == job.pk
    assert due.claim(NOW) is None
    assert due.claim(NOW + 29 * SECOND) is None
    again = due.claim(NOW + 30 * SECOND)  # its worker died
    assert again is not None and again[0].pk == job.pk


@pytest.mark.usefixtures("tables")
def test_a_failing_row_is_tried_again_ever_later_and_keeps_its_error() -> None:
    def handler(row: Job, now: datetime) -> None:
        raise RuntimeError("máy chủ hình ảnh không trả lời")

    due.register(Job, handler)
    job = Job.objects.create(due_at=NOW)
    at, delays = NOW, []
    for _ in range(4):
        assert due.run_once(at) == 1
        row = stored(job)
        assert row.due_at is not None
        delays.append((row.due_at - at).total_seconds())
        at = row.due_at
    assert delays == [1, 2, 4, 8]
    assert (stored(job).failures, stored(job).last_error) == (4, "RuntimeError: máy chủ hình ảnh không trả lời")
    assert due.failing() == [job]

    due.register(Job, lambda row, now: None)
    due.run_once(at)
    assert (stored(job).failures, stored(job).last_error, stored(job).due_at) == (0, "", None)
    assert due.failing() == []


def test_the_delay_has_an_end() -> None:
    assert due.retry_delay(0) == SECOND
    assert due.retry_delay(1000) == timedelta(minutes=10)


@pytest.mark.usefixtures("tables")
def test_one_failing_row_does_not_stop_the_others() -> None:
    done: list[str] = []

    def fails(row: Job, now: datetime) -> None:
        raise ValueError

    due.register(Job, fails)
    due.register(Chore, lambda row, now: done.append("chore"))
    Job.objects.create(due_at=NOW - SECOND)
    Chore.objects.create(due_at=NOW)
    assert due.run_once(NOW) == 2
    assert done == ["chore"]


@pytest.mark.usefixtures("tables")
def test_a_row_that_is_gone_after_the_claim_is_no_trouble() -> None:
    due.register(Job, lambda row, now: Job.objects.filter(pk=row.pk).delete() and None)
    Job.objects.create(due_at=NOW)
    assert due.run_once(NOW) == 1
    assert not Job.objects.exists()


@pytest.mark.usefixtures("real_tables")
def test_several_workers_do_each_row_once(race: Callable[..., list[object]]) -> None:
    done: list[int] = []
    lock = Lock()

    def handler(row: Job, now: datetime) -> None:
        with lock:
            done.append(row.pk)

    due.register(Job, handler)
    wanted = sorted(Job.objects.create(due_at=NOW - n * SECOND).pk for n in range(20))
    results = race(*(lambda: due.run_once(NOW) for _ in range(3)))
    assert sum(result for result in results if isinstance(result, int)) == 20, results
    assert sorted(done) == wanted


@pytest.mark.usefixtures("real_tables")
def test_the_loop_survives_a_locked_database_and_finishes_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    stop, begun, go_on, done = Event(), Event(), Event(), Event()
    troubles = iter([OperationalError("database is locked")])
    claim = due.claim

    def first_locked(now: datetime, slow: bool | None = None) -> object:
        for trouble in troubles:
            raise trouble
        return claim(now, slow)

    def handler(row: Job, now: datetime) -> None:
        begun.set()
        assert go_on.wait(timeout=30)
        Job.objects.filter(pk=row.pk).update(note="xong")
        done.set()

    monkeypatch.setattr(due, "claim", first_locked)
    due.register(Job, handler)
    job = Job.objects.create(due_at=timezone.now())

    def loop() -> None:
        run(stop)
        connections.close_all()

    worker = Thread(target=loop)
    worker.start()
    assert begun.wait(timeout=30)
    stop.set()  # SIGTERM while a row is in hand
    go_on.set()
    worker.join(timeout=30)
    assert done.is_set() and not worker.is_alive()
    assert (stored(job).note, stored(job).due_at) == ("xong", None)


def test_slow_work_and_quick_work_may_have_workers_of_their_own() -> None:
    """Nothing that waits for a mail server or for LibreOffice stands in the way of the watch over a reception."""
    slow, quick = set(due.registered(True)), set(due.registered(False))
    assert slow | quick == set(due.registered()) and not slow & quick
    assert "live.room" in quick
    assert {"notify.delivery", "documents.document", "documents.batch"} <= slow
