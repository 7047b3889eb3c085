"""A citizen asks for a hall on the public page; a clerk confirms it, or says why not (khoản 3 Điều 22 NĐ 154/2026)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.audit import actions as audit
from tiepdan.kernel.refusals import Invalid, Refused
from tiepdan.kernel.rows import move
from tiepdan.receptions.access import require_writer
from tiepdan.receptions.actions.matters import AT_HOME, choose_hall
from tiepdan.receptions.models import HallWish, Matter
from tiepdan.receptions.personal import personal_words
from tiepdan.receptions.rules import WISH
from tiepdan.receptions.wishes.queries import OPEN, Announced

MOST = 10  # wishes of one matter: who changes more often is helped on the telephone
NOT_OPEN = "Buổi tiếp này không còn nhận đăng ký điểm cầu. Xem lại lịch tiếp, hoặc gọi số điện thoại ở trang lịch."
ALREADY = "Điểm cầu này đã được ghi nhận cho vụ việc của ông (bà). Không phải đăng ký lại."
NO_HALL = "Chưa chọn điểm cầu. Hãy chọn một điểm cầu trong danh sách."
NO_NOTE = "Phải ghi lý do không nhận được đăng ký, để công dân đọc khi tra cứu (khoản 3 Điều 22 NĐ 154/2026)."
ONLINE = "Công dân (trang công khai)"


@transaction.atomic
def ask(told: Announced, hall: int | None, *, address: str, at: datetime) -> HallWish:
    """The citizen's wish waits for the clerk; an earlier one that still waits is replaced.

    Raises:
        Refused: too late, not open, already so, or changed too often.
        Invalid: no hall, or not one of the published ones.
    """
    matter = Matter.objects.select_for_update().get(pk=told.matter.pk)
    told = replace(told, wishes=list(matter.wishes.select_related("hall__point")))  # of two tabs, the second sees both
    if told.reception.state not in OPEN:
        raise Refused(NOT_OPEN, code="closed")
    if not told.is_open(localdate(at)):
        raise Refused(told.too_late, code="late")
    if hall is None:
        raise Invalid(NO_HALL, code="hall")
    wanted = next((one for one in told.halls if one.pk == hall), None)
    if wanted is None:
        raise Invalid(AT_HOME, code="hall")
    if told.waiting is None and matter.chosen_id == wanted.pk:
        raise Refused(ALREADY, code="same")
    if len(told.wishes) >= MOST:
        raise Refused(f"Đã đổi điểm cầu {MOST} lần. Xin gọi {told.reception.help_phone} để đổi tiếp.", code="often")
    if told.waiting is not None:
        if told.waiting.hall_id == wanted.pk:
            return told.waiting
        move(told.waiting, WISH, "replace", decided_at=at)
    made = HallWish.objects.create(matter=matter, hall=wanted, asked_at=at)
    audit.record(
        "reception.hall_wished",
        agency=told.reception.agency,
        at=at,
        by_label=ONLINE,
        about=told.reception,
        case=told.matter.case.code,
        point=str(wanted),
        address=address,
    )
    return made


@transaction.atomic
def confirm(wish: HallWish, *, by: Person, at: datetime, reason: str = "") -> None:
    """The wish becomes what stands: the same act as when the clerk writes it down after a call."""
    matter = wish.matter
    choose_hall(matter, wish.hall, by=by, at=at, reason=reason)
    move(wish, WISH, "confirm", decided_at=at, decided_by=by)


@transaction.atomic
def decline(wish: HallWish, note: str, *, by: Person, at: datetime) -> None:
    """What stood before stays; the reason is shown to the citizen, so it names nobody."""
    reception = wish.matter.reception
    require_writer(by, reception, at, desk_only=True)
    note = note.strip()
    if not note:
        raise Invalid(NO_NOTE, code="note")
    words = personal_words([note], [wish.matter.case])
    if words:
        listed = ", ".join(f"«{word}»" for word in words)
        raise Invalid(f"Lý do hiện trên trang công khai mà còn dữ liệu cá nhân: {listed}. Hãy bỏ đi.", code="note")
    move(wish, WISH, "decline", decided_at=at, decided_by=by, note=note[:300])
    audit.record(
        "reception.wish_declined",
        agency=reception.agency,
        at=at,
        by=by,
        about=reception,
        case=wish.matter.case.code,
        point=str(wish.hall),
        reason=note[:300],
    )
