"""«Hướng dẫn»: the pages of docs/huong-dan, those for the roles of the reader first, and the paragraph about a page.

A guide says itself what its paragraphs are about: below a heading stand names of addresses, as in
`<!-- trang: cases:intake, cases:slip -->`; `cases:*` is for those of a room that no other paragraph names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tiepdan.accounts.rules import Role
from tiepdan.kernel.text import fold

# Whom a page is written for; a page that is not named here is for everybody.
READERS: dict[str, frozenset[Role]] = {
    "can-bo-tiep-dan": frozenset({Role.CLERK}),
    "chu-tri-thu-ky": frozenset({Role.CHAIR, Role.SECRETARY}),
    "co-quan-lien-quan": frozenset({Role.OFFICER}),
    "diem-cau": frozenset({Role.TECHNICIAN, Role.ADMIN, Role.OFFICER, Role.CLERK}),
    "lanh-dao-phe-duyet": frozenset({Role.APPROVER, Role.CHAIR}),
    "mau-van-ban": frozenset({Role.CLERK, Role.ADMIN}),
    "quan-tri": frozenset({Role.ADMIN}),
    "thanh-tra": frozenset({Role.INSPECTOR}),
}
_LINK = re.compile(r"^([a-z0-9-]+)\.md(#.*)?$")
_ABOUT = re.compile(r"^<!-- trang: (.+) -->$")
_HEADING = re.compile(r"^#{2,3} +(.+)$")


@dataclass(frozen=True)
class Section:
    """A paragraph with a heading, and the pages that it explains."""

    title: str
    anchor: str
    text: str
    pages: frozenset[str]


@dataclass(frozen=True)
class Guide:
    name: str
    title: str
    text: str
    sections: tuple[Section, ...]

    def is_for(self, roles: frozenset[Role]) -> bool:
        return bool(READERS.get(self.name, roles) & roles)

    def holding(self, wanted: Sequence[str]) -> list[Section]:
        """Paragraphs in which all the folded words stand; none when nothing is looked for."""
        return [one for one in self.sections if wanted and _holds(f"{one.title} {one.text}", wanted)]


@dataclass(frozen=True)
class Found:
    """A guide as the list shows it."""

    guide: Guide
    is_mine: bool
    sections: list[Section]  # where the words stand


def guides(roles: frozenset[Role], words: str = "") -> list[Found]:
    """Those that hold all the words, accents or not; one's own first."""
    wanted = fold(words).split()
    fits = [
        Found(one, one.is_for(roles), one.holding(wanted))
        for one in _all(settings.GUIDES)
        if _holds(f"{one.title} {one.text}", wanted)
    ]
    return sorted(fits, key=lambda found: (not found.is_mine, found.guide.title))


def guide(name: str) -> Guide | None:
    """`name` comes from an address: only a page that is in the folder is read."""
    return next((one for one in _all(settings.GUIDES) if one.name == name), None)


def help_address(page: str, roles: frozenset[Role]) -> str:
    """Where «?» leads from a page: the paragraph of the reader's own guide before that of somebody else's, a paragraph
    that names the page before one about its room; the list of guides when there is none."""
    room = f"{page.partition(':')[0]}:*"
    fits = [
        (not one.is_for(roles), page not in section.pages, one.name, section.anchor)
        for one in _all(settings.GUIDES)
        for section in one.sections
        if page in section.pages or room in section.pages
    ]
    if not fits:
        return reverse("accounts:guides")
    _, _, name, anchor = min(fits)
    return f"{reverse('accounts:guide', args=[name])}#{anchor}"


@cache
def _all(folder: Path) -> tuple[Guide, ...]:
    """They are part of the program, so they are read once."""
    return tuple(_read(file) for file in sorted(folder.glob("*.md")))


def _read(file: Path) -> Guide:
    lines = file.read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not _ABOUT.match(line))
    return Guide(file.stem, lines[0].lstrip("# ").strip(), text, tuple(_sections(lines[1:])))


def _sections(lines: Sequence[str]) -> Iterator[Section]:
    title, pages, text = "", set[str](), list[str]()
    for line in [*lines, "## end"]:
        heading, about = _HEADING.match(line), _ABOUT.match(line)
        if heading:
            if title:
                yield Section(title, anchor_of(title), "\n".join(text), frozenset(pages))
            title, pages, text = heading[1].replace("*", ""), set(), []
        elif about:
            pages |= {page.strip() for page in about[1].split(",")}
        else:
            text.append(line)


def _holds(text: str, wanted: Sequence[str]) -> bool:
    folded = fold(text)
    return all(word in folded for word in wanted)


def anchor_of(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")


def html(guide: Guide) -> str:
    """Our own text, and still no HTML in it counts."""
    parser = MarkdownIt("js-default", {"html": False})
    tokens = parser.parse(guide.text)
    _dress(tokens)
    return str(parser.renderer.render(tokens, parser.options, {}))


def _dress(tokens: Sequence[Token]) -> None:
    for at, token in enumerate(tokens):
        if token.type == "table_open":
            token.attrSet("class", "table")
        elif token.type == "heading_open" and token.tag != "h1":
            token.attrSet("id", anchor_of(tokens[at + 1].content.replace("*", "")))
        href = str(token.attrGet("href") or "")
        found = _LINK.match(href)
        if found:  # from page to page, as in the folder
            token.attrSet("href", f"../{found[1]}/{found[2] or ''}")
        _dress(token.children or [])
