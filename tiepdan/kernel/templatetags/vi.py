"""`{% load vi %}`: {{ reception.starts_at|moment }} {{ day|day }} {{ at|clock }}."""

from __future__ import annotations

from datetime import date, datetime

from django import template

from tiepdan.kernel import dates

register = template.Library()


@register.filter
def day(value: date | None) -> str:
    return dates.day_text(value) if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    return dates.clock_text(value) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    return dates.moment_text(value) if value else ""
