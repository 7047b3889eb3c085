"""«Phiếu xử lý văn bản trình»: what was put forward, what it said at that moment, who decided, when, in whose place.

It is made from what a decision froze and from the row of the log, so it says the same ten years later. The rooms that
know decisions build it; one template shows and prints it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.timezone import localdate

from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.queries import desk_title
from tiepdan.audit.models import Entry


@dataclass(frozen=True)
class Decided:
    """`look` is the state's shape: ("good", "✓")."""

    words: str
    look: tuple[str, str]
    at: datetime
    by: str
    on_behalf_of: str = ""
    note: str = ""
    proved_by: str = ""  # «mật khẩu và mã xác thực»


@dataclass(frozen=True)
class DecisionSheet:
    about: str
    agency: str
    submitted_by: str
    submitted_at: datetime | None
    submitted_note: str
    decided: Decided
    frozen: Sequence[tuple[str, str]]
    back: str
    entry: Entry | None  # the row of the log that proves it
    grounds: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    paper: str = ""
    paper_address: str = ""


def named(person: Person | None, agency: Agency, at: datetime) -> str:
    """«Hoàng Văn Sơn, Phó Chủ tịch»: with the title of that day."""
    if person is None:
        return ""
    return ", ".join(filter(None, (person.full_name, desk_title(person, agency, localdate(at)))))


def proved_by(entry: Entry | None) -> str:
    """How the person confirmed the decision, as the log says; nothing for those of before it was asked."""
    return str(entry.facts.get("proved_by", "")) if entry else ""


def entry_of(event: str, about: Model, at: datetime) -> Entry | None:
    rows = Entry.objects.filter(about_kind=about._meta.label_lower, about_id=str(about.pk), event=event, at=at)
    return rows.order_by("pk").first()
