"""The clock and the working-day table of the page that is being drawn, read once."""

from __future__ import annotations

from datetime import datetime

from django.template import Context
from django.utils import timezone

from tiepdan.law.workdays import Calendar
from tiepdan.policy import queries

KEY = "_workdays"


def now_of(context: Context) -> datetime:
    """The page's own `now`, else the moment."""
    now = context.get("now")
    return now if isinstance(now, datetime) else timezone.now()


def calendar_of(context: Context) -> Calendar:
    """One query for a page, kept on its request."""
    request = context.get("request")
    if request is None:
        return queries.calendar()
    if not hasattr(request, KEY):
        setattr(request, KEY, queries.calendar())
    found: Calendar = getattr(request, KEY)
    return found
