"""Steps of a case that the plan and the running reception take; called by `receptions` and `live`."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from tiepdan.accounts.models import Person
from tiepdan.audit import actions as audit
from tiepdan.cases.actions.common import refresh
from tiepdan.cases.models import Case
from tiepdan.cases.rules import CASE
from tiepdan.kernel.refusals import Refused
from tiepdan.kernel.rows import move
from tiepdan.law.grounds import PROTECTED


@transaction.atomic
def plan_case(case: Case, *, by: Person, at: datetime, reception: str = "") -> None:
    """An approved case gets a place in a reception; `reception` is its code, for the log.

    Raises:
        Refused: not approved, planned elsewhere already, or of a protected denouncer.
    """
    if case.is_protected:
        raise Refused(PROTECTED, code="barred")
    move(case, CASE, "plan", state_since=at)
    audit.record("case.planned", agency=case.agency, at=at, by=by, about=case, reception=reception)


@transaction.atomic
def unplan_case(case: Case, *, by: Person | None, at: datetime, reception: str = "") -> None:
    move(case, CASE, "unplan", state_since=at)
    audit.record("case.unplanned", agency=case.agency, at=at, by=by, about=case, reception=reception)


@transaction.atomic
def hear(case: Case, *, by: Person | None, at: datetime, reception: str = "") -> None:
    """The reception of the case is over: it has been received once more."""
    move(case, CASE, "hear", state_since=at, receptions_before=F("receptions_before") + 1)
    case.refresh_from_db(fields=["receptions_before"])
    refresh(case)  # the clocks of the petition stand still from now on
    audit.record("case.heard", agency=case.agency, at=at, by=by, about=case, reception=reception)
