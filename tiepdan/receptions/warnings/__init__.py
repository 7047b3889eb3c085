"""What is wrong with a plan, as data: a code with its object, a level, a sentence. Pages and refusals read it.

«stop» (■) keeps a plan from being put forward, approved and published; «care» (▲) takes a reason, which stays.
Each module of this folder is a list of checks: functions of a plan that return warnings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from tiepdan.receptions.models import Reception
from tiepdan.receptions.plan import Plan, plan_of
from tiepdan.receptions.rules import COMING
from tiepdan.receptions.warnings import bookings, matters, places, script, time
from tiepdan.receptions.warnings.base import CARE, STOP, Warning

__all__ = ["CARE", "STOP", "Warning", "blocking_sentence", "of_plan", "stops", "warnings"]

CHECKS: tuple[Callable[[Plan, datetime], Iterator[Warning]], ...] = (
    *places.CHECKS,
    *matters.CHECKS,
    *bookings.CHECKS,
    *time.CHECKS,
    *script.CHECKS,
)


def warnings(reception: Reception, now: datetime) -> list[Warning]:
    """Everything that is wrong at `now`, the blocking ones first; nothing of a reception that is not to come."""
    return of_plan(plan_of(reception), now)


def of_plan(plan: Plan, now: datetime) -> list[Warning]:
    if plan.reception.state not in COMING:
        return []
    if now not in plan.found:
        found = [warning.with_waiver(plan.waivers) for check in CHECKS for warning in check(plan, now)]
        plan.found[now] = sorted(found, key=lambda warning: warning.level != STOP)
    return plan.found[now]


def stops(found: list[Warning]) -> list[Warning]:
    return [warning for warning in found if warning.level == STOP]


def blocking_sentence(found: list[Warning]) -> str:
    """«Còn 1 lỗi chặn: …»; empty when nothing blocks."""
    blocking = stops(found)
    if not blocking:
        return ""
    return f"Còn {len(blocking)} lỗi chặn: {' '.join(warning.sentence for warning in blocking)}"
