"""Facts of the papers about a reception, and the set of papers that it needs.

Names of facts are those that officials see in the Word templates. Citizens stand in none of these papers by name:
plan and letters go to every hall, and the posting hangs on a wall.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate, localtime

from tiepdan.accounts.models import Agency
from tiepdan.documents.letterheads import submitted_by
from tiepdan.kernel.dates import day_text, moment_text
from tiepdan.kernel.refusals import Refused
from tiepdan.law.milestones import Milestone, milestones
from tiepdan.policy.queries import calendar
from tiepdan.receptions import agenda
from tiepdan.receptions.access import submitter
from tiepdan.receptions.audience import audience
from tiepdan.receptions.models import Reception, ReceptionPoint, Seat
from tiepdan.receptions.plan import Plan, plan_of
from tiepdan.receptions.publication import chair_title, newest, place_of, snapshot
from tiepdan.receptions.queries import rules_of, working_credential
from tiepdan.receptions.rules import (
    CREDENTIAL_LEAD,
    CREDENTIAL_TAIL,
    KIND_LABELS,
    SEAT_LABELS,
    STAGE_LABELS,
)

ABOUT = Reception._meta.label_lower
TESTS: Mapping[str, str] = {
    "trial": "Kết nối thử",
    "connected": "Kết nối chính thức",
    "first_test": "Kiểm thử lần một",
    "second_test": "Kiểm thử lần hai",
}
STEPS = (
    "Mở máy tính của điểm cầu, đăng nhập bằng tên và mật khẩu ghi trên phiếu tài khoản.",
    "Cho phép trình duyệt dùng camera và micro; chỉnh camera để thấy cả bàn của công dân và đại biểu.",
    "Bật loa, nghe thử; đọc to câu trên màn hình để kiểm tra micro và tiếng vọng.",
    "Kiểm tra đường truyền, gọi thử với điểm cầu trung tâm, hai bên xác nhận thấy và nghe rõ.",
    "Trước giờ tiếp 01 giờ: kết nối xong, để camera luôn mở, micro tắt cho đến khi được mời phát biểu.",
    "Mất kết nối: giữ nguyên trang, hệ thống tự nối lại; quá 01 phút thì gọi số hỗ trợ.",
)


def load(about_id: str) -> Reception:
    return Reception.objects.select_related("agency", "chair", "secretary", "technician").get(pk=about_id)


def header(plan: Plan) -> dict[str, Any]:
    """What every paper about a reception says of it."""
    reception = plan.reception
    return {
        "so_buoi": reception.code,
        "tieu_de": reception.title,
        "loai_buoi": f"tiếp công dân {KIND_LABELS[reception.kind].lower()}",
        "thoi_gian": long_moment(reception.starts_at),
        "ngay_tiep": long_day(reception.starts_at),
        "dia_diem": place_of(plan),
        "chu_tri": reception.chair.full_name,
        "chuc_vu_chu_tri": chair_title(reception),
        "thu_ky": reception.secretary.full_name,
        "ky_thuat": reception.technician.full_name,
        "dien_thoai": reception.help_phone,
        "can_cu": rules_of(reception).cited,
        "vu_viec": [
            {
                "stt": str(number),
                "so": matter.case.code,
                "noi_dung": matter.public_title,
                "co_quan_tham_muu": matter.case.advising_agency.name if matter.case.advising_agency else "",
            }
            for number, matter in enumerate(plan.matters, start=1)
        ],
        "diem_cau": [_hall(number, hall) for number, hall in enumerate(plan.halls, start=1)],
        "moc": [{"viec": row.asks, "han": due_text(row), "can_cu": row.citation} for row in milestones_of(reception)],
    }


# Letters that number điểm (điểm đ khoản 6 Mục II Phần I Phụ lục I NĐ 30/2020).
LETTERS = "abcdđeghiklmnopqrstuvxy"
# What a place is called in the middle of a sentence.
_SMALL = ("Xã ", "Phường ", "Đặc khu ", "Thành phố ", "Tỉnh ")


def _hall(number: int, hall: ReceptionPoint) -> dict[str, Any]:
    return {
        "stt": str(number),
        "chu": LETTERS[number - 1] if number <= len(LETTERS) else str(number),
        "ten": hall_name(hall),
        "loai": hall_kind(hall),
        "dia_chi": hall.point.address,
        "nguoi_van_hanh": hall.operator or hall.point.contact_name,
        "dien_thoai": hall.phone or hall.point.phone,
        "thanh_phan": _seats(hall.seats.all()),
    }


def _seats(seats: Iterable[Seat]) -> list[dict[str, str]]:
    """Officials by name; citizens together, by number."""
    rows, citizens = [], 0
    for seat in seats:
        if seat.absence:
            continue
        if seat.is_of_citizens:
            citizens += 1
        else:
            rows.append({"ho_ten": seat.full_name, "chuc_vu": _post(seat), "vai_tro": SEAT_LABELS[seat.role]})
    if citizens:
        rows.append({"ho_ten": f"Công dân, người đại diện: {citizens:02d} người", "chuc_vu": "", "vai_tro": ""})
    return rows


def hall_name(hall: ReceptionPoint) -> str:
    """«Điểm cầu xã Thanh Lộc», «Điểm cầu Trụ sở Tiếp công dân tỉnh»"""
    name: str = hall.point.name
    if name.lower().startswith("điểm cầu"):
        return name
    return f"Điểm cầu {name[:1].lower() + name[1:] if name.startswith(_SMALL) else name}"


def _post(seat: Seat) -> str:
    """The post, with its agency when it is not the one that writes."""
    is_own = seat.agency is None or seat.agency_id == seat.hall.reception.agency_id
    return seat.title if is_own and seat.title else post_of(seat.title, seat.agency)


def post_of(title: str, office: Agency | None) -> str:
    """«Phó Giám đốc Sở» of the «Sở Y tế» is «Phó Giám đốc Sở Y tế»."""
    title, agency = title.strip(), short_name(office) if office else ""
    if not title or not agency or agency.lower() in title.lower():
        return title or agency
    words = agency.split()
    for length in range(len(words), 0, -1):
        if title.endswith(" ".join(words[:length])):
            return f"{title} {' '.join(words[length:])}".strip()
    return f"{title}, {agency}"


def short_name(agency: Agency) -> str:
    """«Ủy ban nhân dân xã Thanh Lộc» → «UBND xã Thanh Lộc»"""
    return agency.name.replace("Ủy ban nhân dân", "UBND", 1)


def others_of(plan: Plan) -> list[str]:
    """The agencies that take part, besides the one that writes."""
    own = plan.reception.agency_id
    agencies = [hall.office for hall in plan.halls]
    agencies += [matter.case.advising_agency for matter in plan.matters if matter.case.advising_agency]
    agencies += [seat.agency for seat in plan.seats if seat.agency and not seat.absence]
    return list(dict.fromkeys(short_name(one) for one in agencies if one.pk != own))


def leaders_report(reception: Reception, part: str, now: datetime) -> dict[str, Any]:
    """Signed by who put the plan forward; before that, by who made it."""
    by = submitter(reception) or reception.created_by
    signature = submitted_by(by, reception.agency, localdate(now)) if by else {}
    return {**header(plan_of(reception)), "kinh_gui": chair_title(reception), **signature}


def plan(reception: Reception, part: str, now: datetime) -> dict[str, Any]:
    whole = plan_of(reception)
    return {**header(whole), "gui_them": others_of(whole)}


def script(reception: Reception, part: str, now: datetime) -> dict[str, Any]:
    items = agenda.items_of(reception)
    rows = agenda.lines(reception, items)
    return {
        "so_buoi": reception.code,
        "tieu_de": reception.title,
        "thoi_gian": long_moment(reception.starts_at),
        "chu_tri": reception.chair.full_name,
        "muc": [
            {
                "stt": str(row.number),
                "gio": f"{localtime(row.starts_at):%H:%M}",
                "phut": f"{row.item.minutes:02d}",
                "giai_doan": STAGE_LABELS[row.item.stage],
                "noi_dung": row.item.title,
                "nguoi_noi": speaker_text(row.item.speaker),
                "diem_cau": row.item.hall.point.name if row.item.hall else "",
                "loi_dan": row.item.words,
            }
            for row in rows
        ],
        "tong_phut": str(agenda.total(reception, items).minutes),
    }


_NOT_POSTED = frozenset({"vu_viec", "diem_cau", "moc", "thu_ky", "ky_thuat"})


def posting(reception: Reception, part: str, now: datetime) -> dict[str, Any]:
    """From the words of the newest version; before the publication, from those that would become public."""
    last = newest(reception)
    public = last.public if last else snapshot(reception)[0]
    whole = header(plan_of(reception))
    shown = {
        key: value for key, value in whole.items() if key not in ("vu_viec", "diem_cau", "moc", "thu_ky", "ky_thuat")
    }
    starts_at = datetime.fromisoformat(public["starts_at"])
    return {
        **shown,
        "tieu_de": public["title"],
        "thoi_gian": long_moment(starts_at),
        "ngay_tiep": long_day(starts_at),
        "dia_diem": public["place"],
        "vu_viec_cong_khai": public["matters"],
        "diem_cau_cong_khai": [
            {
                "ten": hall["name"],
                "loai": hall["kind"].lower().removeprefix("điểm cầu "),
                "dia_chi": hall["address"],
            }
            for hall in public["halls"]
        ],
        "co_quan_tham_du": public["agencies"],
        "phien_ban": str(public["version"]) if public["version"] > 1 else "",
        "gui_them": ["Các điểm cầu nêu tại mục 4 (để niêm yết)"],
    }


def credential_slip(reception: Reception, part: str, now: datetime) -> dict[str, Any]:
    """Without the password: it is shown once, written by hand, and nowhere kept."""
    hall = _hall_of(reception, part)
    slip = working_credential(hall)
    return {
        **_short(reception),
        "diem_cau_ten": hall_name(hall),
        "ten_dang_nhap": slip.username if slip else hall.point.slug,
        "hieu_luc_tu": moment_text(slip.valid_from if slip else reception.starts_at - CREDENTIAL_LEAD),
        "hieu_luc_den": moment_text(slip.valid_to if slip else reception.ends_at + CREDENTIAL_TAIL),
    }


def point_guide(reception: Reception, part: str, now: datetime) -> dict[str, Any]:
    return {
        **_short(reception),
        "diem_cau_ten": hall_name(_hall_of(reception, part)),
        "lich_kiem_thu": test_times(reception),
        "cac_buoc": list(STEPS),
    }


FACTS: Mapping[str, Callable[[Reception, str, datetime], dict[str, Any]]] = {
    "leaders_report": leaders_report,
    "plan": plan,
    "script": script,
    "posting": posting,
    "credential_slip": credential_slip,
    "point_guide": point_guide,
}


def wanted(reception: Reception) -> list[tuple[str, str]]:
    """(kind, part) of every paper that the reception needs, in the order of the page."""
    halls = [hall.key for hall in reception.halls.all()]
    is_pilot = any(rule.code == "leaders_report" for rule in rules_of(reception).milestones)
    return [
        *([("leaders_report", "")] if is_pilot else []),
        ("plan", ""),
        ("script", ""),
        *audience().letters(reception),
        ("posting", ""),
        *(("credential_slip", key) for key in halls),
        *(("point_guide", key) for key in halls),
    ]


# Words


def long_day(at: datetime) -> str:
    """«17 tháng 12 năm 2026»"""
    local = localtime(at)
    return f"{local.day:02d} tháng {local.month:02d} năm {local.year}"


def long_moment(at: datetime) -> str:
    """«08 giờ 30 phút, thứ Năm ngày 17 tháng 12 năm 2026»"""
    weekday = day_text(at).rsplit(" ", 1)[0]
    return f"{localtime(at):%H giờ %M phút}, {weekday} ngày {long_day(at)}"


def due_text(row: Milestone) -> str:
    """«hết thứ Năm 10/12/2026», «07:30, thứ Năm 17/12/2026»"""
    return moment_text(row.due) if isinstance(row.due, datetime) else f"hết {day_text(row.due)}"


def milestones_of(reception: Reception) -> list[Milestone]:
    return milestones(rules_of(reception), reception.starts_at, calendar())


def test_times(reception: Reception) -> list[str]:
    """«Kết nối thử: chậm nhất hết thứ Tư 16/12/2026» and the others, for letters and guides."""
    return [f"{TESTS[row.code]}: chậm nhất {due_text(row)}" for row in milestones_of(reception) if row.code in TESTS]


def hall_kind(hall: ReceptionPoint) -> str:
    return hall.kind_word


def speaker_text(seat: Seat | None) -> str:
    """An official by name; a citizen as such."""
    if seat is None:
        return ""
    return SEAT_LABELS[seat.role] if seat.is_of_citizens else seat.full_name


def _short(reception: Reception) -> dict[str, Any]:
    return {
        "so_buoi": reception.code,
        "tieu_de": reception.title,
        "thoi_gian": long_moment(reception.starts_at),
        "dien_thoai": reception.help_phone,
    }


def _hall_of(reception: Reception, key: str) -> ReceptionPoint:
    """Raises Refused when the hall is not of this reception any more."""
    number = key.removeprefix("p")
    hall = reception.halls.select_related("point").filter(pk=number).first() if number.isdigit() else None
    if hall is None:
        raise Refused("Điểm cầu này không còn trong buổi tiếp nên không tạo văn bản cho điểm cầu.", code="no_hall")
    return hall
