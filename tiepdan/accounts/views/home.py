"""«Việc của tôi hôm nay» (S02) and «Chờ phê duyệt» (S07): what waits for the person at the desk."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tiepdan.accounts import access, queries, tasks
from tiepdan.accounts.actions import snooze as actions
from tiepdan.accounts.models import Person
from tiepdan.accounts.rules import URGENCY_LABELS, Urgency, countdown

PRESSING = (Urgency.LATE, Urgency.TODAY)
LOOKS = {Urgency.LATE: ("bad", "■"), Urgency.TODAY: ("care", "▲")}


@require_safe
@never_cache
@access.staff()
def today(request: HttpRequest, person: Person) -> HttpResponse:
    now = timezone.now()
    may_delegate = bool(queries.roles_of(person, timezone.localdate(now)) & set(queries.APPROVERS))
    return render(request, "accounts/home.html", {**_facts(person, now), "may_delegate": may_delegate})


@require_safe
@never_cache
@access.staff()
def lists(request: HttpRequest, person: Person) -> HttpResponse:
    """The part of the page that is asked for again every minute. Where nothing changed nothing is replaced, so that
    nobody loses the place on the page (204)."""
    facts = _facts(person, timezone.now())
    if request.GET.get("v") == facts["mark"]:
        return HttpResponse(status=204)
    return render(request, "accounts/home_lists.html", facts)


def _facts(person: Person, now: datetime) -> dict[str, Any]:
    rows, hidden = tasks.waiting_for(person, now)
    groups = [_group(urgency, [row for row in rows if row.urgency == urgency]) for urgency in Urgency]
    upcoming = tasks.upcoming_for(person, now)[:1]
    facts: dict[str, Any] = {
        "now": now,
        "groups": [group for group in groups if group["rows"]],
        "is_calm": not any(row.urgency in PRESSING for row in rows),
        "hidden": hidden,
        "upcoming": upcoming[0] if upcoming else None,
        "countdown": countdown(upcoming[0].starts_at, now) if upcoming else "",
        "counts": tasks.counts_for(person, now),
        "lent": queries.lent_to(person, timezone.localdate(now)),
    }
    seen = [timezone.localdate(now), rows, hidden, upcoming, facts["countdown"], facts["counts"], facts["lent"]]
    facts["mark"] = sha256(repr(seen).encode()).hexdigest()[:16]
    return facts


def _group(urgency: Urgency, rows: list[tasks.Waiting]) -> dict[str, Any]:
    shown = sum(not row.task.is_rest for row in rows)
    return {
        "label": URGENCY_LABELS[urgency],
        "look": LOOKS.get(urgency, ("none", "○")),
        "rows": sorted(rows, key=lambda row: row.task.is_rest),  # «và 132 vụ việc khác» stands at the end
        "count": f"{shown}+" if shown < len(rows) else str(shown),
    }


@require_POST
@access.staff()
def snooze(request: HttpRequest, person: Person) -> HttpResponse:
    now = timezone.now()
    key = request.POST.get("key", "")
    task = next((task for task in tasks.tasks_for(person, now) if task.key == key), None)
    if task is None or request.POST.get("until") not in set(actions.Until):
        raise Http404
    actions.snooze(person, task, actions.Until(request.POST["until"]), at=now)
    messages.success(request, "Sẽ nhắc lại sau. Thời hạn của việc này không thay đổi.")
    return redirect("accounts:home_page")


@require_POST
@access.staff()
def wake(request: HttpRequest, person: Person) -> HttpResponse:
    actions.wake(person, at=timezone.now())
    return redirect("accounts:home_page")


@require_safe
@never_cache
@access.staff()
def decisions(request: HttpRequest, person: Person) -> HttpResponse:
    """For whoever may approve somewhere today, by a post or by a delegation."""
    now = timezone.now()
    on = timezone.localdate(now)
    agencies = queries.decides_for(person, on)
    if not agencies:
        raise PermissionDenied
    facts = {
        "rows": [row for row in tasks.waiting_for(person, now)[0] if row.task.is_decision],
        "agencies": agencies,
        "may_delegate": queries.posted_agencies(person, on, *queries.APPROVERS).exists(),
        "lent": queries.lent_to(person, on),
        "now": now,
    }
    return render(request, "accounts/decisions.html", facts)
