"""Roles, kinds of agency and validity: pure facts."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

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
