"""Writes of the working-day table and of stricter values, with their lines in the log."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests import cast
from tests.law.tables import TABLE, d
from tiepdan.audit.models import Entry
from tiepdan.kernel.refusals import Invalid, Refused
from tiepdan.law.profiles import profile
from tiepdan.law.workdays import Calendar
from tiepdan.policy import actions, queries
from tiepdan.policy.lines import DayRow
from tiepdan.policy.models import Day, OfficeValue, Year
from tiepdan.policy.rules import OFF, WORK

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)
NOTICE = "Thông báo số 12345/TB-BNV"


def who() -> dict[str, Any]:
    return {"agency": cast.province(), "by": cast.admin(), "at": NOW}


def log() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("event", flat=True))


def row(day: str, kind: str = OFF, name: str = "Nghỉ", source: str = "") -> DayRow:
    return DayRow(d(day), kind, name, source)


def test_seeding_fills_an_empty_year_once_and_leaves_it_unconfirmed() -> None:
    assert actions.seed_year(2026, at=NOW) > 0
    assert actions.seed_year(2027, at=NOW) > 0
    assert queries.calendar() == Calendar(TABLE.off, TABLE.worked)
    Day.objects.filter(day="2026-11-24").delete()
    assert actions.seed_year(2026, at=NOW) == 0
    assert not Day.objects.filter(day="2026-11-24").exists()
    assert log() == ["calendar.seeded", "calendar.seeded"]


def test_a_day_is_written_and_written_over() -> None:
    day = actions.set_day(row("2026-12-24", name="Nghỉ bão", source="Công điện 9"), **who())
    assert not queries.calendar().is_workday(d("2026-12-24"))
    assert (day.year.year, day.entered_by, day.entered_at) == (2026, cast.admin(), NOW)
    actions.set_day(row("2026-12-24", name="Nghỉ rét"), **who())
    assert [(one.pk, one.name) for one in Day.objects.all()] == [(day.pk, "Nghỉ rét")]
    entry = Entry.objects.latest("pk")
    assert (entry.event, entry.agency, entry.by) == ("calendar.day_set", cast.province(), cast.admin())
    assert entry.facts == {
        "day": "2026-12-24",
        "kind": "Nghỉ",
        "name": "Nghỉ rét",
        "source": "",
        "before": "Nghỉ: Nghỉ bão",
    }


def test_a_row_that_says_nothing_is_not_written() -> None:
    with pytest.raises(Invalid, match="thứ Bảy hoặc Chủ nhật"):
        actions.set_day(row("2026-12-24", WORK), **who())
    assert not Day.objects.exists() and log() == []


def test_a_day_is_taken_out() -> None:
    day = actions.set_day(row("2026-12-24"), **who())
    actions.remove_day(day, source="", **who())
    assert queries.calendar() == Calendar()
    assert log() == ["calendar.day_set", "calendar.day_removed"]
    with pytest.raises(Refused, match="vừa được người khác bỏ"):
        actions.remove_day(day, source="", **who())


def test_an_import_writes_all_rows_or_none() -> None:
    good, bad = row("2026-12-24"), row("2026-12-25", WORK)
    with pytest.raises(Invalid):
        actions.import_days([good, bad], **who())
    assert not Day.objects.exists()
    assert actions.import_days([good, row("2026-12-26", WORK)], **who()) == 2
    assert queries.calendar() == Calendar(frozenset({d("2026-12-24")}), frozenset({d("2026-12-26")}))
    assert Entry.objects.get().facts["days"] == ["24/12/2026 Nghỉ: Nghỉ", "26/12/2026 Làm bù: Nghỉ"]


def test_a_year_is_confirmed_by_a_notice() -> None:
    actions.seed_year(2026, at=NOW)
    actions.confirm_year(2026, f" {NOTICE} ", **who())
    year = Year.objects.get(year=2026)
    assert (year.source, year.confirmed_at, year.confirmed_by) == (NOTICE, NOW, cast.admin())
    assert queries.calendar().confirmed == {2026}
    with pytest.raises(Refused, match="đã được xác nhận"):
        actions.confirm_year(2026, NOTICE, **who())
    assert log() == ["calendar.seeded", "calendar.confirmed"]


@pytest.mark.parametrize(
    ("number", "source", "sentence"),
    [
        (2026, " ", "Chưa nhập văn bản làm căn cứ xác nhận."),
        (2027, NOTICE, "Năm 2027 chưa có ngày nghỉ. Nhập lịch."),
    ],
)
def test_a_year_is_not_confirmed_without_days_or_notice(number: int, source: str, sentence: str) -> None:
    actions.seed_year(2026, at=NOW)
    with pytest.raises(Refused) as refused:
        actions.confirm_year(number, source, **who())
    assert refused.value.sentence == sentence
    assert queries.calendar().confirmed == frozenset()


def test_a_confirmation_is_taken_back_with_a_reason() -> None:
    actions.seed_year(2026, at=NOW)
    with pytest.raises(Refused, match="chưa được xác nhận"):
        actions.unconfirm_year(2026, "Nhầm", **who())
    actions.confirm_year(2026, NOTICE, **who())
    with pytest.raises(Refused, match="Chưa nhập lý do"):
        actions.unconfirm_year(2026, " ", **who())
    actions.unconfirm_year(2026, " Nhầm văn bản ", **who())
    year = Year.objects.get(year=2026)
    assert (year.source, year.confirmed_at, year.confirmed_by) == ("", None, None)
    assert queries.calendar().confirmed == frozenset()
    entry = Entry.objects.latest("pk")
    assert (entry.event, entry.facts["source"], entry.facts["reason"]) == (
        "calendar.unconfirmed",
        NOTICE,
        "Nhầm văn bản",
    )
    actions.set_day(row("2026-12-24"), **who())  # without a document again
    actions.confirm_year(2026, NOTICE, **who())


def test_a_confirmed_year_changes_only_with_a_document() -> None:
    actions.seed_year(2026, at=NOW)
    actions.confirm_year(2026, NOTICE, **who())
    with pytest.raises(Refused, match="phải ghi văn bản làm căn cứ"):
        actions.set_day(row("2026-12-24"), **who())
    day = actions.set_day(row("2026-12-24", source="Công điện 9"), **who())
    with pytest.raises(Refused, match="phải ghi văn bản làm căn cứ"):
        actions.remove_day(day, source=" ", **who())
    actions.remove_day(day, source="Công điện 10", **who())
    off = frozenset(day for day in TABLE.off if day.year == 2026)
    assert queries.calendar() == Calendar(off, TABLE.worked, frozenset({2026}))


def test_a_closed_year_stays_as_it_was() -> None:
    actions.seed_year(2025, at=NOW)
    actions.set_day(row("2025-12-24"), **who())  # over, and not confirmed yet
    actions.confirm_year(2025, NOTICE, **who())
    before = queries.calendar()
    for act in (
        lambda: actions.set_day(row("2025-12-25", source="x"), **who()),
        lambda: actions.import_days([row("2025-12-25", source="x")], **who()),
        lambda: actions.remove_day(Day.objects.get(day="2025-12-24"), source="x", **who()),
        lambda: actions.unconfirm_year(2025, "x", **who()),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.sentence == (
            f"Năm 2025 đã khép lại với lịch nghỉ được xác nhận ({NOTICE}): "
            "các thời hạn đã tính theo lịch ấy nên không sửa được nữa."
        )
    assert queries.calendar() == before


def test_the_table_is_read_with_one_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert queries.calendar() == Calendar()
    actions.seed_year(2026, at=NOW)
    actions.seed_year(2027, at=NOW)
    with django_assert_num_queries(1):
        queries.calendar()


def value(path: str, number: str, since: str = "2026-12-07", code: str = "nd154-2026", **facts: Any) -> OfficeValue:
    given = {"valid_from": d(since), "reason": "Quy chế của tỉnh", "by": cast.admin(), "at": NOW, **facts}
    agency = given.pop("agency", cast.province())
    return actions.set_value(agency, code, path, Decimal(number), **given)


def test_a_stricter_value_holds_from_its_day() -> None:
    value("milestones.notice", "7", "2027-01-01")
    found = {
        day: queries.profile_for(cast.province(), "nd154-2026", d(day)).limit("milestones.notice").value
        for day in ("2026-12-31", "2027-01-01", "2027-06-01")
    }
    assert found == {"2026-12-31": 5, "2027-01-01": 7, "2027-06-01": 7}
    assert queries.profile_for(cast.elsewhere(), "nd154-2026", d("2027-06-01")) == profile()
    assert queries.profile_for(cast.commune(), "nd154-2026", d("2027-06-01")) == profile()
    entry = Entry.objects.get()
    assert (entry.event, entry.facts["value"], entry.facts["valid_from"]) == (
        "policy.value_set",
        "07 ngày làm việc",
        "2027-01-01",
    )


def test_the_newest_value_that_has_begun_counts() -> None:
    value("milestones.notice", "9", "2026-12-07")
    value("milestones.notice", "7", "2026-12-20")
    value("milestones.notice", "5", "2027-01-10")  # back to the law's own
    found = [
        queries.profile_for(cast.province(), "nd154-2026", d(day)).limit("milestones.notice").value
        for day in ("2026-12-07", "2026-12-20", "2027-01-10")
    ]
    assert found == [9, 7, 5]


def test_a_value_of_the_law_holds_under_the_pilot_too_and_the_stricter_wins() -> None:
    value("milestones.notice", "7")
    value("milestones.invitation", "4", code="qd764-2025")
    pilot = queries.profile_for(cast.province(), "qd764-2025", d("2026-12-07"))
    assert (pilot.limit("milestones.notice").value, pilot.limit("milestones.invitation").value) == (7, 4)
    value("milestones.notice", "6", code="qd764-2025")
    pilot = queries.profile_for(cast.province(), "qd764-2025", d("2026-12-07"))
    assert pilot.limit("milestones.notice").value == 7


@pytest.mark.parametrize(
    ("path", "number", "facts", "sentence"),
    [
        ("milestones.notice", "4", {}, "Không được ngắn hơn mốc luật định (05 ngày làm việc)."),
        ("deadlines.refusal_workdays", "4", {}, "Không được dài hơn thời hạn quy định (03 ngày làm việc)."),
        ("group.large_most", "6", {}, "Giá trị này do văn bản ấn định, cơ quan không đặt riêng được."),
        (
            "milestones.notice",
            "7",
            {"since": "2026-12-06"},
            "Giá trị mới chỉ có hiệu lực từ hôm nay trở đi; ngày đã qua không đổi được.",
        ),
        ("milestones.notice", "7", {"reason": " "}, "Chưa nhập lý do."),
    ],
)
def test_a_value_that_is_refused(path: str, number: str, facts: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        value(path, number, **facts)
    assert refused.value.sentence == sentence
    assert not OfficeValue.objects.exists() and log() == []


def test_a_loosening_row_that_got_into_the_table_does_not_count() -> None:
    """For instance after a new version of the law raised its own value."""
    OfficeValue.objects.create(
        agency=cast.province(),
        profile="nd154-2026",
        path="milestones.notice",
        value=2,
        valid_from=date(2026, 1, 1),
        reason="x",
        entered_at=NOW,
        entered_by=cast.admin(),
    )
    assert queries.profile_for(cast.province(), "nd154-2026", d("2026-12-07")) == profile()


def test_a_value_that_has_not_begun_is_taken_back() -> None:
    later, begun = value("milestones.notice", "7", "2026-12-08"), value("milestones.trial", "2")
    actions.remove_value(later, by=cast.admin(), at=NOW)
    with pytest.raises(Refused, match="đã có hiệu lực từ 07/12/2026"):
        actions.remove_value(begun, by=cast.admin(), at=NOW)
    assert list(OfficeValue.objects.all()) == [begun]
    assert log()[-1] == "policy.value_removed"


def test_the_profile_of_an_office_is_read_with_one_query(django_assert_num_queries: Any) -> None:
    for number in ("7", "8", "9"):
        value("milestones.notice", number)
    agency = cast.province()
    with django_assert_num_queries(1):
        queries.profile_for(agency, "qd764-2025", d("2026-12-07"))


def test_numbers_of_a_book_follow_each_other() -> None:
    assert [actions.next_number("so:2026") for _ in range(3)] == [1, 2, 3]
    assert actions.next_number("so:2027") == 1
