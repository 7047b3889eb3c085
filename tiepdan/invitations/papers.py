"""Facts of the letters to those who are invited: giấy mời for each hall, thông báo for each citizen.

The notice to a citizen is the only paper about a reception that names them, and it names nobody else's matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from tiepdan.accounts.queries import desk_title, heir
from tiepdan.documents.models import Document
from tiepdan.documents.queries import documents_about
from tiepdan.documents.rules import State as Paper
from tiepdan.documents.rules import date_text
from tiepdan.invitations.letters import BRING, GUIDE, HOW_PASSWORD, matter_of, recorded
from tiepdan.invitations.models import Invitation
from tiepdan.invitations.receivers import paper_kind, part_of
from tiepdan.invitations.rules import Invited
from tiepdan.kernel.refusals import Refused
from tiepdan.receptions.models import Reception, ReceptionPoint
from tiepdan.receptions.papers import hall_kind, hall_name, header, long_moment, short_name, test_times
from tiepdan.receptions.plan import Plan, plan_of
from tiepdan.receptions.queries import working_credential

_WITH = ("agency", "petitioner", "hall__point")
GONE = "Người nhận này không còn trong buổi tiếp nên không tạo văn bản."
# Facts by which a paper is recognised as one of an older plan.
COMPARED = {
    "thoi_gian": "thời gian",
    "dia_diem": "nơi tiếp",
    "diem_cau_ten": "điểm cầu",
    "diem_cau_dia_chi": "địa chỉ điểm cầu",
    "chu_tri": "người chủ trì",
}


def invitation(reception: Reception, part: str, now: datetime) -> dict[str, Any]:
    """Giấy mời of a hall (`p12`), or of an agency without one (`i7`): it sits at the central hall."""
    plan = plan_of(reception)
    if part.startswith("i"):
        row = _row(reception, part, Invited.AGENCY)
        hall, receiver = plan.central, row.receiver
    else:
        hall = next((one for one in plan.halls if one.key == part), None)
        receiver = _invited(hall) if hall else ""
    if hall is None:
        raise Refused(GONE, code="no_hall")
    slip = working_credential(hall)
    return {
        **header(plan),
        "kinh_moi": receiver,
        **_place(hall),
        "loai_diem_cau": hall_kind(hall),
        "danh_sach_diem_cau": [f"{one.point.name} ({hall_kind(one)}): {one.point.address}" for one in plan.halls],
        "lich_kiem_thu": test_times(reception),
        "ten_dang_nhap": slip.username if slip else hall.point.slug,
        "cach_nhan_mat_khau": HOW_PASSWORD,
        "huong_dan": GUIDE,
    }


def citizen_notice(reception: Reception, part: str, now: datetime) -> dict[str, Any]:
    row = _row(reception, part, Invited.CITIZEN)
    plan = plan_of(reception)
    hall = row.hall or plan.central
    if hall is None or row.petitioner is None:
        raise Refused(GONE, code="no_hall")
    return {
        **_own(header(plan), row, plan),
        "cong_dan": row.receiver,
        "dia_chi": row.petitioner.address,
        "noi_dung": matter_of(row, plan),
        **_place(hall),
        "ghi_am": recorded(reception),
        "giay_to_mang_theo": BRING,
        "gui_them": [f"{short_name(hall.office)} (để phối hợp)"] if _is_of_others(hall) else [],
    }


def _invited(hall: ReceptionPoint) -> str:
    """An office does not invite itself: in its own hall those are invited who sit there."""
    if _is_of_others(hall):
        return hall.office.name
    name = hall_name(hall)
    return f"các thành phần tham dự tại {name[:1].lower()}{name[1:]}"


def _is_of_others(hall: ReceptionPoint) -> bool:
    return hall.office != heir(hall.reception.agency, localdate(hall.reception.starts_at))


def _own(whole: dict[str, Any], row: Invitation, plan: Plan) -> dict[str, Any]:
    code = next((one.case.code for one in plan.matters if row.petitioner and one.case_id == row.petitioner.case_id), "")
    return {**whole, "vu_viec": [one for one in whole["vu_viec"] if one["so"] == code]}


def _place(hall: ReceptionPoint) -> dict[str, str]:
    return {"diem_cau_ten": hall_name(hall), "diem_cau_dia_chi": hall.point.address}


def _row(reception: Reception, part: str, kind: str) -> Invitation:
    number = part[1:]
    rows = reception.invitations.select_related("petitioner", "hall__point").filter(kind=kind)
    row = rows.filter(pk=number).first() if number.isdigit() else None
    if row is None:
        raise Refused(GONE, code="no_receiver")
    return row


def handover(reception: Reception, part: str, now: datetime) -> dict[str, Any]:
    """Biên bản giao nhận of the letter that has the same `part`, before it is carried there."""
    row = next((one for one in reception.invitations.select_related(*_WITH) if part_of(one) == part), None)
    if row is None:
        raise Refused(GONE, code="no_receiver")
    kind = paper_kind(row)
    letters = documents_about(reception).filter(kind=kind, part=part, state=Paper.ISSUED)
    letter = letters.order_by("-pk").first()
    if letter is None:
        raise Refused("Chưa lập được biên bản giao: giấy mời chưa ký, chưa cấp số.", code="not_issued")
    carrier = letter.issued_by or letter.created_by
    title = desk_title(carrier, reception.agency, localdate(now)) if carrier else ""
    return {
        "so_buoi": reception.code,
        "thoi_gian": long_moment(reception.starts_at),
        "dien_thoai": reception.help_phone,
        "ten_van_ban": "thông báo" if row.kind == Invited.CITIZEN else "giấy mời",
        "so_van_ban": letter.code,
        "ngay_van_ban_giao": date_text(letter.dated, localdate(now)),
        "ben_giao": carrier.full_name if carrier else "",
        "chuc_vu_ben_giao": title,
        "ben_nhan": row.receiver,
        "dia_chi": row.petitioner.address if row.petitioner else "",
        "noi_nhan_giay": hall_name(row.hall) if row.hall else row.agency.name if row.agency else "Công dân",
    }


FACTS = {"invitation": invitation, "citizen_notice": citizen_notice, "handover": handover}


def outdated(paper: Document, facts: Mapping[str, Any], hall: ReceptionPoint | None) -> list[str]:
    """What the paper says otherwise than the plan (`facts`: its `papers.header`): it was made before a change."""
    now = {**facts, **(_place(hall) if hall else {})}
    return [words for name, words in COMPARED.items() if name in now and paper.facts.get(name) != now[name]]
