"""Planning a reception, changing its plan, its matters: rows and lines of the log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests import case_cast, cast
from tests import reception_cast as stage
from tests.reception_cast import DESK_NOW, PLAN_START, events
from tests.receptions.plan_facts import facts, of_plan, on_day, state
from tiepdan.accounts.models import Person
from tiepdan.accounts.rules import Role
from tiepdan.audit.models import Entry
from tiepdan.cases.models import Case
from tiepdan.kernel.refusals import Forbidden, Invalid, Refused
from tiepdan.receptions.actions import matters, milestones, places, seats
from tiepdan.receptions.actions.common import marker
from tiepdan.receptions.actions.plan import PlanFacts, change_plan, plan_reception
from tiepdan.receptions.actions.seats import SeatFacts
from tiepdan.receptions.models import Reception, Seat
from tiepdan.receptions.warnings import warnings

pytestmark = pytest.mark.django_db


# -- planning


def test_a_plan_gets_its_number_and_stands_in_the_log() -> None:
    of = plan_reception(facts(), by=cast.clerk(), at=DESK_NOW)
    assert (of.code, of.state, of.created_by, of.is_delegated) == ("BT-2026-001", "draft", cast.clerk(), False)
    assert events(of) == ["reception.planned"]
    assert of.search.startswith("bt-2026-001 khieu nai ve boi thuong dat nguyen duc an")


def test_numbers_run_by_the_year_of_the_day_and_pass_over_old_ones() -> None:
    stage.planned("BT-2026-001", matter=False, halls=False)
    by: dict[str, Any] = {"by": cast.clerk(), "at": DESK_NOW}
    codes = [plan_reception(facts(start), **by).code for start in (PLAN_START, on_day(21), on_day(6, 1, 2027))]
    assert codes == ["BT-2026-002", "BT-2026-003", "BT-2027-001"]


def test_too_near_is_refused_with_the_earliest_day() -> None:
    """Khoản 1 Điều 23 NĐ 154/2026, khoản 3 Điều 24 Luật; example of screens S09: today is Monday 07/12/2026."""
    with pytest.raises(Invalid) as refused:
        plan_reception(facts(on_day(11)), by=cast.clerk(), at=DESK_NOW)
    assert refused.value.sentence == (
        "Ngày 11/12/2026 quá gần: cần ít nhất 05 ngày làm việc để niêm yết và thông báo. Sớm nhất: thứ Hai 14/12/2026."
    )
    assert plan_reception(facts(on_day(14)), by=cast.clerk(), at=DESK_NOW).pk
    assert Reception.objects.count() == 1


def test_an_ad_hoc_reception_needs_the_heads_reason_in_writing() -> None:
    near = {"start": on_day(9), "kind": "adhoc"}
    with pytest.raises(Invalid, match="phải ghi lý do bằng văn bản của người đứng đầu") as refused:
        plan_reception(facts(**near), by=cast.clerk(), at=DESK_NOW)
    assert refused.value.code == "adhoc_reason"
    of = plan_reception(facts(**near, adhoc_reason="Văn bản 9/UBND"), by=cast.clerk(), at=DESK_NOW)
    assert "Không đạt mốc" in " ".join(one.sentence for one in warnings(of, DESK_NOW))
    far = plan_reception(facts(on_day(21), kind="adhoc"), by=cast.clerk(), at=DESK_NOW)
    assert far.adhoc_reason == ""


WRONG: list[tuple[str, Callable[[], PlanFacts], str]] = [
    ("the past", lambda: facts(on_day(4)), "đã qua"),
    ("the end before the start", lambda: facts(ends_at=PLAN_START), "Giờ kết thúc phải sau giờ bắt đầu."),
    ("a clerk as chair", lambda: facts(chair=cast.clerk()), "không giữ vị trí được chủ trì"),
    ("a chair of another province", lambda: facts(chair=cast.outsider()), "không giữ vị trí được chủ trì"),
    ("the chair as technician", lambda: facts(technician=cast.chair()), "không giữ vị trí được phụ trách kỹ thuật"),
    ("a number of a paper in the public title", lambda: facts(title="Đơn của 036085001234"), "còn dữ liệu cá nhân"),
]


@pytest.mark.parametrize(("what", "wrong", "words"), WRONG, ids=[row[0] for row in WRONG])
def test_what_a_plan_may_not_be(what: str, wrong: Callable[[], PlanFacts], words: str) -> None:
    with pytest.raises(Invalid, match=words):
        plan_reception(wrong(), by=cast.clerk(), at=DESK_NOW)
    assert not Reception.objects.exists() and not Entry.objects.filter(event__startswith="reception").exists()


def test_a_deputy_in_the_chair_is_marked() -> None:
    of = plan_reception(facts(chair=cast.approver()), by=cast.clerk(), at=DESK_NOW)
    assert of.is_delegated


@pytest.mark.parametrize("who", [cast.approver, cast.chair, cast.technician, cast.outsider])
def test_only_a_clerk_of_the_agency_plans(who: Callable[[], Person]) -> None:
    with pytest.raises(Forbidden):
        plan_reception(facts(), by=who(), at=DESK_NOW)


def test_an_agency_that_has_ended_plans_nothing() -> None:
    agency = cast.province()
    agency.valid_to = date(2026, 12, 10)
    agency.save()
    with pytest.raises(Refused, match="đã hết hiệu lực sau ngày 10/12/2026"):
        plan_reception(facts(), by=cast.clerk(), at=DESK_NOW)


def test_a_copy_takes_halls_and_their_staff_and_no_citizen() -> None:
    old = stage.planned()
    of = plan_reception(facts(on_day(21)), by=cast.clerk(), at=DESK_NOW, copied=old)
    names = set(Seat.objects.filter(hall__reception=of).values_list("full_name", flat=True))
    assert of.halls.count() == 3 and of.halls.filter(is_central=True).count() == 1
    assert {"Nguyễn Đức Ân", "Lê Thị Mai", "Phó Giám đốc Sở"} <= names and case_cast.NAME not in names
    assert not of.matters.exists()


# -- changing


def test_a_change_tells_before_and_after() -> None:
    of = stage.planned()
    assert change_plan(of, of_plan(of, place="Hội trường A"), by=cast.clerk(), at=DESK_NOW)
    assert Entry.objects.get(event="reception.changed").facts == {
        "nơi tiếp": "Trụ sở Tiếp công dân tỉnh → Hội trường A"
    }
    assert not change_plan(stage.fresh(of), of_plan(stage.fresh(of)), by=cast.clerk(), at=DESK_NOW)


def test_of_two_who_edit_the_second_is_told_who_and_when() -> None:
    of = stage.planned()
    seen = marker(of)
    change_plan(stage.fresh(of), of_plan(of, place="Hội trường A"), by=cast.clerk(), at=DESK_NOW + timedelta(hours=1))
    with pytest.raises(Refused) as refused:
        change_plan(stage.fresh(of), of_plan(of, place="Hội trường B"), by=cast.clerk(), at=DESK_NOW, seen=seen)
    assert refused.value.sentence.startswith("Nội dung này vừa được Phạm Thị Hoa thay đổi lúc 10:00. Hãy tải lại trang")
    assert stage.fresh(of).place == "Hội trường A"


UNWRITABLE = [
    ("submitted", "Kế hoạch đang chờ duyệt. Bấm «Rút lại» trước khi sửa."),
    ("approved", "Kế hoạch đã được duyệt. Bấm «Sửa kế hoạch» để đưa về dự thảo"),
    ("postponed", "Buổi tiếp đã hoãn."),
    ("open", "đang ở trạng thái «Đang tiếp»"),
    ("closed", "đang ở trạng thái «Đã kết thúc»"),
    ("sealed", "đang ở trạng thái «Đã niêm phong»"),
    ("cancelled", "đang ở trạng thái «Hủy»"),
]


@pytest.mark.parametrize(("old", "words"), UNWRITABLE)
def test_a_plan_is_written_in_its_states_only(old: str, words: str) -> None:
    of = stage.planned(state=old)
    writes: list[Callable[[], object]] = [
        lambda: change_plan(of, of_plan(of, place="X"), by=cast.clerk(), at=DESK_NOW),
        lambda: places.add_hall(of, stage.point("moi"), by=cast.clerk(), at=DESK_NOW),
        lambda: matters.remove_matter(of.matters.get(), by=cast.clerk(), at=DESK_NOW),
        lambda: seats.add_seat(of.halls.first(), SeatFacts("Ai đó", "officer"), by=cast.clerk(), at=DESK_NOW),  # type: ignore[arg-type]
    ]
    for write in writes:
        with pytest.raises(Refused, match=words):
            write()
    assert events(of) == []


def test_in_the_last_half_hour_only_chair_and_technician_change_with_a_reason() -> None:
    of = stage.planned(state="published")
    late = PLAN_START - timedelta(minutes=30)
    with pytest.raises(Refused) as refused:
        change_plan(of, of_plan(of, place="X"), by=cast.clerk(), at=late, reason="Hỏng điều hòa")
    assert refused.value.sentence == (
        "Trong 30 phút trước giờ tiếp chỉ người chủ trì hoặc kỹ thuật trung tâm được thay đổi (ghi lý do)."
    )
    with pytest.raises(Refused, match="hãy ghi lý do thay đổi"):
        change_plan(of, of_plan(of, place="X"), by=cast.technician(), at=late)
    assert change_plan(of, of_plan(of, place="X"), by=cast.technician(), at=late, reason="Hỏng điều hòa")
    assert Entry.objects.get(event="reception.changed").facts["reason"] == "Hỏng điều hòa"
    other = stage.planned("BT-2026-013", halls=False, matter=False, state="published")
    assert change_plan(other, of_plan(other, place="X"), by=cast.clerk(), at=late - timedelta(seconds=1))


@pytest.mark.parametrize("who", [cast.technician, cast.chair])
def test_day_and_matters_are_the_clerks_until_then(who: Callable[[], Person]) -> None:
    of = stage.planned()
    with pytest.raises(Forbidden, match="Chỉ cán bộ tiếp dân"):
        change_plan(of, of_plan(of, place="X"), by=who(), at=DESK_NOW)
    with pytest.raises(Forbidden, match="Chỉ cán bộ tiếp dân"):
        matters.remove_matter(of.matters.get(), by=who(), at=DESK_NOW)
    assert places.add_hall(of, stage.point("moi"), by=who(), at=DESK_NOW).pk


def test_another_time_voids_the_tests_and_moves_the_passwords() -> None:
    of = stage.planned(state="ready")
    slip = stage.credential(stage.hall(of))
    milestones.meet(of, "notice", by=cast.clerk(), at=DESK_NOW)
    milestones.meet(of, "trial", by=cast.technician(), at=DESK_NOW)
    later = {"starts_at": on_day(18), "ends_at": on_day(18) + timedelta(hours=2)}
    change_plan(of, of_plan(of, **later), by=cast.clerk(), at=DESK_NOW)
    slip.refresh_from_db()
    assert (state(of), list(of.met.values_list("code", flat=True))) == ("published", ["notice"])
    assert slip.valid_to == on_day(18) + timedelta(hours=14)


def test_a_published_reception_moves_earlier_only_with_five_working_days() -> None:
    of = stage.planned(state="published")
    earlier = {"starts_at": on_day(11), "ends_at": on_day(11) + timedelta(hours=2)}
    with pytest.raises(Invalid, match=r"Dời lên sớm hơn phải còn đủ 05 ngày làm việc."):
        change_plan(of, of_plan(of, **earlier), by=cast.clerk(), at=DESK_NOW)
    day_before = datetime(2026, 12, 16, 2, tzinfo=UTC)
    later = {"starts_at": on_day(18), "ends_at": on_day(18) + timedelta(hours=2)}
    assert change_plan(of, of_plan(of, **later), by=cast.clerk(), at=day_before)


def test_another_chair_takes_the_seat() -> None:
    of = stage.planned()
    new = cast.person("chu-tri-2", "Vũ Thị Chủ Trì", Role.CHAIR)
    change_plan(of, of_plan(of, chair=new), by=cast.clerk(), at=DESK_NOW)
    assert Seat.objects.get(hall__reception=of, role="chair").person == new


# -- matters


def test_an_approved_case_is_planned_and_free_again() -> None:
    of = stage.planned(matter=False)
    case = case_cast.case("VV-2026-0050", state="approved", place=cast.commune())
    by: dict[str, Any] = {"by": cast.clerk(), "at": DESK_NOW}
    assert matters.suggested_title(case) == "Khiếu nại về đất đai, UBND xã Thanh Lộc"
    matter = matters.add_matter(of, case, public_title="Khiếu nại về đất đai", minutes=60, **by)
    assert (Case.objects.get().state, set(matter.halls.all())) == ("planned", set(of.halls.all()))
    matters.remove_matter(matter, **by)
    assert Case.objects.get().state == "approved"
    assert events(of) == ["reception.matter_added", "reception.matter_removed"]


def test_a_protected_denouncer_enters_no_online_reception() -> None:
    """Khoản 4 Điều 20 NĐ 154/2026."""
    of = stage.planned(matter=False)
    case = case_cast.case("VV-2026-0051", state="approved", kind="denunciation", is_protected=True)
    with pytest.raises(Refused, match="người tố cáo yêu cầu bảo vệ danh tính"):
        matters.add_matter(of, case, public_title="Tố cáo", minutes=60, by=cast.clerk(), at=DESK_NOW)
    assert (Case.objects.get().state, of.matters.count(), events(of)) == ("approved", 0, [])


@pytest.mark.parametrize("words", [case_cast.NAME, "nguyen van that", case_cast.NUMBER, "Thôn 3"])
def test_public_words_name_nobody(words: str) -> None:
    of = stage.planned()
    with pytest.raises(Invalid, match="Danh mục công khai còn dữ liệu cá nhân"):
        matters.change_matter(
            of.matters.get(), public_title=f"Khiếu nại của {words}", minutes=60, by=cast.clerk(), at=DESK_NOW
        )


@pytest.mark.parametrize("old", ["received", "proposed", "planned", "heard", "closed"])
def test_only_an_approved_case_is_planned(old: str) -> None:
    of = stage.planned(matter=False)
    case = case_cast.case("VV-2026-0052", state=old)
    with pytest.raises(Refused):
        matters.add_matter(of, case, public_title="Khiếu nại", minutes=60, by=cast.clerk(), at=DESK_NOW)
    assert not of.matters.exists()


def test_a_new_case_after_the_publication_needs_the_five_days_too() -> None:
    of = stage.planned(matter=False, state="published")
    case = case_cast.case("VV-2026-0053", state="approved")
    by: dict[str, Any] = {"public_title": "Khiếu nại", "minutes": 60, "by": cast.clerk()}
    with pytest.raises(Refused, match="Thêm vụ việc sau khi công bố phải còn đủ 05 ngày làm việc"):
        matters.add_matter(of, case, at=datetime(2026, 12, 11, 2, tzinfo=UTC), **by)
    assert matters.add_matter(of, case, at=datetime(2026, 12, 10, 2, tzinfo=UTC), **by).pk


def test_matters_change_places() -> None:
    of = stage.planned()
    second = stage.plan_matter(of, "VV-2026-0042")
    matters.move_matter(second, -1, by=cast.clerk(), at=DESK_NOW)
    assert [row.case.code for row in of.matters.all()] == ["VV-2026-0042", "VV-2026-0041"]
    matters.move_matter(second, -1, by=cast.clerk(), at=DESK_NOW)
    assert of.matters.first() == second


def test_a_citizen_takes_part_in_a_hall_and_not_at_home() -> None:
    """Khoản 3 Điều 3, khoản 3 Điều 22 NĐ 154/2026."""
    of, other = stage.planned(), stage.planned("BT-2026-013", matter=False)
    matter = of.matters.get()
    with pytest.raises(Invalid, match="chưa hỗ trợ tham gia từ nhà"):
        matters.choose_hall(matter, other.halls.first(), by=cast.clerk(), at=DESK_NOW)
    centre = of.halls.get(is_central=True)
    matter.halls.remove(centre)
    matters.choose_hall(matter, centre, by=cast.clerk(), at=DESK_NOW)
    matter.refresh_from_db()
    assert (matter.chosen, matter.chosen_at, centre in matter.halls.all()) == (centre, DESK_NOW, True)


def test_the_matrix_keeps_the_centre_and_the_chosen_hall() -> None:
    of = stage.planned()
    matter, by = of.matters.get(), {"by": cast.clerk(), "at": DESK_NOW}
    with pytest.raises(Invalid, match="đã chọn Xã Thanh Lộc"):
        matters.set_matrix(of, {matter.pk: set()}, **by)  # type: ignore[arg-type]
    chosen = of.halls.get(point__slug=stage.COMMUNE)
    matters.set_matrix(of, {matter.pk: {chosen.pk, 999}}, **by)  # type: ignore[arg-type]
    assert set(matter.halls.all()) == {chosen, of.halls.get(is_central=True)}
