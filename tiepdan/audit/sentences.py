"""A row of the log as people read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tiepdan.audit.labels import label
from tiepdan.audit.models import Entry

# Names of facts that are not Vietnamese words already.
FACT_LABELS = {
    "address": "địa chỉ máy",
    "agency": "cơ quan",
    "broken": "chuỗi đứt",
    "chains": "số chuỗi",
    "code": "mã",
    "hall": "điểm cầu",
    "left": "số lần còn lại",
    "name": "tên",
    "reason": "lý do",
    "recorder": "máy ghi",
    "sentence": "nội dung",
    "take": "bản ghi",
}


@dataclass(frozen=True)
class Line:
    seq: int
    at: datetime
    agency: str
    event: str
    label: str
    by: str
    about: str
    about_key: str
    facts: list[tuple[str, str]]
    hash: str


def line(entry: Entry) -> Line:
    return Line(
        seq=entry.seq,
        at=entry.at,
        agency=str(entry.agency) if entry.agency else "Hệ thống",
        event=entry.event,
        label=label(entry.event),
        by=entry.by_label or "Hệ thống",
        about=entry.about_label,
        about_key=f"{entry.about_kind}:{entry.about_id}" if entry.about_kind else "",
        facts=[(FACT_LABELS.get(name, name), said(value)) for name, value in sorted(entry.facts.items())],
        hash=entry.hash,
    )


def said(value: Any) -> str:
    if value is None or value == []:
        return "không có"
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, list):
        return ", ".join(said(item) for item in value)
    if isinstance(value, dict):
        return "; ".join(f"{FACT_LABELS.get(name, name)}: {said(item)}" for name, item in value.items())
    return str(value)
