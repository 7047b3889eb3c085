"""Receptions of tỉnh Minh Châu in every state before and after the day, with plans as an office writes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils.timezone import localdate, make_aware

from tiepdan.accounts.models import Agency, Person
from tiepdan.cases.actions.planning import hear, plan_case
from tiepdan.cases.models import Case
from tiepdan.demo.cases import STORIES, conclude
from tiepdan.demo.letters import send_letters
from tiepdan.kernel.rows import move
from tiepdan.points.models import Point
from tiepdan.policy.queries import calendar
from tiepdan.receptions.actions import agenda, approval, matters, places, plan, publication, schedule, seats
from tiepdan.receptions.actions.milestones import meet
from tiepdan.receptions.actions.plan import PlanFacts
from tiepdan.receptions.actions.seats import SeatFacts
from tiepdan.receptions.models import Matter, Reception, ReceptionPoint, Seat
from tiepdan.receptions.queries import milestone_rows
from tiepdan.receptions.rules import RECEPTION, Kind, Phase, SeatRole

LENGTH = timedelta(hours=2, minutes=30)
HALL_OF = {"thanh-loc": "xa-thanh-loc", "hoa-binh": "phuong-hoa-binh", "van-son": "xa-van-son"}


@dataclass(frozen=True)
class Plan:
    """A reception so many working days from today (before it: negative), for the case of that summary."""

    state: str
    workdays: int
    summary: str
    hour: int = 8


PLANS = (
    Plan(Phase.SEALED, -60, "Khiếu nại mức bồi thường nhà xưởng"),
    Plan(Phase.SEALED, -45, "Kiến nghị về danh sách hộ nghèo"),
    Plan(Phase.CLOSED, -20, "Khiếu nại việc cấp đất trùng thửa"),
    Plan(Phase.PUBLISHED, 8, "Khiếu nại hỗ trợ tái định cư tuyến kênh Thanh Lộc"),
    Plan(Phase.APPROVED, 12, "Khiếu nại ranh giới với nông trường cũ"),
    Plan(Phase.SUBMITTED, 15, "Khiếu nại việc đền bù hoa màu dọc đường tỉnh"),
    Plan(Phase.DRAFT, 18, "Kiến nghị thoát nước khu tái định cư", 14),
    Plan(Phase.POSTPONED, 9, "Khiếu nại việc xếp loại thương tật", 14),
    Plan(Phase.CANCELLED, 10, "Kiến nghị sửa cầu treo qua suối Vân"),
)
AFTER = (Phase.CLOSED, Phase.SEALED)


def tell_plans(now: datetime, people: Mapping[str, Person], cases: list[Case]) -> None:
    known = {case.summary: case for case in cases}
    for told in PLANS:
        _tell(told, known[told.summary], now, people)


def hear_today(reception: Reception, cases: list[Case], clerk: Person, now: datetime) -> None:
    """The case of the first day's reception, which `demo prepare` makes ready without a plan."""
    summary = next(story.summary for story in STORIES if story.is_today)
    case = next(case for case in cases if case.summary == summary)
    matter = Matter.objects.create(reception=reception, case=case, public_title=case.summary, minutes=90)
    matter.halls.set(reception.halls.all())
    for citizen in case.petitioners.all():
        for seat in Seat.objects.filter(hall__reception=reception, full_name=citizen.full_name):
            Seat.objects.filter(pk=seat.pk).update(petitioner=citizen)
            Matter.objects.filter(pk=matter.pk).update(chosen=seat.hall, chosen_at=now)
    for row in milestone_rows(reception, now):
        due = row.due if isinstance(row.due, datetime) else make_aware(datetime.combine(row.due, time(9)))
        met = due - timedelta(minutes=20)
        by = clerk if row.milestone.code == "notice" else reception.technician
        meet(reception, row.milestone.code, "Đã thực hiện đủ với các điểm cầu.", by=by, at=met)
    plan_case(case, by=clerk, at=now, reception=reception.code)


