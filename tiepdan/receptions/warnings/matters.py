"""Warnings about the matters of a plan and the citizens who come with them (Điều 20, Điều 22 NĐ 154/2026)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tiepdan.cases.rules import Kind as CaseKind
from tiepdan.cases.rules import State
from tiepdan.law.groups import is_crowd, must_send_representatives, representatives
from tiepdan.receptions.models import Matter, Seat
from tiepdan.receptions.personal import personal_words
from tiepdan.receptions.plan import Plan
from tiepdan.receptions.rules import SeatRole
from tiepdan.receptions.warnings.base import CARE, STOP, Warning

MATTERS = "receptions:matters"
HALLS = "receptions:halls"
CITIZENS = (SeatRole.CITIZEN, SeatRole.PROXY)
NO_MATTER = "Chưa có vụ việc trong buổi tiếp. Thêm vụ việc đã được đồng ý."


def some_matter(plan: Plan, now: datetime) -> Iterator[Warning]:
    if not plan.matters:
        yield Warning("no_matter", STOP, NO_MATTER, "Điều 20 NĐ 154/2026", MATTERS)


def nobody_protected(plan: Plan, now: datetime) -> Iterator[Warning]:
    for matter in plan.matters:
        if matter.case.is_protected:
            sentence = (
                f"Vụ việc {matter.case.code}: người tố cáo yêu cầu bảo vệ danh tính "
                "(khoản 4 Điều 20 NĐ 154/2026). Đưa vụ việc ra khỏi buổi tiếp và tiếp trực tiếp."
            )
            yield Warning(f"protected:{matter.case.pk}", STOP, sentence, "khoản 4 Điều 20 NĐ 154/2026", MATTERS)


def no_denunciation_in_the_pilot(plan: Plan, now: datetime) -> Iterator[Warning]:
    """The pilot names complaints, recommendations and feedback, and no denunciation (Điều 4 QĐ 764)."""
    if plan.reception.profile != "qd764-2025":
        return
    for matter in plan.matters:
        if matter.case.kind == CaseKind.DENUNCIATION:
            sentence = (
                f"Vụ việc {matter.case.code}: bộ quy tắc QĐ 764 không có căn cứ cho vụ việc tố cáo. "
                "Chọn bộ quy tắc NĐ 154/2026 cho buổi tiếp, hoặc đưa vụ việc ra."
            )
            citation = "khoản 1 Điều 4 Quy chế kèm theo QĐ 764/QĐ-UBND"
            yield Warning(f"pilot_kind:{matter.case.pk}", STOP, sentence, citation, MATTERS)


def still_approved(plan: Plan, now: datetime) -> Iterator[Warning]:
    for matter in plan.matters:
        if matter.case.state != State.PLANNED:
            sentence = (
                f"Vụ việc {matter.case.code} đang ở trạng thái «{matter.case.get_state_display()}», "
                "không còn được xếp buổi tiếp. Đưa vụ việc ra khỏi buổi tiếp."
            )
            yield Warning(f"case_state:{matter.case.pk}", STOP, sentence, "Điều 20 NĐ 154/2026", MATTERS)


def nothing_personal(plan: Plan, now: datetime) -> Iterator[Warning]:
    texts = [plan.reception.title, *(matter.public_title for matter in plan.matters)]
    words = personal_words(texts, [matter.case for matter in plan.matters])
    if words:
        listed = ", ".join(f"«{word}»" for word in words)
        sentence = f"Danh mục công khai còn dữ liệu cá nhân: {listed}. Hãy bỏ trước khi công bố."
        yield Warning("personal", STOP, sentence, "khoản 2 Điều 12 NĐ 154/2026", MATTERS)


def chosen_point(plan: Plan, now: datetime) -> Iterator[Warning]:
    for matter in plan.matters:
        if matter.chosen is None:
            sentence = f"Công dân của vụ việc {matter.case.code} chưa chọn điểm cầu tham dự."
            yield Warning(f"not_chosen:{matter.case.pk}", CARE, sentence, "khoản 3 Điều 22 NĐ 154/2026", HALLS)
        elif matter.chosen not in matter.halls.all():
            sentence = (
                f"Công dân của vụ việc {matter.case.code} chọn {matter.chosen.point}, "
                "nhưng điểm cầu này không dự vụ việc đó. Sửa bảng vụ việc – điểm cầu."
            )
            yield Warning(f"chosen_out:{matter.case.pk}", STOP, sentence, "khoản 3 Điều 22 NĐ 154/2026", HALLS)


def seated_where_chosen(plan: Plan, now: datetime) -> Iterator[Warning]:
    """The citizen chose one hall and has a seat in another one only."""
    for matter in plan.matters:
        seats = citizen_seats(plan, matter)
        if matter.chosen is not None and seats and all(seat.hall_id != matter.chosen_id for seat in seats):
            sentence = (
                f"Công dân của vụ việc {matter.case.code} chọn {matter.chosen.point}, "
                "nhưng được xếp chỗ ở điểm cầu khác. Chuyển chỗ ngồi, hoặc ghi lại nguyện vọng."
            )
            yield Warning(f"seat_elsewhere:{matter.case.pk}", CARE, sentence, "khoản 3 Điều 22 NĐ 154/2026", HALLS)


def citizens_seated(plan: Plan, now: datetime) -> Iterator[Warning]:
    """Somebody of every case has a seat, and of a group not more than it may send."""
    for matter in plan.matters:
        seats = citizen_seats(plan, matter)
        if not seats:
            sentence = f"Vụ việc {matter.case.code} chưa có công dân trong thành phần tham dự."
            yield Warning(f"no_citizen:{matter.case.pk}", CARE, sentence, "khoản 3 Điều 22 NĐ 154/2026", HALLS)
        _, most = representatives(matter.case.people_count, plan.rules)
        if matter.case.people_count > 1 and most and len(seats) > most:
            yield Warning(
                f"group:{matter.case.pk}",
                STOP,
                f"Vụ việc {matter.case.code}: {too_many_sentence(matter.case.people_count, most)}",
                "Điều 29 Luật Tiếp công dân, khoản 4 Điều 22 NĐ 154/2026",
                HALLS,
            )


def group_is_represented(plan: Plan, now: datetime) -> Iterator[Warning]:
    """Several people about one matter send representatives; from a crowd on the law counts them, so it blocks."""
    for matter in plan.matters:
        case = matter.case
        if not must_send_representatives(case.people_count) or any(
            one.is_representative for one in case.petitioners.all()
        ):
            continue
        who = f"đoàn {case.people_count} người" if is_crowd(case.people_count, plan.rules) else "nhiều người"
        sentence = (
            f"Vụ việc {case.code}: {who} về một nội dung, chưa cử người đại diện dự buổi tiếp. "
            "Ghi người đại diện ở tab «Người đại diện» của vụ việc."
        )
        level = STOP if is_crowd(case.people_count, plan.rules) else CARE
        yield Warning(f"unrepresented:{case.pk}", level, sentence, "khoản 4 Điều 22 NĐ 154/2026", MATTERS)


def citizens_identified(plan: Plan, now: datetime) -> Iterator[Warning]:
    """Who comes gives the number of an identity paper; who had none at the counter brings it along."""
    for matter in plan.matters:
        seated = {seat.petitioner_id for seat in plan.seats if seat.role in CITIZENS and not seat.absence}
        coming = [one for one in matter.case.petitioners.all() if one.pk in seated]
        if any(not one.paper_number for one in coming):
            sentence = (
                f"Vụ việc {matter.case.code}: công dân dự buổi tiếp chưa cung cấp số giấy tờ. "
                "Nhắc công dân mang theo giấy tờ tùy thân để kiểm tra trước giờ tiếp."
            )
            citation = "khoản 4 Điều 21, khoản 1 Điều 12 NĐ 154/2026"
            yield Warning(f"no_paper:{matter.case.pk}", CARE, sentence, citation, HALLS)


def interpreter(plan: Plan, now: datetime) -> Iterator[Warning]:
    seated = [seat for seat in plan.seats if seat.role == SeatRole.INTERPRETER and not seat.absence]
    for matter in plan.matters:
        if matter.case.language and not seated:
            sentence = (
                f"Vụ việc {matter.case.code} cần phiên dịch ({matter.case.language}); "
                "thành phần chưa có người phiên dịch."
            )
            citation = "điểm đ khoản 1 Điều 7 Luật Tiếp công dân"
            yield Warning(f"interpreter:{matter.case.pk}", CARE, sentence, citation, HALLS)


def citizen_seats(plan: Plan, matter: Matter) -> list[Seat]:
    """Seats of the case's own people. A seat that names no petitioner counts for the only matter there is."""
    only = len(plan.matters) == 1
    return [
        seat
        for seat in plan.seats
        if seat.role in CITIZENS
        and not seat.absence
        and (seat.petitioner.case_id == matter.case_id if seat.petitioner else only)
    ]


def too_many_sentence(people: int, most: int) -> str:
    return f"Đoàn {people} người: tối đa {most:02d} chỗ cho người đại diện."


CHECKS = (
    some_matter,
    nobody_protected,
    no_denunciation_in_the_pilot,
    still_approved,
    nothing_personal,
    chosen_point,
    seated_where_chosen,
    citizens_seated,
    group_is_represented,
    citizens_identified,
    interpreter,
)
