"""What tờ trình, the notice 01/TCD and the record of a breach are filled with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.timezone import localdate, localtime

from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.queries import authority, desk_title, heir
from tiepdan.accounts.rules import Kind as AgencyKind
from tiepdan.cases import access
from tiepdan.cases.models import Case, Refusal, Submission
from tiepdan.cases.models_desk import Violation
from tiepdan.cases.papers import ROLE_OF_LAST_RESORT, identity
from tiepdan.cases.queries import main_petitioner
from tiepdan.cases.rules import KIND_LABELS
from tiepdan.documents import access as doors
from tiepdan.documents import sources
from tiepdan.documents.letterheads import submitted_by
from tiepdan.kernel.text import fold
from tiepdan.law.profiles import DEFAULT, profile
from tiepdan.policy.queries import profile_for

ABOUT = "cases.case"


def register() -> None:
    sources.register("submission", ABOUT, load, submission_facts)
    sources.register("refusal", ABOUT, load, refusal_facts)
    sources.register("violation", ABOUT, load, violation_facts)
    doors.register(ABOUT, may_read, may_write, address)


def may_read(person: Person, about_id: str, now: datetime) -> bool:
    """The papers name the citizen: who may not see a protected denouncer does not see them either."""
    case, on = load(about_id), localdate(now)
    return access.may_read(person, case, on) and access.may_see_people(person, case, on)


def may_write(person: Person, about_id: str, now: datetime) -> bool:
    """Those who prepare the case, and the head who numbers and signs."""
    case, on = load(about_id), localdate(now)
    return access.may_edit(person, case, on) or authority(person, case.agency, on) is not None


def address(about_id: str) -> str:
    return reverse("cases:detail", args=[load(about_id).code])


def load(about_id: str) -> Case:
    return Case.objects.select_related("agency").get(pk=about_id)


def submission_facts(case: Case, part: str, now: datetime) -> Mapping[str, Any]:
    """`part`: «s12», the submission."""
    submission = _part(Submission.objects.filter(case=case), part, "s")
    return {
        "kinh_gui": _head_of(heir(case.agency, localdate(now))),
        "so_vu_viec": case.code,
        "loai_vu_viec": KIND_LABELS[case.kind],
        "cong_dan": _named(case),
        "so_nguoi": str(case.people_count),
        "tom_tat": case.content.strip() or case.summary,
        "qua_trinh": [
            {
                "co_quan": row.agency_name,
                "van_ban": row.paper,
                "ngay": _day(row.day),
                "ket_qua": row.result,
            }
            for row in case.history.all()
        ],
        "can_cu": [
            {"noi_dung": ground["text"], "dieu_khoan": ground["article"], "ly_do": ground["reason"]}
            for ground in submission.grounds
        ],
        "y_kien": submission.note,
        "bo_quy_tac": profile(submission.profile).cited,
        **submitted_by(submission.submitted_by, case.agency, localdate(submission.submitted_at)),
    }


def refusal_facts(case: Case, part: str, now: datetime) -> Mapping[str, Any]:
    """`part`: «r12», the refusal."""
    refusal = _part(Refusal.objects.filter(case=case), part, "r")
    person = main_petitioner(case)
    return {
        **(identity(person) if person else {}),
        "ngay_den": f"{case.received_on:%d tháng %m năm %Y}",
        "loai_vu_viec": KIND_LABELS[case.kind].lower(),
        "tom_tat": _matter(case),
        "ly_do": refusal.reason,
        "can_cu_phap_ly": refusal.basis,
    }


def violation_facts(case: Case, part: str, now: datetime) -> Mapping[str, Any]:
    """`part`: «v12», the refusal that the record belongs to."""
    refusal = _part(Refusal.objects.filter(case=case), part, "v")
    row = Violation.objects.select_related("offender", "made_by").get(refusal=refusal)
    ground = profile_for(case.agency, DEFAULT, localdate(refusal.made_at)).refusal(refusal.code)
    return {
        **identity(row.offender),
        **_clock("bat_dau", row.began_at),
        **_clock("ket_thuc", row.ended_at),
        "tai": row.place,
        "nguoi_lap": row.made_by.full_name,
        "chuc_vu_nguoi_lap": desk_title(row.made_by, case.agency, localdate(row.made_at)) or ROLE_OF_LAST_RESORT,
        "chung_kien": [line.strip() for line in row.witnesses.splitlines() if line.strip()],
        "dien_bien": row.story,
        "noi_dung_vi_pham": ground.text if ground else refusal.code,
        "dieu_khoan": ground.article if ground else "",
        "yeu_cau": row.asked,
        "y_kien": row.answer,
        "de_nghi": row.measures,
    }


def _clock(name: str, moment: datetime) -> dict[str, str]:
    at = localtime(moment)
    return {f"gio_{name}": f"{at:%H} giờ {at:%M}", f"ngay_{name}": f"ngày {at:%d} tháng {at:%m} năm {at:%Y}"}


def _part(rows: Any, part: str, letter: str) -> Any:
    row = rows.filter(pk=int(part.removeprefix(letter))).first()
    if row is None:
        raise Http404
    return row


def _named(case: Case) -> str:
    person = main_petitioner(case)
    name = person.full_name if person else ""
    return f"{name} và {case.people_count - 1} người khác" if name and case.people_count > 1 else name


def _head_of(agency: Agency) -> str:
    if agency.kind in (AgencyKind.PROVINCE, AgencyKind.COMMUNE):
        return f"Chủ tịch {agency.name}"
    return f"Thủ trưởng {agency.name}"


def _matter(case: Case) -> str:
    """«việc bồi thường khi thu hồi đất» of «Khiếu nại về việc bồi thường …»: the form says the kind itself."""
    words = case.summary.split()
    for lead in (KIND_LABELS[case.kind], "về", "việc"):
        size = len(lead.split())
        if fold(" ".join(words[:size])) == fold(lead) and len(words) > size:
            words = words[size:]
    text = " ".join(words)
    return f"việc {text[:1].lower()}{text[1:]}"


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
