"""Equipment of halls and the tested capacity: who tells of it, what is refused, what plans make of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localdate

from tests import case_cast, cast
from tests import reception_cast as stage
from tiepdan.accounts.rules import Role
from tiepdan.audit.models import Entry
from tiepdan.kernel.refusals import Forbidden, Invalid
from tiepdan.points.actions import Found, check_equipment, record_capacity
from tiepdan.points.actions.checks import LARGEST_PHOTO, marker
from tiepdan.points.models import Capacity, EquipmentCheck, Point
from tiepdan.points.queries import equipment_of, history
from tiepdan.points.rules import NEEDED, NO_CAMERA, PART_LABELS, gaps, worst
from tiepdan.points.views.card import DOOR
from tiepdan.receptions.warnings import warnings

pytestmark = pytest.mark.django_db
NOW = case_cast.NOW
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


def photo(name: str = "may.jpg", content: bytes = b"\xff\xd8\xff\xe0 anh") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_photo_is_kept_with_the_line_and_shown_to_readers(point: Point) -> None:
    desk = cast.browser(cast.technician())
    sent = {"checked_on": TODAY.isoformat(), "condition_sound": "good", "photo_sound": photo()}
    assert desk.post(f"/diem-cau/{point.slug}/kiem-tra/", sent).status_code == 302
    row = EquipmentCheck.objects.get()
    place = f"/diem-cau/{point.slug}/anh/{row.pk}/"
    assert (
        row.photo is not None
        and row.photo.agency == point.agency
        and place in text(desk.get(f"/diem-cau/{point.slug}/"))
    )
    answer = cast.browser(cast.clerk()).get(place)
    assert (answer["Content-Type"], b"".join(answer.streaming_content)[:3]) == ("image/jpeg", b"\xff\xd8\xff")  # type: ignore[attr-defined]
    assert cast.browser(cast.outsider(Role.CLERK)).get(place).status_code == 404
    check(point, Found("light", "good"))
    assert desk.get(f"/diem-cau/{point.slug}/anh/{EquipmentCheck.objects.get(part='light').pk}/").status_code == 404
    assert desk.get(f"/diem-cau/{stage.point('khac').slug}/anh/{row.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (photo("may.pdf", b"%PDF-1.7"), "Không nhận tệp «may.pdf» ở đây. Các loại được nhận: ảnh JPG, ảnh PNG."),
        (photo("may.png"), "không phải là ảnh PNG như tên của nó"),
        (photo("may.jpg", b"\xff\xd8\xff" + bytes(LARGEST_PHOTO)), "lớn hơn mức cho phép 8 MB"),
    ],
)
def test_only_pictures_of_a_fit_size(point: Point, upload: SimpleUploadedFile, words: str) -> None:
    sent = {"checked_on": TODAY.isoformat(), "condition_sound": "care", "note_sound": "Rè", "photo_sound": upload}
    answer = cast.browser(cast.technician()).post(f"/diem-cau/{point.slug}/kiem-tra/", sent)
    assert answer.status_code == 422
    assert words in text(answer) and 'value="Rè"' in text(answer) and "hãy chọn lại ảnh" in text(answer)
    assert not EquipmentCheck.objects.exists()


def test_a_word_or_a_photo_wants_a_condition_and_one_tick_tells_of_the_rest(point: Point) -> None:
    desk = cast.browser(cast.technician())
    place = f"/diem-cau/{point.slug}/kiem-tra/"
    for told in ({"note_sound": "Rè"}, {"photo_sound": photo()}):
        answer = desk.post(place, {"checked_on": TODAY.isoformat(), **told})
        assert answer.status_code == 422 and "chưa chọn tình trạng" in text(answer)
    sent = {"checked_on": TODAY.isoformat(), "rest_good": "on", "condition_power": "care", "note_power": "Yếu"}
    assert desk.post(place, sent).status_code == 302
    assert equipment_of([point.pk])[point.pk].words == "Cần chú ý: lưu điện"
    assert EquipmentCheck.objects.filter(condition="good").count() == len(PART_LABELS) - 1


def test_the_second_of_two_is_told_who_has_checked(point: Point) -> None:
    desk = cast.browser(cast.technician())
    place = f"/diem-cau/{point.slug}/kiem-tra/"
    check(point, Found("light", "good"), by=case_cast.commune_clerk())
    sent = {"checked_on": TODAY.isoformat(), "condition_sound": "care", "note_sound": "Rè", "seen": "0"}
    answer = desk.post(place, sent)
    assert answer.status_code == 409 and 'value="Rè"' in text(answer)
    assert f"{case_cast.commune_clerk().full_name} vừa ghi kết quả kiểm tra điểm cầu này lúc" in text(answer)
    assert desk.post(place, {**sent, "seen": marker(point)}).status_code == 302


def test_what_the_law_needs_and_is_missing_stands_on_the_card(point: Point) -> None:
    check(point, Found("camera", "broken", "Vỡ"), Found("storage", "broken", "Đầy"), Found("light", "care", "Tối"))
    page = text(cast.browser(cast.clerk()).get(f"/diem-cau/{point.slug}/"))
    assert "Camera ghi toàn cảnh hỏng: điểm cầu chưa đủ điều kiện theo điểm c khoản 2 Điều 18 NĐ 154/2026." in page
    assert "Thiết bị lưu trữ hỏng" not in page
    Point.objects.filter(pk=point.pk).update(cameras=0)
    point.refresh_from_db()
    with pytest.raises(Invalid, match="Sửa số camera ở thông tin điểm cầu trước") as refused:
        check(point, Found("camera", "good"))
    assert refused.value.sentence.startswith(NO_CAMERA) and refused.value.code == "condition_camera"
    assert NO_CAMERA in text(cast.browser(cast.clerk()).get(f"/diem-cau/{point.slug}/"))


def test_gaps_by_part() -> None:
    assert gaps({}, None) == gaps({"camera": "care", "power": "broken"}, 2) == []
    assert gaps({"camera": "broken"}, 0) == [NO_CAMERA]
    assert [one.partition(":")[0] for one in gaps(dict.fromkeys(PART_LABELS, "broken"), 1)] == [
        f"{PART_LABELS[part]} hỏng" for part in NEEDED
    ]


def test_the_sheet_holds_what_was_found_one_occasion_or_nothing(point: Point) -> None:
    check(point, SOUND, on=TODAY - timedelta(days=3), at=NOW - timedelta(days=3))
    check(point, Found("light", "good"), Found("sound", "good"))
    desk = cast.browser(cast.clerk())
    place = f"/diem-cau/{point.slug}/phieu-kiem-tra/"
    page = text(desk.get(place))
    assert "Kết quả gần nhất của từng thiết bị" in page and "Loa trái rè" not in page
    first = EquipmentCheck.objects.get(is_newest=False)
    page = text(desk.get(f"{place}?lan={first.pk}"))
    assert f"Ngày kiểm tra {TODAY - timedelta(days=3):%d/%m/%Y}" in page and "Loa trái rè" in page
    assert text(desk.get(f"{place}?trong=1")).count("☐ Đạt") == len(PART_LABELS)
    assert desk.get(f"{place}?lan=khong").status_code == 404
    assert [(one.condition, len(one.rows)) for one in history(point)] == [("good", 2), ("broken", 1)]


def test_the_card_for_the_wall_leads_to_the_door_with_the_name(point: Point) -> None:
    page = text(cast.browser(cast.clerk()).get(f"/diem-cau/{point.slug}/the/"))
    assert "<svg" in page and f"<strong>{point.slug}</strong>" in page and 'style="' not in page.partition("<main")[2]
    assert reverse("receptions:point_sign_in") == DOOR
    assert f'value="{point.slug}"' in text(cast.browser().get(f"{DOOR}?ten={point.slug}"))


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
