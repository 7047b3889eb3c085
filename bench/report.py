"""docs/performance.md holds one section per bench, between two marks; a bench replaces its own section only."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bench import machine
from scripts.paths import ROOT

PAGE = ROOT / "docs" / "performance.md"
_HEAD = """\
# Performance

Targets, how they are measured, and the last figures. Each section is written by its bench (the command stands in it)
and names the machine. Figures of two machines, or of two days on one, are not to be compared; ratios within a run are.
"""


def section(title: str, about: str, rows: Sequence[str], facts: dict[str, str] | None = None) -> str:
    """Writes the section of one bench and prints it. `facts`: the machine, where it was asked before the load."""
    text = "\n".join([f"## {title}", "", about, "", *rows, "", machine.line(facts or machine.describe())])
    before = PAGE.read_text() if PAGE.is_file() else _HEAD
    PAGE.write_text(replaced(before, title, text))
    print(text)
    return text


def replaced(page: str, title: str, text: str) -> str:
    """The page with the section of that title put in the place of the old one, or at the end."""
    name = re.sub(r"\W+", "-", title.lower()).strip("-")
    begin, end = f"<!-- bench:{name} -->", f"<!-- /bench:{name} -->"
    whole = f"{begin}\n{text.strip()}\n{end}"
    old = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    if old.search(page):
        return old.sub(lambda _: whole, page)
    return f"{page.rstrip()}\n\n{whole}\n"


def verdict(good: bool) -> str:
    return "met" if good else "**missed**"
