"""Who is in charge of a case, and the steps before it is put before the head."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import roles_of
from tiepdan.audit import actions as audit
from tiepdan.cases.access import ASSIGNABLE
from tiepdan.cases.actions.common import changed_since, today
from tiepdan.cases.models import Case
from tiepdan.cases.rules import CASE
from tiepdan.kernel.refusals import Invalid
from tiepdan.kernel.rows import move


@transaction.atomic
def assign(case: Case, officer: Person | None, *, seen: str, by: Person, at: datetime) -> None:
    """Put somebody of the agency in charge («Giao cán bộ»); None takes it back.

    `seen` is the id of who was in charge on the page; empty: nobody.
    """
    if officer is not None and not roles_of(officer, today(at), case.agency) & set(ASSIGNABLE):
        raise Invalid(f"{officer.full_name} không phải cán bộ của {case.agency.name} hôm nay.", code="officer")
    if officer == case.officer:
        return
    before = case.officer
    rows = Case.objects.filter(pk=case.pk, officer=before)
    if seen != str(case.officer_id or "") or not rows.update(officer=officer):
        raise changed_since(case, "case.assigned")
    case.officer = officer
    audit.record(
        "case.assigned",
        agency=case.agency,
        at=at,
        by=by,
        about=case,
        officer=officer.full_name if officer else None,
        before=before.full_name if before else None,
    )


@transaction.atomic
def screen(case: Case, *, by: Person, at: datetime) -> None:
    move(case, CASE, "screen", state_since=at)
    audit.record("case.screened", agency=case.agency, at=at, by=by, about=case)


@transaction.atomic
def ask(case: Case, note: str, *, by: Person, at: datetime) -> None:
    """The citizen or an agency must bring something first."""
    if not note.strip():
        raise Invalid("Phải ghi nội dung cần bổ sung.", code="note")
    move(case, CASE, "ask", state_since=at, missing_note=note.strip())
    audit.record("case.asked", agency=case.agency, at=at, by=by, about=case)


@transaction.atomic
def complete(case: Case, *, by: Person, at: datetime) -> None:
    move(case, CASE, "complete", state_since=at, missing_note="")
    audit.record("case.completed", agency=case.agency, at=at, by=by, about=case)
