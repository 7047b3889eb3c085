"""The plan is put forward, decided on, taken back, and confirmed as ready."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import Authority
from tiepdan.accounts.rules_factor import BY_PASSWORD
from tiepdan.audit import actions as audit
from tiepdan.kernel.dates import moment_text
from tiepdan.kernel.refusals import Forbidden, Invalid, Refused
from tiepdan.kernel.rows import move
from tiepdan.receptions.access import require_desk, right_to_approve
from tiepdan.receptions.models import PlanDecision, Reception
from tiepdan.receptions.publication import snapshot
from tiepdan.receptions.rules import RECEPTION, STEP_LABELS, Phase
from tiepdan.receptions.warnings import blocking_sentence, warnings

NOTHING: Mapping[str, str] = {}
DECISIONS = ("approve", "return")  # of the head: what was decided on is kept with them


@transaction.atomic
def submit(reception: Reception, note: str = "", *, by: Person, at: datetime) -> None:
    """«Trình duyệt». Refused while something blocks."""
    require_desk(by, reception, localdate(at))
    require_nothing_blocks(reception, at)
    _decide(reception, "submit", "reception.submitted", Authority(by), at, note)


@transaction.atomic
def withdraw(reception: Reception, *, by: Person, at: datetime) -> None:
    """«Rút lại» while nobody has decided."""
    require_desk(by, reception, localdate(at))
    _decide(reception, "withdraw", "reception.withdrawn", Authority(by), at)


@transaction.atomic
def approve(reception: Reception, note: str = "", *, by: Person, at: datetime, proved_by: str = BY_PASSWORD) -> None:
    """«Duyệt kế hoạch», by somebody who may decide here and has not put it forward."""
    right = right_to_approve(by, reception, localdate(at))
    _require_state(reception, Phase.SUBMITTED)
    require_nothing_blocks(reception, at)
    _decide(reception, "approve", "reception.approved", right, at, note, {"proved_by": proved_by})


@transaction.atomic
def send_back(reception: Reception, note: str, *, by: Person, at: datetime, proved_by: str = BY_PASSWORD) -> None:
    """«Trả lại để bổ sung», with what is missing."""
    right = right_to_approve(by, reception, localdate(at))
    _require_state(reception, Phase.SUBMITTED)
    if not note.strip():
        raise Invalid("Phải ghi nội dung cần bổ sung.", code="note")
    _decide(reception, "return", "reception.returned", right, at, note, {"proved_by": proved_by})


@transaction.atomic
def revise(reception: Reception, note: str = "", *, by: Person, at: datetime) -> None:
    """«Sửa kế hoạch»: an approved plan goes back to the draft and must be approved again."""
    require_desk(by, reception, localdate(at))
    _decide(reception, "revise", "reception.revised", Authority(by), at, note)


@transaction.atomic
def confirm(reception: Reception, *, by: Person, at: datetime) -> None:
    """«Xác nhận đủ điều kiện»: the technician says that the reception may begin.

    Raises:
        Refused: no successful trial with every hall, or something in the plan blocks.
    """
    require_technician(by, reception)
    missing = missing_for_ready(reception, at)
    if missing:
        raise Refused(f"Chưa xác nhận được: {' '.join(missing)}", code="not_ready")
    _decide(reception, "confirm", "reception.confirmed", Authority(by), at, confirmed_at=at)


@transaction.atomic
def doubt(reception: Reception, reason: str, *, by: Person, at: datetime) -> None:
    """«Bỏ xác nhận»: something failed after all; with the reason."""
    require_technician(by, reception)
    if not reason.strip():
        raise Invalid("Chưa ghi lý do bỏ xác nhận.", code="reason")
    _decide(reception, "doubt", "reception.doubted", Authority(by), at, reason, confirmed_at=None)


def missing_for_ready(reception: Reception, at: datetime) -> list[str]:
    """Sentences: what keeps the reception from being ready."""
    found = []
    if not reception.met.filter(code="trial").exists():
        names = ", ".join(hall.point.name for hall in reception.halls.select_related("point") if not hall.is_central)
        found.append(
            f"chưa ghi nhận kết nối thử thành công với {names or 'các điểm cầu'} (khoản 1 Điều 23 NĐ 154/2026)."
        )
    blocking = blocking_sentence(warnings(reception, at))
    if blocking:
        found.append(blocking)
    return found


def require_right(reception: Reception, step: str, *, by: Person, at: datetime) -> None:
    """Who never takes this step is told so before anything that was typed is looked at."""
    if step in ("approve", "return"):
        right_to_approve(by, reception, localdate(at))
    elif step in ("confirm", "doubt"):
        require_technician(by, reception)
    else:
        require_desk(by, reception, localdate(at))


def require_technician(person: Person, reception: Reception) -> None:
    if person.pk != reception.technician_id:
        raise Forbidden(
            f"Chỉ cán bộ kỹ thuật của buổi tiếp ({reception.technician.full_name}) được xác nhận.", code="forbidden"
        )


def require_nothing_blocks(reception: Reception, at: datetime) -> None:
    blocking = blocking_sentence(warnings(reception, at))
    if blocking:
        raise Refused(blocking, code="blocked")


def _require_state(reception: Reception, state: str) -> None:
    """Two decide at once: the second reads who was faster, and when."""
    current = Reception.objects.values_list("state", flat=True).get(pk=reception.pk)
    if current != state:
        raise decided_already(reception)


def decided_already(reception: Reception) -> Refused:
    last = reception.decisions.select_related("by").first()
    if last is None:
        return Refused("Nội dung này vừa được người khác thay đổi. Hãy tải lại trang để xem bản mới.", code="faster")
    return Refused(
        f"Nội dung này vừa được {last.by.full_name} thay đổi lúc {moment_text(last.at)} "
        f"({STEP_LABELS[last.step].lower()}). Hãy tải lại trang để xem bản mới.",
        code="faster",
    )


def _decide(
    reception: Reception,
    step: str,
    event: str,
    right: Authority,
    at: datetime,
    note: str = "",
    told: Mapping[str, str] = NOTHING,
    **fields: object,
) -> None:
    """`told`: more facts for the log."""
    try:
        move(reception, RECEPTION, step, **fields)
    except Refused as problem:
        raise (decided_already(reception) if problem.code == "faster" else problem) from problem
    PlanDecision.objects.create(
        reception=reception,
        step=step,
        at=at,
        by=right.person,
        on_behalf_of=right.on_behalf_of,
        note=note.strip(),
        frozen=snapshot(reception)[1] if step in DECISIONS else {},
    )
    extra = {"on_behalf_of": str(right.on_behalf_of)} if right.on_behalf_of else {}
    said = {"note": note.strip()} if note.strip() else {}
    audit.record(event, agency=reception.agency, at=at, by=right.person, about=reception, **extra, **said, **told)
