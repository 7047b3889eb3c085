"""The profiles themselves: every value has its source, the pilot only adds, an office only gets stricter."""

from __future__ import annotations

import copy
import dataclasses
import tomllib
from datetime import date
from typing import Any

import pytest

from tiepdan.law.profiles import FOLDER, PRACTICE, ProfileError, build, codes, merge, profile, profile_on, stricter
from tiepdan.law.sections import Deadlines, Group, Limit, Recording, quantity

LAW, PILOT = profile("nd154-2026"), profile("qd764-2025")
BOTH = pytest.mark.parametrize("one", [LAW, PILOT], ids=lambda one: one.code)


def raw(code: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))


def test_the_profiles_that_ship() -> None:
    assert codes() == ("nd154-2026", "qd764-2025")
    assert profile() == LAW
    assert (LAW.valid_from, LAW.valid_to, LAW.bases) == (date(2026, 7, 1), None, ())
    assert (PILOT.valid_from, PILOT.bases) == (date(2025, 3, 24), ("nd154-2026",))


@BOTH
def test_every_value_has_a_source(one: Any) -> None:
    for name, kind in (("recording", Recording), ("deadlines", Deadlines), ("group", Group)):
        for field in dataclasses.fields(kind):
            if field.type in ("int", "float"):
                assert one.source(f"{name}.{field.name}"), field.name
    for row in (*one.milestones, *one.periods):
        assert row.source
    for row in (
        *one.grounds,
        *one.refusals,
        *one.handling,
        *one.retention,
        *one.forms.values(),
        *one.head_days.values(),
        one.approval,
    ):
        assert row.article
    for limit in one.limits.values():
        assert limit.source and limit.label != limit.path.rsplit(".", 1)[-1], limit.path
    assert all(one.sources.values())


@BOTH
def test_what_is_not_practice_names_an_article(one: Any) -> None:
    for path, source in one.sources.items():
        named = ("Điều ", "TT ", "Mẫu số ", "mục ")
        assert source == PRACTICE or any(word in source for word in named), (path, source)
        assert one.is_law(path) == (source != PRACTICE)


@pytest.mark.parametrize(
    ("path", "value", "source"),
    [
        ("recording.takes", 2, "practice"),
        ("recording.takes_required", 1, "khoản 1 Điều 24 NĐ 154/2026/NĐ-CP"),
        ("recording.gate_seconds", 10, "practice"),
        ("recording.disk_factor", 2.0, "practice"),
        ("recording.pause_seconds", 30, "practice"),
        ("milestones.notice", 5, "khoản 1 Điều 23 NĐ 154/2026/NĐ-CP; khoản 4 Điều 24 Luật Tiếp công dân"),
        ("milestones.trial", 1, "khoản 1 Điều 23 NĐ 154/2026/NĐ-CP"),
        ("milestones.connected", 1, "khoản 1 Điều 23 NĐ 154/2026/NĐ-CP"),
        ("deadlines.refusal_workdays", 3, "khoản 3 Điều 4 NĐ 154/2026/NĐ-CP"),
        ("deadlines.answer_workdays", 10, "khoản 1 Điều 28 Luật Tiếp công dân"),
        ("deadlines.feedback_workdays", 7, "khoản 2 Điều 27 Luật Tiếp công dân"),
        ("deadlines.result_workdays", 5, "khoản 2 Điều 28 Luật Tiếp công dân"),
        ("deadlines.petition_days", 45, "điểm b khoản 3 Điều 41 NĐ 154/2026/NĐ-CP"),
        ("deadlines.petition_warn_days", 30, "practice"),
        ("head_days.province", 1, "khoản 5 Điều 12 Luật Tiếp công dân"),
        ("head_days.commune", 2, "Điều 15 Luật Tiếp công dân, sửa đổi theo Luật số 136/2025/QH15"),
        ("head_days.department", 1, "khoản 2 Điều 18 Luật Tiếp công dân"),
        ("head_days.unit", 1, "khoản 2 Điều 10 NĐ 154/2026/NĐ-CP"),
    ],
)
@BOTH
def test_values(one: Any, path: str, value: float, source: str) -> None:
    assert (one.limit(path).value, one.source(path)) == (value, source)


