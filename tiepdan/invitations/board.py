"""The board of invitations (screen S14): one row per receiver, and why something cannot be sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tiepdan.documents.models import Document
from tiepdan.documents.queries import documents_about
from tiepdan.documents.rules import State as Paper
from tiepdan.files.models import StoredFile
from tiepdan.invitations.models import Invitation
from tiepdan.invitations.papers import outdated
from tiepdan.invitations.queries import grouped
from tiepdan.invitations.receivers import paper_kind, part_of, wanted_of
from tiepdan.invitations.rules import ENDED
from tiepdan.notify.models import Delivery
from tiepdan.notify.rules import ANSWERED, CHANNEL_LABELS, STATE_LABELS, STATE_SHAPES, TOLD, Channel
from tiepdan.notify.rules import State as Sent
from tiepdan.receptions.models import Reception, ReceptionPoint
from tiepdan.receptions.papers import header
from tiepdan.receptions.plan import Plan, plan_of
from tiepdan.receptions.queries import MilestoneRow, milestone_rows

NOT_SIGNED = "Chưa gửi được: giấy mời chưa ký, chưa cấp số."
NOBODY_TOLD = "Buổi tiếp không tổ chức theo lịch này và chưa ai nhận giấy mời, nên không phải gửi gì."
NO_LETTERS = "Chưa có giấy mời. Tạo bộ văn bản trước."
NOT_MADE = "Chưa tạo văn bản."
PDF_COMING = "Đang tạo bản PDF của giấy mời. Gửi được sau ít giây."


@dataclass(frozen=True)
class Row:
    """A receiver: the newest message that was let go, and what waits in the outbox."""

    invitation: Invitation
    message: Delivery | None
    waiting: Delivery | None  # a draft: a change notice, or a letter put into the outbox
    paper: Document | None
    paper_problem: str  # why the first letter cannot go; empty when it can
    is_wanted: bool
    is_open: bool  # first letters still go: not postponed, not cancelled

    @property
    def is_changed_since(self) -> bool:
        """They answered what has changed since: the answer does not count any more."""
        return self.waiting is not None and self.message is not None and self.message.state in ANSWERED

    @property
    def state(self) -> str:
        if self.message is None:
            return ""
        return Sent.SENT if self.is_changed_since else self.message.state

    @property
    def state_label(self) -> str:
        if self.message is None:
            return "Chưa gửi"
        return STATE_LABELS[Sent.SENT] if self.is_changed_since else self.message.state_label

    @property
    def state_class(self) -> str:
        if self.message is None:
            return "none"
        return STATE_SHAPES[Sent.SENT][0] if self.is_changed_since else self.message.state_class

    @property
    def state_shape(self) -> str:
        if self.message is None:
            return "○"
        return STATE_SHAPES[Sent.SENT][1] if self.is_changed_since else self.message.state_shape

    @property
    def is_told(self) -> bool:
        return self.state in TOLD

    @property
    def is_confirmed(self) -> bool:
        return self.state == Sent.ACKNOWLEDGED

    @property
    def is_unsent(self) -> bool:
        """Nothing was let go to a receiver who is to be told."""
        return self.is_open and self.is_wanted and self.message is None

    @property
    def is_sendable(self) -> bool:
        return self.waiting is not None or (self.is_unsent and not self.paper_problem)

    @property
    def may_resend(self) -> bool:
        """To send once more what was sent; what failed or is in doubt is tried again instead."""
        if self.message is None or self.waiting is not None:  # the notice that waits goes, not what it replaces
            return False
        return self.is_wanted and self.state in (Sent.SENT, Sent.DELIVERED, Sent.OPENED)

    @property
    def may_retry(self) -> bool:
        return self.message is not None and (self.message.state == Sent.FAILED or self.message.is_unsure)

    @property
    def may_hand_over(self) -> bool:
        return self.message is None or self.message.state in (Sent.QUEUED, Sent.SENT, Sent.FAILED)

    @property
    def waits_for_hand(self) -> bool:
        return self.message is not None and self.message.state == Sent.QUEUED and self.message.channel == Channel.PAPER

    @property
    def waits_for_axis(self) -> bool:
        return self.message is not None and self.message.state == Sent.QUEUED and self.message.channel == Channel.AXIS

    @property
    def may_record_axis(self) -> bool:
        """Sent by the office's own system of documents, and not yet written down here."""
        message = self.waiting or self.message
        if message is None:
            return self.is_unsent and self.invitation.channel == Channel.AXIS and not self.paper_problem
        return message.channel == Channel.AXIS and message.state in (Sent.DRAFT, Sent.QUEUED, Sent.FAILED)

    @property
    def next(self) -> str:
        """What the desk does now about this receiver; empty when nothing is left to do."""
        if self.is_unsent or self.waiting is not None:
            return "axis" if self.may_record_axis else "send"
        if self.waits_for_hand or self.waits_for_axis:
            return "hand" if self.waits_for_hand else "axis"
        if self.may_retry:
            return "way"
        return "call" if self.is_open and self.may_resend else ""

    @property
    def channel_label(self) -> str:
        """Of the message that left, else the way that is chosen."""
        return CHANNEL_LABELS[Channel(self.message.channel if self.message else self.invitation.channel)]

    @property
    def address(self) -> str:
        return self.message.address if self.message else self.invitation.address

    @property
    def names(self) -> list[str]:
        return [", ".join(filter(None, (one["full_name"], one["title"]))) for one in self.invitation.attendees]


