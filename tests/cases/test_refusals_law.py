"""Điều 9 Luật Tiếp công dân and Điều 4 NĐ 154/2026, row by row: the closed list, the form, the proofs, the term."""

from __future__ import annotations

from datetime import date

import pytest

from tiepdan.cases.rules import ITEM_LABELS, KIND_LABELS
from tiepdan.law.profiles import PRACTICE, profile, stricter
from tiepdan.law.refusal_checks import EVASION, kind_problem, proof_problem, reason_problem
from tiepdan.law.refusals import due
from tiepdan.law.sections import RefusalGround
from tiepdan.law.workdays import Calendar

LAW = profile("nd154-2026")
ALL = tuple(KIND_LABELS)
ORAL, WRITTEN = False, True
KT = ("complaint", "denunciation")  # khiếu nại, tố cáo
KP = ("recommendation", "feedback")  # kiến nghị, phản ánh

# (code, citation, form, petitions it is for, what must be proved)
LIST: list[tuple[str, str, bool, tuple[str, ...], tuple[str, ...]]] = [
    ("L9.1", "khoản 1 Điều 9 Luật Tiếp công dân", ORAL, ALL, ()),
    ("L9.2", "khoản 2 Điều 9 Luật Tiếp công dân", ORAL, ALL, ()),
    ("L9.3", "khoản 3 Điều 9 Luật Tiếp công dân", WRITTEN, KT, ("review", "notice", "received_before")),
    ("N4.a", "điểm a khoản 1 Điều 4 NĐ 154/2026", ORAL, ALL, ()),
    ("N4.b", "điểm b khoản 1 Điều 4 NĐ 154/2026", ORAL, ALL, ()),
    ("N4.c", "điểm c khoản 1 Điều 4 NĐ 154/2026", ORAL, ALL, ()),
    ("N4.d", "điểm d khoản 1 Điều 4 NĐ 154/2026", ORAL, ALL, ()),
    ("N4.đ", "điểm đ khoản 1 Điều 4 NĐ 154/2026", ORAL, ALL, ()),
    ("N4.e", "điểm e khoản 1 Điều 4 NĐ 154/2026", ORAL, ("complaint", *KP), ()),
    ("N4.g", "điểm g khoản 1 Điều 4 NĐ 154/2026", ORAL, ALL, ()),
    ("N4.h", "điểm h khoản 1 Điều 4 NĐ 154/2026", WRITTEN, KP, ("decision",)),
    ("N4.i", "điểm i khoản 1 Điều 4 NĐ 154/2026", ORAL, ALL, ("decision",)),
    ("N4.k", "điểm k khoản 1 Điều 4 NĐ 154/2026", ORAL, ALL, ()),
]


def ground(code: str) -> RefusalGround:
    found = LAW.refusal(code)
    assert found is not None
    return found


def test_the_list_is_closed() -> None:
    """Khoản 4 Điều 4: a refusal stands on a ground of the law or not at all."""
    assert [one.code for one in LAW.refusals] == [row[0] for row in LIST]
    assert LAW.refusal("N4.z") is None


@pytest.mark.parametrize(("code", "citation", "is_written", "kinds", "proofs"), LIST, ids=[row[0] for row in LIST])
def test_a_row_of_the_list(
    code: str, citation: str, is_written: bool, kinds: tuple[str, ...], proofs: tuple[str, ...]
) -> None:
    row = ground(code)
    assert row.article.startswith(citation)
    assert row.is_written is is_written
    assert row.how_article.startswith("khoản 3 Điều 4 NĐ 154" if is_written else "khoản 2 Điều 4 NĐ 154")
    assert (*row.proofs, *row.facts) == proofs
    assert {kind for kind in ALL if not kind_problem(row, kind, KIND_LABELS[kind])} == set(kinds)


def test_a_ground_for_other_petitions_is_named() -> None:
    assert kind_problem(ground("L9.3"), "feedback", "Phản ánh") == (
        "Căn cứ L9.3 không áp dụng cho vụ việc phản ánh (khoản 3 Điều 9 Luật Tiếp công dân). Hãy chọn căn cứ khác."
    )


@pytest.mark.parametrize(
    ("reason", "said"),
    [("", EVASION), ("Không đúng.", EVASION), (" " * 40, EVASION), ("x" * 29, EVASION), ("x" * 30, "")],
)
def test_khoan_4_a_refusal_names_the_fact(reason: str, said: str) -> None:
    assert reason_problem(reason, LAW.refusing.least_reason) == said


