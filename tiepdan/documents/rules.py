"""States of a paper. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from tiepdan.kernel.flow import Flow


class State(StrEnum):
    DRAFT = "draft"
    NUMBERED = "numbered"
    ISSUED = "issued"
    REPLACED = "replaced"  # a newer paper stands in its place
    DROPPED = "dropped"  # a draft that nobody needs


STATE_LABELS: Mapping[str, str] = {
    State.DRAFT: "Dự thảo",
    State.NUMBERED: "Đã cấp số",
    State.ISSUED: "Đã phát hành",
    State.REPLACED: "Đã được thay thế",
    State.DROPPED: "Đã bỏ",
}

DOCUMENT = Flow(
    name="document",
    states=STATE_LABELS,
    table={
        (State.DRAFT, "number"): State.NUMBERED,
        (State.DRAFT, "drop"): State.DROPPED,
        (State.NUMBERED, "issue"): State.ISSUED,
        (State.NUMBERED, "replace"): State.REPLACED,
        (State.ISSUED, "replace"): State.REPLACED,
    },
)
