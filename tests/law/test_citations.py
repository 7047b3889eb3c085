"""A wrong khoản or điểm is worse than none: every citation of profiles, code and pages stands in its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.law.texts import NAMES, Text
from tiepdan.law.profiles import PRACTICE, codes, profile

SOURCE = Path(__file__).parents[2] / "tiepdan"
SUFFIXES = {".py", ".html", ".txt", ".toml"}
GUIDES = Path(__file__).parents[2] / "docs"

_POINTS = r"(?:[Đđ]iểm (?P<points>[a-zđ](?:, [a-zđ])*) )?"
_CLAUSES = r"(?:(?:đoạn \d )?[Kk]hoản (?P<clauses>\d+(?:(?:, | và |, khoản )\d+)*) )?"
_ARTICLES = r"Điều (?P<articles>\d+(?:(?:, | và |, Điều )\d+)*)"
_ONE = re.compile(_POINTS + _CLAUSES + _ARTICLES)
_NAME = re.compile("|".join(re.escape(name) for name in NAMES))
# Between an article and the name of its text stand other articles of the same text, and little else.
_BETWEEN = re.compile(rf"(?:[;,.()\s]|và|của|[Kk]hoản [\d, ]+|[Đđ]iểm [a-zđ, ]+|Điều [\d, ]+)*(?:{_NAME.pattern})")


def numbers(words: str) -> list[int]:
    return [int(one) for one in re.findall(r"\d+", words)]


def cited(text: str) -> Iterator[tuple[str, str, list[int], list[int], str]]:
    """(as written, text's name, articles, khoản, letters) of everything that says which text it means."""
    for match in _ONE.finditer(text):
        rest = _BETWEEN.match(text, match.end())
        if rest is None:
            continue
        name = _NAME.search(rest.group())
        assert name is not None
        written = f"{match.group()} … {name.group()}"
        letters = re.sub(r"[, ]", "", match["points"] or "")
        yield written, name.group(), numbers(match["articles"]), numbers(match["clauses"] or ""), letters


def problem(of: Text, articles: list[int], clauses: list[int], letters: str) -> str:
    for number in articles:
        if number not in of:
            return f"no Điều {number}"
    inside = of[articles[0]]
    for clause in clauses:
        if clause not in inside:
            return f"Điều {articles[0]} has no khoản {clause}"
    held = inside[clauses[0]] if clauses else inside.get(0, "")
    missing = [letter for letter in letters if letter not in held]
    return f"no điểm {missing}" if missing else ""


def wrong(text: str) -> list[str]:
    found = [(written, problem(NAMES[name], *where)) for written, name, *where in cited(" ".join(text.split()))]
    return [f"{written}: {why}" for written, why in found if why]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("khoản 1 Điều 23 NĐ 154/2026/NĐ-CP; khoản 4 Điều 24 Luật Tiếp công dân", []),
        ("điểm h khoản 1 và khoản 3 Điều 4 Nghị định số 154/2026/NĐ-CP", []),
        ("khoản 3 Điều 23 NĐ 154/2026", ["Điều 23 has no khoản 3"]),
        ("điểm l khoản 1 Điều 4 NĐ 154/2026", ["no điểm ['l']"]),
        ("điểm c khoản 2 Điều 26 Luật Tiếp công dân", ["no điểm ['c']"]),
        ("khoản 1, khoản 4 Điều 23 NĐ 154/2026", ["Điều 23 has no khoản 4"]),
        ("Điều 99 NĐ 154/2026", ["no Điều 99"]),
        ("khoản 2 Điều 29 Luật Tiếp công dân", ["Điều 29 has no khoản 2"]),
        ("khoản 1 Điều 10 NĐ 155/2026", ["Điều 10 has no khoản 1"]),
    ],
)
def test_the_reader_of_citations(text: str, why: list[str]) -> None:
    assert [line.split(": ", 1)[1] for line in wrong(text)] == why


@pytest.mark.parametrize("code", codes())
def test_citations_of_the_profiles(code: str) -> None:
    one = profile(code)
    texts = [source for source in one.sources.values() if source != PRACTICE] + [note for note in one.notes.values()]
    assert [line for text in texts for line in wrong(text)] == []


def test_every_article_of_a_profile_names_a_text_that_is_known() -> None:
    """So that none slips past the test above."""
    for code in codes():
        for path, source in profile(code).sources.items():
            if "Điều" in source:
                assert list(cited(source)), (code, path, source)


FILES = sorted(
    path for path in SOURCE.rglob("*") if path.suffix in SUFFIXES and not {"static", "migrations"} & set(path.parts)
)


def test_citations_of_code_and_pages() -> None:
    found = {str(path.relative_to(SOURCE)): wrong(path.read_text(encoding="utf-8").replace("#", " ")) for path in FILES}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_citations_of_the_guides() -> None:
    found = {path.name: wrong(path.read_text(encoding="utf-8")) for path in sorted(GUIDES.rglob("*.md"))}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_so_many_citations_are_read() -> None:
    """The reader above reads what there is: a pattern that matches nothing would pass every test."""
    read = [one for path in FILES for one in cited(" ".join(path.read_text(encoding="utf-8").split()))]
    assert len(read) > 200
    assert {name for _, name, *_ in read} >= {"NĐ 154/2026", "Luật Tiếp công dân", "NĐ 30/2020"}