@dataclass(frozen=True)
class Board:
    rows: list[Row]
    notice: MilestoneRow | None
    is_off: bool = False  # postponed or cancelled

    @property
    def notice_met_at(self) -> datetime | None:
        return self.notice.met.met_at if self.notice and self.notice.met else None

    @property
    def wanted(self) -> list[Row]:
        return [row for row in self.rows if row.is_wanted]

    @property
    def total(self) -> int:
        return len(self.wanted)

    @property
    def told(self) -> int:
        return sum(row.is_told for row in self.wanted)

    @property
    def confirmed(self) -> int:
        return sum(row.is_confirmed for row in self.wanted)

    @property
    def sendable(self) -> list[Row]:
        """What «Gửi tất cả» sends: notices that wait; first letters all together, or none while one is not ready."""
        first = [] if self.blocked else [row for row in self.rows if row.is_unsent and row.waiting is None]
        return [row for row in self.rows if row.waiting is not None] + first

    @property
    def blocked(self) -> list[Row]:
        return [row for row in self.rows if row.is_unsent and row.paper_problem]

    @property
    def is_unmade(self) -> bool:
        """Nobody's letter was made, and nothing waits in the outbox."""
        return all(row.paper is None and row.waiting is None and row.message is None for row in self.wanted)

    @property
    def refusal(self) -> str:
        """Why «Gửi tất cả» would be refused now; empty when it would not."""
        if self.is_off and self.is_unmade:
            return NOBODY_TOLD
        if not self.wanted or self.is_unmade:
            return NO_LETTERS
        if self.sendable:
            return ""
        return self.blocked[0].paper_problem if self.blocked else "Không còn giấy mời nào chờ gửi."


def board_of(reception: Reception, now: datetime) -> Board:
    """A fixed number of queries, whatever the number of receivers."""
    plan = plan_of(reception)
    invited = list(reception.invitations.select_related("agency", "petitioner", "hall__point", "reception"))
    messages = grouped(invited)
    papers = papers_of(reception)
    wanted = {row.pk for row in wanted_of(invited, plan)}
    facts = header(plan) if papers else {}
    rows = [_row(one, plan, facts, messages[str(one.pk)], papers, one.pk in wanted) for one in invited]
    milestones = milestone_rows(reception, now, table=plan.table, rules=plan.rules)
    notice = next((one for one in milestones if one.milestone.code == "notice"), None)
    return Board(rows, notice, reception.state in ENDED)


def row_of(invitation: Invitation, now: datetime) -> Row:
    return next(row for row in board_of(invitation.reception, now).rows if row.invitation.pk == invitation.pk)


def papers_of(reception: Reception) -> dict[tuple[str, str], Document]:
    """(kind, part) → the current paper: the issued one before a draft that is to replace it. One query."""
    kinds = ("invitation", "citizen_notice")
    ranked = {Paper.DRAFT: 0, Paper.NUMBERED: 1, Paper.ISSUED: 2}
    rows = sorted(documents_about(reception).filter(kind__in=kinds), key=lambda one: (ranked[Paper(one.state)], one.pk))
    return {(one.kind, one.part): one for one in rows}


def _row(
    invitation: Invitation,
    plan: Plan,
    facts: Mapping[str, Any],
    messages: Sequence[Delivery],
    papers: Mapping[tuple[str, str], Document],
    is_wanted: bool,
) -> Row:
    let_go = [one for one in messages if one.state != Sent.DRAFT]
    drafts = [one for one in messages if one.state == Sent.DRAFT]
    paper = papers.get((paper_kind(invitation), part_of(invitation)))
    return Row(
        invitation=invitation,
        message=let_go[-1] if let_go else None,
        waiting=drafts[-1] if drafts else None,
        paper=paper,
        paper_problem=_paper_problem(paper, facts, invitation.hall or plan.central),
        is_wanted=is_wanted,
        is_open=plan.reception.state not in ENDED,
    )


def _paper_problem(paper: Document | None, facts: Mapping[str, Any], hall: ReceptionPoint | None) -> str:
    if paper is None:
        return NOT_MADE
    if paper.state != Paper.ISSUED:
        return NOT_SIGNED
    if paper.due_at is not None and paper.signed_id is None and paper.pdf_id is None:
        return PDF_COMING
    others = outdated(paper, facts, hall)
    if others:
        return f"Giấy mời khác kế hoạch hiện nay ({', '.join(others)}). Hãy tạo lại văn bản rồi cấp số, phát hành."
    return ""


def file_of(paper: Document | None) -> StoredFile | None:
    """What goes with the letter: the signed one, else the PDF, else the Word file of an office without LibreOffice."""
    return (paper.signed or paper.pdf or paper.docx) if paper is not None else None
