"""What the log's codes of halls are called."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from tiepdan.audit import words
from tiepdan.receptions.models import ReceptionPoint


def register() -> None:
    words.register("hall", halls)


def halls(values: Collection[str]) -> Mapping[str, str]:
    """«p12» as «Xã Thanh Lộc»."""
    ids = [value[1:] for value in values if value[:1] == "p" and value[1:].isdecimal()]
    rows = ReceptionPoint.objects.filter(pk__in=ids).select_related("point")
    return {row.key: str(row) for row in rows}
