"""Looking a case up: the one act of the public side that is counted and logged."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from tiepdan.accounts.throttle import (
    locked_until,
    throttle_clear,
    throttle_fail,
    throttle_hold,
    throttle_release,
    throttle_sweep,
)
from tiepdan.audit import actions as audit
from tiepdan.audit import queries as log
from tiepdan.audit.models import Entry
from tiepdan.cases.models import Case
from tiepdan.kernel.refusals import Invalid, Refused
from tiepdan.portal.lookup import case_behind
from tiepdan.portal.rules import LOCK, NOT_FOUND, TRIES, TRIES_OF_ADDRESS, TRIES_OF_CODE, neighbourhood

LOOKED_UP, LOCKED = "case.looked_up", "lookup.locked"
ONLINE = "Công dân (trang công khai)"
FORGOTTEN = timedelta(days=1)  # wrong tries of which nothing is kept any longer
ONE_LINE = timedelta(hours=1)  # one line of the log for each case and address


def code_key(code: str) -> str:
    """Codes that somebody typed are not written down: people type other secrets into the wrong box."""
    return f"lookup:{salted_hmac('portal.lookup', code).hexdigest()}"


def address_key(address: str) -> str:
    return f"lookup-from:{neighbourhood(address)}"


def guess_key(code: str, address: str) -> str:
    """Somebody at one machine who tries digits for one code; it tells no more of the code than `code_key`."""
    return f"lookup-guess:{salted_hmac('portal.lookup.guess', f'{neighbourhood(address)} {code}').hexdigest()}"


def look_up(code: str, digits: str, *, address: str, now: datetime) -> Case:
    """The case whose code and last digits these are.

    The same questions are asked of the database whether the code is wrong, the digits are wrong or the case is that
    of a protected denouncer, and the same sentence answers.

    Raises:
        Invalid: not found.
        Refused: too many wrong tries: for this code from this address, from this address, or for this code.
    """
    # Always in this order, so that two who hold the same keys never wait for each other.
    guess, whole, source = guess_key(code, address), code_key(code), address_key(address)
    limits = {source: TRIES_OF_ADDRESS, whole: TRIES_OF_CODE, guess: TRIES}
    with transaction.atomic():
        for key in limits:
            throttle_hold(key, now)
        is_locked = any([locked_until(key, now) is not None for key in limits])
        found = case_behind(code, digits)
        if not is_locked and found is not None:
            # Not the address: whoever has one good code must not buy tries at others with it.
            throttle_clear(guess)
            throttle_clear(whole)
            throttle_release(source)
            case = Case.objects.select_related("agency").get(pk=found)
            _note(case, address, now)
            return case
        if not is_locked:
            left = min(throttle_fail(key, now, limit, LOCK) for key, limit in limits.items())
            is_locked = not left
            if is_locked:
                throttle_sweep(now - FORGOTTEN)
                audit.record(LOCKED, agency=None, at=now, by_label=ONLINE, address=address)
    raise Refused(locked_sentence(), code="locked") if is_locked else Invalid(NOT_FOUND, code="not_found")


def locked_sentence() -> str:
    minutes = int(LOCK.total_seconds()) // 60
    call = f"gọi {settings.HELP_PHONE}" if settings.HELP_PHONE else "đến nơi tiếp công dân"
    return f"Nhập sai {TRIES} lần; thử lại sau {minutes} phút hoặc {call}."


def _note(case: Case, address: str, now: datetime) -> None:
    """Who asked about a case is part of its story; somebody who reloads the page does not fill the log."""
    about = f"{case._meta.label_lower}:{case.pk}"
    lines = log.matching(Entry.objects.filter(at__gt=now - ONE_LINE), event=LOOKED_UP, about=about)
    if not any(facts.get("address") == address for facts in lines.values_list("facts", flat=True)):
        audit.record(LOOKED_UP, agency=case.agency, at=now, by_label=ONLINE, about=case, address=address)
