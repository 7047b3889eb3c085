"""Telling those who are invited: after each publication, and of each change only those whom it touches.

A change notice waits in the outbox for one look before it is sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from tiepdan.accounts.models import Person
from tiepdan.audit import actions as audit
from tiepdan.invitations import letters
from tiepdan.invitations.actions.receivers import refresh
from tiepdan.invitations.models import Invitation
from tiepdan.invitations.queries import grouped, is_touched, joined, notice_state, told_version
from tiepdan.invitations.rules import ENDED, Invited
from tiepdan.notify import actions as notify
from tiepdan.notify.models import Delivery
from tiepdan.notify.rules import State as Sent
from tiepdan.receptions.actions import meet
from tiepdan.receptions.models import Reception, Version
from tiepdan.receptions.queries import rules_of
from tiepdan.receptions.rules import PUBLIC


def tell(version: Version, *, by: Person, at: datetime) -> None:
    """For `receptions.audience`: what follows a publication, in its transaction."""
    sync(version.reception, by=by, at=at, differences=version.differences, version=version)
    check_notice(version.reception, at, by=by)


def sync(
    reception: Reception,
    *,
    by: Person | None,
    at: datetime,
    differences: Sequence[Mapping[str, Any]] = (),
    version: Version | int = 1,
) -> list[Invitation]:
    """After each publication: rows for everybody, and from version 2 on a change notice, in the outbox, for those who
    were told before and are touched. Returns the invitations with such a notice.

    Who was never told is not told of a change: their first letter says how it is now.
    """
    number = version if isinstance(version, int) else version.number
    wanted = None if reception.state in ENDED else {row.pk for row in refresh(reception, at=at)}
    rows = list(reception.invitations.select_related("agency", "petitioner", "hall__point"))
    messages = grouped(rows)
    notified = []
    for row in rows:
        is_out = wanted is not None and row.pk not in wanted
        last_told = told_version(messages[str(row.pk)])
        _clear(messages[str(row.pk)], by=by, at=at)
        if last_told and (is_out or number > last_told):
            missed = _missed(reception, row, last_told, number, differences)
            if is_out or missed:
                _notice(reception, row, number, missed, is_out=is_out, by=by, at=at)
                notified.append(row)
    touched = [row.pk for row in notified]
    reception.invitations.filter(pk__in=touched).update(version=number)
    fresh = [row.pk for row in rows if not told_version(messages[str(row.pk)])]
    reception.invitations.filter(pk__in=fresh).update(version=number)
    audit.record(
        "invitation.synced",
        agency=reception.agency,
        at=at,
        by=by,
        about=reception,
        version=number,
        receivers=len(rows),
        notices=len(notified),
    )
    return notified


def check_notice(reception: Reception, at: datetime, by: Person | None = None) -> bool:
    """Meet «niêm yết, thông báo» once the schedule is public and everybody was told; called when a message moves.

    With the pilot also «giấy mời có thông tin đăng nhập», when the last letter to a hall has left.
    """
    state = notice_state(reception)
    if reception.state not in PUBLIC or not state.version:
        return False
    if state.is_met:
        meet(reception, "notice", proof=state.sentence, by=by, at=at)
    offices = notice_state(reception, Invited.AGENCY)
    if offices.is_met and any(rule.code == "invitation" for rule in rules_of(reception).milestones):
        meet(reception, "invitation", proof=f"Đã gửi giấy mời {offices.told}/{offices.total}.", by=by, at=at)
    return state.is_met


def _missed(
    reception: Reception, row: Invitation, last_told: int, number: int, newest: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """Everything that touches this receiver since the last message that left: a notice that was never let go counts
    with the next one."""
    between = reception.versions.filter(number__gt=last_told, number__lt=number).order_by("number")
    found = [one for version in between for one in version.differences]
    return joined(one for one in [*found, *newest] if is_touched([one], row))


def _notice(
    reception: Reception,
    row: Invitation,
    number: int,
    changes: Sequence[Mapping[str, Any]],
    *,
    is_out: bool,
    by: Person | None,
    at: datetime,
) -> Delivery:
    text = letters.change(reception, row, changes, is_out=is_out)
    return notify.prepare(
        key=f"invitation:{row.pk}:v{number}:{row.channel}",
        topic="change",
        about=row,
        agency=reception.agency,
        channel=row.channel,
        receiver=row.receiver,
        address=row.address,
        subject=text.subject,
        body=text.body,
        receiver_agency=row.agency,
        deadline=letters.deadline_of(reception),
        wants_answer=not is_out and reception.state not in ENDED,
        by=by,
        at=at,
    )


def _clear(messages: Iterable[Delivery], *, by: Person | None, at: datetime) -> None:
    """What still lies in the outbox, or could not be sent, says how it was: the new message stands in its place."""
    for one in messages:
        if one.state in (Sent.DRAFT, Sent.FAILED):
            notify.drop(one, by=by, at=at, reason="Có phiên bản lịch mới")
