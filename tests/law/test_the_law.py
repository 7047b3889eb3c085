"""Row by row: what NĐ 154/2026 (Điều 4, 16–24) and QĐ 764/2025 (Điều 3–6) ask of the office half, and what we answer.

Each row carries its citation. What a profile alone cannot show (one central point, what is refused on a page) is tested
where it is done: cases, receptions, notify.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from tests.law.tables import TABLE, d
from tiepdan.law import deadlines, refusals
from tiepdan.law.groups import is_crowd, must_send_representatives, representatives
from tiepdan.law.milestones import VIETNAM, milestones
from tiepdan.law.profiles import Profile, ProfileError, profile

LAW, PILOT = profile("nd154-2026"), profile("qd764-2025")
BOTH = pytest.mark.parametrize("one", [LAW, PILOT], ids=lambda one: one.code)
ALL = {"complaint", "denunciation", "recommendation", "feedback"}
NOT_DENUNCIATION = ALL - {"denunciation"}

ORAL, WRITTEN = False, True
REFUSALS = [
    ("L9.1", "khoản 1 Điều 9 Luật Tiếp công dân", ORAL, (), ()),
    ("L9.2", "khoản 2 Điều 9 Luật Tiếp công dân", ORAL, (), ()),
    (
        "L9.3",
        "khoản 3 Điều 9 Luật Tiếp công dân",
        WRITTEN,
        ("complaint", "denunciation"),
        ("review", "notice", "received_before"),
    ),
    ("N4.a", "điểm a khoản 1 Điều 4 NĐ 154/2026/NĐ-CP", ORAL, (), ()),
    ("N4.b", "điểm b khoản 1 Điều 4 NĐ 154/2026/NĐ-CP", ORAL, (), ()),
    ("N4.c", "điểm c khoản 1 Điều 4 NĐ 154/2026/NĐ-CP", ORAL, (), ()),
    ("N4.d", "điểm d khoản 1 Điều 4 NĐ 154/2026/NĐ-CP", ORAL, (), ()),
    ("N4.đ", "điểm đ khoản 1 Điều 4 NĐ 154/2026/NĐ-CP", ORAL, (), ()),
    ("N4.e", "điểm e khoản 1 Điều 4 NĐ 154/2026/NĐ-CP", ORAL, ("complaint", "recommendation", "feedback"), ()),
    ("N4.g", "điểm g khoản 1 Điều 4 NĐ 154/2026/NĐ-CP", ORAL, (), ()),
    ("N4.h", "điểm h khoản 1 Điều 4 NĐ 154/2026/NĐ-CP", WRITTEN, ("recommendation", "feedback"), ("decision",)),
    ("N4.i", "điểm i khoản 1 Điều 4 NĐ 154/2026/NĐ-CP", ORAL, (), ("decision",)),
    ("N4.k", "điểm k khoản 1 Điều 4 NĐ 154/2026/NĐ-CP", ORAL, (), ()),
]


@BOTH
def test_the_grounds_of_refusal_are_a_closed_list(one: Profile) -> None:
    assert [ground.code for ground in one.refusals] == [row[0] for row in REFUSALS]
    assert one.refusal("N4.l") is None


@pytest.mark.parametrize(("code", "citation", "how", "kinds", "proofs"), REFUSALS, ids=[row[0] for row in REFUSALS])
@BOTH
def test_refusals(one: Profile, code: str, citation: str, how: bool, kinds: Any, proofs: Any) -> None:
    ground = one.refusal(code)
    assert ground is not None and ground.article == citation and ground.text
    assert (ground.is_written, ground.days) == (how, 3 if how else 0)
    assert ground.how_article == f"khoản {3 if how else 2} Điều 4 NĐ 154/2026/NĐ-CP"
    assert (ground.kinds, (*ground.proofs, *ground.facts)) == (kinds, proofs)


@pytest.mark.parametrize(
    ("grounds_on", "due"),
    [
        ("2026-12-07", "2026-12-10"),
        ("2026-12-10", "2026-12-15"),  # over a weekend
        ("2026-12-12", "2026-12-16"),  # grounds complete on a Saturday
        ("2026-02-12", "2026-02-24"),  # over Tết 2026
        ("2027-02-03", "2027-02-15"),  # over Tết 2027
        ("2026-04-28", "2026-05-05"),
        ("2026-08-28", "2026-09-07"),
        ("2026-08-20", "2026-08-24"),  # the make-up Saturday counts
        ("2026-01-08", "2026-01-12"),
        ("2026-12-31", "2027-01-06"),
    ],
)
@pytest.mark.parametrize("code", ["L9.3", "N4.h"])
def test_the_notice_of_refusal_is_due_on_the_third_working_day(code: str, grounds_on: str, due: str) -> None:
    """khoản 3 Điều 4 NĐ 154/2026"""
    assert refusals.due(LAW, code, d(grounds_on), TABLE) == d(due)


@pytest.mark.parametrize("code", [row[0] for row in REFUSALS if row[2] is ORAL])
def test_what_is_explained_on_the_spot_has_no_date(code: str) -> None:
    """khoản 2 Điều 4 NĐ 154/2026"""
    assert refusals.due(LAW, code, d("2026-12-07"), TABLE) is None


def test_a_refusal_outside_the_list_has_no_date_but_a_mistake() -> None:
    """khoản 4 Điều 4 NĐ 154/2026: only on a lawful ground"""
    with pytest.raises(ProfileError):
        refusals.due(LAW, "N4.l", d("2026-12-07"), TABLE)


GROUNDS = [
    (LAW, "nd154.a", "khoản 1 Điều 20 NĐ 154/2026/NĐ-CP", NOT_DENUNCIATION, ()),
    (LAW, "nd154.b", "khoản 2 Điều 20 NĐ 154/2026/NĐ-CP", NOT_DENUNCIATION, ("circumstance", "wish")),
    (LAW, "nd154.c", "khoản 3 Điều 20 NĐ 154/2026/NĐ-CP", NOT_DENUNCIATION, ()),
    (LAW, "nd154.d", "khoản 4 Điều 20 NĐ 154/2026/NĐ-CP", {"denunciation"}, ("no_protection", "secrecy")),
    (LAW, "nd154.e", "khoản 5 Điều 20 NĐ 154/2026/NĐ-CP", NOT_DENUNCIATION, ()),
    (PILOT, "qd764.a", "điểm a khoản 1 Điều 4 Quy chế kèm theo QĐ 764/QĐ-UBND", NOT_DENUNCIATION, ()),
    (PILOT, "qd764.b", "điểm b khoản 1 Điều 4 Quy chế kèm theo QĐ 764/QĐ-UBND", NOT_DENUNCIATION, ()),
    (PILOT, "qd764.c", "điểm c khoản 1 Điều 4 Quy chế kèm theo QĐ 764/QĐ-UBND", NOT_DENUNCIATION, ()),
    (PILOT, "qd764.d", "điểm d khoản 1 Điều 4 Quy chế kèm theo QĐ 764/QĐ-UBND", NOT_DENUNCIATION, ()),
    (PILOT, "qd764.dd", "điểm đ khoản 1 Điều 4 Quy chế kèm theo QĐ 764/QĐ-UBND", NOT_DENUNCIATION, ()),
    (PILOT, "qd764.e", "điểm e khoản 1 Điều 4 Quy chế kèm theo QĐ 764/QĐ-UBND", NOT_DENUNCIATION, ()),
]


@pytest.mark.parametrize(("one", "code", "citation", "kinds", "needs"), GROUNDS, ids=[row[1] for row in GROUNDS])
def test_grounds_of_an_online_reception(one: Profile, code: str, citation: str, kinds: set[str], needs: Any) -> None:
    ground = one.ground(code)
    assert ground is not None and ground.text
    assert (ground.article, set(ground.allows), ground.needs) == (citation, kinds, needs)
    assert ground.least_reason == (50 if code.endswith(".e") else 0)


@BOTH
def test_the_list_of_grounds_is_that_of_the_profile(one: Profile) -> None:
    assert [ground.code for ground in one.grounds] == [row[1] for row in GROUNDS if row[0] is one]


def milestone(one: Profile, code: str) -> tuple[str, str]:
    starts_at = datetime(2026, 12, 17, 8, 30, tzinfo=VIETNAM)
    row = next(row for row in milestones(one, starts_at, TABLE) if row.code == code)
    return row.due.isoformat(), row.citation


RULES: list[tuple[str, str, Callable[[Profile], object], object]] = [
    (
        "khoản 3 Điều 19 NĐ 154/2026 (khoản 4 Điều 24 Luật Tiếp công dân)",
        "the schedule is posted five working days before, as for any reception",
        lambda one: milestone(one, "notice"),
        ("2026-12-10", "khoản 1 Điều 23 NĐ 154/2026/NĐ-CP; khoản 4 Điều 24 Luật Tiếp công dân"),
    ),
    (
        "khoản 1 Điều 22 NĐ 154/2026",
        "at the centre: who receives, and who advises on the matter",
        lambda one: (one.participants.central, one.participants.central_article),
        (("chair", "advisor"), "khoản 1 Điều 22 NĐ 154/2026/NĐ-CP"),
    ),
    (
        "khoản 2 Điều 22 NĐ 154/2026",
        "at the other halls: the agencies concerned",
        lambda one: (one.participants.component, one.participants.component_article),
        (("officer",), "khoản 2 Điều 22 NĐ 154/2026/NĐ-CP"),
    ),
    (
        "khoản 3 Điều 22 NĐ 154/2026",
        "the citizen registers for the centre or another hall",
        lambda one: one.participants.choice_article,
        "khoản 3 Điều 22 NĐ 154/2026/NĐ-CP",
    ),
    (
        "khoản 4 Điều 22 NĐ 154/2026",
        "several people about one matter send representatives",
        lambda one: [must_send_representatives(n) for n in (1, 2, 12)],
        [False, True, True],
    ),
    (
        "đoạn 1 khoản 1 Điều 23 NĐ 154/2026",
        "citizen and agencies are told five working days before",
        lambda one: (one.limit("milestones.notice").text, one.limit("milestones.notice").unit),
        ("05 ngày làm việc", "workdays"),
    ),
    (
        "đoạn 2 khoản 1 Điều 23 NĐ 154/2026",
        "the trial with every hall succeeds one working day before",
        lambda one: milestone(one, "trial"),
        ("2026-12-16", "khoản 1 Điều 23 NĐ 154/2026/NĐ-CP"),
    ),
    (
        "đoạn 3 khoản 1 Điều 23 NĐ 154/2026",
        "everybody is connected one hour before",
        lambda one: milestone(one, "connected"),
        ("2026-12-17T07:30:00+07:00", "khoản 1 Điều 23 NĐ 154/2026/NĐ-CP"),
    ),
    (
        "khoản 1 Điều 24 NĐ 154/2026",
        "nothing is held unrecorded",
        lambda one: (one.recording.takes_required, one.is_law("recording.takes_required")),
        (1, True),
    ),
    (
        "khoản 3 Điều 24 NĐ 154/2026",
        "recordings are kept as the archive law says: no number of years of ours",
        lambda one: [(kept.years, kept.article) for kept in one.retention if kept.code == "recording"],
        [(None, "khoản 3 Điều 24 NĐ 154/2026/NĐ-CP")],
    ),
    (
        "khoản 3 Điều 4 NĐ 154/2026, Phụ lục",
        "the forms 01, 02 and 03/TCD",
        lambda one: [(form.code, form.title) for form in one.forms.values()],
        [
            ("01/TCD", "Thông báo về việc từ chối tiếp công dân"),
            ("02/TCD", "Giấy biên nhận thông tin, tài liệu"),
            ("03/TCD", "Sổ tiếp công dân"),
        ],
    ),
]


@pytest.mark.parametrize(("citation", "rule", "answer", "wanted"), RULES, ids=[f"{row[0]}: {row[1]}" for row in RULES])
@BOTH
def test_rules_of_the_decree(one: Profile, citation: str, rule: str, answer: Any, wanted: object) -> None:
    assert answer(one) == wanted


PILOT_RULES: list[tuple[str, str, Callable[[], object], object]] = [
    (
        "khoản 3 Điều 3 QĐ 764/2025",
        "the other halls are called «điểm cầu đại biểu»",
        lambda: PILOT.terms["component"],
        "điểm cầu đại biểu",
    ),
    (
        "khoản 2 Điều 4 QĐ 764/2025",
        "the province agrees to every case",
        lambda: (PILOT.approval.text, PILOT.approval.article),
        ("Ủy ban nhân dân tỉnh đồng ý", "khoản 2 Điều 4 Quy chế kèm theo QĐ 764/QĐ-UBND"),
    ),
    (
        "điểm a khoản 1 Điều 6 QĐ 764/2025",
        "the plan is put before the leaders five days before",
        lambda: milestone(PILOT, "leaders_report")[0],
        "2026-12-12",
    ),
    (
        "điểm a khoản 1 Điều 6 QĐ 764/2025",
        "the lines are tested one day before",
        lambda: milestone(PILOT, "first_test")[0],
        "2026-12-16",
    ),
    (
        "điểm a khoản 1 Điều 6 QĐ 764/2025",
        "the lines are tested again two hours before",
        lambda: milestone(PILOT, "second_test")[0],
        "2026-12-17T06:30:00+07:00",
    ),
    (
        "điểm b khoản 1 Điều 6 QĐ 764/2025",
        "invitations go out three days before",
        lambda: milestone(PILOT, "invitation")[0],
        "2026-12-14",
    ),
]


@pytest.mark.parametrize(("citation", "rule", "answer", "wanted"), PILOT_RULES, ids=[row[1] for row in PILOT_RULES])
def test_rules_of_the_pilot(citation: str, rule: str, answer: Any, wanted: object) -> None:
    assert answer() == wanted


def test_the_law_alone_leaves_the_decision_to_the_head() -> None:
    """Điều 20 NĐ 154/2026"""
    assert LAW.approval.article == "Điều 20 NĐ 154/2026/NĐ-CP"


@pytest.mark.parametrize(
    ("people", "least", "most", "crowd"),
    [
        (1, 0, 0, False),
        (2, 0, 2, False),
        (4, 0, 4, False),
        (5, 1, 2, True),
        (10, 1, 2, True),
        (11, 1, 5, True),
        (12, 1, 5, True),
        (500, 1, 5, True),
    ],
)
@BOTH
def test_representatives_of_a_group(one: Profile, people: int, least: int, most: int, crowd: bool) -> None:
    """Điều 29 Luật Tiếp công dân"""
    assert representatives(people, one) == (least, most)
    assert is_crowd(people, one) is crowd
    assert one.group.article == "Điều 29 Luật Tiếp công dân"


@pytest.mark.parametrize(
    ("citation", "due", "wanted"),
    [
        ("khoản 1 Điều 28 Luật Tiếp công dân", lambda: deadlines.answer_due(LAW, d("2026-12-07"), TABLE), "2026-12-21"),
        ("… over Tết", lambda: deadlines.answer_due(LAW, d("2026-02-09"), TABLE), "2026-03-02"),
        ("… over 2/9", lambda: deadlines.answer_due(LAW, d("2026-08-21"), TABLE), "2026-09-08"),
        (
            "khoản 2 Điều 27 Luật Tiếp công dân",
            lambda: deadlines.feedback_due(LAW, d("2026-12-07"), TABLE),
            "2026-12-16",
        ),
        ("khoản 2 Điều 28 Luật Tiếp công dân", lambda: deadlines.result_due(LAW, d("2026-12-16"), TABLE), "2026-12-23"),
        ("khoản 1 Điều 10 NĐ 155/2026", lambda: deadlines.acceptance_due(LAW, d("2026-12-07"), TABLE), "2026-12-16"),
        ("Điều 11 NĐ 155/2026", lambda: deadlines.dialogue_notice_due(LAW, d("2026-12-17")), "2026-12-12"),
        ("điểm b khoản 3 Điều 41 NĐ 154/2026", lambda: deadlines.petition_due(LAW, d("2026-12-07")), "2027-01-21"),
        ("practice", lambda: deadlines.petition_warn_on(LAW, d("2026-12-07")), "2027-01-06"),
    ],
)
def test_terms_of_a_case(citation: str, due: Callable[[], date], wanted: str) -> None:
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


@pytest.mark.parametrize(
    ("kind", "days"), [("province", 1), ("commune", 2), ("department", 1), ("other", 1), ("unit", 1)]
)
def test_days_on_which_the_head_receives(kind: str, days: int) -> None:
    assert LAW.head_days_of(kind).days == days


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
