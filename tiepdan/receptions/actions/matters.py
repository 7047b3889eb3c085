"""Cases in a reception, and which halls attend which (tab «Vụ việc», matrix of S10)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import heir
from tiepdan.audit import actions as audit
from tiepdan.cases.actions.planning import plan_case, unplan_case
from tiepdan.cases.models import Case
from tiepdan.cases.rules import Kind as CaseKind
from tiepdan.cases.rules import State
from tiepdan.kernel.refusals import Invalid, Refused
from tiepdan.law.grounds import PROTECTED
from tiepdan.law.milestones import is_too_near
from tiepdan.policy.queries import calendar
from tiepdan.receptions.actions.common import begin
from tiepdan.receptions.actions.plan import notice_limit
from tiepdan.receptions.models import Matter, Reception, ReceptionPoint, Seat
from tiepdan.receptions.personal import personal_words
from tiepdan.receptions.queries import rules_of
from tiepdan.receptions.rules import Kind, Phase

AT_HOME = (
    "Công dân tham gia tại trụ sở, địa điểm tiếp công dân hoặc điểm cầu đã đăng ký; "
    "chưa hỗ trợ tham gia từ nhà (khoản 3 Điều 3 NĐ 154/2026)."
)
PILOT_KIND = "Bộ quy tắc QĐ 764 không có căn cứ cho vụ việc tố cáo."


@transaction.atomic
def add_matter(
    reception: Reception,
    case: Case,
    *,
    public_title: str,
    minutes: int,
    by: Person,
    at: datetime,
    reason: str = "",
) -> Matter:
    """An approved case is heard in this reception; it moves to «Đã xếp buổi tiếp».

    Raises:
        Refused: not approved, of another agency, of a protected denouncer, or too late to tell the citizen.
        Invalid: the public words hold personal data of the case.
    """
    extra = begin(reception, by=by, at=at, reason=reason, desk_only=True)
    on = localdate(at)
    if heir(case.agency, on) != heir(reception.agency, on):
        raise Refused(f"Vụ việc {case.code} thuộc {case.agency}, không thuộc {reception.agency}.", code="agency")
    if case.is_protected:
        raise Refused(PROTECTED, code="barred")
    if reception.profile == "qd764-2025" and case.kind == CaseKind.DENUNCIATION:
        raise Refused(PILOT_KIND, code="pilot")
    _require_time_to_tell(reception, at)
    require_impersonal(public_title, case)
    plan_case(case, by=by, at=at, reception=reception.code)
    last = reception.matters.aggregate(last=Max("order"))["last"]
    matter = Matter.objects.create(
        reception=reception,
        case=case,
        order=0 if last is None else last + 1,
        public_title=public_title.strip(),
        minutes=minutes,
    )
    matter.halls.set(reception.halls.all())
    _record("reception.matter_added", matter, by=by, at=at, **extra)
    return matter


@transaction.atomic
def change_matter(
    matter: Matter,
    *,
    public_title: str,
    minutes: int,
    by: Person,
    at: datetime,
    seen: str = "",
    reason: str = "",
) -> None:
    extra = begin(matter.reception, by=by, at=at, seen=seen, reason=reason, desk_only=True)
    require_impersonal(public_title, matter.case)
    matter.public_title, matter.minutes = public_title.strip(), minutes
    matter.save(update_fields=["public_title", "minutes"])
    _record("reception.matter_changed", matter, by=by, at=at, minutes=minutes, **extra)


@transaction.atomic
def move_matter(matter: Matter, step: int, *, by: Person, at: datetime, reason: str = "") -> None:
    """One place up (-1) or down (+1); at the end of the list nothing happens."""
    begin(matter.reception, by=by, at=at, reason=reason, desk_only=True)
    rows = list(matter.reception.matters.all())
    here = next(place for place, row in enumerate(rows) if row.pk == matter.pk)
    there = here + step
    if not 0 <= there < len(rows):
        return
    rows[here], rows[there] = rows[there], rows[here]
    for order, row in enumerate(rows):
        Matter.objects.filter(pk=row.pk).update(order=order)
    _record("reception.matter_moved", matter, by=by, at=at, order=there + 1)


@transaction.atomic
def remove_matter(matter: Matter, *, by: Person, at: datetime, reason: str = "") -> None:
    """The case is free for another reception. Its items of the running order go with it."""
    extra = begin(matter.reception, by=by, at=at, reason=reason, desk_only=True)
    case = Case.objects.get(pk=matter.case_id)
    if case.state == State.PLANNED:
        unplan_case(case, by=by, at=at, reception=matter.reception.code)
    _record("reception.matter_removed", matter, by=by, at=at, **extra)
    Seat.objects.filter(hall__reception=matter.reception, petitioner__case=case).delete()
    matter.delete()


@transaction.atomic
def choose_hall(matter: Matter, hall: ReceptionPoint | None, *, by: Person, at: datetime, reason: str = "") -> None:
    """The citizen's wish where to attend (khoản 3 Điều 22 NĐ 154/2026); None takes it back."""
    extra = begin(matter.reception, by=by, at=at, reason=reason, desk_only=True)
    if hall is not None and hall.reception_id != matter.reception_id:
        raise Invalid(AT_HOME, code="hall")
    matter.chosen, matter.chosen_at = hall, at if hall else None
    matter.save(update_fields=["chosen", "chosen_at"])
    if hall is not None:
        matter.halls.add(hall)
    _record("reception.hall_chosen", matter, by=by, at=at, point=str(hall) if hall else None, **extra)