def test_the_recording_is_a_duty_of_the_law() -> None:
    assert LAW.recording.article == PILOT.recording.article == "khoản 1 Điều 24 NĐ 154/2026/NĐ-CP"


@pytest.mark.parametrize(("one", "term"), [(LAW, "điểm cầu thành phần"), (PILOT, "điểm cầu đại biểu")])
def test_terms(one: Any, term: str) -> None:
    assert one.terms["component"] == term
    assert one.terms["central"] == "điểm cầu trung tâm"


def test_the_pilot_adds_its_milestones_and_takes_none_of_the_laws_away() -> None:
    assert set(LAW.milestones) < set(PILOT.milestones)
    assert [rule.code for rule in PILOT.milestones if rule not in LAW.milestones] == [
        "leaders_report",
        "invitation",
        "first_test",
        "second_test",
    ]


def test_everything_of_the_law_but_the_grounds_holds_under_the_pilot() -> None:
    for name in ("refusals", "group", "participants", "deadlines", "head_days", "handling", "forms", "recording"):
        assert getattr(PILOT, name) == getattr(LAW, name), name
    grounds = {path for path in LAW.limits if path.startswith("grounds.")}
    assert {path: PILOT.limits[path] for path in LAW.limits if path not in grounds} == {
        path: limit for path, limit in LAW.limits.items() if path not in grounds
    }


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("milestones.notice", 4),
        ("milestones.trial", 0),
        ("milestones.connected", 0),
        ("deadlines.refusal_workdays", 4),
        ("deadlines.answer_workdays", 11),
        ("head_days.commune", 1),
        ("recording.takes_required", 0),
        ("group.large_most", 6),  # neither more …
        ("group.large_most", 4),  # … nor fewer: the law leaves no other value
    ],
)
def test_a_profile_cannot_loosen_the_law(path: str, value: float) -> None:
    law = raw("nd154-2026")
    section, name = path.split(".")
    own = {section: {name: {**law[section][name], "value": value}}}
    with pytest.raises(ProfileError, match=path):
        merge(law, own)


def test_a_profile_may_be_stricter_than_the_law_and_free_with_practice() -> None:
    law = raw("nd154-2026")
    own = {
        "milestones": {"notice": {**law["milestones"]["notice"], "value": 7}},
        "deadlines": {"refusal_workdays": {**law["deadlines"]["refusal_workdays"], "value": 2}},
        "recording": {"takes": {"value": 1, "source": "practice"}},
    }
    merged = build(merge(law, own))
    assert (merged.limit("milestones.notice").value, merged.deadlines.refusal_workdays) == (7, 2)
    assert {row.days for row in merged.refusals if row.is_written} == {2}
    assert merged.recording.takes == 1


@pytest.mark.parametrize("unit", ["days", "hours"])
def test_a_milestone_of_the_law_stays_in_its_unit(unit: str) -> None:
    law = raw("nd154-2026")
    with pytest.raises(ProfileError, match="unit"):
        merge(law, {"milestones": {"notice": {**law["milestones"]["notice"], "value": 9, "unit": unit}}})


def test_a_value_replaces_the_whole_value_of_the_base() -> None:
    base = {"t": {"a": {"value": 1, "source": "practice", "note": "cũ"}, "b": 2}}
    assert merge(base, {"t": {"a": {"value": 3, "source": "Điều 1"}}}) == {
        "t": {"a": {"value": 3, "source": "Điều 1"}, "b": 2}
    }