def test_the_length_of_the_fact_is_a_rule_of_the_house_in_the_profile() -> None:
    limit = LAW.limit("refusing.least_reason")
    assert (limit.value, limit.text, limit.source, limit.stricter) == (30, "30 ký tự", PRACTICE, "more")
    assert not LAW.is_law("refusing.least_reason") and "khoản 4 Điều 4 NĐ 154/2026" in limit.note
    stricter_office = stricter("nd154-2026", (("refusing.least_reason", 60.0),))
    assert reason_problem("x" * 59, stricter_office.refusing.least_reason) == EVASION
    looser_office = stricter("nd154-2026", (("refusing.least_reason", 5.0),))
    assert looser_office.refusing.least_reason == 30


def test_khoan_6_dieu_8_breaches_of_the_rules_of_the_place() -> None:
    assert LAW.refusing.violations == ("L9.2", "N4.a", "N4.b", "N4.c", "N4.d")
    assert LAW.refusing.violations_article == "khoản 6 Điều 8 Luật Tiếp công dân"
    assert all(not ground(code).is_written for code in LAW.refusing.violations)


THREE = (
    "Căn cứ L9.3 cần đủ ba tài liệu: văn bản kiểm tra, rà soát; văn bản thông báo; lần tiếp, giải thích trước. "
    "Còn thiếu: {}."
)
PROOFS: list[tuple[str, set[str], bool, str]] = [
    ("L9.3", set(), False, THREE.format("văn bản kiểm tra, rà soát; văn bản thông báo; lần tiếp, giải thích trước")),
    ("L9.3", {"review"}, False, THREE.format("văn bản thông báo; lần tiếp, giải thích trước")),
    ("L9.3", {"notice"}, True, THREE.format("văn bản kiểm tra, rà soát")),
    ("L9.3", {"review"}, True, THREE.format("văn bản thông báo")),
    ("L9.3", {"review", "notice"}, False, THREE.format("lần tiếp, giải thích trước")),
    ("L9.3", {"review", "notice"}, True, ""),
    ("L9.3", {"review", "notice", "evidence"}, True, ""),
    ("N4.h", {"petition"}, True, "Căn cứ N4.h cần Văn bản đã giải quyết (điểm h khoản 1 Điều 4 NĐ 154/2026"),
    ("N4.h", {"decision"}, False, ""),
    ("N4.i", set(), False, "Căn cứ N4.i cần Văn bản đã giải quyết (điểm i khoản 1 Điều 4 NĐ 154/2026"),
    ("N4.i", {"decision"}, False, ""),
    ("L9.2", set(), False, ""),
    ("N4.k", set(), False, ""),
]


@pytest.mark.parametrize(("code", "papers", "was_received", "said"), PROOFS)
def test_what_must_be_proved(code: str, papers: set[str], was_received: bool, said: str) -> None:
    found = proof_problem(ground(code), papers, ITEM_LABELS, was_received=was_received)
    assert found == said or (said and found.startswith(said))


TET = Calendar(off=frozenset({date(2027, 2, 5), date(2027, 2, 8), date(2027, 2, 9), date(2027, 2, 10)}))
SWAP = Calendar(off=frozenset({date(2026, 1, 2)}), worked=frozenset({date(2026, 1, 10)}))


@pytest.mark.parametrize(
    ("code", "grounds_on", "calendar", "last"),
    [
        ("L9.3", date(2026, 12, 7), Calendar(), date(2026, 12, 10)),  # Monday → Thursday
        ("N4.h", date(2026, 12, 10), Calendar(), date(2026, 12, 15)),  # over a week-end
        ("L9.3", date(2026, 12, 12), Calendar(), date(2026, 12, 16)),  # from a Saturday
        ("L9.3", date(2027, 2, 4), TET, date(2027, 2, 15)),  # over Tết
        ("N4.h", date(2026, 1, 7), SWAP, date(2026, 1, 10)),  # a Saturday that is worked counts
        ("N4.g", date(2026, 12, 7), Calendar(), None),  # explained on the spot
    ],
)
def test_khoan_3_three_working_days(code: str, grounds_on: date, calendar: Calendar, last: date | None) -> None:
    assert due(LAW, code, grounds_on, calendar) == last
