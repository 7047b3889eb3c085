"""Roles, kinds of agency and validity: pure facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from tiepdan.kernel.flow import Flow

FAILURES_ALLOWED = 5
LOCK = timedelta(minutes=15)


class Role(StrEnum):
    CLERK = "clerk"
    APPROVER = "approver"
    CHAIR = "chair"
    SECRETARY = "secretary"
    TECHNICIAN = "technician"
    OFFICER = "officer"
    INSPECTOR = "inspector"
    ARCHIVIST = "archivist"
    ADMIN = "admin"
    OBSERVER = "observer"

    @property
    def label(self) -> str:
        return ROLE_LABELS[self]


ROLE_LABELS: dict[Role, str] = {
    Role.CLERK: "Cán bộ tiếp dân",
    Role.APPROVER: "Lãnh đạo UBND",
    Role.CHAIR: "Người chủ trì",
    Role.SECRETARY: "Thư ký",
    Role.TECHNICIAN: "Cán bộ kỹ thuật trung tâm",
    Role.OFFICER: "Cơ quan liên quan",
    Role.INSPECTOR: "Thanh tra",
    Role.ARCHIVIST: "Lưu trữ",
    Role.ADMIN: "Quản trị",
    Role.OBSERVER: "Quan sát, báo chí",
}
ROLE_CHOICES = [(role.value, label) for role, label in ROLE_LABELS.items()]


class Kind(StrEnum):
    PROVINCE = "province"
    DEPARTMENT = "department"
    COMMUNE = "commune"
    OTHER = "other"


KIND_LABELS: dict[Kind, str] = {
    Kind.PROVINCE: "UBND cấp tỉnh",
    Kind.DEPARTMENT: "Sở, ban, ngành",
    Kind.COMMUNE: "UBND cấp xã",
    Kind.OTHER: "Cơ quan khác",
}
KIND_CHOICES = [(kind.value, label) for kind, label in KIND_LABELS.items()]


def valid_on(day: date, first: date, last: date | None) -> bool:
    """Both ends count: a post that ends on 30/6 still holds on 30/6."""
    return first <= day and (last is None or day <= last)


# --- who may hold what together ------------------------------------------------------------------------------------

FEWEST_ADMINS = 2
# The one who keeps the accounts does not also supervise, nor keep the records of what was done.
APART: tuple[tuple[Role, Role], ...] = ((Role.ADMIN, Role.ARCHIVIST), (Role.ADMIN, Role.INSPECTOR))


@dataclass(frozen=True)
class Span:
    """A role from–to; both days count."""

    role: Role
    first: date
    last: date | None = None

    def overlaps(self, other: Span) -> bool:
        return (self.last is None or other.first <= self.last) and (other.last is None or self.first <= other.last)


def stands_apart(wanted: Span, held: Iterable[Span]) -> bool:
    """Whether nothing held at the same time may not go together with the wanted role."""
    return not any({wanted.role, span.role} == set(pair) and wanted.overlaps(span) for span in held for pair in APART)


def is_twice(wanted: Span, held: Iterable[Span]) -> bool:
    """The same role (in the same agency: the caller's choice of `held`) at the same time."""
    return any(span.role == wanted.role and wanted.overlaps(span) for span in held)


def enough_admins(before: int, after: int) -> bool:
    """Two have to remain. With fewer from the start, what takes none away is allowed."""
    return after >= FEWEST_ADMINS or after >= before


def is_reviewed(reviewed_on: date | None, today: date) -> bool:
    """Rights are looked through once in every calendar year."""
    return reviewed_on is not None and reviewed_on.year >= today.year


# --- a second factor that was lost ---------------------------------------------------------------------------------


class Reset(StrEnum):
    ASKED = "asked"
    DONE = "done"
    DROPPED = "dropped"


RESET = Flow(
    "Đặt lại xác thực hai lớp",
    {(Reset.ASKED, "confirm"): Reset.DONE, (Reset.ASKED, "drop"): Reset.DROPPED},
    {Reset.ASKED: "Chờ quản trị viên thứ hai", Reset.DONE: "Đã đặt lại", Reset.DROPPED: "Đã bỏ đề nghị"},
)


# --- names for signing in, and first passwords ---------------------------------------------------------------------

PASSWORD_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is misread on paper


def username_from(full_name: str) -> str:
    """«Nguyễn Thị Minh» → «nguyen-thi-minh»: `full_name` is folded already."""
    return "-".join("".join(letter for letter in word if letter.isalnum()) for word in full_name.split())[:60].strip(
        "-"
    )


# --- what waits for a person ---------------------------------------------------------------------------------------


class Urgency(StrEnum):
    LATE = "late"
    TODAY = "today"
    WEEK = "week"
    CHANGED = "changed"
    LATER = "later"
    OPEN = "open"


URGENCY_LABELS: dict[Urgency, str] = {
    Urgency.LATE: "Quá hạn",
    Urgency.TODAY: "Hạn hôm nay",
    Urgency.WEEK: "Trong 7 ngày",
    Urgency.CHANGED: "Vừa thay đổi",
    Urgency.LATER: "Sau 7 ngày",
    Urgency.OPEN: "Chưa có hạn",
}
SOON = timedelta(days=7)
FRESH = timedelta(hours=24)


def urgency(
    due_day: date | None, due_at: datetime | None, changed_at: datetime | None, now: datetime, today: date
) -> Urgency:
    """Where a row stands. A due moment is over when it has passed, a due day when the day is over."""
    if due_day is not None:
        if due_day < today or (due_at is not None and due_at < now):
            return Urgency.LATE
        if due_day == today:
            return Urgency.TODAY
        if due_day <= today + SOON:
            return Urgency.WEEK
    if changed_at is not None and now - FRESH <= changed_at <= now:
        return Urgency.CHANGED
    return Urgency.OPEN if due_day is None else Urgency.LATER


def countdown(starts_at: datetime, now: datetime) -> str:
    """«còn 2 ngày 3 giờ», «còn 45 phút», «đã đến giờ»"""
    minutes = int((starts_at - now).total_seconds() // 60)
    if minutes < 1:
        return "đã đến giờ"
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"còn {days} ngày {hours} giờ" if hours else f"còn {days} ngày"
    if hours:
        return f"còn {hours} giờ {rest} phút" if rest else f"còn {hours} giờ"
    return f"còn {rest} phút"
