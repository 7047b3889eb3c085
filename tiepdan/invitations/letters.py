"""Words of what is sent to those who are invited: the letter, the change notice, the short message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tiepdan.invitations.models import Invitation
from tiepdan.invitations.rules import Invited
from tiepdan.kernel.dates import clock_text, day_text, moment_text
from tiepdan.law.milestones import last_moment
from tiepdan.law.profiles import profile
from tiepdan.notify.rules import Channel
from tiepdan.receptions.models import Reception
from tiepdan.receptions.papers import milestones_of, test_times
from tiepdan.receptions.plan import Plan, plan_of
from tiepdan.receptions.publication import chair_title, place_of
from tiepdan.receptions.queries import working_credential
from tiepdan.receptions.rules import Phase

HOW_PASSWORD = "nhận theo phiếu riêng do điểm cầu trung tâm giao trực tiếp"
GUIDE = "Người vận hành chuẩn bị theo hướng dẫn điểm cầu gửi kèm."
BRING = "Căn cước hoặc giấy tờ tùy thân; văn bản ủy quyền, văn bản cử người đại diện (nếu có); tài liệu liên quan"


@dataclass(frozen=True)
class Letter:
    subject: str
    body: str


def first(reception: Reception, row: Invitation, plan: Plan | None = None, paper: str = "") -> Letter:
    """The invitation, or the notice to a citizen. `paper`: number of the official letter that goes with it."""
    plan = plan or plan_of(reception)
    if row.kind == Invited.CITIZEN:
        return _to_citizen(reception, row, plan, paper)
    return _to_office(reception, row, plan, paper)


def _to_office(reception: Reception, row: Invitation, plan: Plan, paper: str) -> Letter:
    subject = f"Giấy mời dự buổi tiếp công dân trực tuyến {reception.code}"
    if row.channel == Channel.SMS:
        return Letter(subject, f"{_when(reception)}{f', tại {row.hall.point.name}' if row.hall else ''}.")
    slip = working_credential(row.hall) if row.hall else None
    lines = [
        f"Kính gửi: {row.receiver}",
        "",
        f"{reception.agency.name} trân trọng kính mời quý cơ quan dự buổi tiếp công dân trực tuyến {reception.code}.",
        "",
        *_facts(reception, plan),
        f"Điểm cầu của quý cơ quan: {row.hall.point.name}{_at(row.hall.point.address)}" if row.hall else None,
        f"Tên đăng nhập của điểm cầu: {slip.username if slip else row.hall.point.slug}; mật khẩu {HOW_PASSWORD}."
        if row.hall
        else None,
        "Quý cơ quan được giao tham mưu vụ việc nên bắt buộc có mặt tại điểm cầu trung tâm "
        "(khoản 1 Điều 22 NĐ 154/2026)."
        if row.is_advising
        else None,
        "",
        "Các điểm cầu tham gia:",
        *(f"- {hall.point.name}{_at(hall.point.address)}" for hall in plan.halls),
        "",
        "Lịch kiểm thử:",
        *(f"- {line}" for line in test_times(reception)),
        "",
        GUIDE if row.hall else None,
        f"Giấy mời số {paper} gửi kèm." if paper else None,
        _phone(reception),
    ]
    return Letter(subject, _joined(lines))


def _to_citizen(reception: Reception, row: Invitation, plan: Plan, paper: str) -> Letter:
    subject = f"Thông báo tiếp công dân trực tuyến {reception.code}"
    hall = row.hall or plan.central
    if row.channel == Channel.SMS:
        return Letter(subject, f"{_when(reception)}{f', tại {hall.point.name}' if hall else ''}. {recorded(reception)}")
    matter = matter_of(row, plan)
    lines = [
        f"Kính gửi: Ông/Bà {row.receiver}",
        "",
        f"{reception.agency.name} thông báo tiếp Ông/Bà tại buổi tiếp công dân trực tuyến {reception.code}.",
        "",
        f"Nội dung: {matter}" if matter else None,
        f"Thời gian: {_when(reception)}",
        f"Người chủ trì: {chair_title(reception)}",
        f"Địa điểm: {hall.point.name}{_at(hall.point.address)}" if hall else None,
        f"Giấy tờ mang theo: {BRING}.",
        "",
        recorded(reception),
        f"Ông/Bà có quyền đăng ký tham gia tại {reception.terms['central']} hoặc {reception.terms['component']} "
        "(khoản 3 Điều 22 NĐ 154/2026).",
        f"Thông báo số {paper} gửi kèm." if paper else None,
        _phone(reception),
    ]
    return Letter(subject, _joined(lines))


def change(reception: Reception, row: Invitation, changes: Sequence[Mapping[str, Any]], *, is_out: bool) -> Letter:
    """What is different for this receiver, and how it is now."""
    what = {Phase.POSTPONED: "Hoãn", Phase.CANCELLED: "Hủy"}.get(Phase(reception.state), "Thay đổi")
    subject = f"{what} buổi tiếp công dân trực tuyến {reception.code}"
    if is_out:
        subject = f"Thôi mời dự buổi tiếp công dân trực tuyến {reception.code}"
    rows = [f"- {one['what']}: {_arrow(one['before'], one['after'])}" for one in changes]
    if row.channel == Channel.SMS:
        return Letter(subject, "; ".join(line.removeprefix("- ") for line in rows) or _when(reception))
    lines: list[str | None] = [f"Kính gửi: {'Ông/Bà ' if row.kind == Invited.CITIZEN else ''}{row.receiver}", ""]
    if is_out:
        lines.append(f"{reception.agency.name} trân trọng thông báo: theo lịch mới, không cần dự buổi tiếp này nữa.")
    else:
        lines.append(f"{reception.agency.name} thông báo những nội dung đã thay đổi so với lần gửi trước:")
    lines += ["", *rows, ""]
    if not is_out and reception.state == Phase.POSTPONED:
        expected = day_text(reception.postponed_to) if reception.postponed_to else ""
        lines.append(f"Thời gian dự kiến tiếp: {expected}. Lịch mới sẽ được thông báo sau.")
    elif not is_out and reception.state != Phase.CANCELLED:
        lines += ["Lịch hiện nay:", *_facts(reception, plan_of(reception)), "", "Đề nghị xác nhận lại."]
    lines.append(_phone(reception))
    return Letter(subject, _joined(lines))


def recorded(reception: Reception) -> str:
    """A duty of law, told and not asked: «được ghi âm, ghi hình theo Điều 24 NĐ 154/2026»."""
    return profile(reception.profile).recording.notice


def matter_of(row: Invitation, plan: Plan) -> str:
    """The public words of the citizen's own matter."""
    case = row.petitioner.case_id if row.petitioner else None
    return next((matter.public_title for matter in plan.matters if matter.case_id == case), "")


