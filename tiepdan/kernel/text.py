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
    others = _OTHERS.search(name)
    first = name[: others.start()] if others else name
    return "".join(f"{word[0].upper()}." for word in first.split()) + (others.group() if others else "")
