from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections

from tiepdan.accounts.models import Attempts
from tiepdan.accounts.throttle import (
    LOCKED,
    locked_until,
    throttle_check,
    throttle_clear,
    throttle_fail,
    throttle_sweep,
)
from tiepdan.kernel.refusals import Refused

NOW = datetime(2026, 12, 17, 1, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
KEY = "staff:can-bo"
pytestmark = pytest.mark.django_db


def fail(times: int, at: datetime = NOW) -> list[int]:
    return [throttle_fail(KEY, at) for _ in range(times)]


def test_five_failures_lock_for_fifteen_minutes() -> None:
    assert fail(4) == [4, 3, 2, 1]
    throttle_check(KEY, NOW)
    assert fail(1) == [0]
    for at in (NOW, NOW + 14 * MINUTE):
        with pytest.raises(Refused) as caught:
            throttle_check(KEY, at)
        assert (caught.value.sentence, caught.value.code) == (LOCKED, "locked")
    throttle_check(KEY, NOW + 15 * MINUTE)
    throttle_check("staff:nguoi-khac", NOW)


def test_after_a_lock_all_tries_are_back() -> None:
    fail(5)
    assert fail(2, NOW + 15 * MINUTE) == [4, 3]


def test_failing_while_locked_does_not_lengthen_the_lock() -> None:
    fail(5)
    fail(3, NOW + 10 * MINUTE)
    assert locked_until(KEY, NOW + 14 * MINUTE) == NOW + 15 * MINUTE


def test_old_failures_are_forgotten() -> None:
    fail(4)
    assert fail(1, NOW + 15 * MINUTE) == [4]


def test_clear_and_sweep() -> None:
    fail(5)
    throttle_clear(KEY)
    throttle_check(KEY, NOW)
    fail(1)
    assert throttle_sweep(NOW) == 0
    assert throttle_sweep(NOW + MINUTE) == 1


def test_another_limit() -> None:
    assert [throttle_fail("from:10.0.0.7", NOW, 2) for _ in range(2)] == [1, 0]


@pytest.mark.django_db(transaction=True)
def test_failures_at_the_same_moment_all_count() -> None:
    barrier = Barrier(4)

    def one() -> None:
        barrier.wait(timeout=10)
        throttle_fail(KEY, NOW)
        connections.close_all()

    threads = [Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert Attempts.objects.get(key=KEY).failures == 4
