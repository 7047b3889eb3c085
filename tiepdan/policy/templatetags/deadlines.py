"""`{% load deadlines %}`: {% deadline due met_at %} {% article "khoản 1 Điều 23 …" %} {{ due|due }}."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.kernel import dates
from tiepdan.law.milestones import VIETNAM
from tiepdan.policy.context import calendar_of, now_of
from tiepdan.policy.rules import Chip, chip

register = template.Library()

LOOKS = {
    Chip.MET: ("good", "✓"),
    Chip.MET_LATE: ("care", "▲"),
    Chip.FUTURE: ("none", "○"),
    Chip.SOON: ("care", "▲"),
    Chip.TODAY: ("care", "▲"),
    Chip.LATE: ("bad", "■"),
}


@register.simple_tag(takes_context=True)
def deadline(context: Context, due: date | datetime | None, met_at: datetime | None = None) -> str:
    """The chip of a legal date: a date is met until its end in Vietnam, a moment until that moment."""
    if due is None:
        return ""
    now, calendar = now_of(context), calendar_of(context)
    today, day = localdate(now), localdate(due) if isinstance(due, datetime) else due
    how, days = chip(
        day,
        today,
        is_late_now=_is_after(now, due),
        met=met_at is not None,
        met_late=met_at is not None and _is_after(met_at, due),
        calendar=calendar,
    )
    look, shape = LOOKS[how]
    words = _words(how, days, due, abs((day - today).days))
    if not met_at and not calendar.is_confirmed(day.year):
        words += " (tạm tính)"
    return format_html('<span class="state state-{}"><span aria-hidden="true">{}</span> {}</span>', look, shape, words)


@register.simple_tag(takes_context=True)
def article(context: Context, citation: str) -> str:
    """The legal source, for staff as a link to the values and grounds that rest on it."""
    if not citation:
        return ""
    request = context.get("request")
    if request is None or not isinstance(getattr(request, "user", None), Person):
        return format_html('<span class="article">{}</span>', citation)
    first = citation.split(";")[0].strip()
    address = f"{reverse('policy:rules')}?{urlencode({'q': first})}"
    return format_html('<a class="article" href="{}">{}</a>', address, citation)


@register.filter
def due(value: date | datetime | None) -> str:
    """«thứ Năm 10/12/2026», «07:30, thứ Năm 17/12/2026»"""
    if value is None:
        return ""
    return dates.moment_text(value) if isinstance(value, datetime) else dates.day_text(value)


@register.simple_tag
def provisional(is_provisional: bool) -> str:
    """«tạm tính», where a date was counted with a year that nobody has confirmed."""
    words = '<span class="chip" title="Lịch nghỉ của năm này chưa được xác nhận">tạm tính</span>'
    return SafeString(words) if is_provisional else ""


def _is_after(at: datetime, due: date | datetime) -> bool:
    if isinstance(due, datetime):
        return at > due
    return at >= datetime.combine(due + timedelta(days=1), time.min, VIETNAM)


def _words(how: Chip, workdays: int, due: date | datetime, days: int) -> str:
    """Where no working day lies between, calendar days are named."""
    span = f"{workdays:02d} ngày làm việc" if workdays else f"{days:02d} ngày"
    clock = f" {dates.clock_text(due)}" if isinstance(due, datetime) else ""
    match how:
        case Chip.MET:
            return "Đạt"
        case Chip.MET_LATE:
            return "Đạt, quá hạn"
        case Chip.TODAY:
            return f"Hạn hôm nay{clock}"
        case Chip.LATE:
            return f"Quá hạn {span}" if days else f"Quá hạn từ{clock}"
        case _:
            return f"Còn {span}"
