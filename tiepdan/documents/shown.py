"""A paper's facts in words, for its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tiepdan.documents.kinds import Field, kind_of
from tiepdan.documents.models import Document
from tiepdan.kernel.text import masked_name

_ON_TOP = {"trich_yeu"}  # stands in the heading of the page


def lines_of(document: Document) -> list[tuple[str, list[str]]]:
    """(label, its lines) for every field that holds something."""
    found = []
    for field in kind_of(document.kind).all_fields:
        value = document.facts.get(field.name, "")
        words = [masked(field, str(value))] if field.is_personal and value else _words(field, value)
        if words and field.name not in _ON_TOP:
            found.append((field.label.split(" (")[0], words))
    return found


def masked(field: Field, text: str) -> str:
    """«0360••••1234», of a name «L.V.T.»; of short words nothing is left. In full it stands only in the file."""
    if field.is_name:
        return masked_name(text)
    return f"{text[:4]}••••{text[-4:]}" if text.isalnum() and len(text) >= 10 else "••••"


def _words(field: Field, value: Any) -> list[str]:
    if isinstance(value, list):
        return [_row(field.fields, item) for item in value]
    text = str(value).strip()
    return text.splitlines() if text else []


def _row(fields: Sequence[Field], item: Any) -> str:
    if not isinstance(item, Mapping):
        return str(item)
    parts = []
    for field in fields:
        value = item.get(field.name, "")
        if isinstance(value, list):
            parts += [_row(field.fields, one) for one in value]
        elif str(value).strip():
            parts.append(str(value))
    return " · ".join(parts)
