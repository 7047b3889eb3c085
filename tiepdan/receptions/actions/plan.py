"""Planning a reception: its day, kind, people and profile (screen S09)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.queries import heir, require_valid
from tiepdan.audit import actions as audit
from tiepdan.kernel.dates import day_text, moment_text
from tiepdan.kernel.refusals import Forbidden, Invalid
from tiepdan.law.milestones import earliest_day, is_too_near
from tiepdan.law.profiles import Profile
from tiepdan.policy.actions import next_number
from tiepdan.policy.queries import calendar, profile_for
from tiepdan.receptions import reminders
from tiepdan.receptions.access import desks_of
from tiepdan.receptions.actions.common import begin, shift_credentials, void_tests
from tiepdan.receptions.actions.copying import copy_script
from tiepdan.receptions.actions.places import copy_halls, reseat
from tiepdan.receptions.models import Reception
from tiepdan.receptions.people import chairs_of, is_head_on, secretaries_of, technicians_of
from tiepdan.receptions.personal import personal_words
from tiepdan.receptions.rules import KIND_LABELS, Kind, Phase

ADHOC_REASON = (
    "Tiếp đột xuất khi không đủ {limit} để niêm yết và thông báo phải ghi lý do bằng văn bản của người đứng đầu."
)


@dataclass(frozen=True)
class PlanFacts:
    agency: Agency
    title: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    chair: Person
    secretary: Person
    technician: Person
    place: str = ""
    profile: str = "nd154-2026"
    help_phone: str = ""
    is_delegated: bool = False
    adhoc_reason: str = ""
    note: str = ""


WORDS = {
    "title": "nội dung",
    "kind": "loại",
    "starts_at": "bắt đầu",
    "ends_at": "kết thúc",
    "chair": "người chủ trì",
    "secretary": "thư ký",
    "technician": "kỹ thuật",
    "place": "nơi tiếp",
    "profile": "bộ quy tắc",
    "help_phone": "điện thoại hỗ trợ",
    "is_delegated": "ủy quyền",
    "adhoc_reason": "lý do tiếp đột xuất",
    "note": "ghi chú",
}


@transaction.atomic
def plan_reception(facts: PlanFacts, *, by: Person, at: datetime, copied: Reception | None = None) -> Reception:
    """A new plan, in the state «Dự thảo»; halls, their staff and the script are taken over from the one that is copied.

    Raises:
        Forbidden: not a clerk of the agency.
        Invalid: a day that is over or too near, people without the post.
    """
    if facts.agency not in desks_of(by, localdate(at)):
        raise Forbidden(f"Chỉ cán bộ tiếp dân của {facts.agency} được lập buổi tiếp.", code="forbidden")
    checked = _checked(facts, at)
    reception = Reception.objects.create(
        **_columns(checked),
        code=next_code(localdate(facts.starts_at).year),
        created_at=at,
        created_by=by,
        edited_at=at,
        edited_by=by,
    )
    if copied is not None:
        copy_halls(copied, reception)
        copy_script(copied, reception)
    reminders.arm(reception, at)
    audit.record(
        "reception.planned",
        agency=reception.agency,
        at=at,
        by=by,
        about=reception,
        starts_at=moment_text(reception.starts_at),
        kind=KIND_LABELS[reception.kind],
        profile=reception.profile,
        copied=copied.code if copied else None,
    )
    return reception


@transaction.atomic
def change_plan(
    reception: Reception, facts: PlanFacts, *, by: Person, at: datetime, seen: str = "", reason: str = ""
) -> bool:
    """Change day, people or other facts; False when nothing differs. A new time voids the tests of the line.

    Raises:
        Refused: not in this state, the last half hour, or somebody was faster.
        Invalid: as for a new plan.
    """
    extra = begin(reception, by=by, at=at, seen=seen, reason=reason, desk_only=True)
    checked = _checked(facts, at, reception)
    columns = _columns(checked)
    old = {name: getattr(reception, name) for name in columns}
    changes = {name: value for name, value in columns.items() if old[name] != value}
    if not changes:
        return False
    for name, value in changes.items():
        setattr(reception, name, value)
    reception.save(update_fields=[*changes])
    again: list[str] = []
    if "starts_at" in changes or "ends_at" in changes:
        shift_credentials(reception)
        if "starts_at" in changes:
            again = void_tests(reception, by=by, at=at, why=f"Đổi thời gian sang {moment_text(reception.starts_at)}.")
        reminders.arm(reception, at)
    for role in ("chair", "secretary", "technician"):
        if role in changes:
            reseat(reception, role, old[role])
    told: dict[str, Any] = {WORDS[name]: f"{_said(old[name])} → {_said(new)}" for name, new in changes.items()}
    if again:
        told["tests_void"] = again
    audit.record(
        "reception.changed",
        agency=reception.agency,
        at=at,
        by=by,
        about=reception,
        **told,
        **extra,
    )
    return True


def next_code(year: int) -> str:
    """BT-2026-012: the office's running number of the year; numbers that older rows took are passed over."""
    while True:
        code = f"BT-{year}-{next_number(f'reception:{year}'):03d}"
        if not Reception.objects.filter(code=code).exists():
            return code


