"""Ids that come in with a form: what is no id is none, and never an error page."""

from __future__ import annotations

LONGEST = 18  # digits; a database takes no longer one


def id_of(text: str) -> int | None:
    """`str.isdigit` alone lets «²» through, which is no number for `int`."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST else None
