"""Five failed sign-ins lock a name, or an address, for fifteen minutes. One helper for people, points and look-ups.

Each failure is counted under the lock of its row, so two at the same moment both count.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from tiepdan.accounts.models import Attempts
from tiepdan.accounts.rules import FAILURES_ALLOWED, LOCK
from tiepdan.kernel.refusals import Refused

LOCKED = "Tạm khóa 15 phút vì nhập sai 5 lần."


def throttle_check(key: str, now: datetime) -> None:
    """Refused (code "locked") while the key is locked."""
    if locked_until(key, now) is not None:
        raise Refused(LOCKED, code="locked")


def locked_until(key: str, now: datetime) -> datetime | None:
    return Attempts.objects.filter(key=key, locked_until__gt=now).values_list("locked_until", flat=True).first()


def held(now: datetime, *kinds: str) -> dict[str, datetime]:
    """Every key of these kinds («staff», «code») that is locked, without its kind, and until when."""
    some = Q()
    for kind in kinds:
        some |= Q(key__startswith=f"{kind}:")
    rows = Attempts.objects.filter(some, locked_until__gt=now).order_by("locked_until")
    found = rows.values_list("key", "locked_until")
    return {key.partition(":")[2]: until for key, until in found if until is not None}


def throttle_hold(key: str, now: datetime) -> None:
    """Until this transaction ends nobody else tries the same key: tries made at one moment are counted one by one."""
    mine = Attempts.objects.select_for_update().filter(key=key)
    while True:
        Attempts.objects.bulk_create([Attempts(key=key, last_at=now)], ignore_conflicts=True)
        # Whoever held it before may have cleared it meanwhile: then the row for which we waited is gone.
        if mine.values_list("pk", flat=True).first() is not None:
            return


@transaction.atomic(savepoint=False)
def throttle_fail(key: str, now: datetime, limit: int = FAILURES_ALLOWED, lock: timedelta = LOCK) -> int:
    """Count one failure; the number of tries that remain (0: locked from now on)."""
    throttle_hold(key, now)
    row = Attempts.objects.filter(key=key)
    # A lock that ended, or failures that are older than a lock lasts, no longer count.
    row.filter(Q(locked_until__lte=now) | Q(last_at__lte=now - lock)).update(failures=0, locked_until=None)
    row.update(failures=F("failures") + 1, last_at=now)
    row.filter(failures__gte=limit, locked_until__isnull=True).update(locked_until=now + lock)
    return max(0, limit - row.values_list("failures", flat=True).get())


def throttle_clear(key: str) -> None:
    """After a good sign-in, or when the centre opens a lock by hand."""
    Attempts.objects.filter(key=key).delete()


def throttle_release(key: str) -> None:
    """After `throttle_hold`, where nothing went wrong: of a key without failures nothing is kept."""
    Attempts.objects.filter(key=key, failures=0).delete()


def throttle_sweep(before: datetime) -> int:
    """Forget keys that have been quiet since `before`."""
    return Attempts.objects.filter(last_at__lt=before).delete()[0]
