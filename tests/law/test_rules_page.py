"""docs/law-rules.md says which test has which rule: every test and every row that it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.law.texts import LAW, ND154, QD764, Text

TESTS = Path(__file__).parents[1]
PAGE = (TESTS.parent / "docs" / "law-rules.md").read_text(encoding="utf-8")
LINES = [line for line in PAGE.splitlines() if re.match(r"\| (?:Đ\d|k\d)", line)]
NAMED = re.compile(r"`(?P<file>[a-z]+/test_\w+\.py)(?:::(?P<test>test_\w+))?`(?: «(?P<row>.+)»)? \|$")


@pytest.mark.parametrize("line", LINES, ids=range(len(LINES)))
def test_a_line_names_a_test_and_a_row_that_exist_or_says_why_there_is_none(line: str) -> None:
    match = NAMED.search(line)
    if match is None:
        assert line.endswith("| – |") and re.search(r"half|not held", line), line
        return
    path = TESTS / match["file"]
    source = path.read_text(encoding="utf-8")
    if match["test"]:
        assert f"def {match['test']}(" in source, line
    if match["row"]:
        beside = "".join(one.read_text(encoding="utf-8") for one in path.parent.glob("*_rules.py"))
        assert match["row"] in source + beside, line


def part(title: str) -> str:
    """The page's text under a heading, up to the next of the same depth."""
    start = PAGE.index(f"## {title}")
    end = PAGE.find("\n## ", start + 3)
    return PAGE[start : end if end > 0 else None]


@pytest.mark.parametrize(
    ("title", "text", "articles"),
    [("NĐ 154/2026", ND154, [*range(12, 25), 26]), ("QĐ 764/QĐ-UBND", QD764, [4, 5, 6]), ("Luật", LAW, [24, 28])],
)
def test_no_khoan_of_these_articles_is_left_out(title: str, text: Text, articles: list[int]) -> None:
    lines = [line.split("|")[1] for line in part(title).splitlines() if line.startswith("| ")]
    heading = re.search(r"### Điều 26", part(title))
    for article in articles:
        mine = [one for one in lines if re.search(rf"Đ{article}\b", one)]
        if heading and article == 26:
            mine = [one for one in part(title)[heading.start() :].splitlines() if one.startswith("| k")]
        assert mine, f"Điều {article}"
        if mine == [f" Đ{article} "]:
            continue  # one line for the whole article
        for clause in text[article]:
            assert any(re.search(rf"k{clause}\b", one) for one in mine), f"khoản {clause} Điều {article}"


def test_every_diem_of_dieu_4_is_there() -> None:
    lines = part("NĐ 154/2026").split("### Điều 12")[0]
    assert all(re.search(rf"^\| k1 {letter} \|", lines, re.M) for letter in ND154[4][1])