@transaction.atomic
def set_matrix(
    reception: Reception,
    attends: Mapping[int, set[int]],
    *,
    by: Person,
    at: datetime,
    seen: str = "",
    reason: str = "",
) -> None:
    """Which halls are in the room for which matter: ids of halls by id of matter. The central hall is always there.

    Raises:
        Invalid: the hall that the citizen chose would be left out.
    """
    extra = begin(reception, by=by, at=at, seen=seen, reason=reason)
    halls = {hall.pk: hall for hall in reception.halls.select_related("point")}
    central = {pk for pk, hall in halls.items() if hall.is_central}
    for matter in reception.matters.select_related("case", "chosen__point"):
        wanted = (attends.get(matter.pk, set()) & halls.keys()) | central
        if matter.chosen_id and matter.chosen_id not in wanted:
            raise Invalid(
                f"Công dân của vụ việc {matter.case.code} đã chọn {matter.chosen}; điểm cầu này phải dự vụ việc đó.",
                code="chosen",
            )
        matter.halls.set(wanted)
    audit.record("reception.matrix_set", agency=reception.agency, at=at, by=by, about=reception, **extra)


def require_impersonal(public_title: str, case: Case) -> None:
    words = personal_words([public_title], [case])
    if words:
        listed = ", ".join(f"«{word}»" for word in words)
        raise Invalid(
            f"Danh mục công khai còn dữ liệu cá nhân: {listed}. Hãy bỏ trước khi công bố.", code="public_title"
        )


def suggested_title(case: Case) -> str:
    """«Khiếu nại về đất đai, xã Thanh Lộc»: kind, field and commune say enough for the public."""
    about = f" về {case.field[:1].lower()}{case.field[1:]}" if case.field else ""
    where = f", {case.place.short_name}" if case.place else ""
    return f"{case.get_kind_display()}{about}{where}"


def _require_time_to_tell(reception: Reception, at: datetime) -> None:
    """After the publication a new citizen has the same five working days; an ad-hoc reception has its own reason."""
    if reception.state not in (Phase.PUBLISHED, Phase.READY) or reception.kind == Kind.ADHOC:
        return
    rules = rules_of(reception)
    if is_too_near(rules, localdate(reception.starts_at), localdate(at), calendar()):
        raise Refused(
            f"Thêm vụ việc sau khi công bố phải còn đủ {notice_limit(rules)} để thông báo cho công dân "
            "(khoản 1 Điều 23 NĐ 154/2026). Xếp vụ việc này vào buổi tiếp sau.",
            code="too_near",
        )


def _record(event: str, matter: Matter, *, by: Person, at: datetime, **facts: Any) -> None:
    audit.record(
        event,
        agency=matter.reception.agency,
        at=at,
        by=by,
        about=matter.reception,
        case=matter.case.code,
        **facts,
    )
