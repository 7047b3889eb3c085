"""Public words as the search for personal data reads them. Pure.

Whatever makes a word look the same and compare differently is taken away first: letters in pieces (NFD), wide and bold
forms, spaces that do not break, line breaks, invisible letters, the many kinds of dash.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
_D = str.maketrans({"đ": "d", "Đ": "d", "ð": "d", "Ð": "d"})
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Text:
    """A public text. In an address «12 Trần Phú» is a street, whoever else is called so."""

    words: str
    is_address: bool = False

    @cached_property
    def clean(self) -> str:
        """As it is shown when something in it is found."""
        return cleaned(self.words)

    @cached_property
    def plain(self) -> str:
        """Letter by letter the same length, without case and Vietnamese marks: what is found here stands in `clean`."""
        return "".join(map(_bare, self.clean))

    @cached_property
    def tokens(self) -> list[Token]:
        return [Token(m.group(), self.plain[m.start() : m.end()], *m.span()) for m in WORD.finditer(self.clean)]

    def all(self, pattern: re.Pattern[str] | str) -> Iterator[str]:
        """Where the pattern stands in the plain text, as it is written."""
        for match in re.finditer(pattern, self.plain):
            yield self.clean[match.start() : match.end()].strip()


@dataclass(frozen=True)
class Token:
    word: str  # as written
    plain: str  # folded
    start: int
    end: int


def cleaned(words: str) -> str:
    """One way of writing for what looks the same; single spaces."""
    same = unicodedata.normalize("NFKC", words).translate(_DASHES)
    seen = "".join(letter for letter in same if unicodedata.category(letter) not in ("Cf", "Mn"))
    return " ".join(seen.split())


def bare(words: str) -> str:
    return "".join(map(_bare, cleaned(words)))


def _bare(letter: str) -> str:
    return unicodedata.normalize("NFD", letter.translate(_D).casefold())[0]