def _tell(told: Plan, case: Case, now: datetime, people: Mapping[str, Person]) -> None:
    clerk, head = people["can-bo"], people["lanh-dao"]
    day = calendar().shift(localdate(now), told.workdays)
    start = make_aware(datetime.combine(day, time(told.hour, 30)))
    # The past was prepared in its own past; what is to come was prepared during the last days.
    at = start - timedelta(days=21) if told.workdays < 0 else now - timedelta(hours=9)
    reception = plan.plan_reception(_facts(case, start, people), by=clerk, at=at)
    _furnish(reception, case, clerk, at + timedelta(minutes=20))
    if told.state == Phase.DRAFT:
        return
    approval.submit(reception, "Đề nghị duyệt kế hoạch.", by=clerk, at=at + timedelta(hours=1))
    if told.state == Phase.SUBMITTED:
        return
    approval.approve(reception, by=head, at=at + timedelta(hours=2))
    if told.state == Phase.APPROVED:
        return
    publication.publish(reception, by=clerk, at=at + timedelta(hours=3))
    if told.state == Phase.PUBLISHED:
        send_letters(reception, people, now)
    if told.state == Phase.POSTPONED:
        later = calendar().shift(day, 10)
        schedule.postpone(reception, "Người chủ trì đi công tác đột xuất.", later, by=clerk, at=now)
    elif told.state == Phase.CANCELLED:
        schedule.cancel(reception, "Công dân rút kiến nghị.", by=clerk, at=now)
    elif told.state in AFTER:
        _hold(reception, case, told)


def _facts(case: Case, start: datetime, people: Mapping[str, Person]) -> PlanFacts:
    return PlanFacts(
        agency=Agency.objects.get(code="minh-chau"),
        title=f"Tiếp công dân định kỳ: {case.summary[:1].lower()}{case.summary[1:]}",
        kind=Kind.PERIODIC,
        starts_at=start,
        ends_at=start + LENGTH,
        chair=people["chu-tri"],
        secretary=people["thu-ky"],
        technician=people["ky-thuat"],
        place="Trụ sở Tiếp công dân tỉnh, 1 Lê Lợi, phường Minh Châu",
        help_phone=people["ky-thuat"].phone,
    )


def _furnish(reception: Reception, case: Case, clerk: Person, at: datetime) -> None:
    """Matter, halls, seats, the citizen's choice and the script."""
    matter = matters.add_matter(reception, case, public_title=case.summary, minutes=90, by=clerk, at=at)
    assert case.place is not None
    centre = _hall(reception, "trung-tam", clerk, at, is_central=True)
    commune = _hall(reception, HALL_OF[case.place.code], clerk, at)
    office = _hall(reception, "so-nnmt", clerk, at)
    advising = Agency.objects.get(code="so-nnmt")
    _seat(centre, "Trịnh Văn Khôi", SeatRole.OFFICER, "Trưởng Ban Tiếp công dân tỉnh", clerk, at, reception.agency)
    _seat(centre, "Đặng Hữu Phước", SeatRole.ADVISOR, "Phó Giám đốc Sở", clerk, at, advising)
    _seat(office, "Lâm Thị Thảo", SeatRole.OFFICER, "Trưởng phòng Quản lý đất đai", clerk, at, advising)
    citizen = case.petitioners.get(is_main=True)
    facts = SeatFacts(citizen.full_name, SeatRole.CITIZEN, "Công dân", petitioner=citizen)
    seats.add_seat(commune, facts, by=clerk, at=at)
    matters.set_matrix(reception, {matter.pk: {hall.pk for hall in (centre, commune, office)}}, by=clerk, at=at)
    matters.choose_hall(matter, commune, by=clerk, at=at)
    agenda.start(reception, by=clerk, at=at)


def _hall(reception: Reception, slug: str, by: Person, at: datetime, *, is_central: bool = False) -> ReceptionPoint:
    return places.add_hall(reception, Point.objects.get(slug=slug), is_central=is_central, by=by, at=at)


def _seat(hall: ReceptionPoint, name: str, role: str, title: str, by: Person, at: datetime, agency: Agency) -> None:
    seats.add_seat(hall, SeatFacts(name, role, title, agency=agency), by=by, at=at)


def _hold(reception: Reception, case: Case, told: Plan) -> None:
    """A reception of the time before this system: held and written down, without a recording here."""
    begin, end = reception.starts_at, reception.ends_at
    move(reception, RECEPTION, "confirm", confirmed_at=begin - timedelta(hours=1))
    move(reception, RECEPTION, "open", opened_at=begin)
    move(reception, RECEPTION, "close", closed_at=end)
    hear(case, by=None, at=end, reception=reception.code)
    if told.state == Phase.SEALED:
        move(reception, RECEPTION, "seal", sealed_at=end + timedelta(minutes=1))
        conclude(case, end + timedelta(days=2), closed="nhà xưởng" in case.summary)
