"""The kinds of paper, by code."""

from __future__ import annotations

from collections.abc import Mapping

from tiepdan.documents.kinds.desk import DESK
from tiepdan.documents.kinds.fields import HOUSE, SUBMITTER, Field, Kind
from tiepdan.documents.kinds.letters import LETTERS
from tiepdan.documents.kinds.plan import PLAN

KINDS: Mapping[str, Kind] = {kind.code: kind for kind in (*DESK, *PLAN, *LETTERS)}

__all__ = ["HOUSE", "KINDS", "SUBMITTER", "Field", "Kind", "kind_of"]


def kind_of(code: str) -> Kind:
    """Raises KeyError for a kind that does not exist: a fault of the caller, not of a person."""
    return KINDS[code]
