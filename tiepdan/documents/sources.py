"""Where the facts of a paper come from: upper rooms register, per kind of paper and of thing, how to read them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model

from tiepdan.accounts.models import Agency

# A fact that is no field: further receivers, who stand before those of the letterhead under «Nơi nhận».
RECEIVERS = "gui_them"
Load = Callable[[str], Model]
Facts = Callable[[Any, str, datetime], Mapping[str, Any]]
AgencyOf = Callable[[Any], Agency]


@dataclass(frozen=True)
class Source:
    load: Load
    facts: Facts
    agency: AgencyOf


_sources: dict[tuple[str, str], Source] = {}


def _own_agency(row: Any) -> Agency:
    agency: Agency = row.agency
    return agency


def register(kind: str, about_kind: str, load: Load, facts: Facts, agency: AgencyOf = _own_agency) -> None:
    """`about_kind` is the model's label («cases.case»); `load(about_id)` gives its row, `facts(row, part, now)` what
    the template is filled with, and `agency(row)` the office that issues (default: `row.agency`)."""
    _sources[kind, about_kind] = Source(load, facts, agency)


def source_of(kind: str, about_kind: str) -> Source:
    """Raises LookupError when nothing was registered: a fault of ours, not of a person."""
    try:
        return _sources[kind, about_kind]
    except KeyError:
        raise LookupError(f"no source of «{kind}» for {about_kind}") from None


def key_of(row: Model) -> tuple[str, str]:
    """(about_kind, about_id) of a row."""
    return row._meta.label_lower, str(row.pk)
