"""Changing a published schedule: another time or place, postponement, cancellation, a new plan."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.audit import actions as audit
from tiepdan.cases.actions.planning import unplan_case
from tiepdan.cases.rules import State as CaseState
from tiepdan.kernel.dates import day_text, moment_text
from tiepdan.kernel.refusals import Invalid, Refused
from tiepdan.kernel.rows import move
from tiepdan.receptions.access import require_desk, require_writable, unwritable_sentence
from tiepdan.receptions.actions.common import hold, shift_credentials, void_tests
from tiepdan.receptions.actions.publication import (
    publish_changes,
    release_version,
    require_nameless,
    require_not_too_early,
)
from tiepdan.receptions.differences import Difference
from tiepdan.receptions.models import Credential, PlanDecision, Reception, Version
from tiepdan.receptions.publication import newest, next_number, pending, snapshot
from tiepdan.receptions.rules import RECEPTION, Phase

POSTPONE_NEEDS = "Hoãn phải ghi lý do và thời gian dự kiến tiếp (khoản 4 Điều 24 Luật Tiếp công dân)."
CANCEL_NEEDS = "Hủy phải ghi lý do."
MOVABLE = (Phase.PUBLISHED, Phase.READY)


@dataclass(frozen=True)
class Slot:
    """When and where."""

    starts_at: datetime
    ends_at: datetime
    place: str


def preview(reception: Reception, slot: Slot, at: datetime) -> list[Difference]:
    """What would differ from the newest version; nothing is written.

    Raises:
        Refused: a day for which the notice cannot be given any more: better said now than after a reason was written.
    """
    row = _with(copy.copy(reception), slot)
    last = newest(row)
    if last is not None and row.state in MOVABLE:
        require_not_too_early(row, last, at)
    return pending(row)


@transaction.atomic
def change(reception: Reception, slot: Slot, note: str, *, by: Person, at: datetime) -> Version:
    """Another time or place, public in the same moment as the next version; tests of the line are void.

    Raises:
        Refused: the reasons of `publish_changes`; a time that is over.
    """
    row = copy.copy(reception)
    if row.state not in MOVABLE:
        raise Refused(unwritable_sentence(row), code="state")
    require_writable(by, row, at, note, desk_only=True)
    if slot.ends_at <= slot.starts_at:
        raise Invalid("Giờ kết thúc phải sau giờ bắt đầu.", code="order")
    if slot.starts_at <= at:
        raise Refused(f"{moment_text(slot.starts_at)} đã qua. Chọn thời gian sau lúc này.", code="past")
    hold(row)
    is_moved = slot.starts_at != row.starts_at
    _with(row, slot).save(update_fields=["starts_at", "ends_at", "place"])
    shift_credentials(row)
    if is_moved:
        void_tests(row, by=by, at=at, why=f"Đổi thời gian sang {moment_text(row.starts_at)}.")
    return publish_changes(row, note, by=by, at=at)


@transaction.atomic
def postpone(reception: Reception, reason: str, expected: date | None, *, by: Person, at: datetime) -> Version:
    """Put a published reception off to an expected day (khoản 4 Điều 24 Luật Tiếp công dân); public at once."""
    row, reason = copy.copy(reception), " ".join(reason.split())
    if row.state in MOVABLE:
        require_writable(by, row, at, reason, desk_only=True)
    else:
        require_desk(by, row, localdate(at))
    if not reason or expected is None:
        raise Invalid(POSTPONE_NEEDS, code="postpone_needs")
    last = newest(row)
    after = max(localdate(datetime.fromisoformat(last.public["starts_at"]) if last else row.starts_at), localdate(at))
    if expected <= after:
        raise Invalid(
            f"Hoãn là lùi lịch: thời gian dự kiến tiếp phải sau {day_text(after)} "
            "(khoản 4 Điều 24 Luật Tiếp công dân). Dời lên sớm hơn thì dùng «Đổi thời gian».",
            code="expected",
        )
    move(row, RECEPTION, "postpone", postponed_reason=reason, postponed_to=expected, confirmed_at=None)
    _decided(row, "postpone", reason, by, at, expected=expected.isoformat())
    _revoke_credentials(row, at)
    ended = {"state": row.state, "postponed_reason": reason, "postponed_to": expected.isoformat()}
    return _release_ended(row, last, ended, reason, by=by, at=at)


@transaction.atomic
def cancel(reception: Reception, reason: str, *, by: Person, at: datetime) -> Version | None:
    """End a reception that will not be held. Its cases wait for another one; a published one tells everybody."""
    row, reason = copy.copy(reception), " ".join(reason.split())
    if row.state in MOVABLE:
        require_writable(by, row, at, reason, desk_only=True)
    else:
        require_desk(by, row, localdate(at))
    if not reason:
        raise Invalid(CANCEL_NEEDS, code="cancel_needs")
    move(row, RECEPTION, "cancel", cancelled_reason=reason, confirmed_at=None)
    _decided(row, "cancel", reason, by, at)
    _revoke_credentials(row, at)
    last = newest(row)
    version = None
    if last is not None:
        ended = {"state": row.state, "cancelled_reason": reason, "postponed_reason": "", "postponed_to": ""}
        version = _release_ended(row, last, ended, reason, by=by, at=at)
    # The matters stay in the plan: what was announced stays readable.
    for matter in row.matters.select_related("case__agency"):
        if matter.case.state == CaseState.PLANNED:
            unplan_case(matter.case, by=by, at=at, reception=row.code)
    return version


@transaction.atomic
def replan(reception: Reception, *, by: Person, at: datetime) -> None:
    """Back to the draft for a new day; the public page says «Hoãn» until the plan is published again."""
    require_desk(by, reception, localdate(at))
    row = copy.copy(reception)
    move(row, RECEPTION, "replan")
    # The terms of the new day are new; what was met for the old one is in the log and the versions.
    row.met.all().delete()
    _decided(row, "replan", "", by, at)


def _release_ended(
    reception: Reception, last: Version | None, ended: dict[str, str], reason: str, *, by: Person, at: datetime
) -> Version:
    """The next version says what the last one said, and that it will not be so: no unfinished change slips out."""
    public, plan = (dict(last.public), dict(last.plan)) if last else snapshot(reception)
    public |= {**ended, "version": next_number(reception), "changes": []}
    plan |= ended
    require_nameless(reception, public)
    return release_version(reception, reason, by=by, at=at, content=(public, plan))


def _with(reception: Reception, slot: Slot) -> Reception:
    reception.starts_at, reception.ends_at, reception.place = slot.starts_at, slot.ends_at, slot.place.strip()
    return reception


def _revoke_credentials(reception: Reception, at: datetime) -> None:
    Credential.objects.filter(hall__reception=reception, revoked_at__isnull=True).update(revoked_at=at)


def _decided(reception: Reception, step: str, note: str, by: Person, at: datetime, **facts: Any) -> None:
    PlanDecision.objects.create(reception=reception, step=step, at=at, by=by, note=note)
    audit.record(
        f"reception.{_PAST[step]}", agency=reception.agency, at=at, by=by, about=reception, reason=note, **facts
    )


_PAST = {"postpone": "postponed", "cancel": "cancelled", "replan": "replanned"}
