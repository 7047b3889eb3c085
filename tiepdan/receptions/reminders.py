"""The alarm clock of a reception: before each milestone, on its day, and when it was missed.

It looks anew each time it wakes, so that another day, another table of working days or a milestone met meanwhile count
at once. What was told stands in `told`, by milestone, due date and stage: a new date is told anew.
"""

from __future__ import annotations

from collections.abc import Iterable
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
from tiepdan.notify.models import Delivery
from tiepdan.notify.rules import ANSWERED, Channel
from tiepdan.notify.sending import desk_address
from tiepdan.policy.queries import calendar
from tiepdan.receptions.models import Invitation, Reception, Reminder
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
        ask = _unconfirmed_call(reception, table)
        if ask.at > now:
            next_at = min(next_at, ask.at)
        elif ask.key not in told and reception.state in PUBLIC:
            _tell_unconfirmed(reception, ask, now)
            told.append(ask.key)
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
        Call(f"{stem}:{SOON}", _at(table.shift(day, -BEFORE_WORKDAYS)), SOON),
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
    _post(reception, people, call.key, subject, body, now)
    told.extend(one.key for one in reached if one.key not in told)


def _unconfirmed_call(reception: Reception, table: Calendar) -> Call:
    day = localdate(reception.starts_at)
    return Call(f"unconfirmed:{day.isoformat()}", _at(table.shift(day, -BEFORE_WORKDAYS)), SOON)


def _tell_unconfirmed(reception: Reception, call: Call, now: datetime) -> None:
    silent = unconfirmed(reception)
    if not silent:
        return
    subject = f"{reception.code}: {len(silent)} giấy mời chưa xác nhận"
    # Citizens are counted, not named: this letter goes to a mailbox.
    names = [f"- {row.receiver}" for row in silent if row.agency_id]
    citizens = len(silent) - len(names)
    lines = [*names, f"- {citizens} công dân" if citizens else ""]
    address = desk_address(reverse("receptions:invitations", args=[reception.code]))
    body = (
        f"Buổi tiếp {reception.code}, {moment_text(reception.starts_at)}. Chưa xác nhận tham dự:\n"
        + "\n".join(filter(None, lines))
        + f"\n\nGọi xác nhận tại: {address}\n"
    )
    _post(reception, holders(reception, Role.CLERK, localdate(now)), call.key, subject, body, now)


def unconfirmed(reception: Reception) -> list[Invitation]:
    """Receivers who have not answered their newest message, or got none."""
    rows = list(reception.invitations.all())
    ids = [str(row.pk) for row in rows]
    answered = Delivery.objects.filter(about_kind=Invitation._meta.label_lower, about_id__in=ids, state__in=ANSWERED)
    known = set(answered.values_list("about_id", flat=True))
    return [row for row in rows if str(row.pk) not in known]


def owners_of(reception: Reception, code: str, on: date) -> set[Person]:
    """Tests are the technician's, everything else the clerks'."""
    if BY_HAND.get(code) == "technician":
        return {reception.technician}
    return holders(reception, Role.CLERK, on)


def holders(reception: Reception, role: Role, on: date) -> set[Person]:
    posts = heir(reception.agency, on).posts.filter(valid_on(on), role=role.value).values("person")
    return set(Person.objects.filter(pk__in=posts, is_active=True))


def _post(reception: Reception, people: Iterable[Person], key: str, subject: str, body: str, now: datetime) -> None:
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


def _at(day: date) -> datetime:
    return datetime.combine(day, MORNING, VIETNAM)


def _tomorrow(now: datetime) -> datetime:
    """At least once a day somebody may have changed the table of working days."""
    return _at(localdate(now) + timedelta(days=1))
