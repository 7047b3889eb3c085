"""«Hướng dẫn»: the pages of docs/huong-dan, those for the roles of the reader first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tiepdan.accounts.rules import Role
from tiepdan.kernel.text import fold

# Whom a page is written for; a page that is not named here is for everybody.
READERS: dict[str, frozenset[Role]] = {
    "can-bo-tiep-dan": frozenset({Role.CLERK}),
    "lanh-dao-phe-duyet": frozenset({Role.APPROVER, Role.CHAIR}),
    "mau-van-ban": frozenset({Role.CLERK, Role.ADMIN}),
}
_LINK = re.compile(r"^([a-z0-9-]+)\.md(#.*)?$")


@dataclass(frozen=True)
class Guide:
    name: str
    title: str
    text: str
    is_mine: bool


def guides(roles: frozenset[Role], words: str = "") -> list[Guide]:
    """Those that hold all the words, accents or not; one's own first."""
    found = [_read(file, roles) for file in sorted(Path(settings.GUIDES).glob("*.md"))]
    wanted = fold(words).split()
    fits = [guide for guide in found if all(word in fold(guide.text) for word in wanted)]
    return sorted(fits, key=lambda guide: (not guide.is_mine, guide.title))


def guide(name: str, roles: frozenset[Role]) -> Guide | None:
    """`name` comes from an address: only a page that is in the folder is read."""
    return next((one for one in guides(roles) if one.name == name), None)


def _read(file: Path, roles: frozenset[Role]) -> Guide:
    text = file.read_text(encoding="utf-8")
    title = text.partition("\n")[0].lstrip("# ").strip()
    return Guide(file.stem, title, text, bool(READERS.get(file.stem, roles) & roles))


def html(guide: Guide) -> str:
    """Our own text, and still no HTML in it counts."""
    parser = MarkdownIt("js-default", {"html": False})
    tokens = parser.parse(guide.text)
    _dress(tokens)
    return str(parser.renderer.render(tokens, parser.options, {}))


def _dress(tokens: Sequence[Token]) -> None:
    for token in tokens:
        if token.type == "table_open":
            token.attrSet("class", "table")
        href = str(token.attrGet("href") or "")
        found = _LINK.match(href)
        if found:  # from page to page, as in the folder
            token.attrSet("href", f"../{found[1]}/{found[2] or ''}")
        _dress(token.children or [])
