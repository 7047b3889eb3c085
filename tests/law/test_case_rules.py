"""Terms of a case, ways of handling, days of the head, reporting periods: row by row, each with its citation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.law.tables import TABLE, d
from tiepdan.law import deadlines
from tiepdan.law.profiles import Profile, profile

LAW, PILOT = profile("nd154-2026"), profile("qd764-2025")
BOTH = pytest.mark.parametrize("one", [LAW, PILOT], ids=lambda one: one.code)

L28, COMPLAINTS = "khoản 1 Điều 28 Luật Tiếp công dân", "NĐ 124/2020/NĐ-CP, sửa đổi tại Điều {} NĐ 155/2026/NĐ-CP"


@pytest.mark.parametrize(
    ("path", "citation", "due", "wanted"),
    [
        ("answer_workdays", L28, lambda: deadlines.answer_due(LAW, d("2026-12-07"), TABLE), "2026-12-21"),
        ("answer_workdays", L28, lambda: deadlines.answer_due(LAW, d("2026-02-09"), TABLE), "2026-03-02"),  # over Tết
        ("answer_workdays", L28, lambda: deadlines.answer_due(LAW, d("2026-08-21"), TABLE), "2026-09-08"),  # over 2/9
        (
            "feedback_workdays",
            "khoản 2 Điều 27 Luật Tiếp công dân",
            lambda: deadlines.feedback_due(LAW, d("2026-12-07"), TABLE),
            "2026-12-16",
        ),
        (
            "result_workdays",
            "khoản 2 Điều 28 Luật Tiếp công dân",
            lambda: deadlines.result_due(LAW, d("2026-12-16"), TABLE),
            "2026-12-23",
        ),
        (
            "acceptance_workdays",
            f"khoản 1 Điều 16 {COMPLAINTS.format(10)}",
            lambda: deadlines.acceptance_due(LAW, d("2026-12-07"), TABLE),
            "2026-12-16",
        ),
        (
            "dialogue_days",
            f"khoản 1 Điều 28 {COMPLAINTS.format(11)}",
            lambda: deadlines.dialogue_notice_due(LAW, d("2026-12-17")),
            "2026-12-12",
        ),
        (
            "petition_days",
            "điểm b khoản 3 Điều 41 NĐ 154/2026/NĐ-CP",
            lambda: deadlines.petition_due(LAW, d("2026-12-07")),
            "2027-01-21",
        ),
        ("petition_warn_days", "practice", lambda: deadlines.petition_warn_on(LAW, d("2026-12-07")), "2027-01-06"),
    ],
)
def test_terms_of_a_case(path: str, citation: str, due: Callable[[], date], wanted: str) -> None:
    assert LAW.source(f"deadlines.{path}") == citation
    assert due() == d(wanted)


@pytest.mark.parametrize(
    ("kind", "competence", "codes"),
    [
        ("complaint", "own", ["accept", "answer", "split"]),
        ("denunciation", "own", ["accept", "answer", "split"]),
        ("recommendation", "own", ["study", "answer", "split"]),
        ("complaint", "other", ["guide", "transfer_board", "split"]),
        ("feedback", "other", ["guide", "transfer", "split"]),
        ("complaint", "below", ["order_below", "split"]),
        ("feedback", "below", ["split"]),
        ("denunciation", "settled", ["explain_stop", "split"]),
        ("feedback", "settled", ["explain", "split"]),
        ("complaint", "", ["accept", "answer", "guide", "order_below", "explain_stop", "transfer_board", "split"]),
        ("feedback", "", ["study", "answer", "guide", "transfer", "explain", "split"]),
    ],
)
@BOTH
def test_classification_and_handling(one: Profile, kind: str, competence: str, codes: list[str]) -> None:
    """Điều 26 Luật Tiếp công dân, Điều 14, 15, 25 NĐ 154/2026"""
    assert [row.code for row in one.handling_options(kind, competence)] == codes


KT, KP = ("complaint", "denunciation"), ("recommendation", "feedback")
# handling · what the page cites · kinds of petition · by whose competence · what is done
HANDLING = [
    (
        "accept",
        "điểm a khoản 1 Điều 26 Luật Tiếp công dân; khoản 4 Điều 15 NĐ 154/2026/NĐ-CP",
        KT,
        "own",
        "báo cáo người có thẩm quyền thụ lý",
    ),
    (
        "study",
        "điểm a khoản 2 Điều 26 Luật Tiếp công dân; khoản 4 Điều 15 NĐ 154/2026/NĐ-CP",
        KP,
        "own",
        "phân công bộ phận giải quyết",
    ),
    ("answer", "khoản 3 Điều 25 NĐ 154/2026/NĐ-CP", KT + KP, "own", "trả lời ngay"),
    (
        "guide",
        "điểm b khoản 1 Điều 26 Luật Tiếp công dân; khoản 2 Điều 15 NĐ 154/2026/NĐ-CP",
        KT + KP,
        "other",
        "Hướng dẫn công dân viết đơn",
    ),
    ("transfer", "điểm b khoản 2 Điều 26 Luật Tiếp công dân", KP, "other", "bản ghi nội dung trình bày"),
    (
        "order_below",
        "điểm b khoản 1 Điều 26 Luật Tiếp công dân; khoản 3 Điều 15 NĐ 154/2026/NĐ-CP",
        KT,
        "below",
        "yêu cầu cơ quan cấp dưới giải quyết",
    ),
    ("explain_stop", "điểm c khoản 1 Điều 26 Luật Tiếp công dân", KT, "settled", "yêu cầu chấm dứt"),
    ("transfer_board", "điểm b khoản 3 Điều 6 NĐ 154/2026/NĐ-CP", KT, "other", "Chuyển đơn đã tiếp nhận"),
    ("explain", "khoản 4 Điều 8 Luật Tiếp công dân", KP, "settled", "Giải thích, hướng dẫn chấp hành"),
    ("split", "khoản 4 Điều 14 NĐ 154/2026/NĐ-CP", KT + KP, "any", "hướng dẫn tách riêng từng nội dung"),
]


@pytest.mark.parametrize(("code", "citation", "kinds", "competence", "words"), HANDLING, ids=[r[0] for r in HANDLING])
@BOTH
def test_a_way_of_handling(one: Profile, code: str, citation: str, kinds: Any, competence: str, words: str) -> None:
    row = next(row for row in one.handling if row.code == code)
    assert (row.article, row.kinds, row.competence) == (citation, kinds, competence)
    assert words in row.text


@BOTH
def test_no_other_way_of_handling(one: Profile) -> None:
    assert [row.code for row in one.handling] == [row[0] for row in HANDLING]


@pytest.mark.parametrize(
    ("kind", "citation", "days"),
    [
        ("province", "khoản 5 Điều 12 Luật Tiếp công dân", 1),
        ("commune", "Điều 15 Luật Tiếp công dân, sửa đổi theo Luật số 136/2025/QH15", 2),
        ("department", "khoản 2 Điều 18 Luật Tiếp công dân", 1),
        ("unit", "khoản 2 Điều 10 NĐ 154/2026/NĐ-CP", 1),
        ("other", "khoản 2 Điều 10 NĐ 154/2026/NĐ-CP", 1),
    ],
)
def test_days_on_which_the_head_receives(kind: str, citation: str, days: int) -> None:
    rule = LAW.head_days_of(kind)
    assert (rule.article, rule.days) == (citation, days)


@pytest.mark.parametrize(
    ("code", "first", "last", "year_before"),
    [
        ("q1", (12, 15), (3, 14), True),
        ("q2", (3, 15), (6, 14), False),
        ("q3", (6, 15), (9, 14), False),
        ("q4", (9, 15), (12, 14), False),
        ("h1", (12, 15), (6, 14), True),
        ("m9", (12, 15), (9, 14), True),
        ("year", (12, 15), (12, 14), True),
    ],
)
def test_reporting_periods(code: str, first: Any, last: Any, year_before: bool) -> None:
    period = next(period for period in LAW.periods if period.code == code)
    assert (period.first, period.last, period.starts_year_before) == (first, last, year_before)
