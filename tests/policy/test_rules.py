"""What may be changed in the table and in an office's values, how pasted lines are read, how a deadline stands."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.law.tables import TABLE, d
from tiepdan.law.profiles import profile
from tiepdan.policy.lines import DayRow, read, written
from tiepdan.policy.rules import OFF, WORK, Chip, DayChange, changed, chip, day_problem, is_closed, value_problem
from tiepdan.policy.suggested import days_of

LAW = profile()


@pytest.mark.parametrize(
    ("day", "kind", "sentence"),
    [
        ("2026-01-02", OFF, ""),
        ("2026-04-26", OFF, ""),  # a holiday may fall on a Sunday
        ("2026-01-10", WORK, ""),
        (
            "2026-01-09",
            WORK,
            "Ngày làm bù phải là thứ Bảy hoặc Chủ nhật; các ngày khác vốn đã là ngày làm việc.",
        ),
        ("0206-01-09", OFF, "Năm 206 nằm ngoài bảng ngày làm việc (từ 2014 đến 2100)."),
    ],
)
def test_a_row_says_something(day: str, kind: str, sentence: str) -> None:
    assert day_problem(d(day), kind) == sentence


@pytest.mark.parametrize(
    ("year", "confirmed", "closed"),
    [(2025, True, True), (2025, False, False), (2026, True, False), (2027, True, False)],
)
def test_a_confirmed_year_that_is_over_is_closed(year: int, confirmed: bool, closed: bool) -> None:
    assert is_closed(year, confirmed, d("2026-12-07")) is closed


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("milestones.notice", 7, ""),
        ("milestones.notice", 5, ""),
        ("milestones.notice", 4, "Không được ngắn hơn mốc luật định (05 ngày làm việc)."),
        ("milestones.trial", 0, "Không được ngắn hơn mốc luật định (01 ngày làm việc)."),
        ("milestones.connected", 0.5, "Không được ngắn hơn mốc luật định (01 giờ)."),
        ("milestones.notice", 5.5, "Nhập số nguyên."),
        ("deadlines.refusal_workdays", 2, ""),
        ("deadlines.refusal_workdays", 4, "Không được dài hơn thời hạn quy định (03 ngày làm việc)."),
        ("recording.takes", 1, "Không được thấp hơn mức quy định (02)."),
        ("recording.disk_factor", 2.5, ""),
        ("group.large_most", 4, "Giá trị này do văn bản ấn định, cơ quan không đặt riêng được."),
        ("nothing.there", 4, "Giá trị này do văn bản ấn định, cơ quan không đặt riêng được."),
    ],
)
def test_an_office_may_only_be_stricter(path: str, value: float, sentence: str) -> None:
    assert value_problem(LAW.limits.get(path), value) == sentence


def test_the_table_after_changes() -> None:
    found = changed(TABLE, [DayChange(d("2026-12-16"), OFF), DayChange(d("2026-12-12"), WORK)])
    assert not found.is_workday(d("2026-12-16")) and found.is_workday(d("2026-12-12"))
    assert found.confirmed == TABLE.confirmed
    assert changed(found, [DayChange(d("2026-12-16"), ""), DayChange(d("2026-12-12"), "")]) == TABLE
    swapped = changed(TABLE, [DayChange(d("2026-01-10"), OFF)])
    assert not swapped.is_workday(d("2026-01-10")) and d("2026-01-10") not in swapped.worked


@pytest.mark.parametrize(
    ("due", "today", "late", "met", "met_late", "wanted"),
    [
        ("2026-12-10", "2026-12-07", False, False, False, (Chip.FUTURE, 3)),
        ("2026-12-10", "2026-12-08", False, False, False, (Chip.SOON, 2)),
        ("2026-12-10", "2026-12-10", False, False, False, (Chip.TODAY, 0)),
        ("2026-12-10", "2026-12-11", True, False, False, (Chip.LATE, 1)),
        ("2026-12-10", "2026-12-14", True, False, False, (Chip.LATE, 2)),
        ("2026-12-10", "2026-12-12", True, False, False, (Chip.LATE, 1)),
        ("2026-12-11", "2026-12-12", True, False, False, (Chip.LATE, 0)),
        ("2026-12-10", "2026-12-14", True, True, False, (Chip.MET, 0)),
        ("2026-12-10", "2026-12-14", True, True, True, (Chip.MET_LATE, 0)),
    ],
)
def test_how_a_deadline_stands(due: str, today: str, late: bool, met: bool, met_late: bool, wanted: Any) -> None:
    assert chip(d(due), d(today), is_late_now=late, met=met, met_late=met_late, calendar=TABLE) == wanted


LINES = """02/01/2026; nghỉ; Nghỉ hoán đổi; Thông báo ngày 25/12/2025

