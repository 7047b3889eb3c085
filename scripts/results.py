"""Reading what the three test runners report, into one tally."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Tally:
    """One kind of tests: how many ran, which failed, which did not run and why."""

    what: str
    ran: int = 0
    failed: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)


def from_junit(what: str, report: Path) -> Tally:
    """pytest's report."""
    tally = Tally(what)
    if not report.is_file():
        tally.failed.append(f"{what}: không có báo cáo {report.name}")
        return tally
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        name = f"{case.get('classname', '')}::{case.get('name', '')}".removeprefix("::")
        skipped = case.find("skipped")
        if skipped is not None and skipped.get("type") != "pytest.xfail":
            tally.missed.append(f"{name}: {skipped.get('message', '')}")
            continue
        tally.ran += 1
        if case.find("failure") is not None or case.find("error") is not None:
            tally.failed.append(name)
    return tally


def from_go(what: str, lines: Iterable[str]) -> tuple[Tally, str]:
    """The events of «go test -json», and the words of what failed."""
    tally = Tally(what)
    said: dict[tuple[str, str], list[str]] = {}
    shown: list[str] = []
    for line in lines:
        event = as_event(line)
        if event is None:
            shown.append(line)
            continue
        package, test, action = event.get("Package", ""), event.get("Test", ""), event.get("Action")
        key = (package, test)
        if action in ("output", "build-output"):
            said.setdefault(key, []).append(event.get("Output", ""))
        elif action == "fail":
            shown += said.get(key, [])
            tally.failed.append(f"{package} {test}".strip())
        elif action == "skip" and test:
            tally.missed.append(f"{package} {test}: {reason(said.get(key, []))}")
        if action in ("pass", "fail") and test and "/" not in test:
            tally.ran += 1
    return tally, "".join(shown)


def as_event(line: str) -> dict[str, Any] | None:
    try:
        event = json.loads(line)
    except ValueError:
        return None
    return event if isinstance(event, dict) else None


def reason(words: list[str]) -> str:
    """The line in which a Go test says why it is skipped."""
    kept = [word.strip() for word in words if not word.lstrip().startswith(("---", "==="))]
    return " ".join(kept)


def from_vitest(what: str, report: Path) -> Tally:
    tally = Tally(what)
    if not report.is_file():
        tally.failed.append(f"{what}: không có báo cáo {report.name}")
        return tally
    for file in json.loads(report.read_text(encoding="utf-8"))["testResults"]:
        if not file["assertionResults"] and file["status"] == "failed":
            tally.failed.append(f"{file['name']}: {file.get('message', '')}")
        for case in file["assertionResults"]:
            if case["status"] in ("skipped", "pending", "todo", "disabled"):
                tally.missed.append(case["fullName"])
                continue
            tally.ran += 1
            if case["status"] == "failed":
                tally.failed.append(case["fullName"])
    return tally


def closing(tallies: list[Tally]) -> str:
    """What ran, what could not, what failed. The last line says it in short."""
    missed = [item for tally in tallies for item in tally.missed]
    failed = [item for tally in tallies for item in tally.failed]
    lines = [f"Không chạy được: {item}" for item in missed] + [f"Hỏng: {item}" for item in failed]
    ran = ", ".join(f"{tally.ran} {tally.what}" for tally in tallies)
    last = f"Đã chạy: {ran}; không chạy được: {len(missed)}"
    return "\n".join([*lines, last + (f"; hỏng: {len(failed)}" if failed else "")])
