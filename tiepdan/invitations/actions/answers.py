"""What comes back from those who were invited: who comes, who does not, what was said on the telephone (screen S14)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.invitations.actions.changes import check_notice
from tiepdan.invitations.actions.common import record
from tiepdan.invitations.board import row_of
from tiepdan.invitations.models import Invitation
from tiepdan.invitations.queries import deliveries_of
from tiepdan.invitations.rules import ENDED
from tiepdan.kernel.refusals import Invalid, Refused
from tiepdan.kernel.text import fold
from tiepdan.notify import actions as notify
from tiepdan.notify.models import Delivery
from tiepdan.notify.rules import Answer
from tiepdan.notify.rules import State as Sent
from tiepdan.receptions.access import require_desk
from tiepdan.receptions.actions.seats import SeatFacts, add_seat
from tiepdan.receptions.plan import plan_of
from tiepdan.receptions.rules import FINISHED, SeatRole

ADVISERS_COME = "Cơ quan tham mưu bắt buộc có mặt; hãy cử người thay."


@transaction.atomic
def record_call(invitation: Invitation, answer: Answer | None, note: str = "", *, by: Person, at: datetime) -> None:
    """«Gọi xác nhận»: what somebody said on the telephone; without an answer the note alone."""
    require_desk(by, invitation.reception, localdate(at))
    invitation.called_at, invitation.called_note = at, note[:300]
    invitation.save(update_fields=["called_at", "called_note"])
    record("invitation.called", invitation, by=by, at=at, answered=answer is not None)
    if answer is None:
        return
    row = row_of(invitation, at)
    if row.message is None:
        raise Refused("Chưa gửi giấy mời nên chưa ghi nhận trả lời được. Hãy gửi trước.", code="not_sent")
    if row.waiting is not None:
        raise Refused("Còn thông báo thay đổi chưa gửi cho nơi này. Hãy gửi trước khi gọi xác nhận.", code="waiting")
    answered = notify.acknowledge if answer.is_coming else notify.decline
    answered(row.message, answer.who, answer, at=at, by=by)


def reply(message: Delivery, answer: Answer, *, by: Person, at: datetime) -> None:
    """An officer of the invited agency answers at their own desk."""
    answered = notify.acknowledge if answer.is_coming else notify.decline
    answered(message, answer.who, answer, at=at, by=by)


@transaction.atomic
def take_seats(invitation: Invitation, *, by: Person, at: datetime) -> int:
    """«Đưa vào danh sách chỗ ngồi»: those whom the agency registered, in its hall, advisers in the central one."""
    plan = plan_of(invitation.reception)
    # Advisers sit at the centre (khoản 1 Điều 22 NĐ 154/2026).
    hall = plan.central if invitation.is_advising or invitation.hall is None else invitation.hall
    if hall is None:
        raise Refused("Phải có đúng một điểm cầu trung tâm.", code="no_hall")
    known = {fold(seat.full_name) for seat in hall.seats.all()}
    fresh = [one for one in invitation.attendees if fold(one["full_name"]) not in known]
    if not fresh:
        raise Refused("Những người đã đăng ký đều có trong danh sách chỗ ngồi.", code="none")
    role = SeatRole.ADVISOR if invitation.is_advising else SeatRole.OFFICER
    for one in fresh:
        facts = SeatFacts(full_name=one["full_name"], role=role, title=one["title"], agency=invitation.agency)
        add_seat(hall, facts, by=by, at=at)
    return len(fresh)


def changed_sentence(code: str, phone: str) -> str:
    call = f" Cần báo ngay thì gọi {phone}." if phone else ""
    return (
        f"Lịch buổi tiếp {code} đã thay đổi sau thư này nên chưa ghi nhận trả lời. "
        f"Xin trả lời khi nhận được thông báo thay đổi.{call}"
    )


# Told by notify


def answered(message: Delivery, answer: Answer, at: datetime) -> None:
    """Before an answer is written: whether it may be given, and who comes."""
    invitation = Invitation.objects.select_related("reception").filter(pk=message.about_id).first()
    if invitation is None:
        return
    reception = invitation.reception
    if reception.state in (*FINISHED, *ENDED):
        raise Refused(
            f"Buổi tiếp {reception.code} «{reception.get_state_display()}» nên không xác nhận nữa.", code="over"
        )
    if deliveries_of([invitation]).filter(state=Sent.DRAFT, pk__gt=message.pk).exists():
        raise Refused(changed_sentence(reception.code, reception.help_phone), code="changed")
    if not answer.is_coming and invitation.is_advising and not answer.substitute:
        raise Invalid(ADVISERS_COME, code="advising")
    invitation.attendees = [{"full_name": name, "title": title} for name, title in answer.attendees]
    invitation.substitute = answer.substitute[:200]
    invitation.save(update_fields=["attendees", "substitute"])


def moved(message: Delivery, at: datetime) -> None:
    """A message was sent, handed over or answered: perhaps everybody has been told now."""
    invitation = Invitation.objects.select_related("reception__agency").filter(pk=message.about_id).first()
    if invitation is not None:
        check_notice(invitation.reception, at)