@pytest.mark.parametrize(
    ("path", "value", "taken"),
    [
        ("milestones.notice", 7, True),
        ("milestones.notice", 5, True),
        ("milestones.notice", 4, False),
        ("deadlines.refusal_workdays", 2, True),
        ("deadlines.refusal_workdays", 4, False),
        ("recording.disk_factor", 2.5, True),
        ("recording.pause_seconds", 60, False),
        ("group.large_most", 3, False),
        ("nothing.there", 1, False),
    ],
)
def test_an_offices_value_counts_only_when_it_is_stricter(path: str, value: float, taken: bool) -> None:
    found = stricter("qd764-2025", ((path, value),))
    if taken:
        assert found.limits[path].value == value
        assert type(found.limits[path].value) is type(PILOT.limits[path].value)
    else:
        assert found == PILOT
    assert profile("qd764-2025") == PILOT


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (5, "workdays", "05 ngày làm việc"),
        (10, "workdays", "10 ngày làm việc"),
        (1, "hours", "01 giờ"),
        (2.5, "hours", "2,5 giờ"),
        (2.0, "", "02"),
        (45, "days", "45 ngày"),
    ],
)
def test_numbers_as_official_papers_write_them(value: float, unit: str, words: str) -> None:
    assert quantity(value, unit) == words
    assert Limit("x", "x", value, unit, "Điều 1", "").text == words


@pytest.mark.parametrize(("day", "code"), [(date(2026, 7, 1), "nd154-2026"), (date(2026, 12, 17), "nd154-2026")])
def test_the_law_of_a_day(day: date, code: str) -> None:
    assert profile_on(day).code == code


def test_the_law_is_not_in_force_before_its_day() -> None:
    with pytest.raises(ProfileError):
        profile_on(date(2026, 6, 30))


def test_a_profile_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        LAW.recording.takes = 0  # type: ignore[misc]
    with pytest.raises(TypeError):
        LAW.terms["component"] = "x"  # type: ignore[index]


@pytest.mark.parametrize("code", ["", "nd64-2014", "../profiles/nd154-2026", "nd154-2026.toml"])
def test_an_unknown_code(code: str) -> None:
    with pytest.raises(ProfileError):
        profile(code)


@pytest.mark.parametrize(
    ("section", "item", "wrong"),
    [
        ("recording", "takes", {"value": 2}),
        ("recording", "takes", {"value": 2, "source": ""}),
        ("recording", "taeks", {"value": 2, "source": "practice"}),
        ("recording", "takes", {"value": 2, "source": "practice", "unit": "parsecs"}),
        ("recording", "takes", {"value": 2, "source": "practice", "stricter": "other"}),
        ("milestones", "notice", {"value": 5, "unit": "workdays", "asks": "…"}),
        ("milestones", "notice", {"value": 5, "unit": "people", "asks": "…", "source": "Điều 23"}),
        ("milestones", "notice", {"value": 5, "unit": "workdays", "source": "Điều 23"}),
        ("refusals", "L9.1", {"text": "…", "how": "oral"}),
        ("grounds", "nd154.a", {"text": "…", "allows": []}),
        ("head_days", "commune", {"value": 2}),
    ],
)
def test_a_profile_with_a_mistake_is_not_used(section: str, item: str, wrong: dict[str, Any]) -> None:
    data = copy.deepcopy(raw("nd154-2026"))
    assert build(data) == LAW
    data[section][item] = wrong
    with pytest.raises(ProfileError):
        build(data)


@pytest.mark.parametrize(("section", "item"), [("recording", "takes"), ("deadlines", "answer_workdays")])
def test_a_profile_without_a_value_is_not_used(section: str, item: str) -> None:
    poor = copy.deepcopy(raw("nd154-2026"))
    del poor[section][item]
    with pytest.raises(ProfileError, match=item):
        build(poor)


def test_a_profile_without_a_section_is_not_used() -> None:
    poor = raw("nd154-2026")
    del poor["refusals"]
    with pytest.raises(ProfileError, match="refusals"):
        build(poor)
