"""Facts of the log as people read them: no code where there are words."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests import cast
from tiepdan.audit import actions, words
from tiepdan.audit.models import Entry
from tiepdan.audit.sentences import FACT_LABELS, OWN_LABELS, line, lines

HOUSE = Path(__file__).resolve().parents[2] / "tiepdan"
NOW = datetime(2026, 12, 17, 1, 30, tzinfo=UTC)
# What every entry has besides its facts.
FRAME = {"agency", "at", "by", "about", "by_label", "event"}


def entry(event: str = "case.made", **facts: Any) -> Entry:
    return actions.record(event, agency=cast.province(), at=NOW, **facts)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("event", "facts", "said"),
    [
        ("x", {"grounds": ["nd154.a", "nd154.d"]}, "khoản 1 Điều 20 NĐ 154/2026/NĐ-CP, khoản 4 Điều 20"),
        ("x", {"ground": "N4.g"}, "điểm g khoản 1 Điều 4 NĐ 154/2026/NĐ-CP"),
        ("x", {"ground": "gone-from-the-list"}, "gone-from-the-list"),
        ("x", {"profile": "nd154-2026"}, "NĐ 154/2026"),
        ("x", {"profile": "QĐ 764/2025"}, "QĐ 764/2025"),
        ("x", {"channel": "axis"}, "Trục văn bản"),
        ("x", {"command": "floor"}, "Cho phát biểu"),
        ("readiness.checked", {"microphone": "skipped"}, "bỏ qua"),
        ("point.sign_in_refused", {"code": "expired"}, "lý do tài khoản đã hết hiệu lực"),
        ("x", {"due": date(2026, 12, 10)}, "10/12/2026"),
        ("x", {"due": "2026-12-10"}, "10/12/2026"),
        ("x", {"due": NOW}, "08:30 17/12/2026"),
        ("x", {"due": "2026-12-17T07:30:00+07:00"}, "07:30 17/12/2026"),
        ("x", {"reason": "từ 2026-12-10 trở đi"}, "từ 2026-12-10 trở đi"),
        ("x", {"late": False}, "không"),
        ("x", {"broken": []}, "không có"),
        ("x", {"parts": {"Loa": "Đạt", "Micro": "Chưa đạt"}}, "Loa: Đạt; Micro: Chưa đạt"),
        ("recording.gap", {"source": "camera"}, "nguồn"),
    ],
)
def test_a_fact_in_words(event: str, facts: dict[str, Any], said: str) -> None:
    found = line(entry(event, **facts)).facts
    assert said in " ".join(" ".join(pair) for pair in found), found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"note": "", "sha256": None, "minutes": 5}, ["số phút"]),
        ({"officer": None}, ["cán bộ"]),
        ({"hall": "p7", "point": "Xã Thanh Lộc"}, ["điểm cầu"]),
        ({"hall": "p7"}, ["điểm cầu"]),
        ({"key": "cases.screen:7", "task": "Sàng lọc vụ việc"}, ["việc"]),
        ({"code": "not_open", "sentence": "Chưa khai mạc."}, ["nội dung"]),
    ],
)
def test_what_says_nothing_more_is_left_out(facts: dict[str, Any], told: list[str]) -> None:
    assert [name for name, _ in line(entry(**facts)).facts] == told


@pytest.mark.django_db
def test_the_words_of_a_page_are_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[set[str]] = []

    def say(values: Collection[str]) -> Mapping[str, str]:
        asked.append(set(values))
        return {"1": "một"}

    monkeypatch.setattr(words, "_sayers", {"number": say})
    said = lines([entry(number="1"), entry(number="2"), entry(number=["1", "3"]), entry(note="1")])
    assert asked == [{"1", "2", "3"}]
    assert [row.facts[0][1] for row in said] == ["một", "2", "một, 3", "1"]


def test_a_fact_gets_its_words_from_one_room() -> None:
    with pytest.raises(ValueError, match="already"):
        words.register("channel", words.listed({}))


def _facts(file: Path) -> Iterator[str]:
    """Names of facts that a file writes into the log, itself or by a helper that hands its keywords on."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    helpers: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.args.kwarg is not None:
            calls = [call for call in ast.walk(node) if isinstance(call, ast.Call)]
            if any(ast.unparse(call.func) == "audit.record" for call in calls):
                helpers[node.name] = {arg.arg for arg in (*node.args.args, *node.args.kwonlyargs)}
    for call in ast.walk(tree):
        if isinstance(call, ast.Call):
            name = ast.unparse(call.func)
            if name == "audit.record" or name in helpers:
                given = {keyword.arg for keyword in call.keywords if keyword.arg}
                yield from given - FRAME - helpers.get(name, set())


def test_every_fact_has_a_name_in_vietnamese() -> None:
    named = set(FACT_LABELS) | {name.partition(":")[2] for name in OWN_LABELS}
    nameless = {
        (file.relative_to(HOUSE).as_posix(), fact)
        for file in HOUSE.glob("**/*.py")
        for fact in _facts(file)
        if fact not in named
    }
    assert nameless == set()
