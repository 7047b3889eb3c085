"""Every rule of NĐ 154/2026 Điều 16–24 and of QĐ 764 Điều 4–6 that concerns the plan, as a row with its citation.

A row changes a plan in which nothing is wrong, and says what the plan then shows: ■ blocks, ▲ takes a reason.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests import reception_cast as stage
from tests.reception_cast import DESK_NOW
from tests.receptions.plan_day_rules import DAY_ROWS
from tests.receptions.plan_rules import ROWS, Change, on_day
from tiepdan.receptions.queries import milestone_rows
from tiepdan.receptions.warnings import warnings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _confirmed_year() -> None:
    stage.day_off(date(2026, 1, 1), "Tết Dương lịch")


def test_the_plan_from_which_the_rows_start_is_in_order() -> None:
    assert warnings(stage.planned(), DESK_NOW) == []


ALL = [*ROWS, *DAY_ROWS]


@pytest.mark.parametrize(
    ("citation", "rule", "change", "code", "level", "words"), ALL, ids=[f"{one[0]}: {one[1]}" for one in ALL]
)
def test_a_rule_about_the_plan(citation: str, rule: str, change: Change, code: str, level: str, words: str) -> None:
    of = stage.planned()
    before = {one.code for one in warnings(of, DESK_NOW)}
    change(of)
    found = [one for one in warnings(stage.fresh(of), DESK_NOW) if one.code.startswith(code)]
    assert found and not any(one.startswith(code) for one in before), rule
    assert {one.citation for one in found} == {citation}
    assert {one.level for one in found} == {level}
    assert any(words in one.sentence for one in found), found


def test_an_ad_hoc_reception_without_the_heads_reason_is_late_like_any_other() -> None:
    of = stage.planned(kind="adhoc", adhoc_reason="", **on_day(date(2026, 12, 9)))
    found = {one.code: one.level for one in warnings(of, DESK_NOW)}
    assert found["notice_late"] == "stop" and "notice_adhoc" not in found


# -- what must be done before the day: example of screens S09, the reception of Thursday 17/12/2026, 08:30

NOTICE, TRIAL, CONNECTED = date(2026, 12, 10), date(2026, 12, 16), datetime(2026, 12, 17, 0, 30, tzinfo=UTC)
DATES = [
    ("nd154-2026", "notice", NOTICE, "khoản 1 Điều 23 NĐ 154/2026"),
    ("nd154-2026", "trial", TRIAL, "khoản 1 Điều 23 NĐ 154/2026"),
    ("nd154-2026", "connected", CONNECTED, "khoản 1 Điều 23 NĐ 154/2026"),
    ("qd764-2025", "notice", NOTICE, "khoản 1 Điều 23 NĐ 154/2026"),
    ("qd764-2025", "trial", TRIAL, "khoản 1 Điều 23 NĐ 154/2026"),
    ("qd764-2025", "connected", CONNECTED, "khoản 1 Điều 23 NĐ 154/2026"),
    ("qd764-2025", "leaders_report", date(2026, 12, 12), "điểm a khoản 1 Điều 6 Quy chế kèm theo QĐ 764"),
    ("qd764-2025", "invitation", date(2026, 12, 14), "điểm b khoản 1 Điều 6 Quy chế kèm theo QĐ 764"),
    ("qd764-2025", "first_test", date(2026, 12, 16), "điểm a khoản 1 Điều 6 Quy chế kèm theo QĐ 764"),
    ("qd764-2025", "second_test", datetime(2026, 12, 16, 23, 30, tzinfo=UTC), "điểm a khoản 1 Điều 6"),
]


@pytest.mark.parametrize(("profile", "code", "due", "citation"), DATES, ids=[f"{row[0]}-{row[1]}" for row in DATES])
def test_a_milestone_of_the_plan(profile: str, code: str, due: Any, citation: str) -> None:
    rows = {one.milestone.code: one for one in milestone_rows(stage.planned(profile=profile), DESK_NOW)}
    assert rows[code].due == due and rows[code].milestone.citation.startswith(citation)
    assert not rows[code].is_late


def test_the_pilot_takes_no_milestone_of_the_law_away() -> None:
    law = {one.milestone.code for one in milestone_rows(stage.planned(), DESK_NOW)}
    pilot = {one.milestone.code for one in milestone_rows(stage.planned("BT-2026-013", profile="qd764-2025"), DESK_NOW)}
    assert law == {"notice", "trial", "connected"} and law < pilot


def test_an_ad_hoc_reception_keeps_its_missed_milestone() -> None:
    reason = {"kind": "adhoc", "adhoc_reason": "Văn bản số 9: đoàn đông người, gay gắt."}
    of = stage.planned(**reason, **on_day(date(2026, 12, 9)))
    notice = next(one for one in milestone_rows(of, DESK_NOW) if one.milestone.code == "notice")
    assert (notice.is_late, notice.is_excused) == (True, True)
