"""The dates of the law for a day that is still being chosen, and what speaks against it (screen S09)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import get_current_timezone, localdate
from django.views.decorators.http import require_GET

from tiepdan.accounts.models import Agency
from tiepdan.accounts.queries import agency_ids
from tiepdan.law.milestones import milestones
from tiepdan.law.profiles import DEFAULT, profile
from tiepdan.policy.queries import calendar, profile_for
from tiepdan.receptions.actions.plan import too_near_sentence
from tiepdan.receptions.calendar_items import days_off
from tiepdan.receptions.forms.plan import DatesForm
from tiepdan.receptions.rules import Kind
from tiepdan.receptions.views.common import person_at

WEEKEND = "ngày nghỉ hằng tuần"


@login_required
@require_GET
def dates(request: HttpRequest) -> HttpResponse:
    """Asked for by the form whenever day, hour, kind or profile change; nothing is written."""
    form = DatesForm(request.GET)
    facts = _facts(request, form.cleaned_data) if form.is_valid() else {}
    answer = render(request, "receptions/dates.html", facts)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _facts(request: HttpRequest, data: dict[str, Any]) -> dict[str, Any]:
    now, day, table = timezone.now(), data["day"], calendar()
    starts_at = datetime.combine(day, data["starts"], get_current_timezone())
    mine = agency_ids(person_at(request), localdate(now))
    agency = Agency.objects.filter(pk=data["agency"], pk__in=mine).first()
    rules = profile_for(agency, data["profile"], day) if agency else profile(data["profile"])
    known = {rule.code for rule in profile(DEFAULT).milestones}
    off = days_off(day, day, table)
    return {
        "rows": [(row, row.code not in known) for row in milestones(rules, starts_at, table)],
        "rules": rules,
        "is_pilot": data["profile"] != DEFAULT,
        "too_near": too_near_sentence(rules, day, now),
        "is_adhoc": data["kind"] == Kind.ADHOC,
        "day": day,
        "day_off": (off[day] or WEEKEND) if day in off else "",
    }
