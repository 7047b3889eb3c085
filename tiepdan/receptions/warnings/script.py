"""What is wrong with the running order (screen S11). A plan without one is no fault yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from tiepdan.receptions import agenda
from tiepdan.receptions.plan import Plan
from tiepdan.receptions.warnings.base import STOP, Warning

TAB = "receptions:agenda"
_CODES: Mapping[str, tuple[str, str]] = {
    agenda.CONCLUSION_FIRST: ("script_order", "điểm a khoản 1 Điều 7 Luật Tiếp công dân"),
    agenda.NO_NOTICE: ("script_notice", "khoản 1 Điều 24 NĐ 154/2026"),
}


def script_can_be_followed(plan: Plan, now: datetime) -> Iterator[Warning]:
    if not plan.script_minutes:
        return
    for sentence in agenda.problems(list(plan.reception.agenda.all())):
        code, citation = _CODES[sentence]
        yield Warning(code, STOP, sentence, citation, TAB)


CHECKS = (script_can_be_followed,)
