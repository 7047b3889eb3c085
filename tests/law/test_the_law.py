"""Row by row: what NĐ 154/2026 (Điều 4, 16–24) and QĐ 764/2025 (Điều 3–6) ask of the office half, and what we answer.

Each row carries its citation. What a profile alone cannot show (one central point, what is refused on a page) is tested
where it is done: cases, receptions, notify.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from tests.law.tables import TABLE, d
from tiepdan.law import refusals
from tiepdan.law.groups import is_crowd, must_send_representatives, representatives
from tiepdan.law.milestones import VIETNAM, milestones
from tiepdan.law.profiles import Profile, ProfileError, profile
from tiepdan.policy.tables import sections

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


Answer = Callable[[Profile], object]

# what the product cites · the rule · where it cites that · what it answers · the answer of the law
RULES: list[tuple[str, str, Callable[[Profile], str], Answer, object]] = [
    (
        "khoản 4, khoản 5 Điều 3 NĐ 154/2026/NĐ-CP",
        "one hall is the centre",
        lambda one: LAW.source("terms"),
        lambda one: one.terms["central"],
        "điểm cầu trung tâm",
    ),
    (
        "khoản 1 Điều 23 NĐ 154/2026/NĐ-CP; khoản 4 Điều 24 Luật Tiếp công dân",
        "khoản 3 Điều 19: the schedule is posted five working days before, as for any reception",
        lambda one: milestone(one, "notice")[1],
        lambda one: milestone(one, "notice")[0],
        "2026-12-10",
    ),
    (
        "Điều 20 NĐ 154/2026/NĐ-CP",
        "the head of the agency decides which cases are received online",
        lambda one: LAW.approval.article,
        lambda one: LAW.approval.text,
        "Người đứng đầu cơ quan, tổ chức, đơn vị quyết định",
    ),
    (
        "khoản 1 Điều 22 NĐ 154/2026/NĐ-CP",
        "at the centre: who receives, and who advises on the matter",
        lambda one: one.participants.central_article,
        lambda one: one.participants.central,
        ("chair", "advisor"),
    ),
    (
        "khoản 2 Điều 22 NĐ 154/2026/NĐ-CP",
        "at the other halls: the agencies concerned",
        lambda one: one.participants.component_article,
        lambda one: one.participants.component,
        ("officer",),
    ),
    (
        "khoản 3 Điều 22 NĐ 154/2026/NĐ-CP",
        "the citizen registers for the centre or another hall: the page of the rules says so",
        lambda one: one.participants.choice_article,
        lambda one: shown(one, "Công dân đăng ký"),
        "Điểm cầu trung tâm hoặc điểm cầu khác",
    ),
    (
        "khoản 4 Điều 22 NĐ 154/2026/NĐ-CP",
        "several people about one matter send representatives",
        lambda one: one.participants.group_article,
        lambda one: [must_send_representatives(n) for n in (1, 2, 12)],
        [False, True, True],
    ),
    (
        "khoản 1 Điều 23 NĐ 154/2026/NĐ-CP; khoản 4 Điều 24 Luật Tiếp công dân",
        "first paragraph: citizen and agencies are told five working days before",
        lambda one: one.source("milestones.notice"),
        lambda one: (one.limit("milestones.notice").text, one.limit("milestones.notice").unit),
        ("05 ngày làm việc", "workdays"),
    ),
    (
        "khoản 1 Điều 23 NĐ 154/2026/NĐ-CP",
        "second paragraph: the trial with every hall succeeds one working day before",
        lambda one: milestone(one, "trial")[1],
        lambda one: milestone(one, "trial")[0],
        "2026-12-16",
    ),
    (
        "khoản 1 Điều 23 NĐ 154/2026/NĐ-CP",
        "third paragraph: everybody is connected one hour before",
        lambda one: milestone(one, "connected")[1],
        lambda one: milestone(one, "connected")[0],
        "2026-12-17T07:30:00+07:00",
    ),
    (
        "khoản 1 Điều 24 NĐ 154/2026/NĐ-CP",
        "nothing is held unrecorded",
        lambda one: one.source("recording.takes_required"),
        lambda one: (one.recording.takes_required, one.is_law("recording.takes_required")),
        (1, True),
    ),
    (
        "khoản 3 Điều 24 NĐ 154/2026/NĐ-CP",
        "recordings are kept as the archive law says: no number of years of ours",
        lambda one: one.recording.retention_article,
        lambda one: [(kept.years, kept.article) for kept in one.retention if kept.code == "recording"],
        [(None, "khoản 3 Điều 24 NĐ 154/2026/NĐ-CP")],
    ),
    (
        "khoản 3 Điều 4 NĐ 154/2026/NĐ-CP",
        "the notice of refusal within three working days",
        lambda one: one.source("deadlines.refusal_workdays"),
        lambda one: one.limit("deadlines.refusal_workdays").text,
        "03 ngày làm việc",
    ),
    *(
        (
            f"Mẫu số {code} ban hành kèm theo NĐ 154/2026/NĐ-CP",
            f"Phụ lục: the form {code}",
            lambda one, code=code: one.forms[code].article,  # type: ignore[misc]
            lambda one, code=code: one.forms[code].title,  # type: ignore[misc]
            title,
        )
        for code, title in (
            ("01/TCD", "Thông báo về việc từ chối tiếp công dân"),
            ("02/TCD", "Giấy biên nhận thông tin, tài liệu"),
            ("03/TCD", "Sổ tiếp công dân"),
        )
    ),
]


def shown(one: Profile, label: str) -> str:
    """The value beside this label on the page of the rules."""
    return next(row.value for part in sections(one) for row in part.rows if row.label == label)


@pytest.mark.parametrize(
    ("citation", "rule", "where", "answer", "wanted"), RULES, ids=[f"{row[0]}: {row[1]}" for row in RULES]
)
@BOTH
def test_rules_of_the_decree(one: Profile, citation: str, rule: str, where: Any, answer: Any, wanted: object) -> None:
    assert where(one) == citation
    assert answer(one) == wanted


PILOT_RULES: list[tuple[str, str, Callable[[], str], Callable[[], object], object]] = [
    (
        "khoản 2, khoản 3 Điều 3 Quy chế kèm theo QĐ 764/QĐ-UBND",
        "the other halls are called «điểm cầu đại biểu»",
        lambda: PILOT.source("terms"),
        lambda: (PILOT.terms["central"], PILOT.terms["component"]),
        ("điểm cầu trung tâm", "điểm cầu đại biểu"),
    ),
    (
        "khoản 2 Điều 4 Quy chế kèm theo QĐ 764/QĐ-UBND",
        "the province agrees to every case",
        lambda: PILOT.approval.article,
        lambda: PILOT.approval.text,
        "Ủy ban nhân dân tỉnh đồng ý",
    ),
    (
        "điểm a khoản 1 Điều 6 Quy chế kèm theo QĐ 764/QĐ-UBND",
        "plan and script are put before the leaders five days before",
        lambda: milestone(PILOT, "leaders_report")[1],
        lambda: milestone(PILOT, "leaders_report")[0],
        "2026-12-12",
    ),
    (
        "điểm a khoản 1 Điều 6 Quy chế kèm theo QĐ 764/QĐ-UBND",
        "the lines are tested one day before",
        lambda: milestone(PILOT, "first_test")[1],
        lambda: milestone(PILOT, "first_test")[0],
        "2026-12-16",
    ),
    (
        "điểm a khoản 1 Điều 6 Quy chế kèm theo QĐ 764/QĐ-UBND",
        "the lines are tested again two hours before",
        lambda: milestone(PILOT, "second_test")[1],
        lambda: milestone(PILOT, "second_test")[0],
        "2026-12-17T06:30:00+07:00",
    ),
    (
        "điểm b khoản 1 Điều 6 Quy chế kèm theo QĐ 764/QĐ-UBND",
        "invitations go out three days before",
        lambda: milestone(PILOT, "invitation")[1],
        lambda: milestone(PILOT, "invitation")[0],
        "2026-12-14",
    ),
]


@pytest.mark.parametrize(
    ("citation", "rule", "where", "answer", "wanted"), PILOT_RULES, ids=[row[1] for row in PILOT_RULES]
)
def test_rules_of_the_pilot(citation: str, rule: str, where: Any, answer: Any, wanted: object) -> None:
    assert where() == citation
    assert answer() == wanted


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
