"""A row of the log as people read it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tiepdan.audit.labels import label
from tiepdan.audit.models import Entry
from tiepdan.audit.words import Words

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
    "changed": "đã sửa",
    "count": "số lượng",
    "from_day": "từ ngày",
    "into": "vào cơ quan",
    "key": "mã việc",
    "kind": "loại",
    "old": "tên cũ",
    "posts": "số vị trí chuyển theo",
    "role": "vai trò",
    "rows": "số dòng",
    "to_day": "đến ngày",
    "until": "đến lúc",
    "wrong": "số dòng sai",
    "year": "năm",
    "competence": "thẩm quyền",
    "day": "ngày",
    "due": "hạn",
    "ground": "căn cứ",
    "grounds": "căn cứ đã chọn",
    "handling": "hướng xử lý",
    "number": "số",
    "answered": "có trả lời",
    "on_behalf_of": "theo ủy quyền của",
    "outcome": "nội dung trả lời",
    "paper": "số văn bản",
    "profile": "bộ quy tắc",
    "reception": "buổi tiếp",
    "before": "trước đó",
    "days": "các ngày",
    "source": "căn cứ",
    "value": "giá trị",
    "valid_from": "có hiệu lực từ",
    "by_hand": "số lấy ở sổ văn thư",
    "dated": "ngày văn bản",
    "done": "đã làm",
    "edits": "số chỗ sửa",
    "part": "phần",
    "parts": "thiết bị",
    "papers": "số văn bản",
    "problems": "số lỗi",
    "sha256": "mã băm",
    "signed": "có bản ký số",
    "signer": "người ký",
    "signers": "người ký",
    "suffix": "ký hiệu",
    "title": "chức vụ",
    "trusted": "chuỗi tin cậy",
    "version": "phiên bản",
    "chosen": "số người được chọn",
    "most": "tối đa",
    "office": "cơ quan",
    "officer": "cán bộ",
    "origin": "tách từ",
    "pages": "số trang",
    "people": "số người",
    "person": "người",
    "replaced": "thay thế số",
    "to": "đến cơ quan",
    "item": "mục kịch bản",
    "items": "số mục",
    "minutes": "số phút",
    "place": "vị trí",
    "template": "mẫu",
    "expected": "dự kiến tiếp",
    "starts_at": "bắt đầu",
    "copied": "sao từ",
    "tests_void": "phải kiểm thử lại",
    "is_central": "là trung tâm",
    "point": "điểm cầu",
    "spare": "điểm cầu dự phòng",
    "seats": "số người",
    "case": "vụ việc",
    "order": "thứ tự",
    "milestone": "mốc",
    "late": "quá hạn",
    "proof": "minh chứng",
    "note": "ý kiến",
    "channel": "cách gửi",
    "of": "gửi về",
    "message_id": "mã thư",
    "has_photo": "có ảnh",
    "receivers": "số nơi nhận",
    "notices": "số thông báo thay đổi",
    "invitation": "giấy mời",
    "bytes": "số byte",
    "capacity": "số điểm cầu cùng lúc",
    "command": "lệnh",
    "confirmed_at": "xác nhận lúc",
    "connection": "mã kết nối",
    "files": "số tệp",
    "head": "mã băm cuối sổ",
    "lines": "số dòng sổ",
    "since": "từ lúc",
    "takes": "số bản ghi",
    "text": "nội dung",
    "why": "nguyên nhân",
    "camera": "camera",
    "microphone": "micro",
    "speaker": "loa",
    "detail": "chi tiết",
    "confirmed": "vai trò đã xác nhận",
    "proved_by": "xác nhận bằng",
    "asked_by": "người đề nghị",
    "roles": "vai trò",
    "task": "việc",
}
# Where one event means another thing by the same name.
OWN_LABELS = {
    "point.sign_in_refused:code": "lý do",
    "recording.gap:source": "nguồn",
    "recording.drop:source": "nguồn",
    "recording.width:source": "nguồn",
    "recording.rejoin:source": "nguồn",
    "recording.error:source": "nguồn",
}
# A code that stays unsaid where another fact says the same in words.
SAID_BY = {"hall": "point", "key": "task", "code": "sentence"}
# Facts that tell something by having no value: nobody in charge any more, no wish, no spare hall.
TELLING_NONE = frozenset({"officer", "before", "point", "spare", "broken", "changed"})


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


def line(entry: Entry, without: Collection[str] = ()) -> Line:
    """`without` names facts that the reader may not know."""
    return lines([entry], {entry.pk: without})[0]


def lines(entries: Iterable[Entry], without: Mapping[int, Collection[str]] | None = None) -> list[Line]:
    """Rows of a page together, so that what their codes are called is asked once."""
    rows, hidden = list(entries), without or {}
    words = Words(rows)
    return [_line(entry, hidden.get(entry.pk, ()), words) for entry in rows]


def _line(entry: Entry, without: Collection[str], words: Words) -> Line:
    told = {name: value for name, value in sorted(entry.facts.items()) if name not in without}
    shown = [(name, value) for name, value in told.items() if _is_told(name, value, told)]
    return Line(
        seq=entry.seq,
        at=entry.at,
        agency=str(entry.agency) if entry.agency else "Hệ thống",
        event=entry.event,
        label=label(entry.event),
        by=entry.by_label or "Hệ thống",
        about=entry.about_label,
        about_key=f"{entry.about_kind}:{entry.about_id}" if entry.about_kind else "",
        facts=[(_name(entry.event, name), _said(entry.event, name, value, words)) for name, value in shown],
        hash=entry.hash,
    )


def _is_told(name: str, value: Any, told: Mapping[str, Any]) -> bool:
    if value is None or value in ("", []):
        return value != "" and name in TELLING_NONE
    return not told.get(SAID_BY.get(name, ""))


def _name(event: str, name: str) -> str:
    return OWN_LABELS.get(f"{event}:{name}") or FACT_LABELS.get(name, name)


def _said(event: str, name: str, value: Any, words: Words) -> str:
    if value is None or value == []:
        return "không có"
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, list):
        return ", ".join(_said(event, name, item, words) for item in value)
    if isinstance(value, dict):
        return "; ".join(f"{_name(event, key)}: {_said(event, key, item, words)}" for key, item in value.items())
    return words.of(event, name, str(value))
