"""Milestones that were met, with the proof; and warnings that somebody accepted, with the reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.audit import actions as audit
from tiepdan.files.models import StoredFile
from tiepdan.kernel.dates import day_text
from tiepdan.kernel.refusals import Forbidden, Invalid, Refused
from tiepdan.law.milestones import is_late, milestones
from tiepdan.policy.queries import calendar
from tiepdan.receptions.access import is_desk, may_edit_plan
from tiepdan.receptions.models import MetMilestone, Reception, Waiver
from tiepdan.receptions.queries import rules_of
from tiepdan.receptions.rules import BY_HAND, COMING, ON_THE_DAY, Phase
from tiepdan.receptions.warnings import CARE, warnings


@transaction.atomic
def meet(
    reception: Reception,
    code: str,
    proof: str = "",
    *,
    by: Person | None,
    at: datetime,
    file: StoredFile | None = None,
) -> MetMilestone:
    """The milestone is met at this moment. Its due date is frozen as it stands now; a second call changes nothing.

    Raises:
        Refused: the reception's profile has no such milestone.
    """
    found = reception.met.filter(code=code).first()
    if found is not None:
        return found
    rows = milestones(rules_of(reception), reception.starts_at, calendar())
    milestone = next((row for row in rows if row.code == code), None)
    if milestone is None:
        raise Refused("Bộ quy tắc của buổi tiếp này không có mốc đó.", code="unknown")
    met, is_new = MetMilestone.objects.get_or_create(
        reception=reception,
        code=code,
        defaults={
            "due": milestone.due.isoformat(),
            "met_at": at,
            "is_late": is_late(milestone, at),
            "proof": proof.strip()[:500],
            "file": file,
            "by": by,
        },
    )
    if is_new:
        audit.record(
            "reception.milestone_met",
            agency=reception.agency,
            at=at,
            by=by,
            about=reception,
            milestone=milestone.asks,
            due=met.due,
            late=met.is_late,
            proof=met.proof,
        )
    return met


@transaction.atomic
def meet_by_hand(
    reception: Reception, code: str, proof: str, *, by: Person, at: datetime, file: StoredFile | None = None
) -> MetMilestone:
    """«Ghi nhận đã thực hiện», for what the system cannot see by itself; the proof says who tested with whom.

    Raises:
        Forbidden: tests are the technician's, the report to the leaders is the clerk's.
        Refused: not in this state, or a connection of the day before the day.
        Invalid: no proof.
    """
    may_record(reception, code, by=by, at=at)
    if not proof.strip():
        raise Invalid("Chưa ghi minh chứng: ai đã làm, với điểm cầu nào, kết quả thế nào.", code="proof")
    return meet(reception, code, proof, by=by, at=at, file=file)


def may_record(reception: Reception, code: str, *, by: Person, at: datetime) -> None:
    """Raises Forbidden or Refused with the sentence; what stands beside a disabled button."""
    on = localdate(at)
    if code not in BY_HAND:
        raise Refused("Mốc này được ghi nhận khi công bố lịch và gửi giấy mời.", code="automatic")
    if BY_HAND[code] == "technician" and by.pk != reception.technician_id:
        raise Forbidden("Chỉ cán bộ kỹ thuật của buổi tiếp được ghi nhận kết quả kiểm thử.", code="forbidden")
    if BY_HAND[code] == "clerk" and not is_desk(by, reception, on):
        raise Forbidden("Chỉ cán bộ tiếp dân được ghi nhận việc này.", code="forbidden")
    if reception.state not in COMING:
        raise Refused("Buổi tiếp đã bắt đầu hoặc không còn diễn ra nên không ghi nhận mốc nữa.", code="state")
    if BY_HAND[code] == "technician" and not reception.halls.filter(is_central=False).exists():
        raise Refused("Chưa có điểm cầu để kiểm thử.", code="no_hall")
    if code in ON_THE_DAY and on != localdate(reception.starts_at):
        raise Refused(
            f"Chỉ ghi nhận vào ngày tiếp ({day_text(reception.starts_at)}): "
            "phải kết nối, thấy và nghe nhau trước giờ tiếp.",
            code="day",
        )


@transaction.atomic
def waive(reception: Reception, code: str, reason: str, *, by: Person, at: datetime) -> Waiver:
    """Accept a warning (▲) with a reason, which stays. A later reason replaces it.

    Raises:
        Refused: a blocking warning, or one that is no longer there.
        Invalid: no reason.
    """
    if not may_edit_plan(by, reception, localdate(at)):
        raise Forbidden("Chỉ người lập kế hoạch buổi tiếp được chấp nhận cảnh báo.", code="forbidden")
    if reception.state not in COMING or reception.state == Phase.SUBMITTED:
        raise Refused("Kế hoạch đang chờ duyệt hoặc buổi tiếp đã bắt đầu nên không ghi lý do nữa.", code="state")
    warning = next((row for row in warnings(reception, at) if row.code == code), None)
    if warning is None:
        raise Refused("Cảnh báo này không còn nữa. Hãy tải lại trang để xem bản mới.", code="stale")
    if warning.level != CARE:
        raise Refused(f"Lỗi chặn không bỏ qua được: {warning.sentence}", code="stop")
    if not reason.strip():
        raise Invalid("Chưa ghi lý do chấp nhận cảnh báo.", code="reason")
    facts = {"reason": reason.strip()[:500], "at": at, "by": by}
    row, _ = Waiver.objects.update_or_create(reception=reception, code=code, defaults=facts)
    audit.record(
        "reception.warning_waived",
        agency=reception.agency,
        at=at,
        by=by,
        about=reception,
        sentence=warning.sentence,
        reason=row.reason,
    )
    return row
