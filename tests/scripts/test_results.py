"""The last line of «make test» tells what ran, what failed and what did not run."""

from __future__ import annotations

import json
from pathlib import Path

from scripts.results import Tally, closing, from_go, from_junit, from_vitest

JUNIT = """<testsuites><testsuite>
<testcase classname="tests.law" name="test_one"/>
<testcase classname="tests.law" name="test_two"><failure message="no"/></testcase>
<testcase classname="tests.law" name="test_three"><skipped type="pytest.skip" message="no engine"/></testcase>
<testcase classname="tests.law" name="test_four"><skipped type="pytest.xfail" message="known"/></testcase>
<testcase classname="" name="tests.broken"><error message="collection failure"/></testcase>
</testsuite></testsuites>"""


def test_junit(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(JUNIT)
    tally = from_junit("Python", report)
    assert tally.ran == 4
    assert tally.failed == ["tests.law::test_two", "tests.broken"]
    assert tally.missed == ["tests.law::test_three: no engine"]


def test_no_report_is_a_failure(tmp_path: Path) -> None:
    assert from_junit("Python", tmp_path / "none.xml").failed
    assert from_vitest("TypeScript", tmp_path / "none.json").failed


def test_go() -> None:
    events = [
        {"Action": "pass", "Package": "a", "Test": "TestOne"},
        {"Action": "pass", "Package": "a", "Test": "TestOne/part"},
        {"Action": "output", "Package": "a", "Test": "TestTwo", "Output": "two.go:7: wrong\n"},
        {"Action": "fail", "Package": "a", "Test": "TestTwo"},
        {"Action": "output", "Package": "b", "Test": "TestThree", "Output": "    b_test.go:3: no ffmpeg\n"},
        {"Action": "output", "Package": "b", "Test": "TestThree", "Output": "--- SKIP: TestThree (0.00s)\n"},
        {"Action": "skip", "Package": "b", "Test": "TestThree"},
        {"Action": "skip", "Package": "c"},
    ]
    tally, shown = from_go("Go", ["not json\n", *(json.dumps(event) for event in events)])
    assert tally.ran == 2
    assert tally.failed == ["a TestTwo"]
    assert tally.missed == ["b TestThree: b_test.go:3: no ffmpeg"]
    assert shown == "not json\ntwo.go:7: wrong\n"


def test_vitest(tmp_path: Path) -> None:
    cases = [{"status": status, "fullName": status} for status in ("passed", "failed", "skipped")]
    results = [
        {"name": "a.test.ts", "status": "failed", "assertionResults": cases},
        {"name": "b.test.ts", "status": "failed", "assertionResults": [], "message": "does not load"},
    ]
    report = tmp_path / "room.json"
    report.write_text(json.dumps({"testResults": results}))
    tally = from_vitest("TypeScript", report)
    assert (tally.ran, tally.missed) == (2, ["skipped"])
    assert tally.failed == ["failed", "b.test.ts: does not load"]


def test_closing() -> None:
    good = [Tally("Python", 212), Tally("Go", 31)]
    assert closing(good) == "Đã chạy: 212 Python, 31 Go; không chạy được: 0"
    bad = [Tally("Python", 2, failed=["x"], missed=["y: no engine"])]
    assert closing(bad).splitlines() == [
        "Không chạy được: y: no engine",
        "Hỏng: x",
        "Đã chạy: 2 Python; không chạy được: 1; hỏng: 1",
    ]
