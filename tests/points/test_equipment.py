"""Equipment of halls and the tested capacity: who tells of it, what is refused, what plans make of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from tests import case_cast, cast
from tests import reception_cast as stage
from tiepdan.accounts.rules import Role
from tiepdan.audit.models import Entry
from tiepdan.kernel.refusals import Forbidden, Invalid
from tiepdan.points.actions import Found, check_equipment, record_capacity
from tiepdan.points.models import Capacity, EquipmentCheck, Point
from tiepdan.points.queries import equipment_of
from tiepdan.points.rules import PART_LABELS, worst
from tiepdan.receptions.warnings import warnings

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = localdate(NOW)
SOUND = Found("sound", "broken", "Loa trái rè")


@pytest.fixture
def point() -> Point:
    return stage.point("xa-moi", cast.commune(), name="Xã Thanh Lộc")


def check(point: Point, *found: Found, **how: Any) -> None:
    check_equipment(point, found, **{"on": TODAY, "by": cast.technician(), "at": NOW, **how})


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_worst_part_speaks_for_the_hall() -> None:
    assert worst(["good", "care", "broken", "good"]) == "broken"
    assert (worst(["good", "care"]), worst(["good"]), worst([])) == ("care", "good", "")


def test_the_newest_check_counts_and_the_earlier_ones_stay(point: Point) -> None:
    check(point, SOUND, Found("light", "good"), on=TODAY - timedelta(days=3))
    assert equipment_of([point.pk])[point.pk].words == "Hỏng: âm thanh"
    check(point, Found("sound", "good"))
    found = equipment_of([point.pk])[point.pk]
    assert (found.words, found.shape, found.last) == (f"Đạt 2/{len(PART_LABELS)}", "✓", TODAY)
    assert list(point.checks.filter(is_newest=False).values_list("part", "note")) == [("sound", "Loa trái rè")]
    entry = Entry.objects.filter(event="point.checked").latest("pk")
    assert (entry.agency, entry.facts["parts"]) == (point.agency, {"Âm thanh": "Đạt"})


@pytest.mark.parametrize(
    ("found", "on", "code"),
    [
        ([], TODAY, "parts"),
        ([Found("sound", "good")], TODAY + timedelta(days=1), "checked_on"),
        ([Found("light", "good")], TODAY - timedelta(days=2), "checked_on"),
        ([Found("sound", "broken", "  ")], TODAY, "note_sound"),
        ([Found("sound", "care")], TODAY, "note_sound"),
    ],
)
def test_what_cannot_have_been_found_is_refused(point: Point, found: list[Found], on: Any, code: str) -> None:
    check(point, Found("light", "good"), on=TODAY - timedelta(days=1))
    with pytest.raises(Invalid) as refused:
        check(point, *found, on=on)
    assert refused.value.code == code
    assert EquipmentCheck.objects.count() == 1


def test_the_technician_above_and_the_hall_s_own_agency_tell_of_it(point: Point) -> None:
    for who in (cast.technician(), case_cast.commune_clerk()):
        check(point, Found("light", "good"), by=who)
    for who in (cast.clerk(), cast.admin(), cast.outsider(Role.TECHNICIAN)):
        with pytest.raises(Forbidden):
            check(point, Found("light", "good"), by=who)


def test_the_page_keeps_what_was_typed_and_shows_the_history(point: Point) -> None:
    desk = cast.browser(cast.technician())
    card, place = f"/diem-cau/{point.slug}/", f"/diem-cau/{point.slug}/kiem-tra/"
    refused = desk.post(place, {"checked_on": TODAY.isoformat(), "condition_sound": "broken"})
    assert refused.status_code == 422
    assert "Âm thanh: hỏng thì phải ghi rõ thế nào." in text(refused) and 'value="broken" selected' in text(refused)
    sent = {"checked_on": TODAY.isoformat(), "condition_sound": "broken", "note_sound": "Mất tiếng"}
    assert desk.post(place, sent).status_code == 302
    assert desk.post(place, {"checked_on": TODAY.isoformat(), "condition_sound": "good"}).status_code == 302
    assert "Mất tiếng" in text(desk.get(card))
    assert desk.post(place, {"checked_on": "hôm nay"}).status_code == 422
    assert desk.post(place, {"checked_on": TODAY.isoformat()}).status_code == 422


def test_readers_see_the_state_without_the_form(point: Point) -> None:
    check(point, SOUND)
    desk = cast.browser(cast.clerk())
    words = text(desk.get(f"/diem-cau/{point.slug}/"))
    assert "Loa trái rè" in words and "Kiểm tra thiết bị</a>" not in words
    assert desk.post(f"/diem-cau/{point.slug}/kiem-tra/", {"checked_on": "sai"}).status_code == 403
    assert "Hỏng: âm thanh" in text(desk.get("/diem-cau/?q=thanh+loc"))
    assert "Không có điểm cầu nào khớp." in text(desk.get("/diem-cau/?q=khong+co"))
    assert cast.browser(cast.outsider(Role.CLERK)).get(f"/diem-cau/{point.slug}/").status_code == 404
    assert cast.browser(cast.secretary()).get("/diem-cau/").status_code == 403


def test_the_list_takes_the_same_queries_however_many_halls(point: Point, django_assert_max_num_queries: Any) -> None:
    desk = cast.browser(cast.clerk())
    for number in range(30):
        check(stage.point(f"xa-{number}", cast.commune()), Found("light", "good"))
    with django_assert_max_num_queries(20):
        assert desk.get("/diem-cau/").status_code == 200


# -- what plans make of it


def codes(of: Any, start: str) -> list[tuple[str, str]]:
    found = warnings(of, NOW)
    return [(row.code, row.level) for row in found if row.code.startswith(start)]


def test_something_broken_asks_the_plan_for_a_reason() -> None:
    of = stage.planned()
    hall = stage.hall(of)
    check(hall.point, Found("camera", "broken", "Không lên hình"), Found("light", "care", "Hơi tối"))
    assert codes(of, "equipment") == [(f"equipment:{hall.point_id}:camera", "care")]
    sentence = next(row.sentence for row in warnings(of, NOW) if row.code.startswith("equipment"))
    assert f"{hall.point}: camera ghi toàn cảnh hỏng (Không lên hình; kiểm tra {TODAY:%d/%m/%Y})" in sentence
    page = text(cast.browser(cast.clerk()).get(f"/buoi-tiep/{of.code}/diem-cau/"))
    assert "Hỏng: camera ghi toàn cảnh" in page and "Chưa kiểm tra" in page
    check(hall.point, Found("camera", "good"))
    assert codes(of, "equipment") == []


def test_more_halls_than_were_tried_block_the_plan() -> None:
    of = stage.planned()
    assert codes(of, "capacity") == []
    how: dict[str, Any] = {"on": TODAY, "by": cast.technician(), "at": NOW}
    record_capacity(cast.province(), of.halls.count(), "Thử tại phòng máy", **how)
    assert codes(of, "capacity") == []
    record_capacity(cast.province(), of.halls.count() - 1, "Một máy chủ hỏng", **how)
    assert codes(of, "capacity") == [("capacity", "stop")]


def test_the_technician_tells_of_the_trial() -> None:
    desk = cast.browser(cast.technician())
    sent = {"agency": cast.province().pk, "halls": "1", "tested_on": TODAY.isoformat(), "note": "Thử"}
    assert desk.post("/diem-cau/nang-luc/", sent).status_code == 422
    later = {**sent, "halls": "12", "tested_on": (TODAY + timedelta(days=1)).isoformat()}
    assert "Ngày thử chưa đến." in text(desk.post("/diem-cau/nang-luc/", later))
    assert desk.post("/diem-cau/nang-luc/", {**sent, "halls": "12"}).status_code == 302
    assert Capacity.objects.get().halls == 12
    assert "12 điểm cầu cùng lúc" in text(desk.get("/diem-cau/"))
    assert desk.post("/diem-cau/nang-luc/", {**sent, "agency": cast.elsewhere().pk}).status_code == 404
    with pytest.raises(Forbidden):
        record_capacity(cast.province(), 3, "Thử", on=TODAY, by=cast.clerk(), at=NOW)
