"""The letters of a published reception: one answered, one on its way, one in hand, one that waits for a mail server."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from tiepdan.accounts.models import Person
from tiepdan.documents.actions import draft
from tiepdan.documents.models import Document
from tiepdan.invitations import receivers
from tiepdan.invitations.actions import answers, sending
from tiepdan.invitations.actions.receivers import refresh
from tiepdan.invitations.models import Invitation
from tiepdan.invitations.rules import Invited
from tiepdan.notify.rules import Answer
from tiepdan.receptions.models import Reception


def send_letters(reception: Reception, people: Mapping[str, Person], now: datetime) -> None:
    clerk = people["can-bo"]
    rows = refresh(reception, at=now)
    for kind, part in receivers.letters_wanted(rows):
        draft(kind, reception, part, by=clerk, at=now, pdf=False)
    sending.issue_papers(reception, by=clerk, at=now)
    make_no_pdf()
    for number, row in enumerate(reception.invitations.select_related("agency", "reception__agency"), start=1):
        _send(row, number, people, now)


def make_no_pdf() -> None:
    """Dozens of PDFs would keep a fresh demo's worker busy for a minute; each page makes its own when asked."""
    Document.objects.filter(due_at__isnull=False).update(due_at=None)


def _send(row: Invitation, number: int, people: Mapping[str, Person], now: datetime) -> None:
    clerk = people["can-bo"]
    if row.kind == Invited.CITIZEN:
        sending.hand_over(row, f"Cán bộ xã trao tận tay {row.receiver}, có ký nhận.", None, by=clerk, at=now)
        return
    if row.agency == row.reception.agency:
        sending.send_one(row, by=clerk, at=now)
        return
    message = sending.record_axis(row, f"TVB-{number:03d}", now, by=clerk, at=now)
    if row.is_advising:
        officer = people["co-quan"]
        coming = Answer(is_coming=True, who=officer.full_name, attendees=((officer.full_name, "Phó Giám đốc Sở"),))
        answers.reply(message, coming, by=officer, at=now)
