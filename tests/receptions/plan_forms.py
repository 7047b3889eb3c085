"""What a browser sends to the pages of plans, by the clock of this machine."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils import timezone

from tests import cast
from tiepdan.law.milestones import earliest_day
from tiepdan.law.profiles import profile
from tiepdan.policy.queries import calendar


def coming(days: int = 30) -> dict[str, datetime]:
    """A working day far enough from the clock of this machine, 08:30–11:00."""
    day = calendar().shift(timezone.localdate() + timedelta(days=days), 1)
    start = datetime(day.year, day.month, day.day, 1, 30, tzinfo=UTC)
    return {"starts_at": start, "ends_at": start + timedelta(hours=2, minutes=30)}


def entered(day: date | None = None, **fields: Any) -> dict[str, Any]:
    """The form «Lập buổi tiếp» as a browser sends it."""
    day = day or earliest_day(profile(), timezone.localdate(), calendar())
    return {
        "title": "Khiếu nại về bồi thường đất",
        "day": day.isoformat(),
        "starts": "08:30",
        "ends": "11:00",
        "kind": "periodic",
        "chair": cast.chair().pk,
        "secretary": cast.secretary().pk,
        "technician": cast.technician().pk,
        "profile": "nd154-2026",
        **fields,
    }