def too_near_sentence(rules: Profile, day: date, at: datetime) -> str:
    """«Ngày 11/12/2026 quá gần: cần ít nhất 05 ngày làm việc …»; empty when there is time enough."""
    table, now = calendar(), localdate(at)
    if not is_too_near(rules, day, now, table):
        return ""
    earliest = day_text(earliest_day(rules, now, table))
    return (
        f"Ngày {day:%d/%m/%Y} quá gần: cần ít nhất {notice_limit(rules)} để niêm yết và thông báo. "
        f"Sớm nhất: {earliest}."
    )


def notice_limit(rules: Profile) -> str:
    """«05 ngày làm việc»"""
    return rules.limit("milestones.notice").text


def _checked(facts: PlanFacts, at: datetime, before: Reception | None = None) -> PlanFacts:
    day = localdate(facts.starts_at)
    if facts.ends_at <= facts.starts_at:
        raise Invalid("Giờ kết thúc phải sau giờ bắt đầu.", code="ends_at")
    if facts.starts_at <= at and (before is None or before.starts_at != facts.starts_at):
        raise Invalid(f"Thời gian tiếp {moment_text(facts.starts_at)} đã qua. Chọn một ngày sau hôm nay.", code="day")
    is_kept = before is not None and before.agency_id == facts.agency.pk  # of a merged agency: its work goes on
    require_valid(heir(facts.agency, day) if is_kept else facts.agency, day)
    rules = profile_for(facts.agency, facts.profile, day)
    if day < rules.valid_from or (rules.valid_to is not None and day > rules.valid_to):
        raise Invalid(f"Bộ quy tắc {rules.short} không có hiệu lực vào ngày {day:%d/%m/%Y}.", code="profile")
    if before is None or _needs_notice_again(facts, before):
        _require_time(rules, facts, at, before)
    _require_people(facts)
    cases = [] if before is None else [matter.case for matter in before.matters.select_related("case")]
    words = personal_words([facts.title], cases)
    if words:
        listed = ", ".join(f"«{word}»" for word in words)
        raise Invalid(f"Nội dung buổi tiếp được công khai, mà còn dữ liệu cá nhân: {listed}. Hãy bỏ đi.", code="title")
    is_delegated = facts.is_delegated or not is_head_on(facts.chair, facts.agency, day)
    return PlanFacts(**{**_columns(facts), "is_delegated": is_delegated})


def _needs_notice_again(facts: PlanFacts, before: Reception) -> bool:
    """Another day asks for its own notice; a later one than the day already announced has had it."""
    old, new = localdate(before.starts_at), localdate(facts.starts_at)
    if before.state in (Phase.PUBLISHED, Phase.READY):
        return new < old
    return new != old or facts.kind != before.kind or facts.profile != before.profile


def _require_time(rules: Profile, facts: PlanFacts, at: datetime, before: Reception | None) -> None:
    near = too_near_sentence(rules, localdate(facts.starts_at), at)
    if not near:
        return
    if facts.kind == Kind.ADHOC:
        if not facts.adhoc_reason.strip():
            raise Invalid(ADHOC_REASON.format(limit=notice_limit(rules)), code="adhoc_reason")
        return
    if before is not None and before.state in (Phase.PUBLISHED, Phase.READY):
        near = f"Dời lên sớm hơn phải còn đủ {notice_limit(rules)}. {near}"
    raise Invalid(near, code="day")


def _require_people(facts: PlanFacts) -> None:
    day = localdate(facts.starts_at)
    parts = (
        ("chair", facts.chair, chairs_of, "chủ trì"),
        ("secretary", facts.secretary, secretaries_of, "làm thư ký"),
        ("technician", facts.technician, technicians_of, "phụ trách kỹ thuật"),
    )
    for code, person, eligible, part in parts:
        if not eligible(facts.agency, day).filter(pk=person.pk).exists():
            raise Invalid(
                f"{person.full_name} không giữ vị trí được {part} tại {facts.agency} vào {day_text(day)}. "
                "Chọn người khác, hoặc đề nghị quản trị bổ sung vị trí.",
                code=code,
            )


def _columns(facts: PlanFacts) -> dict[str, Any]:
    return {field.name: getattr(facts, field.name) for field in fields(facts)}


def _said(value: Any) -> str:
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, Person):
        return value.full_name
    return KIND_LABELS.get(value, str(value)) or "không có"
