"""Text as it comes in, folded for the search («thanh loc» finds «Thanh Lộc»), and as lists show names."""

from __future__ import annotations

import re
import unicodedata

_OTHERS = re.compile(r" và \d+ người khác$")
_D = str.maketrans({"đ": "d", "Đ": "d"})

# Marks that nobody sees and that turn round, split or hide what stands beside them. Joiners stay: emoji need them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)


def tidy(text: str) -> str:
    """What somebody typed or pasted, in one spelling («ễ» is one sign, not three) and without unseen marks."""
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text))


def fold(text: str) -> str:
    """Lower case, no Vietnamese marks, single spaces."""
    plain = unicodedata.normalize("NFD", text.translate(_D).casefold())
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(bare.split())


def masked_name(name: str) -> str:
    """«N.V.A.»; the number of those who came along stays: «N.V.A. và 11 người khác»."""
    first = without_others(name)
    return "".join(f"{word[0].upper()}." for word in first.split()) + name[len(first) :]


def without_others(name: str) -> str:
    """«Nguyễn Văn An» of «Nguyễn Văn An và 11 người khác»."""
    return _OTHERS.sub("", name)
