"""Text folding: search finds «Thanh Lộc» when somebody types «thanh loc»."""

from __future__ import annotations

import unicodedata

_D = str.maketrans({"đ": "d", "Đ": "d"})


def fold(text: str) -> str:
    """Lower case, no Vietnamese marks, single spaces."""
    plain = unicodedata.normalize("NFD", text.translate(_D).casefold())
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(bare.split())
