"""Signing in and out, with every attempt in the log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth import authenticate
from django.db import transaction
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import home_agency
from tiepdan.accounts.throttle import LOCKED, throttle_check, throttle_clear, throttle_fail
from tiepdan.audit import actions as audit
from tiepdan.kernel.refusals import Refused

# Many desks of an office share one address, so an address is locked later than a name.
ADDRESS_FAILURES = 20
NOBODY = "Chưa đăng nhập"
STAFF, CODE = "staff", "code"  # kinds of keys of the throttle


def address_key(address: str) -> str:
    return f"from:{address}"


def staff_key(username: str) -> str:
    return f"{STAFF}:{username.lower()[:120]}"


def code_key(username: str) -> str:
    """Of the second step. Not that of the password: whoever knows that would otherwise begin to count anew at will."""
    return f"{CODE}:{username}"


def door_keys(username: str) -> tuple[str, str]:
    return staff_key(username), code_key(username)


def sign_in(username: str, password: str, *, address: str, now: datetime) -> Person:
    """The person whose name and password these are; the session is the view's business. Who has a second factor is
    signed in by its code only (`factor.sign_in_with_code`).

    Raises:
        Refused: wrong (code "wrong"), or locked after too many failures (code "locked").
    """
    throttle_check(staff_key(username), now)
    throttle_check(address_key(address), now)
    # Outside a transaction: hashing a password is slow on purpose, and nobody else should wait for it.
    person = authenticate(username=username.lower(), password=password)
    if not isinstance(person, Person):
        raise _failed(username, address, now)
    with transaction.atomic():
        throttle_clear(staff_key(username))
        if person.factor_at is None:
            record_sign_in(person, address, now)
        else:
            agency = home_agency(person, localdate(now))
            audit.record("signin.code_asked", agency=agency, at=now, by_label=NOBODY, about=person, address=address)
    return person


def record_sign_in(person: Person, address: str, now: datetime, **facts: Any) -> None:
    agency = home_agency(person, localdate(now))
    audit.record("signin.staff", agency=agency, at=now, by=person, address=address, **facts)


def require_password(person: Person, password: str, at: datetime) -> None:
    """Once more, from somebody who has signed in. Not inside a transaction: a wrong one stays counted.

    Raises:
        Refused: it is wrong (code "wrong"), or was wrong too often (code "locked").
    """
    key = staff_key(person.username)
    throttle_check(key, at)
    if not person.check_password(password):
        left = throttle_fail(key, at)
        raise Refused(f"Mật khẩu hiện nay chưa đúng. Còn {left} lần thử.", code="wrong")


def _failed(username: str, address: str, now: datetime) -> Refused:
    with transaction.atomic():
        left = throttle_fail(staff_key(username), now)
        left_here = throttle_fail(address_key(address), now, ADDRESS_FAILURES)
        # A name that is nobody's is not written down: people type passwords into the wrong box.
        person = Person.objects.filter(username=username.lower()).first()
        agency = home_agency(person, localdate(now)) if person else None
        event = "signin.failed" if left and left_here else "signin.locked"
        facts: dict[str, Any] = {"address": address, "left": min(left, left_here)}
        audit.record(event, agency=agency, at=now, by_label=NOBODY, about=person, **facts)
    if not left or not left_here:
        return Refused(LOCKED, code="locked")
    return Refused(f"Tên hoặc mật khẩu chưa đúng. Còn {min(left, left_here)} lần thử.", code="wrong")


def signed_out(person: Person, *, address: str, now: datetime) -> None:
    agency = home_agency(person, localdate(now))
    audit.record("signout.staff", agency=agency, at=now, by=person, address=address)
