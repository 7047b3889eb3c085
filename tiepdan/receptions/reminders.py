"""The alarm clock of a reception: before each milestone, on its day, and when it was missed.

It looks anew each time it wakes, so that another day, another table of working days or a milestone met meanwhile count
at once. What was told stands in `told`, by milestone, due date and stage: a new date is told anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import heir, valid_on
from tiepdan.accounts.rules import Role
from tiepdan.kernel.dates import day_text, moment_text
from tiepdan.law.milestones import VIETNAM, last_moment
from tiepdan.law.workdays import Calendar
from tiepdan.notify import actions as notify
from tiepdan.notify.rules import Channel
from tiepdan.notify.sending import desk_address
from tiepdan.policy.queries import calendar
from tiepdan.receptions.models import Reception, Reminder
from tiepdan.receptions.queries import MilestoneRow, milestone_rows
from tiepdan.receptions.rules import BY_HAND, COMING, PUBLIC

BEFORE_WORKDAYS = 2
MORNING = time(8, 0)
SOON, TODAY, LATE = "soon", "day", "late"
CODES = {SOON: "sắp đến hạn", TODAY: "đến hạn hôm nay", LATE: "đã quá hạn"}


@dataclass(frozen=True)
class Call:
    """Something to tell from a moment on, once."""

    key: str
    at: datetime
    stage: str


_further: list[tuple[Callable[[Reception, Calendar], Call], Callable[[Reception, Call, datetime], None]]] = []


def add(call: Callable[[Reception, Calendar], Call], tell: Callable[[Reception, Call, datetime], None]) -> None:
    """From AppConfig.ready of a higher room: what is told once of a published reception, besides its milestones."""
    if (call, tell) not in _further:
        _further.append((call, tell))


def arm(reception: Reception, at: datetime) -> None:
    """Wake the reception's clock now: called when a plan is made, published or moved."""
    row, made = Reminder.objects.get_or_create(reception=reception, defaults={"due_at": at})
    if not made:
        Reminder.objects.filter(pk=row.pk).update(due_at=at)


def look(row: Reminder, now: datetime) -> None:
    """Handler of due rows: tell what is to be told, and set the clock to the next moment."""
    reception = Reception.objects.select_related("agency", "technician", "chair").get(pk=row.reception_id)
    if reception.state not in COMING:
        return
    table = calendar()
    next_at = _tomorrow(now)
    told = list(row.told)
    with transaction.atomic():
        for milestone in milestone_rows(reception, now, table=table):
            if milestone.met is not None:
                continue
            calls = calls_of(milestone, table)
            _tell(reception, milestone, calls, told, now)
            next_at = min([next_at, *(call.at for call in calls if call.at > now)])
        for call_of, tell in _further:
            call = call_of(reception, table)
            if call.at > now:
                next_at = min(next_at, call.at)
            elif call.key not in told and reception.state in PUBLIC:
                tell(reception, call, now)
                told.append(call.key)
        Reminder.objects.filter(pk=row.pk).update(told=told)
    row.due_at = next_at


def calls_of(row: MilestoneRow, table: Calendar) -> list[Call]:
    """The three calls of a milestone, earliest first: two working days before, on the day at 8:00, once it is missed.

    A milestone that falls due before or soon after 8:00 is called two hours before.
    """
    milestone = row.milestone
    day, end = milestone.due_day, last_moment(milestone)
    stem = f"{milestone.code}:{milestone.due.isoformat()}"
    morning = min(_at(day), end - timedelta(hours=2))
    return [
        Call(f"{stem}:{SOON}", days_before(day, table), SOON),
        Call(f"{stem}:{TODAY}", morning, TODAY),
        Call(f"{stem}:{LATE}", end, LATE),
    ]


def _tell(reception: Reception, row: MilestoneRow, calls: Iterable[Call], told: list[str], now: datetime) -> None:
    """Of several calls whose time has come only the last is worth telling."""
    reached = [call for call in calls if call.at <= now]
    if not reached or reached[-1].key in told:
        return
    call, milestone = reached[-1], row.milestone
    due = milestone.due
    words = moment_text(due) if isinstance(due, datetime) else f"hết {day_text(due)}"
    subject = f"{reception.code}: {milestone.asks} – {CODES[call.stage]}"
    body = (
        f"Buổi tiếp {reception.code}, {moment_text(reception.starts_at)}.\n\n"
        f"Việc: {milestone.asks}\nHạn: {words}\nCăn cứ: {milestone.citation}\n"
        f"{'Mốc này đã quá hạn mà chưa ghi nhận thực hiện.' if call.stage == LATE else ''}\n\n"
        f"Mở kế hoạch: {desk_address(reverse('receptions:detail', args=[reception.code]))}\n"
    )
    people = owners_of(reception, milestone.code, localdate(now))
    if call.stage == LATE:
        people |= holders(reception, Role.APPROVER, localdate(now)) | {reception.chair}
    post(reception, people, call.key, subject, body, now)
    told.extend(one.key for one in reached if one.key not in told)


def owners_of(reception: Reception, code: str, on: date) -> set[Person]:
    """Tests are the technician's, everything else the clerks'."""
    if BY_HAND.get(code) == "technician":
        return {reception.technician}
    return holders(reception, Role.CLERK, on)


def holders(reception: Reception, role: Role, on: date) -> set[Person]:
    posts = heir(reception.agency, on).posts.filter(valid_on(on), role=role.value).values("person")
    return set(Person.objects.filter(pk__in=posts, is_active=True))


def post(reception: Reception, people: Iterable[Person], key: str, subject: str, body: str, now: datetime) -> None:
    """To everybody who has a mail address; the others see it at their desk."""
    for person in sorted(people, key=lambda one: one.pk):
        if not person.email or not person.is_active:
            continue
        notify.prepare(
            key=f"reminder:{reception.pk}:{key}:{person.pk}"[:120],
            topic="reminder",
            about=reception,
            agency=reception.agency,
            channel=Channel.EMAIL,
            receiver=person.full_name,
            address=person.email,
            subject=subject,
            body=body,
            receiver_person=person,
            by=None,
            at=now,
            release=True,
        )


def days_before(day: date, table: Calendar) -> datetime:
    """08:00, two working days before."""
    return _at(table.shift(day, -BEFORE_WORKDAYS))


def _at(day: date) -> datetime:
    return datetime.combine(day, MORNING, VIETNAM)


def _tomorrow(now: datetime) -> datetime:
    """At least once a day somebody may have changed the table of working days."""
    return _at(localdate(now) + timedelta(days=1))
