"""Two transactions that wait for each other, on either database."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import OperationalError, connection, transaction
from django.db.models import F
from django.http import HttpResponse
from django.test import RequestFactory

from tests.kernel.jobs import Job
from tiepdan.kernel.crossing import CROSSED, again, is_crossed
from tiepdan.kernel.middleware import RefusalMiddleware

pytestmark = pytest.mark.usefixtures("real_tables")
Race = Callable[..., list[object]]


class Walker:
    """Writes one row and then the other. The first time it lets its opposite write that one first, where rows can be
    written at the same time (not on SQLite)."""

    def __init__(self, met: Barrier, *rows: int) -> None:
        self.met, self.rows, self.tries = met, rows, 0

    def __call__(self) -> None:
        self.tries += 1
        with transaction.atomic():
            for place, pk in enumerate(self.rows):
                Job.objects.filter(pk=pk).update(times=F("times") + 1)
                if place == 0 and self.tries == 1:
                    self.meet()

    def meet(self) -> None:
        try:
            self.met.wait(timeout=10 if connection.vendor == "postgresql" else 0.01)
        except BrokenBarrierError:
            assert connection.vendor == "sqlite"


def walkers() -> tuple[Walker, Walker]:
    one, other, met = Job.objects.create().pk, Job.objects.create().pk, Barrier(2)
    return Walker(met, one, other), Walker(met, other, one)


def test_both_get_through_when_it_is_done_again(race: Race) -> None:
    there, back = walkers()
    assert race(lambda: again(there), lambda: again(back)) == [None, None]
    assert list(Job.objects.values_list("times", flat=True)) == [2, 2]
    assert there.tries + back.tries == (3 if connection.vendor == "postgresql" else 2)


def crossed(race: Race) -> Exception:
    if connection.vendor == "postgresql":
        return next(result for result in race(*walkers()) if isinstance(result, Exception))

    def impatient() -> None:
        connection.cursor().execute("PRAGMA busy_timeout = 0")
        Job.objects.create()

    with transaction.atomic():
        [problem] = race(impatient)
    assert isinstance(problem, Exception)
    return problem


def test_a_person_is_asked_to_press_again(race: Race, rf: RequestFactory) -> None:
    problem = crossed(race)
    assert is_crossed(problem)
    answer = RefusalMiddleware(lambda request: HttpResponse()).process_exception(
        rf.post("/", headers={"accept": "application/json"}), problem
    )
    assert answer is not None and answer.status_code == 409
    assert isinstance(answer, HttpResponse) and CROSSED.encode() in answer.content.decode("unicode-escape").encode()


def test_another_trouble_of_the_database_is_no_crossing() -> None:
    calls = []

    def broken() -> None:
        calls.append(1)
        raise OperationalError("disk I/O error")

    with pytest.raises(OperationalError) as caught:
        again(broken)
    assert not is_crossed(caught.value) and calls == [1]
