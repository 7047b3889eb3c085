"""What the pages of one reception share."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from tiepdan.accounts.access import person_of
from tiepdan.accounts.models import Person
from tiepdan.kernel.refusals import Refused
from tiepdan.receptions.access import is_desk, may_edit_plan, require_writable
from tiepdan.receptions.actions.common import marker
from tiepdan.receptions.models import Reception
from tiepdan.receptions.rules import is_last_half_hour


def person_at(request: HttpRequest) -> Person:
    """The person of a page behind `login_required`."""
    person = person_of(request)
    assert person is not None, "login_required stands before"
    return person


def frame(reception: Reception, person: Person, now: datetime) -> dict[str, Any]:
    """What receptions/frame.html and the forms inside it ask for.

    `may_edit`: the person is one of those who write plans (`may_edit_desk`: also its day, people and matters);
    `locked`: why it cannot be written now, or empty.
    """
    is_late = is_last_half_hour(reception.starts_at, now)
    return {
        "reception": reception,
        "now": now,
        "seen": marker(reception),
        "may_edit": may_edit_plan(person, reception, localdate(now)),
        "may_edit_desk": may_edit_plan(person, reception, localdate(now))
        and (is_late or is_desk(person, reception, localdate(now))),
        "locked": locked(reception, person, now),
        "asks_reason": is_late,
    }


def locked(reception: Reception, person: Person, now: datetime) -> str:
    try:
        require_writable(person, reception, now, reason="có")
    except Refused as problem:
        return problem.sentence
    return ""


def page(
    request: HttpRequest,
    person: Person,
    reception: Reception,
    template: str,
    facts: dict[str, Any] | None = None,
    *,
    now: datetime,
    status: int = 200,
) -> HttpResponse:
    """Render a page that extends receptions/frame.html."""
    answer = render(request, template, {**frame(reception, person, now), **(facts or {})}, status=status)
    answer["Cache-Control"] = "private, no-store"
    return answer


def blame(form: forms.BaseForm, refused: Refused) -> int:
    """Put the sentence of an action at the field that it is about, else above the form; the status to answer with."""
    form.add_error(refused.code if refused.code in form.fields else None, refused.sentence)
    return refused.status
