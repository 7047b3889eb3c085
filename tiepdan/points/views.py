"""Halls and their equipment (screen S13, as far as plans need it)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tiepdan.accounts.access import staff
from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import posted_agencies, roles_of
from tiepdan.accounts.rules import Role
from tiepdan.kernel.refusals import Refused
from tiepdan.kernel.text import fold
from tiepdan.points.access import READERS, may_check, point_for, points_of, require_checker
from tiepdan.points.actions import check_equipment, record_capacity
from tiepdan.points.forms import CapacityForm, CheckForm
from tiepdan.points.models import Point
from tiepdan.points.queries import capacity_of, equipment_of

EARLIER = 60  # rows of the history that a page shows


@require_GET
@staff(*READERS)
def index(request: HttpRequest, person: Person) -> HttpResponse:
    return _index(request, person, timezone.localdate())


def _index(
    request: HttpRequest, person: Person, today: date, form: CapacityForm | None = None, status: int = 200
) -> HttpResponse:
    words = fold(request.GET.get("q", "")[:100]).split()
    points = [
        point
        for point in points_of(person, today).order_by("agency__name", "name")
        if all(word in fold(f"{point.name} {point.agency.name} {point.contact_name}") for word in words)
    ]
    equipment = equipment_of(point.pk for point in points)
    roles = roles_of(person, today)
    tested = posted_agencies(person, today, Role.TECHNICIAN)
    facts = {
        "rows": [(point, equipment[point.pk]) for point in points],
        "q": request.GET.get("q", "")[:100],
        "capacities": [(agency, capacity_of(agency)) for agency in posted_agencies(person, today, *READERS)],
        "may_test": list(tested),
        "form": form or CapacityForm(agencies=tested, initial={"tested_on": today, "agency": tested.first()}),
        "may_import": bool(roles & {Role.TECHNICIAN, Role.ADMIN}),
    }
    answer = render(request, "points/index.html", facts, status=status)
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
@staff(Role.TECHNICIAN)
def capacity(request: HttpRequest, person: Person) -> HttpResponse:
    """«Ghi năng lực đã thử»"""
    now = timezone.now()
    today = timezone.localdate(now)
    form = CapacityForm(request.POST, agencies=posted_agencies(person, today, Role.TECHNICIAN))
    if not form.is_valid():
        if "agency" in form.errors:
            raise Http404
        return _index(request, person, today, form, 422)
    data = form.cleaned_data
    try:
        record_capacity(data["agency"], data["halls"], data["note"], on=data["tested_on"], by=person, at=now)
    except Refused as refused:
        form.add_error(refused.code if refused.code in form.fields else None, refused.sentence)
        return _index(request, person, today, form, refused.status)
    messages.success(request, f"Đã ghi: thử được {data['halls']} điểm cầu cùng lúc.")
    return redirect("points:index")


@require_http_methods(["GET", "POST"])
@staff(*READERS)
def detail(request: HttpRequest, person: Person, slug: str) -> HttpResponse:
    """A hall with its checklist; «Kiểm tra thiết bị»."""
    now = timezone.now()
    today = timezone.localdate(now)
    point = point_for(person, slug, today)
    if request.method == "GET":
        return _detail(request, person, point, CheckForm(today=today), today)
    require_checker(person, point, today)
    form = CheckForm(request.POST, today=today)
    if not form.is_valid():
        return _detail(request, person, point, form, today, 422)
    try:
        check_equipment(point, form.found(), on=form.cleaned_data["checked_on"], by=person, at=now)
    except Refused as refused:
        return _detail(request, person, point, form, today, form.blame(refused))
    messages.success(request, f"Đã ghi kết quả kiểm tra thiết bị của {point}.")
    return redirect("points:detail", slug=slug)


def _detail(
    request: HttpRequest, person: Person, point: Point, form: CheckForm, today: date, status: int = 200
) -> HttpResponse:
    equipment = equipment_of([point.pk])[point.pk]
    facts: dict[str, Any] = {
        "point": point,
        "equipment": equipment,
        "form": form,
        "lines": form.lines(equipment),
        "may_check": may_check(person, point, today),
        "earlier": point.checks.filter(is_newest=False).select_related("made_by")[:EARLIER],
    }
    answer = render(request, "points/detail.html", facts, status=status)
    answer["Cache-Control"] = "private, no-store"
    return answer