10-1-2026;LÀM BÙ;Làm bù cho 02/01
2026-02-16\tnghi\tTết Nguyên Đán\t"""


def test_pasted_lines() -> None:
    found = read(LINES)
    assert found.problems == ()
    assert found.rows == (
        DayRow(date(2026, 1, 2), OFF, "Nghỉ hoán đổi", "Thông báo ngày 25/12/2025"),
        DayRow(date(2026, 1, 10), WORK, "Làm bù cho 02/01"),
        DayRow(date(2026, 2, 16), OFF, "Tết Nguyên Đán"),
    )
    assert read(written(found.rows)) == found


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "Chưa nhập dòng nào."),
        ("02/01/2026; nghỉ", "Dòng 1: cần ba phần: ngày; nghỉ hoặc làm bù; tên ngày."),
        ("\n31/02/2026; nghỉ; x", "Dòng 2: «31/02/2026» không phải một ngày (ngày/tháng/năm)."),
        ("hôm nay; nghỉ; x", "Dòng 1: «hôm nay» không phải một ngày (ngày/tháng/năm)."),
        ("02/01/2026; vui; x", "Dòng 1: «vui» không phải «nghỉ» hay «làm bù»."),
        (
            "09/01/2026; làm bù; x",
            "Dòng 1: Ngày làm bù phải là thứ Bảy hoặc Chủ nhật; các ngày khác vốn đã là ngày làm việc.",
        ),
        ("02/01/2026; nghỉ; x\n2/1/2026; nghỉ; y", "Dòng 2: ngày 02/01/2026 đã có ở dòng trên."),
        ("02/01/2026; nghỉ; x\n" * 201, "Nhiều nhất 200 dòng một lần; đang có 201 dòng."),
        (
            f"02/01/2026; nghỉ; {'x' * 201}",
            "Dòng 1: tên ngày dài quá 200 ký tự, hoặc căn cứ dài quá 300 ký tự.",
        ),
    ],
)
def test_a_wrong_line_is_named(text: str, problem: str) -> None:
    assert read(text).problems == (problem,)


def test_a_wrong_line_does_not_hide_the_others() -> None:
    found = read("02/01/2026; nghỉ; x\n03/01/2026; vui; y\n10/01/2026; làm bù; z")
    assert [row.day.day for row in found.rows] == [2, 10] and len(found.problems) == 1


def test_the_suggested_days_of_2026_agree_with_the_notices() -> None:
    rows = {row.day: row for row in days_of(2026)}
    assert {day for day, row in rows.items() if row.kind == OFF} == {day for day in TABLE.off if day.year == 2026}
    assert {day for day, row in rows.items() if row.kind == WORK} == TABLE.worked
    assert "hoán đổi" in rows[d("2026-01-02")].source and "hoán đổi" in rows[d("2026-01-10")].source
    assert all(row.name and row.source for row in rows.values())


def test_the_suggested_days_of_2027() -> None:
    assert {row.day for row in days_of(2027)} == {day for day in TABLE.off if day.year == 2027}
