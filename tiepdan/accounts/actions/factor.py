"""One's own second factor: setting it up, showing a code, a new set of codes on paper, turning it off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils.timezone import localdate

from tiepdan.accounts import sealed
from tiepdan.accounts.actions.door import (
    ADDRESS_FAILURES,
    NOBODY,
    address_key,
    code_key,
    record_sign_in,
    require_password,
)
from tiepdan.accounts.models import Person
from tiepdan.accounts.models_factor import Factor, RecoveryCode
from tiepdan.accounts.queries import home_agency
from tiepdan.accounts.queries_factor import roles_that_require
from tiepdan.accounts.rules import FAILURES_ALLOWED
from tiepdan.accounts.rules_factor import (
    BY_CODE,
    BY_PASSWORD,
    BY_RECOVERY,
    RECOVERY_CODES,
    is_app_code,
    matching_step,
    new_recovery_code,
    plain_code,
)
from tiepdan.accounts.throttle import LOCKED, locked_until, throttle_clear, throttle_fail, throttle_hold
from tiepdan.audit import actions as audit
from tiepdan.kernel.refusals import Invalid, Refused
from tiepdan.kernel.rows import FASTER, one

USED = "Mã này đã được dùng. Đợi ứng dụng hiện mã mới (nhiều nhất 30 giây) rồi nhập mã đó."
NOT_THIS = "Mã chưa đúng. Để điện thoại tự đặt giờ, rồi nhập 6 số mà ứng dụng đang hiện cho tài khoản này."
UNREADABLE = (
    "Khóa xác thực của bạn không đọc được nữa vì khóa bí mật của máy chủ đã đổi. "
    "Hãy nhờ hai quản trị viên đặt lại xác thực hai lớp."
)

Done = TypeVar("Done")


class CodeRefused(Invalid):
    """The code was not taken (code "wrong", "used", "locked", "unreadable"), so nothing was done."""


def with_code(
    person: Person,
    text: str,
    act: Callable[[str], Done],
    *,
    at: datetime,
    address: str | None = None,
    paper_too: bool = False,
) -> Done:
    """Do `act(how)` when the code is right; `how` says for the log how the person showed who they are.

    The code is used up in the transaction of the act: when a rule refuses the act, the same code still works. A wrong
    one is counted in any case. Without a second factor the act is done on the password of the session. `address`: of
    somebody who has not signed in yet; `paper_too`: a recovery code will do.

    Raises:
        CodeRefused: it is wrong, was used before, or was wrong too often.
    """
    with transaction.atomic():
        tried = BY_PASSWORD if person.factor_at is None else _try(person, plain_code(text), at, address, paper_too)
        if isinstance(tried, str):
            return act(tried)
    raise tried


def _try(person: Person, plain: str, at: datetime, address: str | None, paper_too: bool) -> str | CodeRefused:
    """How it was shown, or why not; tries that are made at one moment come one after the other."""
    limits = {code_key(person.username): FAILURES_ALLOWED}
    if address is not None:
        limits[address_key(address)] = ADDRESS_FAILURES
    throttle_hold(code_key(person.username), at)
    if any(locked_until(key, at) for key in limits):
        return CodeRefused(LOCKED, code="locked")
    found = _taken(person, plain, at, paper_too)
    if found is not None:
        if isinstance(found, str):
            throttle_clear(code_key(person.username))
        return found
    left = min(throttle_fail(key, at, most) for key, most in limits.items())
    who = {"by": person} if address is None else {"by_label": NOBODY}
    where = {} if address is None else {"address": address}
    _record("factor.wrong" if left else "factor.locked", person, at, who, left=left, **where)
    if not left:
        return CodeRefused(LOCKED, code="locked")
    return CodeRefused(f"Mã xác thực chưa đúng. Còn {left} lần thử.", code="wrong")


def _taken(person: Person, plain: str, at: datetime, paper_too: bool) -> str | CodeRefused | None:
    """None: wrong. Each code is taken by one UPDATE or DELETE, so of two who send the same one wins."""
    factor = one(Factor.objects.filter(person=person))
    key = sealed.unseal(factor.sealed, person.pk) if factor else None
    if factor is None or key is None:
        return CodeRefused(UNREADABLE, code="unreadable")
    if is_app_code(plain):
        step = matching_step(key, plain, at.timestamp())
        if step is None:
            return None
        newer = Factor.objects.filter(pk=factor.pk, last_step__lt=step).update(last_step=step)
        return BY_CODE if newer else CodeRefused(USED, code="used")
    papers = RecoveryCode.objects.filter(factor=factor)
    if paper_too and papers.filter(digest=sealed.digest(plain, person.pk)).delete()[0]:
        _record("factor.recovery_used", person, at, left=papers.count())
        return BY_RECOVERY
    return None


def sign_in_with_code(person: Person, text: str, *, address: str, now: datetime) -> None:
    """The second step at the door, after `door.sign_in`; the session is the view's business.

    Raises:
        Refused: see `with_code`.
    """

    def act(how: str) -> None:
        record_sign_in(person, address, now, proved_by=how)

    with_code(person, text, act, at=now, address=address, paper_too=True)


def set_up(person: Person, *, key: bytes, code: str, password: str, old_code: str = "", at: datetime) -> list[str]:
    """Take an app whose code has been shown, in the place of an older one if there is any; a set of recovery codes,
    which are nowhere else.

    Raises:
        Invalid: the code is not that of the new app.
        Refused: wrong password, or wrong code of the older app.
    """
    step = matching_step(key, plain_code(code), at.timestamp())
    if step is None:
        raise Invalid(NOT_THIS, code="code")
    require_password(person, password, at)
    old = person.factor_at

    def act(how: str) -> list[str]:
        if not Person.objects.filter(pk=person.pk, factor_at=old).update(factor_at=at):
            raise Refused(FASTER, code="faster")
        person.factor_at = at
        values = {"sealed": sealed.seal(key, person.pk), "last_step": step}
        factor, _ = Factor.objects.update_or_create(person=person, defaults=values)
        _record("factor.moved" if old else "factor.on", person, at, proved_by=how)
        return _new_codes(factor)

    return with_code(person, old_code, act, at=at, paper_too=True)


def renew_codes(person: Person, *, password: str, code: str, at: datetime) -> list[str]:
    """«Tạo bộ mã mới»: the old set is void."""
    require_password(person, password, at)

    def act(how: str) -> list[str]:
        _record("factor.codes", person, at, proved_by=how)
        return _new_codes(Factor.objects.get(person=person))

    return with_code(person, code, act, at=at, paper_too=True)


def turn_off(person: Person, *, password: str, code: str, at: datetime) -> None:
    """Raises Refused: one of the person's roles must have it; wrong password or code."""
    if roles := roles_that_require(person, localdate(at)):
        raise Refused(why_not_off([role.label for role in roles]), code="required")
    require_password(person, password, at)

    def act(how: str) -> None:
        forget(person)
        _record("factor.off", person, at, proved_by=how)

    with_code(person, code, act, at=at, paper_too=True)


def why_not_off(roles: list[str]) -> str:
    return (
        f"Vai trò {', '.join(f'«{role}»' for role in roles)} của bạn bắt buộc có xác thực hai lớp theo quy định của "
        "cơ quan. Đổi điện thoại thì bấm «Chuyển sang máy khác»."
    )


def forget(person: Person) -> None:
    """No second factor any more, and no open session of the person either."""
    Factor.objects.filter(person=person).delete()
    Person.objects.filter(pk=person.pk).update(factor_at=None)
    person.factor_at = None
    throttle_clear(code_key(person.username))


def _new_codes(factor: Factor) -> list[str]:
    RecoveryCode.objects.filter(factor=factor).delete()
    codes = [new_recovery_code() for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(factor=factor, digest=sealed.digest(plain_code(code), factor.person_id)) for code in codes
    )
    return codes


def _record(event: str, person: Person, at: datetime, who: dict[str, Any] | None = None, **facts: Any) -> None:
    agency = home_agency(person, localdate(at))
    audit.record(event, agency=agency, at=at, about=person, **(who or {"by": person}), **facts)
