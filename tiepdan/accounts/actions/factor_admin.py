"""What administrators do about second factors: who must have one, and giving up one that was lost."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from tiepdan.accounts.access import governed, governs
from tiepdan.accounts.actions.factor import forget
from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.models_factor import FactorReset, FactorRule
from tiepdan.accounts.queries import home_agency
from tiepdan.accounts.queries_factor import reset_waiting
from tiepdan.accounts.rules import RESET, Reset, Role
from tiepdan.accounts.rules_factor import RESET_HOLDS
from tiepdan.audit import actions as audit
from tiepdan.kernel.refusals import Forbidden, Invalid, Refused
from tiepdan.kernel.rows import move

PAST = "Quy định chỉ có hiệu lực từ hôm nay trở đi; ngày đã qua không đổi được."
NOTHING_TO_RESET = "{name} chưa bật xác thực hai lớp nên không có gì để đặt lại."
ONESELF = "Bạn không tự đặt lại xác thực hai lớp của mình. Hãy nhờ hai quản trị viên khác."
ASKED_BEFORE = "Đã có đề nghị đặt lại cho người này. Cần quản trị viên thứ hai xác nhận."
NO_REQUEST = f"Không còn đề nghị nào đang chờ (mỗi đề nghị có hiệu lực {RESET_HOLDS.days} ngày). Hãy lập đề nghị mới."
ON_THE_SERVER = "Người giữ máy chủ (lệnh factor_off)"
SAME = "Bạn là người đề nghị nên không tự xác nhận. Cần một quản trị viên khác."
ASKER_LEFT = "{name}, người đề nghị, không còn quyền quản trị tài khoản này. Hãy bỏ đề nghị và lập đề nghị mới."


@transaction.atomic
def set_rule(
    roles: Collection[Role], *, valid_from: date, reason: str, agency: Agency, by: Person, at: datetime
) -> FactorRule:
    """Which roles must have a second factor from a day on. `agency`: the top one, in whose log it stands."""
    if valid_from < localdate(at):
        raise Invalid(PAST, code="valid_from")
    ordered = [role.value for role in Role if role in roles]
    row = FactorRule.objects.create(
        roles=ordered, valid_from=valid_from, reason=reason.strip(), entered_at=at, entered_by=by
    )
    labels = [role.label for role in row.kinds]
    told: dict[str, Any] = {"roles": labels, "valid_from": valid_from, "reason": row.reason}
    audit.record("factor.rule_set", agency=agency, at=at, by=by, about=row, **told)
    return row


@transaction.atomic
def ask_reset(person: Person, *, reason: str, by: Person, at: datetime) -> FactorReset:
    """The first of two administrators; the view has checked that the account is theirs to govern."""
    if person.pk == by.pk:
        raise Refused(ONESELF, code="oneself")
    if person.factor_at is None:
        raise Refused(NOTHING_TO_RESET.format(name=person.full_name), code="none")
    if reset_waiting(person, at):
        raise Refused(ASKED_BEFORE, code="asked")
    # An older request that nobody answered in time makes room.
    for old in FactorReset.objects.filter(person=person, state=Reset.ASKED.value):
        move(old, RESET, "drop", answered_at=at)
    try:
        with transaction.atomic():
            row = FactorReset.objects.create(person=person, reason=reason.strip(), asked_by=by, asked_at=at)
    except IntegrityError as problem:
        raise Refused(ASKED_BEFORE, code="asked") from problem
    _record("factor.reset_asked", person, by, at, reason=row.reason)
    return row


@transaction.atomic
def confirm_reset(person: Person, *, by: Person, at: datetime) -> None:
    """The second administrator: the factor is gone, open sessions of the person end."""
    row = _waiting(person, at)
    if person.pk == by.pk:
        raise Forbidden(ONESELF, code="oneself")
    if row.asked_by_id == by.pk:
        raise Forbidden(SAME, code="same")
    today = localdate(at)
    if not row.asked_by.is_active or not governs(governed(row.asked_by, today), person, today):
        raise Refused(ASKER_LEFT.format(name=row.asked_by.full_name), code="asker_left")
    move(row, RESET, "confirm", answered_by=by, answered_at=at)
    forget(person)
    _record("factor.reset", person, by, at, asked_by=str(row.asked_by), reason=row.reason)


@transaction.atomic
def drop_reset(person: Person, *, by: Person, at: datetime) -> None:
    """Either administrator takes the request back: the telephone was found."""
    row = _waiting(person, at)
    move(row, RESET, "drop", answered_by=by, answered_at=at)
    _record("factor.reset_dropped", person, by, at, asked_by=str(row.asked_by))


@transaction.atomic
def give_up(person: Person, *, reason: str, at: datetime) -> None:
    """By whoever keeps the server, for an office with no second administrator left."""
    if not reason.strip():
        raise Invalid("Chưa ghi lý do.", code="reason")
    if person.factor_at is None:
        raise Refused(NOTHING_TO_RESET.format(name=person.full_name), code="none")
    for row in FactorReset.objects.filter(person=person, state=Reset.ASKED.value):
        move(row, RESET, "confirm", answered_at=at)
    forget(person)
    agency = home_agency(person, localdate(at))
    audit.record("factor.reset", agency=agency, at=at, by_label=ON_THE_SERVER, about=person, reason=reason.strip())


def _waiting(person: Person, at: datetime) -> FactorReset:
    row = reset_waiting(person, at)
    if row is None:
        raise Refused(NO_REQUEST, code="none")
    return row


def _record(event: str, person: Person, by: Person, at: datetime, **facts: Any) -> None:
    audit.record(event, agency=home_agency(person, localdate(at)), at=at, by=by, about=person, **facts)
