"""Changing, postponing and cancelling what was published (khoản 4 Điều 24 Luật Tiếp công dân; screens S09, S12, J4)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests import cast
from tests import schedule_cast as stage
from tests.reception_cast import credential, events, hall
from tests.schedule_cast import EXPECTED, NOW
from tiepdan.kernel.refusals import Forbidden, Invalid, Refused
from tiepdan.receptions import publication
from tiepdan.receptions.actions import publication as publishing
from tiepdan.receptions.actions import schedule
from tiepdan.receptions.actions.schedule import Slot
from tiepdan.receptions.audience import audience
from tiepdan.receptions.differences import differences, summary, word_pieces
from tiepdan.receptions.models import Credential, Reception, Version
from tiepdan.receptions.rules import Kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def of() -> Reception:
    row = stage.reception()
    publishing.publish(row, by=cast.clerk(), at=NOW)
    return stage.fresh(row)


def slot(day: int, hour: int = 8, minute: int = 30, length: int = 150, place: str = "") -> Slot:
    start = datetime(2026, 12, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)
    return Slot(start, start + timedelta(minutes=length), place)


def newest() -> Version:
    return Version.objects.order_by("-number")[0]


# -- another time or place


def test_a_version_of_before_the_profiles_own_words_is_compared_too(of: Reception) -> None:
    last = of.versions.get()
    halls = [{name: value for name, value in hall.items() if name != "kind"} for hall in last.plan["halls"]]
    Version.objects.filter(pk=last.pk).update(plan={**last.plan, "halls": halls})
    assert publication.pending(stage.fresh(of)) == []


def test_j4_another_time_makes_version_2(of: Reception) -> None:
    version = schedule.change(of, slot(18), "Người chủ trì họp Trung ương", by=cast.clerk(), at=NOW)
    row = stage.fresh(of)
    assert (version.number, row.state, row.starts_at) == (2, "published", slot(18).starts_at)
    time = next(row for row in version.differences if row["what"] == "Thời gian")
    assert (time["before"], time["after"]) == ("08:30–11:00, thứ Năm 17/12/2026", "08:30–11:00, thứ Sáu 18/12/2026")
    assert time["touches"] == "all"
    assert version.public["changes"] == [{"what": "thời gian", "before": "08:30–11:00, thứ Năm 17/12/2026"}]


def test_the_preview_writes_nothing_and_names_everybody_who_must_be_told(of: Reception) -> None:
    rows = schedule.preview(of, slot(18), NOW)
    assert [row["what"] for row in rows] == ["Thời gian"]
    assert len(audience().affected(of, rows)) == of.invitations.count() > 3
    row = stage.fresh(of)
    assert (row.starts_at, Version.objects.count()) == (stage.START, 1)


def test_another_place_is_a_change_for_all(of: Reception) -> None:
    version = schedule.change(of, slot(17, place="Hội trường B"), "Sửa phòng", by=cast.clerk(), at=NOW)
    assert [(row["what"], row["touches"]) for row in version.differences] == [("Nơi tiếp", "all")]
    assert version.public["place"] == "Hội trường B"


MOVES: list[tuple[str, int, int, str]] = [
    ("later, on the last working day before: khoản 4 lets a schedule be put off", 16, 18, ""),
    ("later by months", 7, 31, ""),
    ("the same day at another hour keeps its posting", 16, 17, ""),
    ("earlier with five working days left", 7, 14, ""),
    ("earlier with four", 8, 14, "Dời lên sớm hơn phải còn đủ 05 ngày làm việc. Sớm nhất: thứ Ba 15/12/2026"),
    ("J4: tomorrow", 7, 8, "Dời lên sớm hơn phải còn đủ 05 ngày làm việc. Sớm nhất: thứ Hai 14/12/2026"),
]


@pytest.mark.parametrize(("today", "day", "said"), [row[1:] for row in MOVES], ids=[row[0] for row in MOVES])
def test_moved_earlier_it_needs_the_whole_term_again(of: Reception, today: int, day: int, said: str) -> None:
    at = datetime(2026, 12, today, 2, tzinfo=UTC)
    if not said:
        assert schedule.change(of, slot(day, hour=14), "Đổi", by=cast.clerk(), at=at).number == 2
        return
    with pytest.raises(Refused) as refused:
        schedule.change(of, slot(day), "Đổi", by=cast.clerk(), at=at)
    assert refused.value.sentence.startswith(said) and "khoản 4 Điều 24 Luật Tiếp công dân" in refused.value.sentence
    assert (stage.fresh(of).starts_at, Version.objects.count()) == (stage.START, 1)


def test_an_ad_hoc_reception_may_come_earlier(of: Reception) -> None:
    Reception.objects.update(kind=Kind.ADHOC, adhoc_reason="Chủ tịch yêu cầu tiếp ngay vì vụ việc gay gắt.")
    assert schedule.change(stage.fresh(of), slot(9), "Gấp", by=cast.clerk(), at=NOW).number == 2


def test_an_earlier_day_needs_its_notice_met_anew(of: Reception) -> None:
    of.met.create(code="notice", due="2026-12-10", met_at=NOW)
    schedule.change(of, slot(18), "Lùi", by=cast.clerk(), at=NOW)
    assert of.met.filter(code="notice").exists()
    schedule.change(stage.fresh(of), slot(15), "Sớm hơn", by=cast.clerk(), at=NOW)
    assert not of.met.filter(code="notice").exists()


@pytest.mark.parametrize(
    ("wanted", "note", "said"),
    [
        (slot(18, length=-10), "Đổi", "Giờ kết thúc phải sau giờ bắt đầu."),
        (slot(4), "Đổi", "đã qua"),
        (slot(18), " ", "Chưa nhập lý do thay đổi."),
        (slot(17), "Đổi", "Chưa có thay đổi nào so với phiên bản 1."),
    ],
)
def test_what_cannot_be_changed_so(of: Reception, wanted: Slot, note: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        schedule.change(of, wanted, note, by=cast.clerk(), at=NOW)
    assert Version.objects.count() == 1


def test_a_hall_that_is_taken_at_the_new_time_keeps_it_from_moving(of: Reception) -> None:
    stage.reception("BT-2026-013", start=slot(18).starts_at)
    with pytest.raises(Refused, match=r"Còn \d lỗi chặn"):
        schedule.change(of, slot(18), "Đổi", by=cast.clerk(), at=NOW)
    assert stage.fresh(of).starts_at == stage.START


def test_slips_that_are_out_work_at_the_new_time(of: Reception) -> None:
    slip = credential(hall(of))
    schedule.change(of, slot(18), "Đổi", by=cast.clerk(), at=NOW)
    slip.refresh_from_db()
    assert slip.valid_to > slot(18).ends_at and slip.revoked_at is None


def test_in_the_last_half_hour_the_clerk_changes_nothing(of: Reception) -> None:
    late = stage.START - timedelta(minutes=20)
    with pytest.raises(Refused, match="Trong 30 phút trước giờ tiếp"):
        schedule.change(of, slot(17, hour=10), "Đổi", by=cast.clerk(), at=late)
    assert schedule.change(of, slot(17, hour=10), "Mất điện", by=cast.technician(), at=late).number == 2


@pytest.mark.parametrize("who", [cast.secretary, cast.outsider])
def test_who_does_not_plan_changes_nothing(of: Reception, who: Any) -> None:
    with pytest.raises(Forbidden):
        schedule.change(of, slot(18), "Đổi", by=who(), at=NOW)
    with pytest.raises(Forbidden):
        schedule.postpone(of, "Lý do", EXPECTED, by=who(), at=NOW)
    with pytest.raises(Forbidden):
        schedule.cancel(of, "Lý do", by=who(), at=NOW)


# -- «Hoãn» (khoản 4 Điều 24 Luật Tiếp công dân)

NEEDS = "Hoãn phải ghi lý do và thời gian dự kiến tiếp (khoản 4 Điều 24 Luật Tiếp công dân)."


@pytest.mark.parametrize(("reason", "expected"), [("", EXPECTED), ("  ", EXPECTED), ("Bão số 9", None), ("", None)])
def test_postponing_needs_reason_and_expected_day(of: Reception, reason: str, expected: date | None) -> None:
    with pytest.raises(Invalid) as refused:
        schedule.postpone(of, reason, expected, by=cast.clerk(), at=NOW)
    assert refused.value.sentence == NEEDS and stage.fresh(of).state == "published"


@pytest.mark.parametrize("expected", [date(2026, 12, 17), date(2026, 12, 8), date(2026, 12, 1)])
def test_postponing_is_putting_off(of: Reception, expected: date) -> None:
    with pytest.raises(Invalid, match="Hoãn là lùi lịch"):
        schedule.postpone(of, "Bão số 9", expected, by=cast.clerk(), at=NOW)


def test_a_postponement_is_public_at_once(of: Reception) -> None:
    credential(hall(of))
    version = schedule.postpone(of, "Bão số 9.", EXPECTED, by=cast.clerk(), at=NOW)
    row = stage.fresh(of)
    assert (row.state, row.postponed_reason, row.postponed_to) == ("postponed", "Bão số 9.", EXPECTED)
    assert (version.number, version.public["state"], version.public["postponed_to"]) == (2, "postponed", "2026-12-24")
    assert [(row["what"], row["after"], row["touches"]) for row in version.differences] == [
        ("Tình trạng", "Hoãn; lý do: Bão số 9.; dự kiến tiếp: thứ Năm 24/12/2026", "all")
    ]
    assert summary(version.differences) == "hoãn"
    assert not Credential.objects.filter(revoked_at=None).exists()
    assert {"reception.postponed", "reception.published"} <= set(events(of))
    assert of.matters.get().case.state == "planned"


def test_an_unpublished_change_does_not_slip_out_with_the_postponement(of: Reception) -> None:
    Reception.objects.update(place="Chỗ đang bàn", help_phone="0299 000 0000")
    version = schedule.postpone(stage.fresh(of), "Bão số 9", EXPECTED, by=cast.clerk(), at=NOW)
    assert "Chỗ đang bàn" not in str(version.public) and "0299 000 0000" not in str(version.public)


def test_a_reason_that_names_somebody_is_not_published(of: Reception) -> None:
    with pytest.raises(Refused, match="Danh mục công khai còn dữ liệu cá nhân: «Mai Văn Thịnh»"):
        schedule.postpone(of, "Mai Văn Thịnh ốm", EXPECTED, by=cast.clerk(), at=NOW)
    assert stage.fresh(of).state == "published" and Version.objects.count() == 1


@pytest.mark.parametrize("state", ["draft", "approved", "open", "closed", "cancelled"])
def test_only_what_is_published_is_postponed(of: Reception, state: str) -> None:
    Reception.objects.update(state=state)
    with pytest.raises(Refused):
        schedule.postpone(stage.fresh(of), "Bão số 9", EXPECTED, by=cast.clerk(), at=NOW)
    assert Version.objects.count() == 1


def test_a_postponed_reception_is_planned_again_and_published_as_the_next_version(of: Reception) -> None:
    of.met.create(code="notice", due="2026-12-10", met_at=NOW)
    schedule.postpone(of, "Bão số 9", EXPECTED, by=cast.clerk(), at=NOW)
    schedule.replan(stage.fresh(of), by=cast.clerk(), at=NOW)
    row = stage.fresh(of)
    assert (row.state, row.met.count()) == ("draft", 0)
    assert newest().public["state"] == "postponed", "the public page says «Hoãn» until there is a new plan"
    wanted = slot(24)
    Reception.objects.update(state="approved", starts_at=wanted.starts_at, ends_at=wanted.ends_at)
    version = publishing.publish(stage.fresh(of), by=cast.clerk(), at=NOW)
    row = stage.fresh(of)
    assert (version.number, version.public["state"], row.postponed_reason, row.postponed_to) == (
        3,
        "published",
        "",
        None,
    )
    assert [row["what"] for row in version.differences] == ["Tình trạng", "Thời gian"]
    assert row.published_at == NOW


# -- «Hủy»


def test_cancelling_needs_a_reason(of: Reception) -> None:
    with pytest.raises(Invalid) as refused:
        schedule.cancel(of, " ", by=cast.clerk(), at=NOW)
    assert refused.value.sentence == "Hủy phải ghi lý do."


def test_a_cancelled_reception_is_public_as_such_and_its_cases_wait_again(of: Reception) -> None:
    version = schedule.cancel(of, "Công dân rút đơn", by=cast.clerk(), at=NOW)
    assert version is not None and (version.number, version.public["state"]) == (2, "cancelled")
    assert version.public["cancelled_reason"] == "Công dân rút đơn"
    case = of.matters.get().case
    assert case.state == "approved" and stage.fresh(of).state == "cancelled"
    assert "reception.cancelled" in events(of)


def test_a_draft_is_cancelled_without_the_public_hearing_of_it() -> None:
    of = stage.reception(state="draft")
    assert schedule.cancel(of, "Lập nhầm", by=cast.clerk(), at=NOW) is None
    assert not Version.objects.exists() and of.matters.get().case.state == "approved"


@pytest.mark.parametrize("state", ["open", "paused", "closed", "sealed", "cancelled"])
def test_what_has_begun_is_not_cancelled(of: Reception, state: str) -> None:
    Reception.objects.update(state=state)
    with pytest.raises(Refused):
        schedule.cancel(stage.fresh(of), "Lý do", by=cast.clerk(), at=NOW)
    assert of.matters.get().case.state == "planned"


# -- differences in words


def plan(**fields: Any) -> dict[str, Any]:
    facts = {
        "title": "Khiếu nại về đất",
        "kind": "periodic",
        "starts_at": stage.START.isoformat(),
        "ends_at": stage.END.isoformat(),
        "place": "Trụ sở",
        "chair": "A, Chủ tịch",
        "secretary": "B",
        "technician": "C",
        "phone": "1",
        "state": "published",
        "postponed_reason": "",
        "postponed_to": "",
        "cancelled_reason": "",
        "script": "120 / 150 phút",
        "halls": [_hall("p1", "Trung tâm", True), _hall("p2", "Xã Thanh Lộc", False)],
        "matters": [_matter("VV-1", [11, 12], chosen="p2", halls=["p1", "p2"], agency=7)],
    }
    return facts | fields


def _hall(key: str, name: str, is_central: bool, address: str = "", seats: tuple[str, ...] = ()) -> dict[str, Any]:
    kind = "trung tâm" if is_central else "thành phần"
    seated = list(seats)
    return {"key": key, "name": name, "kind": kind, "is_central": is_central, "address": address, "seats": seated}


def _matter(code: str, people: list[int], chosen: str, halls: list[str], agency: int | None) -> dict[str, Any]:
    title = f"Khiếu nại {code}"
    return {"code": code, "title": title, "chosen": chosen, "halls": halls, "agency": agency, "petitioners": people}


CENTRE, COMMUNE = _hall("p1", "Trung tâm", True), _hall("p2", "Xã Thanh Lộc", False)
TOUCHED: list[tuple[str, dict[str, Any], list[tuple[str, Any]]]] = [
    ("nothing", {}, []),
    ("time", {"starts_at": stage.END.isoformat(), "ends_at": "2026-12-17T06:00:00+00:00"}, [("Thời gian", "all")]),
    ("chair", {"chair": "D, Phó Chủ tịch"}, [("Người chủ trì", "all")]),
    (
        "inside the house: nobody is told",
        {"secretary": "E", "script": "90 / 150 phút"},
        [("Thư ký", []), ("Kịch bản", [])],
    ),
    (
        "a new hall is told, nobody else",
        {"halls": [CENTRE, COMMUNE, _hall("p3", "Phường Hòa Bình", False)]},
        [("Thêm điểm cầu", ["p3"])],
    ),
    ("a hall that citizens had chosen is gone", {"halls": [CENTRE]}, [("Bỏ điểm cầu", ["c11", "c12", "p2"])]),
    (
        "its address: the hall and those who come to it",
        {"halls": [CENTRE, _hall("p2", "Xã Thanh Lộc", False, "Nhà văn hóa")]},
        [("Điểm cầu Xã Thanh Lộc", ["c11", "c12", "p2"])],
    ),
    (
        "seats: the hall",
        {"halls": [CENTRE, _hall("p2", "Xã Thanh Lộc", False, "", ("Công dân",))]},
        [("Thành phần tại Xã Thanh Lộc", ["p2"])],
    ),
    (
        "another centre: all",
        {"halls": [_hall("p1", "Trung tâm", False), _hall("p2", "Xã Thanh Lộc", True)]},
        [("Điểm cầu Trung tâm", "all"), ("Điểm cầu Xã Thanh Lộc", "all")],
    ),
    (
        "a second matter: its people, its advisers, its halls",
        {
            "matters": [
                _matter("VV-1", [11, 12], "p2", ["p1", "p2"], 7),
                _matter("VV-2", [21], "p1", ["p1"], 8),
            ]
        },
        [("Thêm vụ việc VV-2", ["a8", "c21", "p1"])],
    ),
    ("a matter is out", {"matters": []}, [("Bỏ vụ việc VV-1", ["a7", "c11", "c12", "p1", "p2"])]),
    (
        "the citizen comes to the centre",
        {"matters": [_matter("VV-1", [11, 12], "p1", ["p1", "p2"], 7)]},
        [("Điểm cầu công dân của VV-1", ["c11", "c12", "p1", "p2"])],
    ),
    (
        "a hall need not attend any more",
        {"matters": [_matter("VV-1", [11, 12], "p2", ["p2"], 7)]},
        [("Điểm cầu dự vụ việc VV-1", ["p1"])],
    ),
]


@pytest.mark.parametrize(("change", "said"), [row[1:] for row in TOUCHED], ids=[row[0] for row in TOUCHED])
def test_a_difference_names_those_whom_it_touches(change: dict[str, Any], said: list[tuple[str, Any]]) -> None:
    assert [(row["what"], row["touches"]) for row in differences(plan(), plan(**change))] == said


WORDS = [
    ("thứ Năm 17/12", "thứ Sáu 18/12", [("same", "thứ"), ("del", "Năm 17/12"), ("ins", "Sáu 18/12")]),
    (
        "Đã công bố",
        "Hoãn; lý do: Người chủ trì đi công tác đột xuất.",
        [("del", "Đã công bố"), ("ins", "Hoãn; lý do: Người chủ trì đi công tác đột xuất.")],
    ),
    ("", "Hội trường B", [("ins", "Hội trường B")]),
    ("Hội trường B", "", [("del", "Hội trường B")]),
    ("Hội trường B", "Hội trường B", [("same", "Hội trường B")]),
]


@pytest.mark.parametrize(("before", "after", "pieces"), WORDS)
def test_texts_are_compared_word_by_word(before: str, after: str, pieces: list[tuple[str, str]]) -> None:
    assert [(piece.kind, piece.words) for piece in word_pieces(before, after)] == pieces
