"""«Nhắc tôi lại»: a row goes away until later; its deadline stays where it is."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate, localtime

from tiepdan.accounts.models import Person, Snooze
from tiepdan.accounts.queries import home_agency
from tiepdan.accounts.tasks import Task, is_late_by_law
from tiepdan.audit import actions as audit
from tiepdan.kernel.refusals import Refused

LATE = "Không thể ẩn việc đã quá hạn theo luật."
MORNING = 7  # o'clock


class Until(StrEnum):
    HOUR = "hour"
    MORNING = "morning"


def moment(until: Until, at: datetime) -> datetime:
    if until == Until.HOUR:
        return at + timedelta(hours=1)
    tomorrow = localtime(at) + timedelta(days=1)
    return tomorrow.replace(hour=MORNING, minute=0, second=0, microsecond=0)


@transaction.atomic
def snooze(person: Person, task: Task, until: Until, *, at: datetime) -> Snooze:
    """Raises Refused for what is late by law."""
    if is_late_by_law(task, at):
        raise Refused(LATE, code="late")
    row, _ = Snooze.objects.update_or_create(person=person, key=task.key, defaults={"until": moment(until, at)})
    # What was to be done, not about whom: the subject may name people that not every reader of the log may know.
    facts: dict[str, Any] = {"key": task.key, "task": task.verb, "until": row.until}
    audit.record("task.snoozed", agency=home_agency(person, localdate(at)), at=at, by=person, **facts)
    return row


@transaction.atomic
def wake(person: Person, *, at: datetime) -> int:
    """Show everything again."""
    count, _ = Snooze.objects.filter(person=person).delete()
    if count:
        audit.record("task.woken", agency=home_agency(person, localdate(at)), at=at, by=person, count=count)
    return count
