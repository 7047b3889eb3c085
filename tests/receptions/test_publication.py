"""Publishing a schedule, version by version (screen S12; Điều 24 Luật Tiếp công dân, Điều 19, 23 NĐ 154/2026)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests import case_cast, cast
from tests import schedule_cast as stage
from tests.reception_cast import events
from tests.schedule_cast import NOW
from tiepdan.audit.models import Entry
from tiepdan.kernel.refusals import Forbidden, Invalid, Refused
from tiepdan.points.models import Point
from tiepdan.receptions import publication
from tiepdan.receptions.actions import publication as actions
from tiepdan.receptions.models import Matter, Reception, Seat, Version
from tiepdan.receptions.rules import Kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def of() -> Reception:
    return stage.reception()


def published(of: Reception, at: datetime = NOW) -> Reception:
    actions.publish(stage.fresh(of), by=cast.clerk(), at=at)
    return stage.fresh(of)


def days(hour: int = 9, *, day: int, month: int = 12) -> datetime:
    """A moment of 2026 in Vietnam."""
    return datetime(2026, month, day, hour, tzinfo=UTC) - timedelta(hours=7)


# -- the first version


def test_an_approved_plan_becomes_public_as_version_1(of: Reception) -> None:
    version = actions.publish(of, by=cast.clerk(), at=NOW)
    row = stage.fresh(of)
    assert (row.state, row.published_at, version.number, version.differences) == ("published", NOW, 1, [])
    assert "reception.published" in events(of)
    assert Entry.objects.get(event="reception.published").facts["version"] == 1


def test_the_public_part_says_what_the_law_asks_for(of: Reception) -> None:
    """Khoản 1, khoản 2 Điều 24 Luật Tiếp công dân: nơi tiếp, lịch, thành phần tham dự, dự kiến nội dung."""
    public = actions.publish(of, by=cast.clerk(), at=NOW).public
    assert public["starts_at"] == stage.START.isoformat() and public["ends_at"] == stage.END.isoformat()
    assert public["place"] == "Trụ sở Tiếp công dân tỉnh, 1 Lê Lợi"
    assert public["chair_title"] == "Chủ tịch UBND tỉnh"
    assert public["matters"] == [stage.TITLE]
    assert public["agencies"] == ["Sở Nông nghiệp và Môi trường", "UBND tỉnh Minh Châu", "UBND xã Thanh Lộc"]
    assert [(hall["name"], hall["kind"]) for hall in public["halls"]] == [
        ("Trụ sở Tiếp công dân tỉnh", "Điểm cầu trung tâm"),
        ("Xã Thanh Lộc", "Điểm cầu thành phần"),
        ("Sở Nông nghiệp và Môi trường", "Điểm cầu thành phần"),
    ]
    assert (public["state"], public["version"], public["phone"]) == ("published", 1, stage.PHONE)


def test_neither_part_of_a_version_names_a_citizen(of: Reception) -> None:
    version = actions.publish(of, by=cast.clerk(), at=NOW)
    text = f"{version.public} {version.plan}"
    assert not any(word in text for word in (*stage.PEOPLE, stage.ADDRESS, stage.PAPER, stage.MOBILE))


@pytest.mark.parametrize("role", ["lawyer", "interpreter", "other"])
def test_whoever_comes_with_a_citizen_is_no_name_either(of: Reception, role: str) -> None:
    """khoản 2 Điều 12 NĐ 154/2026: who stands beside tells whose matter it is"""
    hall, citizen = of.halls.get(is_central=True), of.matters.get().case.petitioners.first()
    Seat.objects.create(hall=hall, full_name="Vũ Hồng Luật", role=role, petitioner=citizen)
    version = actions.publish(of, by=cast.clerk(), at=NOW)
    assert "Vũ Hồng Luật" not in f"{version.public} {version.plan}"


@pytest.mark.parametrize("state", ["draft", "submitted", "postponed", "cancelled"])
def test_a_plan_that_is_not_approved_is_not_published(state: str) -> None:
    of = stage.reception(state=state)
    with pytest.raises(Refused) as refused:
        actions.publish(of, by=cast.clerk(), at=NOW)
    assert refused.value.sentence == "Chưa công bố được: kế hoạch chưa được duyệt."
    assert not Version.objects.exists()


def test_what_is_public_is_not_published_again(of: Reception) -> None:
    with pytest.raises(Refused, match="đã được công bố"):
        actions.publish(published(of), by=cast.clerk(), at=NOW)
    assert Version.objects.count() == 1


def test_of_two_who_publish_at_the_same_time_one_wins(of: Reception) -> None:
    first, second = stage.fresh(of), stage.fresh(of)
    actions.publish(first, by=cast.clerk(), at=NOW)
    with pytest.raises(Refused, match="vừa được"):
        actions.publish(second, by=cast.clerk(), at=NOW)
    assert Version.objects.count() == 1 and of.decisions.filter(step="publish").count() == 1


@pytest.mark.parametrize("who", [cast.approver, cast.secretary, cast.technician, cast.outsider])
def test_the_clerk_publishes(of: Reception, who: Any) -> None:
    with pytest.raises(Forbidden):
        actions.publish(of, by=who(), at=NOW)


# -- five working days (khoản 4 Điều 24 Luật Tiếp công dân; khoản 3 Điều 19, khoản 1 Điều 23 NĐ 154/2026)

TERM = [
    ("thứ Hai 07/12, eight working days before", days(day=7), ""),
    ("thứ Năm 10/12, the fifth working day counted back", days(day=10), ""),
    ("until the last minute of that day", days(23, day=10), ""),
    (
        "thứ Sáu 11/12: four working days are left",
        days(0, day=11),
        "Ngày 17/12/2026 quá gần: cần ít nhất 05 ngày làm việc để niêm yết và thông báo. Sớm nhất: thứ Sáu 18/12/2026.",
    ),
    (
        "thứ Bảy 12/12 counts for nothing",
        days(day=12),
        "Ngày 17/12/2026 quá gần: cần ít nhất 05 ngày làm việc để niêm yết và thông báo. Sớm nhất: thứ Hai 21/12/2026.",
    ),
]


@pytest.mark.parametrize(("at", "said"), [row[1:] for row in TERM], ids=[row[0] for row in TERM])
def test_the_term_is_checked_at_the_moment_of_publication(of: Reception, at: datetime, said: str) -> None:
    if not said:
        assert actions.publish(of, by=cast.clerk(), at=at).number == 1
        return
    with pytest.raises(Refused) as refused:
        actions.publish(of, by=cast.clerk(), at=at)
    assert refused.value.sentence == said and stage.fresh(of).state == "approved"


def test_an_ad_hoc_reception_goes_with_the_heads_written_reason(of: Reception) -> None:
    """Khoản 3 Điều 18 Luật Tiếp công dân"""
    Reception.objects.update(kind=Kind.ADHOC, adhoc_reason="Vụ việc gay gắt, đông người; Chủ tịch yêu cầu tiếp ngay.")
    version = actions.publish(stage.fresh(of), by=cast.clerk(), at=days(day=15))
    assert version.number == 1


def test_an_ad_hoc_reception_without_reason_keeps_the_term(of: Reception) -> None:
    Reception.objects.update(kind=Kind.ADHOC, adhoc_reason=" ")
    with pytest.raises(Refused, match="quá gần"):
        actions.publish(stage.fresh(of), by=cast.clerk(), at=days(day=15))


# -- what keeps a plan from the public


def test_a_blocking_fault_is_named(of: Reception) -> None:
    of.halls.filter(is_central=True).update(is_central=False)
    with pytest.raises(Refused, match=r"^Còn \d lỗi chặn: .*điểm cầu trung tâm"):
        actions.publish(of, by=cast.clerk(), at=NOW)


PERSONAL = [
    ("name", "Khiếu nại của ông Mai Văn Thịnh về đất", "«Mai Văn Thịnh»"),
    ("name without accents", "khieu nai cua mai van thinh", "«mai van thinh»"),
    ("identity number", f"Khiếu nại về đất ({stage.PAPER})", f"«{stage.PAPER}»"),
    ("any number of twelve digits", "Khiếu nại số 001099012345", "«001099012345»"),
    ("telephone", "Khiếu nại, gọi 0912345678", "«0912345678»"),
    ("hamlet", "Khiếu nại về đất, thôn Đông Hạ, xã Thanh Lộc", "«thôn Đông Hạ»"),
    ("plot", "Khiếu nại về thửa đất số 12", "«thửa đất số 12»"),
]


@pytest.mark.parametrize(("title", "word"), [row[1:] for row in PERSONAL], ids=[row[0] for row in PERSONAL])
def test_personal_data_is_not_published(of: Reception, title: str, word: str) -> None:
    """Người tiếp công dân giữ bí mật họ tên, địa chỉ, thông tin cá nhân (khoản 2 Điều 12 NĐ 154/2026)"""
    Matter.objects.update(public_title=title)
    with pytest.raises(Refused) as refused:
        actions.publish(of, by=cast.clerk(), at=NOW)
    assert refused.value.sentence.startswith("Danh mục công khai còn dữ liệu cá nhân: «")
    assert refused.value.sentence.endswith("». Hãy bỏ trước khi công bố.") and word in refused.value.sentence
    assert not Version.objects.exists() and stage.fresh(of).state == "approved"


def test_the_title_and_the_place_are_read_too(of: Reception) -> None:
    for field in ("title", "place"):
        Reception.objects.update(**{field: "Tại nhà bà Mai Thị Hợi"})
        with pytest.raises(Refused, match="Mai Thị Hợi"):
            actions.publish(stage.fresh(of), by=cast.clerk(), at=NOW)
        Reception.objects.update(title=stage.TITLE, place="")


def test_a_citizen_who_is_seated_without_being_in_the_case_is_not_published_either(of: Reception) -> None:
    Seat.objects.create(hall=of.halls.get(is_central=True), full_name="Lò Thị Pành", role="citizen")
    of.matters.update(public_title="Khiếu nại của bà Lò Thị Pành về đất")
    with pytest.raises(Refused, match="Lò Thị Pành»") as refused:
        actions.publish(of, by=cast.clerk(), at=NOW)
    assert refused.value.code == "personal_data"


def test_who_asked_for_protection_stands_in_nothing_public(of: Reception) -> None:
    """Khoản 4 Điều 20 NĐ 154/2026"""
    case_cast.Case.objects.update(is_protected=True)
    assert publication.snapshot(of)[0]["matters"] == []
    with pytest.raises(Refused, match=r"Còn .* lỗi chặn: .*bảo vệ danh tính"):
        actions.publish(of, by=cast.clerk(), at=NOW)


# -- the next version


def test_nothing_changed_is_no_version(of: Reception) -> None:
    row = published(of)
    with pytest.raises(Refused, match="Chưa có thay đổi nào so với phiên bản 1"):
        actions.publish_version(row, "Thử", by=cast.clerk(), at=NOW)


def test_a_version_needs_a_reason(of: Reception) -> None:
    row = published(of)
    Point.objects.filter(slug="so-nnmt").update(address="14 Trần Phú")
    with pytest.raises(Invalid, match="Chưa nhập lý do thay đổi"):
        actions.publish_version(row, "  ", by=cast.clerk(), at=NOW)


def test_a_changed_hall_makes_version_2_and_touches_only_that_hall(of: Reception) -> None:
    row = published(of)
    hall = row.halls.get(point__slug="so-nnmt")
    Point.objects.filter(slug="so-nnmt").update(address="14 Trần Phú")
    version = actions.publish_version(row, "Sở chuyển trụ sở", by=cast.clerk(), at=NOW)
    assert (version.number, version.note) == (2, "Sở chuyển trụ sở")
    assert [(row["what"], row["touches"]) for row in version.differences] == [
        ("Điểm cầu Sở Nông nghiệp và Môi trường", [hall.key])
    ]
    assert version.public["changes"] == [{"what": "điểm cầu", "before": ""}]


def test_a_confirmed_readiness_is_confirmed_again_after_a_change(of: Reception) -> None:
    published(of)
    Reception.objects.update(state="ready", confirmed_at=NOW)
    Reception.objects.update(help_phone="0299 3810 199")
    actions.publish_version(stage.fresh(of), "Đổi số máy", by=cast.clerk(), at=NOW)
    row = stage.fresh(of)
    assert (row.state, row.confirmed_at) == ("published", None)


def test_an_open_reception_has_no_new_version(of: Reception) -> None:
    published(of)
    Reception.objects.update(state="open", help_phone="0299 3810 199")
    with pytest.raises(Refused, match="không đổi lịch được nữa"):
        actions.publish_version(stage.fresh(of), "Đổi số máy", by=cast.clerk(), at=NOW)


def test_version_numbers_are_never_used_twice(of: Reception) -> None:
    row = published(of)
    for number in (2, 3, 4):
        Reception.objects.update(help_phone=f"0299 3810 15{number}")
        assert actions.publish_version(stage.fresh(row), "Đổi số máy", by=cast.clerk(), at=NOW).number == number
