"""A published reception with its letters made, numbered and issued; on top of `schedule_cast`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests import case_cast, cast
from tests import schedule_cast as stage
from tests.schedule_cast import NOW
from tiepdan.accounts.models import Person
from tiepdan.documents.actions import draft
from tiepdan.documents.models import Document
from tiepdan.invitations import board, receivers
from tiepdan.invitations.actions import answers, sending
from tiepdan.invitations.actions.receivers import refresh
from tiepdan.invitations.models import Invitation
from tiepdan.invitations.rules import Invited
from tiepdan.kernel.rows import move
from tiepdan.notify.models import Delivery
from tiepdan.notify.rules import DELIVERY
from tiepdan.receptions.actions import publication
from tiepdan.receptions.models import Reception

OFFICE_MAIL = "vanthu@snnmt.test"
COMMUNE_MAIL = "vanthu@thanhloc.test"


def with_addresses() -> None:
    """The officer of the department and the clerk of the commune have mail addresses; the province's clerk too."""
    for person, address in (
        (case_cast.department_officer(), OFFICE_MAIL),
        (case_cast.commune_clerk(), COMMUNE_MAIL),
        (cast.clerk(), "canbo@minhchau.test"),
    ):
        Person.objects.filter(pk=person.pk).update(email=address)


def published(at: datetime = NOW, **fields: Any) -> Reception:
    with_addresses()
    of = stage.reception(**fields)
    publication.publish(stage.fresh(of), by=cast.clerk(), at=at)
    return stage.fresh(of)


def with_papers(of: Reception, at: datetime = NOW, *, is_issued: bool = True) -> None:
    rows = refresh(of, at=at)
    for kind, part in receivers.letters_wanted(rows):
        draft(kind, of, part, by=cast.clerk(), at=at, pdf=False)
    if is_issued:
        sending.issue_papers(of, by=cast.clerk(), at=at)
        without_pdf()


def without_pdf() -> None:
    """As on a machine without LibreOffice: the letters go as Word files."""
    Document.objects.filter(due_at__isnull=False).update(due_at=None)


def ready(at: datetime = NOW, **fields: Any) -> Reception:
    """Published, and every letter may go."""
    of = published(at, **fields)
    with_papers(of, at)
    return of


def sent(at: datetime = NOW, **fields: Any) -> Reception:
    """Every letter left: mails by a server, the citizen's paper by hand."""
    of = ready(at, **fields)
    sending.send_all(of, by=cast.clerk(), at=at)
    for row in Delivery.objects.filter(channel="email", state="queued"):
        deliver(row, at)
    sending.hand_over(citizen(of), "ông Thịnh, 10 giờ", None, by=cast.clerk(), at=at)
    return of


def deliver(row: Delivery, at: datetime) -> None:
    """As if a server had taken it."""
    move(row, DELIVERY, "send", sent_at=at, due_at=None)
    answers.moved(row, at)


def office(of: Reception, code: str = "so-nnmt") -> Invitation:
    return of.invitations.select_related("reception__agency", "hall__point", "agency").get(agency__code=code)


def citizen(of: Reception) -> Invitation:
    return of.invitations.select_related("reception__agency", "hall__point", "petitioner").get(kind=Invited.CITIZEN)


def row_of(of: Reception, invitation: Invitation, at: datetime = NOW) -> board.Row:
    return next(row for row in board.board_of(stage.fresh(of), at).rows if row.invitation.pk == invitation.pk)


def states(of: Reception, at: datetime = NOW) -> dict[str, str]:
    return {row.invitation.receiver: row.state_label for row in board.board_of(stage.fresh(of), at).rows}
