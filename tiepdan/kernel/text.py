"""Text folding: search finds «Thanh Lộc» when somebody types «thanh loc». Names as lists show them."""

from __future__ import annotations

import re
import unicodedata

_OTHERS = re.compile(r" và \d+ người khác$")
_D = str.maketrans({"đ": "d", "Đ": "d"})


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
