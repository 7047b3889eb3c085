"""What the desk enters into a plan."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tests import cast
from tests import reception_cast as stage
from tests.reception_cast import PLAN_START
from tiepdan.receptions.actions.plan import PlanFacts
from tiepdan.receptions.models import Reception


def facts(start: datetime = PLAN_START, **fields: Any) -> PlanFacts:
    values: dict[str, Any] = {
        "agency": cast.province(),
        "title": "Khiếu nại về bồi thường đất",
        "kind": "periodic",
        "starts_at": start,
        "ends_at": start + timedelta(hours=2, minutes=30),
        "chair": cast.chair(),
        "secretary": cast.secretary(),
        "technician": cast.technician(),
        **fields,
    }
    return PlanFacts(**values)


def of_plan(of: Reception, **fields: Any) -> PlanFacts:
    names = ("agency", "title", "kind", "starts_at", "ends_at", "chair", "secretary", "technician", "place", "profile")
    more = ("help_phone", "is_delegated", "adhoc_reason", "note")
    return PlanFacts(**{**{name: getattr(of, name) for name in (*names, *more)}, **fields})


def on_day(day: int, month: int = 12, year: int = 2026) -> datetime:
    return datetime(year, month, day, 1, 30, tzinfo=UTC)


def state(of: Reception) -> str:
    return stage.fresh(of).state
