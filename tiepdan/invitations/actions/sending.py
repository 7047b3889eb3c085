"""Sending invitations, by whatever way (screen S14)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.documents import actions as documents
from tiepdan.documents.models import Document
from tiepdan.documents.queries import documents_about
from tiepdan.documents.rules import State as Paper
from tiepdan.files.models import StoredFile
from tiepdan.invitations import letters
from tiepdan.invitations.actions.common import record
from tiepdan.invitations.board import Row, board_of, file_of, row_of
from tiepdan.invitations.models import Invitation
from tiepdan.invitations.queries import deliveries_of
from tiepdan.invitations.receivers import paper_kind, part_of
from tiepdan.invitations.rules import AFTER_APPROVAL, ENDED, OPEN_FOR_LETTERS
from tiepdan.kernel.refusals import Invalid, Refused
from tiepdan.notify import actions as notify
from tiepdan.notify.models import Delivery
from tiepdan.notify.rules import Channel
from tiepdan.notify.rules import State as Sent
from tiepdan.receptions.access import require_desk
from tiepdan.receptions.models import Reception
from tiepdan.receptions.plan import Plan, plan_of

AXIS_IS_FOR_AGENCIES = "Trục văn bản chỉ nối các cơ quan. Với công dân hãy chọn thư điện tử, tin nhắn hoặc giấy."


@transaction.atomic
def issue_papers(reception: Reception, *, by: Person, at: datetime) -> int:
    """«Cấp số và phát hành»: every letter of the reception that is still a draft gets its number and goes out.

    Raises:
        Refused: the plan is not approved, or nothing waits.
    """
    require_desk(by, reception, localdate(at))
    if reception.state not in AFTER_APPROVAL:
        raise Refused("Chưa cấp số được: kế hoạch chưa được duyệt.", code="not_approved")
    papers = _papers_to_issue(reception)
    if not papers:
        raise Refused("Không còn giấy mời nào chờ cấp số.", code="none")
    for paper in papers:
        if paper.state == Paper.DRAFT:
            documents.assign_number(paper, by=by, at=at)
        documents.issue(paper, by=by, at=at)
    return len(papers)


def _papers_to_issue(reception: Reception) -> list[Document]:
    """Of each receiver the newest paper, unless it is out already."""
    rows = documents_about(reception).filter(kind__in=("invitation", "citizen_notice")).order_by("kind", "pk")
    newest = {(one.kind, one.part): one for one in rows}
    return [one for one in newest.values() if one.state in (Paper.DRAFT, Paper.NUMBERED)]


@transaction.atomic
def send_all(reception: Reception, *, by: Person, at: datetime) -> int:
    """«Gửi tất cả»: first letters to whom nothing was sent, and the notices that wait in the outbox.

    Raises:
        Refused: not published; a letter without number; nothing to send. Invalid: somebody has no address.
    """
    _require_sending(reception, by, at)
    board = board_of(reception, at)
    if board.refusal:
        raise Refused(board.refusal, code="not_ready")
    plan = plan_of(reception)
    messages = [_ready(row, plan, by, at) for row in board.sendable]
    return notify.release(messages, by=by, at=at)


@transaction.atomic
def send_one(invitation: Invitation, *, by: Person, at: datetime) -> Delivery:
    """«Gửi» to one receiver. Raises as `send_all`."""
    reception = invitation.reception
    _require_sending(reception, by, at)
    row = row_of(invitation, at)
    if not row.is_sendable:
        raise Refused(row.paper_problem if row.is_unsent else "Giấy mời này đã gửi. Cần gửi nữa thì bấm «Gửi lại».")
    message = _ready(row, plan_of(reception), by, at)
    notify.release([message], by=by, at=at)
    return message


@transaction.atomic
def resend(invitation: Invitation, *, by: Person, at: datetime) -> Delivery:
    """«Gửi lại»: what failed is tried again; what was sent goes once more, as a message of its own."""
    _require_sending(invitation.reception, by, at)
    row = row_of(invitation, at)
    if row.may_retry and row.message is not None:
        notify.retry(row.message, by=by, at=at)
        return row.message
    if row.waiting is not None:
        raise Refused("Còn thông báo thay đổi chưa gửi cho nơi này. Hãy gửi thông báo đó, không gửi lại thư cũ.")
    if not row.may_resend or row.message is None:
        raise Refused("Giấy mời này chưa gửi hoặc đã được trả lời nên không gửi lại.", code="state")
    count = deliveries_of([invitation]).count()
    old = row.message
    message = notify.prepare(
        key=f"invitation:{invitation.pk}:v{invitation.version}:{invitation.channel}:r{count}",
        topic=old.topic,
        about=invitation,
        agency=old.agency,
        channel=invitation.channel,
        receiver=old.receiver,
        address=invitation.address,
        subject=old.subject,
        body=old.body,
        files=list(old.files.all()),
        receiver_agency=old.receiver_agency,
        deadline=old.deadline,
        wants_answer=old.wants_answer,
        by=by,
        at=at,
    )
    notify.release([message], by=by, at=at)
    return message


@transaction.atomic
def set_way(invitation: Invitation, channel: str, address: str, *, by: Person, at: datetime) -> None:
    """Another channel or address, also for a message that waits, or that could not be sent."""
    reception = invitation.reception
    require_desk(by, reception, localdate(at))
    if channel == Channel.AXIS and invitation.agency_id is None:
        raise Invalid(AXIS_IS_FOR_AGENCIES, code="channel")
    invitation.channel, invitation.address = channel, address.strip()[:254]
    invitation.save(update_fields=["channel", "address"])
    for message in deliveries_of([invitation]).filter(state__in=(Sent.DRAFT, Sent.QUEUED, Sent.FAILED)):
        notify.change_address(message, channel=channel, address=invitation.address, by=by, at=at)
    record("invitation.way_changed", invitation, by=by, at=at, channel=channel)


@transaction.atomic
def hand_over(invitation: Invitation, note: str, photo: StoredFile | None, *, by: Person, at: datetime) -> Delivery:
    """«Ghi nhận đã giao tay», also without anything sent before: the paper itself is the message."""
    reception = invitation.reception
    _require_sending(reception, by, at)
    row = row_of(invitation, at)
    message = row.waiting or (row.message if row.may_hand_over else None)
    if message is None:
        if not row.is_unsent:
            raise Refused("Giấy mời này đã đến nơi rồi.", code="state")
        if row.paper_problem:
            raise Refused(row.paper_problem, code="not_ready")
        message = _first(row, plan_of(reception), Channel.PAPER, by, at)
    notify.hand_over(message, note, photo, by=by, at=at)
    return message


@transaction.atomic
def record_axis(invitation: Invitation, number: str, sent_at: datetime, *, by: Person, at: datetime) -> Delivery:
    """«Ghi nhận đã gửi qua trục văn bản», also when nothing was let go before."""
    reception = invitation.reception
    _require_sending(reception, by, at)
    row = row_of(invitation, at)
    message = row.waiting or row.message
    if message is None:
        if row.paper_problem:
            raise Refused(row.paper_problem, code="not_ready")
        message = _first(row, plan_of(reception), Channel.AXIS, by, at)
    notify.record_sent(message, number, sent_at, by=by, at=at)
    return message


# Helpers


def _require_sending(reception: Reception, by: Person, at: datetime) -> None:
    require_desk(by, reception, localdate(at))
    if reception.state in ENDED and deliveries_of(reception.invitations.all()).exists():
        return  # what says so must go out
    if reception.state not in OPEN_FOR_LETTERS:
        raise Refused("Chưa gửi được: lịch của buổi tiếp chưa công bố, hoặc buổi tiếp đã bắt đầu.", code="state")


def _ready(row: Row, plan: Plan, by: Person, at: datetime) -> Delivery:
    return row.waiting or _first(row, plan, row.invitation.channel, by, at)


def _first(row: Row, plan: Plan, channel: str, by: Person, at: datetime) -> Delivery:
    invitation, reception = row.invitation, plan.reception
    text = letters.first(reception, invitation, plan, row.paper.code if row.paper else "")
    files = [file_of(row.paper), _guide(invitation)]
    if row.paper is not None and invitation.document_id != row.paper.pk:
        invitation.document = row.paper
        invitation.save(update_fields=["document"])
    return notify.prepare(
        key=f"invitation:{invitation.pk}:v{invitation.version}:{channel}",
        topic=paper_kind(invitation),
        about=invitation,
        agency=reception.agency,
        channel=channel,
        receiver=invitation.receiver,
        address=invitation.address,
        subject=text.subject,
        body=text.body,
        files=[file for file in files if file is not None],
        receiver_agency=invitation.agency,
        deadline=letters.deadline_of(reception),
        wants_answer=True,
        by=by,
        at=at,
    )


def _guide(invitation: Invitation) -> StoredFile | None:
    """«Hướng dẫn điểm cầu» of the hall, which its letter speaks of."""
    if not invitation.hall_id:
        return None
    guides = documents_about(invitation.reception).filter(kind="point_guide", part=part_of(invitation))
    return file_of(guides.order_by("-pk").first())
