from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest

from tiepdan.law.profiles import ProfileError, build, codes, merge, profile, profile_on

LAW, PILOT = profile("nd154-2026"), profile("qd764-2025")


def test_the_profiles_that_ship() -> None:
    assert codes() == ("nd154-2026", "qd764-2025")
    assert profile() == LAW


@pytest.mark.parametrize("code", codes())
def test_every_value_has_a_source(code: str) -> None:
    one = profile(code)
    values = [f"recording.{f.name}" for f in dataclasses.fields(one.recording) if f.type in ("int", "float")]
    values += [
        f"preparation.{f.name}"
        for f in dataclasses.fields(one.preparation)
        if getattr(one.preparation, f.name) is not None
    ]
    assert values
    for path in values:
        assert one.source(path), path


@pytest.mark.parametrize(
    ("path", "value", "source"),
    [
        ("recording.takes", 2, "practice"),
        ("recording.gate_seconds", 10, "practice"),
        ("recording.disk_factor", 2.0, "practice"),
        ("recording.pause_seconds", 30, "practice"),
        ("preparation.notice_workdays", 5, "khoản 1 Điều 23 NĐ 154/2026/NĐ-CP"),
        ("preparation.trial_workdays", 1, "khoản 1 Điều 23 NĐ 154/2026/NĐ-CP"),
        ("preparation.connected_hours", 1, "khoản 1 Điều 23 NĐ 154/2026/NĐ-CP"),
    ],
)
@pytest.mark.parametrize("one", [LAW, PILOT], ids=lambda one: one.code)
def test_values(one: Any, path: str, value: object, source: str) -> None:
    section, _, name = path.partition(".")
    assert getattr(getattr(one, section), name) == value
    assert one.source(path) == source
    assert one.is_law(path) == (source != "practice")


def test_the_recording_is_a_duty_of_the_law() -> None:
    assert LAW.recording.article == PILOT.recording.article == "khoản 1 Điều 24 NĐ 154/2026/NĐ-CP"


@pytest.mark.parametrize(
    ("one", "term"), [(LAW, "điểm cầu thành phần"), (PILOT, "điểm cầu đại biểu")], ids=["law", "pilot"]
)
def test_terms(one: Any, term: str) -> None:
    assert one.terms["component"] == term
    assert one.terms["central"] == "điểm cầu trung tâm"


def test_the_pilot_adds_and_takes_nothing_away() -> None:
    assert (PILOT.preparation.invitation_days, LAW.preparation.invitation_days) == (3, None)
    assert (PILOT.preparation.leaders_report_days, PILOT.preparation.second_test_hours) == (5, 2)
    for field in dataclasses.fields(LAW.preparation):
        if (value := getattr(LAW.preparation, field.name)) is not None:
            assert getattr(PILOT.preparation, field.name) == value


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


def data(**recording: Any) -> dict[str, Any]:
    values = {
        f.name: {"value": 1, "source": "practice"}
        for f in dataclasses.fields(LAW.recording)
        if f.type in ("int", "float")
    }
    texts = {"article": "Điều 1", "notice": "…", "retention_article": "Điều 2"}
    names = ("notice_workdays", "trial_workdays", "connected_hours")
    preparation = {name: {"value": 1, "source": "Điều 3"} for name in names}
    return {
        "code": "x",
        "title": "X",
        "short": "X",
        "valid_from": date(2026, 1, 1),
        "terms": {"source": "Điều 4", "central": "a", "component": "b"},
        "recording": {**values, **texts, **recording},
        "preparation": preparation,
    }


@pytest.mark.parametrize(
    "wrong",
    [{"takes": {"value": 2}}, {"takes": {"value": 2, "source": ""}}, {"taeks": {"value": 2, "source": "practice"}}],
)
def test_a_profile_with_a_mistake_is_not_used(wrong: dict[str, Any]) -> None:
    assert build(data()).recording.takes == 1
    with pytest.raises(ProfileError):
        build(data(**wrong))


def test_a_profile_without_a_value_is_not_used() -> None:
    poor = data()
    del poor["recording"]["takes"]
    with pytest.raises(ProfileError, match="takes"):
        build(poor)


def test_a_value_replaces_the_whole_value_of_the_base() -> None:
    base = {"t": {"a": {"value": 1, "source": "Điều 1", "note": "cũ"}, "b": 2}}
    assert merge(base, {"t": {"a": {"value": 3, "source": "practice"}}}) == {
        "t": {"a": {"value": 3, "source": "practice"}, "b": 2}
    }
