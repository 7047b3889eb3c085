"""All receptions of the desk: list, month, week, and the month as a calendar file (screen S08)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import posted_agencies
from tiepdan.receptions import schedule
from tiepdan.receptions.access import desks_of
from tiepdan.receptions.calendar_items import items_of
from tiepdan.receptions.forms.index import IndexForm
from tiepdan.receptions.head_days import HeadDays, head_days, month_span
from tiepdan.receptions.queries import OVERSEERS, receptions_of
from tiepdan.receptions.views.common import person_at

LIST, MONTH, WEEK = "danh-sach", "thang", "tuan"
VIEWS = {LIST: "Danh sách", MONTH: "Tháng", WEEK: "Tuần"}
EMPTY_MONTH = "Tháng này chưa có buổi tiếp nào."


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    now, person = timezone.now(), person_at(request)
    today = timezone.localdate(now)
    form = IndexForm(request.GET)
    wanted = form.wanted()
    way = request.GET.get("xem") if request.GET.get("xem") in VIEWS else LIST
    day = schedule.day_of(request.GET.get("ngay"), today)
    rows = schedule.filtered(receptions_of(person, now), wanted)
    kept = request.GET.copy()
    for name in ("page", "xem", "ngay"):
        kept.pop(name, None)
    facts: dict[str, Any] = {
        "form": form,
        "now": now,
        "today": today,
        "way": way,
        "views": VIEWS.items(),
        "day": day,
        "filters": kept.urlencode(),
        "is_filtered": any(kept.values()),
        "may_plan": bool(desks_of(person, today)),
        "counters": counters(person, day if way != LIST else today, today),
    }
    if way == MONTH:
        facts |= _month(rows, day, person, now)
    elif way == WEEK:
        facts |= _week(rows, day, person, now)
    else:
        groups = schedule.groups_of(rows, today, request.GET.get("page"))
        facts |= {"page": groups, "groups": groups.groups, "query": kept.urlencode()}
    return render(request, "receptions/index.html", facts)


def _month(rows: Any, day: date, person: Person, now: datetime) -> dict[str, Any]:
    start, end = month_span(day)
    found = items_of(rows.filter(starts_at__gte=start, starts_at__lt=end).order_by("starts_at", "code"), person, now)
    first = day.replace(day=1)
    return {
        "weeks": schedule.weeks_of(found, first),
        "may_move": any(item.proposes for item in found),
        "empty": EMPTY_MONTH if not found else "",
        "before": (first - timedelta(days=1)).replace(day=1),
        "after": (first + timedelta(days=32)).replace(day=1),
        "span": f"Tháng {first:%m/%Y}",
        "month": f"{first:%Y-%m}",
    }


def _week(rows: Any, day: date, person: Person, now: datetime) -> dict[str, Any]:
    monday = day - timedelta(days=day.weekday())
    start, end = schedule.moment(monday), schedule.moment(monday + timedelta(days=7))
    found = items_of(rows.filter(starts_at__gte=start, starts_at__lt=end).order_by("starts_at", "code"), person, now)
    days = schedule.days_of(found, [monday + timedelta(days=n) for n in range(7)])
    return {
        "days": days,
        "may_move": any(item.proposes for item in found),
        "empty": "Tuần này chưa có buổi tiếp nào." if not found else "",
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
        "span": f"Tuần {monday:%d/%m} – {monday + timedelta(days=6):%d/%m/%Y}",
        "month": f"{monday:%Y-%m}",
    }


def counters(person: Person, month: date, today: date) -> list[tuple[HeadDays, str]]:
    """With their shapes, for the agencies whose receptions the person oversees; without such a post none."""
    overseen = posted_agencies(person, today, *OVERSEERS)
    counts = [head_days(agency, month) for agency in overseen.order_by("name")[:5]]
    return [(count, count.shape(today)) for count in counts]


@login_required
@require_GET
def month_file(request: HttpRequest, month: str) -> HttpResponse:
    """The month as iCalendar, with the filters of the page."""
    now, person = timezone.now(), person_at(request)
    first = schedule.day_of(month, date.min)
    if first == date.min:
        raise Http404
    start, end = month_span(first)
    rows = schedule.filtered(receptions_of(person, now), IndexForm(request.GET).wanted())
    found = rows.filter(starts_at__gte=start, starts_at__lt=end).order_by("starts_at", "code")
    answer = HttpResponse(schedule.calendar_file(found, now), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="buoi-tiep-{month}.ics"'
    answer["Cache-Control"] = "private, no-store"
    return answer
