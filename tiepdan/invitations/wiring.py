"""What invitations hang into the house; called once by AppConfig.ready."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate

from tiepdan.accounts import menu, tasks
from tiepdan.accounts.models import Person
from tiepdan.accounts.rules import Role
from tiepdan.audit import labels
from tiepdan.documents import sources
from tiepdan.invitations import duties, hearers, journal, papers, reminders
from tiepdan.invitations.access import may_read_messages
from tiepdan.invitations.actions.answers import answered, moved
from tiepdan.invitations.board import board_of
from tiepdan.invitations.models import Invitation
from tiepdan.invitations.queries import ABOUT
from tiepdan.invitations.rules import OPEN_FOR_LETTERS
from tiepdan.notify import access as notify_access
from tiepdan.receptions import audience, pages
from tiepdan.receptions import papers as plan_papers
from tiepdan.receptions import reminders as clock
from tiepdan.receptions.access import is_desk
from tiepdan.receptions.models import Reception

EVENTS = {
    "invitation.synced": "Lập danh sách người được mời",
    "invitation.way_changed": "Đổi cách gửi giấy mời",
    "invitation.called": "Gọi xác nhận",
}


def register() -> None:
    labels.register(EVENTS)
    journal.register()
    audience.register(hearers)
    pages.add_tab("Giấy mời", "invitations:board", 50)
    pages.add_next_step(next_step, order=50)
    menu.add_item("Giấy mời", "/giay-moi/", {Role.OFFICER}, order=12)
    for kind, facts in papers.FACTS.items():
        sources.register(kind, plan_papers.ABOUT, plan_papers.load, facts)
    notify_access.register(ABOUT, may_read_messages, address, answered, moved)
    clock.add(reminders.call_of, reminders.tell)
    tasks.add_tasks(duties.for_clerks)
    tasks.add_tasks(duties.for_officers)
    tasks.add_upcoming(duties.upcoming)


def address(about_id: str) -> str:
    row = Invitation.objects.select_related("reception").filter(pk=about_id).first()
    return reverse("invitations:receiver", args=[row.reception.code, row.pk]) if row else ""


def next_step(reception: Reception, person: Person, now: datetime) -> pages.NextStep | None:
    if reception.state not in OPEN_FOR_LETTERS or not is_desk(person, reception, localdate(now)):
        return None
    board = board_of(reception, now)
    unsent = len(board.sendable) + len(board.blocked)
    if not unsent:
        return None
    if board.is_unmade:
        sentence = f"Chưa có giấy mời, thông báo cho {unsent} nơi nhận."
        return pages.NextStep(sentence, reverse("receptions:papers", args=[reception.code]), "Tạo bộ văn bản")
    return pages.NextStep(
        f"Còn {unsent} giấy mời, thông báo chưa gửi.",
        reverse("invitations:board", args=[reception.code]),
        "Gửi giấy mời",
    )
