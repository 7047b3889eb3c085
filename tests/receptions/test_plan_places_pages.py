"""What the tab «Điểm cầu & thành phần» says after each button, and where a warning leads (S09, S10)."""

from __future__ import annotations

from typing import Any

import pytest

from tests import cast
from tests import reception_cast as stage
from tests.reception_cast import CODE
from tests.receptions.plan_forms import coming
from tiepdan.accounts.rules import Role
from tiepdan.receptions.models import Reception, Seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def of() -> Reception:
    return stage.planned(**coming())


def page(rest: str = "") -> str:
    return f"/buoi-tiep/{CODE}/{rest}"


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_every_button_says_what_it_did(of: Reception) -> None:
    desk = cast.browser(cast.clerk())
    office, centre = of.halls.get(point__slug=stage.OFFICE), of.halls.get(is_central=True)
    said = {
        f"diem-cau/{office.pk}/trung-tam/": f"Đã đặt {office} làm điểm cầu trung tâm.",
        f"diem-cau/{centre.pk}/bo/": f"Đã bỏ điểm cầu {centre} khỏi buổi tiếp.",
    }
    for rest, sentence in said.items():
        assert sentence in text(desk.post(page(rest), follow=True))
    seat = Seat.objects.create(hall=stage.hall(of), full_name="Trịnh Văn Khôi", role="officer")
    assert "Đã bỏ khỏi thành phần." in text(desk.post(page(f"thanh-phan/{seat.pk}/bo/"), follow=True))


def test_seats_of_the_last_time_are_counted(of: Reception) -> None:
    desk, hall = cast.browser(cast.clerk()), stage.hall(of)
    place = page(f"diem-cau/{hall.pk}/sao-thanh-phan/")
    refused = desk.post(place)
    assert refused.status_code == 409 and "chưa dự buổi tiếp nào trước đây" in text(refused)
    earlier = stage.planned("BT-2025-001", halls=False, matter=False, **coming(-60))
    last = earlier.halls.create(point=hall.point)
    for name, role in (("Trịnh Văn Khôi", "officer"), ("Vũ Hồng Luật", "lawyer")):
        Seat.objects.create(hall=last, full_name=name, role=role)
    assert f"Đã sao 1 người của lần trước vào {hall}" in text(desk.post(place, follow=True))
    assert not hall.seats.filter(role="lawyer").exists()


def test_a_warning_about_the_plan_itself_leads_to_its_form(of: Reception) -> None:
    people = {name: getattr(of, name) for name in ("chair", "secretary", "technician")}
    stage.planned("BT-2026-099", halls=False, matter=False, starts_at=of.starts_at, ends_at=of.ends_at, **people)
    link = f'<a href="{page("sua/")}">Sửa</a>'
    assert text(cast.browser(cast.clerk()).get(page())).count(link) == 3
    assert link not in text(cast.browser(cast.chair()).get(page()))


def test_what_may_stay_empty_says_what_that_means(of: Reception) -> None:
    words = text(cast.browser(cast.clerk()).get(page(f"diem-cau/{stage.hall(of).pk}/sua/")))
    assert '<option value="" selected>Không có</option>' in words


def test_who_comes_for_a_matter_is_not_of_the_hall_s_agency(of: Reception) -> None:
    """The form offers the hall's agency for its own people."""
    hall, matter = stage.hall(of), of.matters.get()
    citizen = matter.case.petitioners.first()
    assert citizen is not None
    sent = {"agency": hall.office.pk, "may_speak": "on"}
    lawyer = {"role": "lawyer", "full_name": "Vũ Hồng Luật", "petitioner": citizen.pk}
    for told in (lawyer, {"role": "officer", "full_name": "Trịnh Văn Khôi"}):
        answer = cast.browser(cast.clerk()).post(page(f"diem-cau/{hall.pk}/thanh-phan/them/"), {**sent, **told})
        assert answer.status_code == 302
    made = Seat.objects.filter(full_name__in=("Vũ Hồng Luật", "Trịnh Văn Khôi")).order_by("pk")
    assert [seat.agency for seat in made] == [None, hall.office]


def test_a_card_says_which_matters_the_hall_attends_and_who_comes_with_whom(of: Reception) -> None:
    hall, matter = stage.hall(of), of.matters.get()
    citizen = matter.case.petitioners.first()
    assert citizen is not None
    Seat.objects.create(hall=hall, full_name="Vũ Hồng Luật", role="lawyer", petitioner=citizen)
    hall.point.line = "tslcd"
    hall.point.backup_line = "none"
    hall.point.save()
    shown = text(cast.browser(cast.clerk()).get(page("diem-cau/")))
    assert f"Dự vụ việc: {matter.case.code}" in shown and "Mạng TSLCD, không có dự phòng" in shown
    assert f"cùng {citizen.full_name}, {matter.case.code}" in shown
    matter.halls.remove(hall)
    assert "Dự vụ việc: chưa có" in text(cast.browser(cast.clerk()).get(page("diem-cau/")))
    stranger = cast.person("ky-thuat-khac", "Cao Văn Kỹ", Role.TECHNICIAN)
    masked = text(cast.browser(stranger).get(page("diem-cau/")))
    assert citizen.full_name not in masked and f", {matter.case.code}" in masked


@pytest.mark.parametrize("wrong", ["²", "9" * 40, "-1", "x"])
def test_what_is_no_hall_is_none(of: Reception, wrong: str) -> None:
    desk, matter = cast.browser(cast.clerk()), of.matters.get()
    assert desk.post(page("diem-cau/bang/"), {f"m{matter.pk}": wrong}).status_code == 422
    assert desk.post(page(f"vu-viec/{matter.pk}/diem-cau/"), {"hall": wrong}).status_code == 409
    assert of.matters.get().chosen == matter.chosen
