"""Another agency looks after a hall from a day on: papers of earlier days keep the old one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from tests import case_cast, cast
from tests import reception_cast as stage
from tests.points.halls_cast import NOW, TODAY, registered, text
from tiepdan.accounts.actions.agencies import merge_agency
from tiepdan.accounts.models import Agency
from tiepdan.accounts.rules import Kind, Role
from tiepdan.audit.models import Entry
from tiepdan.kernel import due
from tiepdan.kernel.refusals import Forbidden, Invalid, Refused
from tiepdan.points.actions import hand_over, withdraw_handover
from tiepdan.points.actions.handover import begin_handover
from tiepdan.points.models import Handover, Point

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def ward() -> Agency:
    return cast.agency("hoa-binh", "UBND phường Hòa Bình", Kind.COMMUNE, parent=cast.province())


def move(point: Point, since: date = TODAY, to: Agency | None = None, **how: Any) -> Handover:
    told = {"by": cast.technician(), "at": NOW, **how}
    return hand_over(point, to or ward(), since, told.pop("reason", "QĐ 12/QĐ-UBND"), **told)


def fresh(point: Point) -> Point:
    return Point.objects.get(pk=point.pk)


def test_today_it_has_the_new_agency_and_both_chains_tell_of_it() -> None:
    point = registered()
    move(point)
    assert fresh(point).agency == ward()
    assert [fresh(point).agency_on(TODAY + n * DAY) for n in (-1, 0)] == [cast.commune(), ward()]
    entries = Entry.objects.filter(event="point.handed_over")
    assert {row.agency for row in entries} == {cast.commune(), ward()}
    assert {row.facts["into"] for row in entries} == {ward().name}


def test_a_day_to_come_waits_for_the_worker() -> None:
    point = registered()
    row = move(point, TODAY + 3 * DAY)
    assert fresh(point).agency == cast.commune()
    assert [fresh(point).agency_on(TODAY + n * DAY) for n in (2, 3)] == [cast.commune(), ward()]
    begin_handover(row, NOW + DAY)
    assert fresh(point).agency == cast.commune()
    due.run_once(NOW + 3 * DAY)
    begin_handover(row, NOW + 3 * DAY)
    assert fresh(point).agency == ward() and Handover.objects.get().begun_at
    assert Entry.objects.filter(event="point.handover_began").count() == 1


def test_a_plan_is_replaced_or_withdrawn() -> None:
    point = registered()
    move(point, TODAY + 3 * DAY)
    move(point, TODAY + 9 * DAY)
    assert Handover.objects.get().since == TODAY + 9 * DAY
    withdraw_handover(point, by=cast.admin(), at=NOW)
    assert not Handover.objects.exists() and fresh(point).agency_on(TODAY + 30 * DAY) == cast.commune()
    with pytest.raises(Invalid, match="Không có lần chuyển nào đang chờ"):
        withdraw_handover(point, by=cast.admin(), at=NOW)


def test_history_goes_forward() -> None:
    point = registered()
    move(point, TODAY - 10 * DAY)
    move(fresh(point), TODAY, cast.province())
    days = [fresh(point).agency_on(TODAY + n * DAY).code for n in (-11, -10, -1, 0)]
    assert days == ["thanh-loc", "hoa-binh", "hoa-binh", "minh-chau"]
    with pytest.raises(Invalid, match="ngày chuyển phải sau ngày đó"):
        move(fresh(point), TODAY)


def test_what_is_refused() -> None:
    point = registered()
    for how, words in (({"reason": " "}, "Chưa nhập căn cứ"), ({"to": cast.commune()}, "đang quản lý điểm cầu này")):
        with pytest.raises(Invalid, match=words):
            move(point, **how)
    ended = ward()
    ended.valid_to = TODAY - DAY
    ended.save()
    with pytest.raises(Refused, match="đã hết hiệu lực"):
        move(point)


def test_both_agencies_are_of_one_s_own_level() -> None:
    point = registered()
    below = cast.person("kt-xa", "Kỹ Thuật Xã", Role.TECHNICIAN, cast.commune())
    for who in (below, cast.clerk(), case_cast.commune_clerk(), cast.outsider(Role.ADMIN)):
        with pytest.raises(Forbidden):
            move(point, by=who)
    move(point, TODAY + DAY, by=cast.admin())
    for who in (cast.clerk(), case_cast.commune_clerk()):
        with pytest.raises(Forbidden):
            withdraw_handover(point, by=who, at=NOW)
    with pytest.raises(Forbidden):
        move(point, to=cast.elsewhere())


def test_a_reception_invites_whose_hall_it_is_on_its_day() -> None:
    of = stage.planned()
    hall = stage.hall(of)
    old, day = hall.office, localdate(of.starts_at)
    move(hall.point, day + DAY, cast.commune() if old != cast.commune() else ward())
    assert stage.hall(of).office == old
    move(hall.point, day, cast.commune() if old != cast.commune() else ward())
    assert stage.hall(of).office != old


def test_the_heir_has_the_halls_of_a_merged_agency_without_a_handover() -> None:
    point = registered()
    into = ward()
    merge_agency(cast.commune(), into, since=TODAY - DAY, moves_people=False, by=cast.admin(), at=NOW)
    keeper = cast.person("kt-phuong", "Kỹ Thuật Phường", Role.TECHNICIAN, into)
    page = text(cast.browser(keeper).get(f"/diem-cau/{point.slug}/"))
    assert f"(đã sáp nhập; nay là {into.name})" in page and "Chuyển cơ quan quản lý</a>" in page


def test_the_page_hands_over_and_takes_a_plan_back() -> None:
    point = registered()
    ward()
    desk = cast.browser(cast.technician())
    place = f"/diem-cau/{point.slug}/"
    page = text(desk.get(f"{place}chuyen/"))
    assert ward().name in page and cast.elsewhere().name not in page
    assert desk.post(f"{place}chuyen/", {"since": "mai"}).status_code == 422
    day = TODAY + 5 * DAY
    sent = {"target": ward().pk, "since": day.isoformat(), "reason": "QĐ 12/QĐ-UBND"}
    assert desk.post(f"{place}chuyen/", {**sent, "target": cast.elsewhere().pk}).status_code == 422
    assert desk.post(f"{place}chuyen/", sent).status_code == 302
    assert "sẽ chuyển" in text(desk.get(place)) and f"Từ {day:%d/%m/%Y}" in text(desk.get(place))
    assert desk.post(f"{place}bo-chuyen/").status_code == 302
    assert "sẽ chuyển" not in text(desk.get(place))
    assert desk.post(f"{place}bo-chuyen/").status_code == 422