def deadline_of(reception: Reception) -> datetime | None:
    """The last second in which everybody must have been told (khoản 1 Điều 23 NĐ 154/2026)."""
    notice = next((row for row in milestones_of(reception) if row.code == "notice"), None)
    return last_moment(notice) - timedelta(seconds=1) if notice else None


def _facts(reception: Reception, plan: Plan) -> list[str | None]:
    return [
        f"Nội dung: {reception.title}",
        f"Thời gian: {_when(reception)}",
        f"Người chủ trì: {chair_title(reception)}",
        f"Điểm cầu trung tâm: {place_of(plan)}" if place_of(plan) else None,
    ]


def _when(reception: Reception) -> str:
    return f"{moment_text(reception.starts_at)}, dự kiến đến {clock_text(reception.ends_at)}"


def _at(address: str) -> str:
    return f", {address}" if address else ""


def _arrow(before: str, after: str) -> str:
    return f"{before or 'không có'} → {after or 'không còn'}"


def _phone(reception: Reception) -> str | None:
    return f"Điện thoại hỗ trợ: {reception.help_phone}" if reception.help_phone else None


def _joined(lines: Sequence[str | None]) -> str:
    """None is left out; of several empty lines one stays."""
    text: list[str] = []
    for line in lines:
        if line or (line is not None and text and text[-1]):
            text.append(line)
    return "\n".join(text).strip() + "\n"
