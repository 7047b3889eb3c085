"""The hash of a log row: sha256 over canonical JSON that includes the hash of the row before. Pure."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeAlias
from uuid import UUID

JSON: TypeAlias = Any
GENESIS = "0" * 64
SYSTEM = "system"


def chain_key(agency_id: int | None) -> str:
    return SYSTEM if agency_id is None else str(agency_id)


def plain(value: Any) -> JSON:
    """The JSON form of a fact that reads back equal from every database.

    PostgreSQL keeps numbers, not their spelling: 2.0 and 1e3 come back as integers, so whole
    floats become integers here, before they are hashed.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return writable(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError("a fact must be a finite number")
        return int(value) if value.is_integer() else value
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, Mapping):
        return {writable(str(key)): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = [plain(item) for item in value]
        return sorted(items, key=str) if isinstance(value, set | frozenset) else items
    raise TypeError(f"{type(value).__name__} cannot be a fact of the log")


def writable(text: str) -> str:
    """Without what PostgreSQL or UTF-8 cannot hold: NUL, and halves of surrogate pairs."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def canonical(content: Mapping[str, JSON]) -> bytes:
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def digest(content: Mapping[str, JSON]) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()
