"""Halls and seats of a plan: rows and lines of the log (screen S10)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests import case_cast, cast
from tests import reception_cast as stage
from tests.reception_cast import DESK_NOW
from tests.receptions.plan_facts import on_day, state
from tiepdan.audit.models import Entry
from tiepdan.cases.models import Case
from tiepdan.kernel.refusals import Invalid, Refused
from tiepdan.receptions.actions import milestones, places, seats
from tiepdan.receptions.actions.seats import SeatFacts
from tiepdan.receptions.models import Seat

pytestmark = pytest.mark.django_db


# -- halls and seats


def test_the_first_central_hall_gets_the_desk() -> None:
    of = stage.planned(halls=False, matter=False)
    hall = places.add_hall(of, stage.point(stage.CENTRE), is_central=True, by=cast.clerk(), at=DESK_NOW)
    assert [(seat.full_name, seat.role) for seat in hall.seats.all()] == [
        ("Nguyễn Đức Ân", "chair"),
        ("Lê Thị Mai", "secretary"),
        ("Đỗ Minh Quân", "technician"),
    ]


def test_there_is_one_central_hall() -> None:
    of = stage.planned()
    with pytest.raises(Invalid, match=r"Phải có đúng một điểm cầu trung tâm."):
        places.add_hall(of, stage.point("moi"), is_central=True, by=cast.clerk(), at=DESK_NOW)
    places.make_central(of.halls.get(point__slug=stage.OFFICE), by=cast.clerk(), at=DESK_NOW)
    assert [hall.point.slug for hall in of.halls.filter(is_central=True)] == [stage.OFFICE]
    assert Seat.objects.get(role="chair").hall.point.slug == stage.OFFICE


def test_only_usable_halls_and_each_once() -> None:
    of = stage.planned()
    for point, words in (
        (stage.out_of_use("cu"), "đã ngừng sử dụng"),
        (stage.point(stage.OFFICE), "đã có"),
    ):
        with pytest.raises(Invalid, match=words):
            places.add_hall(of, point, by=cast.clerk(), at=DESK_NOW)


def test_a_hall_with_a_password_or_a_citizen_is_kept() -> None:
    of = stage.planned()
    office = of.halls.get(point__slug=stage.OFFICE)
    slip = stage.credential(office)
    with pytest.raises(Refused, match="đang có tài khoản"):
        places.remove_hall(office, by=cast.clerk(), at=DESK_NOW)
    with pytest.raises(Refused, match="Công dân đã chọn điểm cầu Xã Thanh Lộc"):
        places.remove_hall(of.halls.get(point__slug=stage.COMMUNE), by=cast.clerk(), at=DESK_NOW)
    slip.revoked_at = DESK_NOW
    slip.save()
    places.remove_hall(office, by=cast.clerk(), at=DESK_NOW)
    assert of.halls.count() == 2


def test_halls_that_change_have_to_be_tested_again() -> None:
    of = stage.planned(state="ready")
    milestones.meet(of, "trial", by=cast.technician(), at=DESK_NOW)
    places.add_hall(of, stage.point("moi"), by=cast.technician(), at=DESK_NOW)
    assert (state(of), of.met.exists()) == ("published", False)


def test_a_spare_hall_is_another_one() -> None:
    of = stage.planned()
    hall = of.halls.get(point__slug=stage.COMMUNE)
    how: dict[str, Any] = {"operator": "Anh Sáu", "phone": "0299 1", "by": cast.technician(), "at": DESK_NOW}
    with pytest.raises(Invalid, match="đã dự buổi tiếp này"):
        places.change_hall(hall, spare=stage.point(stage.OFFICE), **how)
    places.change_hall(hall, spare=stage.point("du-phong"), **how)
    hall.refresh_from_db()
    assert (hall.spare, hall.operator) == (stage.point("du-phong"), "Anh Sáu")


def test_of_a_group_at_most_five_are_seated() -> None:
    """Điều 29 Luật Tiếp công dân, khoản 4 Điều 22 NĐ 154/2026."""
    of = stage.planned()
    case = of.matters.get().case
    Case.objects.update(people_count=12)
    hall = of.halls.get(point__slug=stage.COMMUNE)
    people = [case_cast.petitioner(case, f"Trần Thị Số {n}", number=f"03608500{n:04d}") for n in range(2, 7)]
    by: dict[str, Any] = {"by": cast.clerk(), "at": DESK_NOW}
    for one in people[:4]:
        one.case.refresh_from_db()
        seats.add_seat(hall, SeatFacts(one.full_name, "citizen", petitioner=one), **by)
    people[4].case.refresh_from_db()
    with pytest.raises(Invalid, match=r"Đoàn 12 người: tối đa 05 chỗ cho người đại diện."):
        seats.add_seat(hall, SeatFacts(people[4].full_name, "citizen", petitioner=people[4]), **by)
    lawyer = SeatFacts("Luật sư Hà", "lawyer", petitioner=people[4])
    assert seats.add_seat(hall, lawyer, **by).pk


def test_the_log_names_staff_and_no_citizen() -> None:
    of = stage.planned()
    hall = of.halls.get(point__slug=stage.COMMUNE)
    by: dict[str, Any] = {"by": cast.clerk(), "at": DESK_NOW}
    other = case_cast.petitioner(of.matters.get().case, "Trần Thị Số 2", number="036085000002")
    seats.add_seat(hall, SeatFacts("Chị Ba", "officer"), **by)
    seats.add_seat(hall, SeatFacts(other.full_name, "proxy", petitioner=other), **by)
    first, second = Entry.objects.filter(event="reception.seat_added").order_by("seq")
    assert (first.facts["name"], "name" in second.facts, second.facts["case"]) == ("Chị Ba", False, "VV-2026-0041")


def test_the_seat_of_the_desk_is_changed_on_the_plan() -> None:
    of = stage.planned()
    with pytest.raises(Refused, match="Đổi người chủ trì ở trang kế hoạch"):
        seats.remove_seat(Seat.objects.get(role="chair", hall__reception=of), by=cast.clerk(), at=DESK_NOW)


def test_seats_of_last_time_come_without_the_citizen() -> None:
    old = stage.planned("BT-2026-001", starts_at=on_day(1), ends_at=on_day(1) + timedelta(hours=1))
    of = stage.planned(matter=False)
    hall = of.halls.get(point__slug=stage.COMMUNE)
    hall.seats.all().delete()
    assert old.halls.get(point__slug=stage.COMMUNE).seats.count() == 2
    assert seats.copy_seats(hall, by=cast.clerk(), at=DESK_NOW) == 1
    assert seats.copy_seats(hall, by=cast.clerk(), at=DESK_NOW) == 0
    with pytest.raises(Refused, match="chưa dự buổi tiếp nào"):
        new = places.add_hall(of, stage.point("moi"), by=cast.clerk(), at=DESK_NOW)
        seats.copy_seats(new, by=cast.clerk(), at=DESK_NOW)


def test_a_citizen_s_seat_names_somebody_of_the_case() -> None:
    """Else a thirteenth of a group would sit there under any name (Điều 21, Điều 22 NĐ 154/2026)."""
    of = stage.planned()
    hall, how = stage.hall(of), {"by": cast.clerk(), "at": DESK_NOW}
    for role in ("citizen", "proxy"):
        with pytest.raises(Invalid, match="Chọn công dân trong hồ sơ vụ việc") as refused:
            seats.add_seat(hall, SeatFacts("Người thứ mười ba", role), **how)
        assert refused.value.code == "petitioner"
    old = Seat.objects.create(hall=hall, full_name="Mai Văn Cũ", role="citizen")
    seats.change_seat(old, SeatFacts("Mai Văn Cũ", "citizen", place="12"), **how)
    officer = seats.add_seat(hall, SeatFacts("Trịnh Văn Khôi", "officer"), **how)
    with pytest.raises(Invalid, match="Chọn công dân"):
        seats.change_seat(officer, SeatFacts("Trịnh Văn Khôi", "citizen"), **how)
