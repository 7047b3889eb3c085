"""Numbers, symbols and dates as NĐ 30/2020 writes them; which step is open when."""

from __future__ import annotations

from datetime import date

import pytest

from tiepdan.documents.kinds import HOUSE, KINDS, kind_of
from tiepdan.documents.rules import (
    BLANK,
    DOCUMENT,
    READ_ONLY,
    Standing,
    State,
    date_text,
    number_problem,
    number_text,
    reasons,
    symbol,
)

TODAY = date(2026, 12, 7)


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "01/GM-UBND"), (9, "09/GM-UBND"), (10, "10/GM-UBND"), (123, "123/GM-UBND"), (None, f"{BLANK}/GM-UBND")],
)
def test_numbers_below_ten_get_a_zero(number: int | None, text: str) -> None:
    """Điểm c khoản 3 Mục II Phần I Phụ lục I NĐ 30/2020."""
    assert number_text(number, symbol("GM", "UBND")) == text


def test_a_paper_without_a_number_has_no_symbol() -> None:
    assert symbol("", "UBND") == "" and number_text(None, "") == ""


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
        (date(2026, 2, 28), "ngày 28 tháng 02 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 12, 10), "ngày 10 tháng 12 năm 2026"),
        (None, f"ngày {BLANK[:4]} tháng 12 năm 2026"),
    ],
)
def test_zeros_stand_before_days_below_ten_and_the_first_two_months(day: date | None, text: str) -> None:
    """Điểm b khoản 4 Mục II Phần I Phụ lục I NĐ 30/2020."""
    assert date_text(day, TODAY) == text


@pytest.mark.parametrize(
    ("dated", "newest", "words"),
    [
        (TODAY, None, ""),
        (TODAY, TODAY, ""),
        (date(2026, 12, 1), date(2026, 11, 30), ""),
        (date(2026, 12, 1), date(2026, 12, 1), ""),
        (date(2026, 11, 30), date(2026, 12, 1), "Không cấp số lùi ngày: số mới nhất của sổ đã ghi ngày 01/12/2026."),
        (date(2025, 12, 31), None, "Sổ văn bản năm 2025 đã khóa"),
        (date(2026, 12, 8), None, "ngày văn bản không được sau hôm nay (07/12/2026)"),
        (date(2027, 1, 4), None, "ngày văn bản không được sau hôm nay"),
    ],
)
def test_a_number_is_given_for_today_or_since_the_newest_one(dated: date, newest: date | None, words: str) -> None:
    problem = number_problem(dated, TODAY, newest)
    assert words in problem and bool(problem) == bool(words)


def test_every_step_that_leaves_a_state_is_in_the_table() -> None:
    assert {state: DOCUMENT.steps(state) for state in State} == {
        State.DRAFT: ("number", "issue", "drop"),
        State.NUMBERED: ("issue", "replace"),
        State.ISSUED: ("replace",),
        State.REPLACED: (),
        State.DROPPED: (),
    }


def standing(state: str, **facts: bool) -> Standing:
    whole = {"is_numbered_kind": True, "has_pdf": True, "is_pdf_due": False, "is_signed": False} | facts
    return Standing(state, **whole)


OPEN = {
    "draft": {"number", "edited", "again", "drop"},
    "numbered": {"edited", "signed", "issue", "again"},
    "issued": {"signed", "again"},
    "replaced": set(),
    "dropped": set(),
}


@pytest.mark.parametrize("state", list(State))
def test_buttons_of_a_numbered_kind(state: State) -> None:
    assert {step for step, why in reasons(standing(state)).items() if not why} == OPEN[state]


def test_buttons_of_a_kind_without_a_number() -> None:
    why = reasons(standing(State.DRAFT, is_numbered_kind=False))
    assert {step for step, reason in why.items() if not reason} == {"edited", "signed", "issue", "again", "drop"}
    assert why["number"] == "Loại văn bản này không đánh số."


def test_a_signed_paper_is_not_edited() -> None:
    assert "bản ký số" in reasons(standing(State.NUMBERED, is_signed=True))["edited"]


def test_who_may_only_read_reads_so_at_every_button() -> None:
    assert set(reasons(standing(State.DRAFT, may_write=False)).values()) == {READ_ONLY}


def test_the_kinds_that_there_are_and_each_names_its_required_fields() -> None:
    assert set(KINDS) == {
        *("submission", "refusal", "receipt", "leaders_report", "plan", "script"),
        "violation",
        *("invitation", "citizen_notice", "posting", "credential_slip", "point_guide", "handover"),
    }
    for kind in KINDS.values():
        names = [field.name for field in kind.all_fields]
        assert len(names) == len(set(names)), kind.code
        assert set(kind.required) <= set(names), kind.code
        assert not kind.receiver or kind.receiver in names


def test_the_subject_of_no_kind_names_a_citizen() -> None:
    """It goes into the log."""
    assert not [kind.code for kind in KINDS.values() if "cong_dan" in kind.subject or "kinh_moi" in kind.subject]


def test_missing_facts_become_empty_ones_and_rows_are_completed() -> None:
    whole = kind_of("plan").complete({"so_buoi": "BT-1", "diem_cau": [{"ten": "A"}]})
    assert whole["vu_viec"] == [] and whole["thu_ky"] == ""
    assert whole["diem_cau"][0]["dia_chi"] == "" and whole["diem_cau"][0]["thanh_phan"] == []
    assert {field.name for field in HOUSE} & set(whole) == set()
