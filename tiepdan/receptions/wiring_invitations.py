"""What invitations and reminders hang into the house; called once by AppConfig.ready."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.timezone import localdate

from tiepdan.accounts import menu, tasks
from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import agency_ids
from tiepdan.accounts.rules import Role
from tiepdan.accounts.tasks import Task
from tiepdan.audit import labels
from tiepdan.documents import sources
from tiepdan.kernel import due
from tiepdan.notify import access as notify_access
from tiepdan.notify.models import Delivery
from tiepdan.notify.rules import ANSWERED
from tiepdan.notify.rules import State as Sent
from tiepdan.receptions import pages, papers, papers_invitations, reminders
from tiepdan.receptions.access import is_desk
from tiepdan.receptions.access_invitations import invited, may_read_messages
from tiepdan.receptions.actions.invitations import answered, moved
from tiepdan.receptions.board import board_of
from tiepdan.receptions.duties import MOST
from tiepdan.receptions.models import Invitation, Reception, Reminder
from tiepdan.receptions.queries import NOT_OVER
from tiepdan.receptions.receivers import ABOUT, grouped
from tiepdan.receptions.rules import Phase

EVENTS = {
    "invitation.synced": "Lập danh sách người được mời",
    "invitation.way_changed": "Đổi cách gửi giấy mời",
    "invitation.called": "Gọi xác nhận",
}
WAITING = (Phase.PUBLISHED, Phase.READY)


def register() -> None:
    labels.register(EVENTS)
    pages.add_tab("Giấy mời", "receptions:invitations", 50)
    pages.add_next_step(next_step, order=50)
    menu.add_item("Giấy mời", "/giay-moi/", {Role.OFFICER}, order=22)
    for kind, facts in papers_invitations.FACTS.items():
        sources.register(kind, papers.ABOUT, papers.load, facts)
    notify_access.register(ABOUT, may_read_messages, address, answered, moved)
    notify_access.register(papers.ABOUT, lambda person, about_id, now: False, reception_address)
    due.register(Reminder, reminders.look)
    tasks.add_tasks(for_clerks)
    tasks.add_tasks(for_officers)


def address(about_id: str) -> str:
    row = Invitation.objects.select_related("reception").filter(pk=about_id).first()
    return reverse("receptions:invitation", args=[row.reception.code, row.pk]) if row else ""


def reception_address(about_id: str) -> str:
    code = Reception.objects.filter(pk=about_id).values_list("code", flat=True).first()
    return reverse("receptions:detail", args=[code]) if code else ""


def next_step(reception: Reception, person: Person, now: datetime) -> pages.NextStep | None:
    if reception.state not in WAITING or not is_desk(person, reception, localdate(now)):
        return None
    board = board_of(reception, now)
    unsent = len(board.sendable) + len(board.blocked)
    if not unsent:
        return None
    return pages.NextStep(
        f"Còn {unsent} giấy mời, thông báo chưa gửi.",
        reverse("receptions:invitations", args=[reception.code]),
        "Gửi giấy mời",
    )


def for_clerks(person: Person, now: datetime) -> Iterator[Task]:
    """«Giấy mời chưa xác nhận» of each of the next receptions."""
    told = Invitation.objects.filter(reception=OuterRef("pk"))
    agencies = agency_ids(person, localdate(now), Role.CLERK)
    rows = Reception.objects.filter(NOT_OVER, agency__in=agencies, state__in=WAITING, starts_at__gte=now)
    coming = {row.pk: row for row in rows.filter(Exists(told)).order_by("starts_at", "pk")[:MOST]}
    invitations = list(Invitation.objects.filter(reception__in=coming))
    ids = [str(one.pk) for one in invitations]
    known = Delivery.objects.filter(about_kind=ABOUT, about_id__in=ids, state__in=ANSWERED)
    answered_ids = set(known.values_list("about_id", flat=True))
    silent: dict[int, int] = {}
    for one in invitations:
        if str(one.pk) not in answered_ids:
            silent[one.reception_id] = silent.get(one.reception_id, 0) + 1
    for pk, count in silent.items():
        reception = coming[pk]
        yield Task(
            key=f"receptions.unconfirmed:{pk}",
            subject=str(reception),
            verb=f"{count} giấy mời chưa xác nhận: gửi hoặc gọi xác nhận",
            address=reverse("receptions:invitations", args=[reception.code]),
            due=reception.starts_at,
        )


def for_officers(person: Person, now: datetime) -> Iterator[Task]:
    """«Giấy mời chưa xác nhận» of the person's agency."""
    if not agency_ids(person, localdate(now), Role.OFFICER):
        return
    rows = list(invited(person, now).filter(reception__state__in=WAITING, reception__starts_at__gte=now))
    sent = grouped(rows)
    for row in rows:
        newest = [one for one in sent[str(row.pk)] if one.wants_answer and one.state != Sent.DRAFT]
        if newest and newest[-1].state not in ANSWERED:
            yield Task(
                key=f"receptions.invited:{row.pk}:v{row.version}",
                subject=str(row.reception),
                verb="Giấy mời chưa xác nhận: xác nhận tham dự hoặc báo không dự",
                address=reverse("receptions:invited_one", args=[row.pk]),
                due=row.reception.starts_at,
            )
