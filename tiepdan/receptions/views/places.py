"""Tab «Điểm cầu & thành phần»: halls, seats, and which hall attends which matter (screen S10)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import agencies_on, heir, valid_on
from tiepdan.cases.models import Petitioner
from tiepdan.kernel.numbers import id_of
from tiepdan.kernel.refusals import Refused
from tiepdan.points.queries import equipment_of
from tiepdan.receptions.access import knows_citizens, plan_for, require_writer
from tiepdan.receptions.actions import matters as matter_actions
from tiepdan.receptions.actions import places, seats
from tiepdan.receptions.forms.places import HallDetailsForm, HallForm, SeatForm, entered
from tiepdan.receptions.models import Reception, ReceptionPoint, Seat
from tiepdan.receptions.plan import keep
from tiepdan.receptions.rules import SeatRole
from tiepdan.receptions.views.common import blame, page, person_at
from tiepdan.receptions.warnings import of_plan
from tiepdan.receptions.warnings.bookings import has_clash


@login_required
@require_GET
def halls(request: HttpRequest, code: str) -> HttpResponse:
    now, person = timezone.now(), person_at(request)
    return _show(request, person, plan_for(person, code, now), now)


def _show(
    request: HttpRequest,
    person: Person,
    reception: Reception,
    now: datetime,
    *,
    status: int = 200,
    form: HallForm | None = None,
    sentence: str = "",
) -> HttpResponse:
    plan = keep(reception)
    everything = of_plan(plan, now)
    found = [row for row in everything if row.tab == "receptions:halls"]
    facts = {
        "has_clash": has_clash(everything),
        "equipment": equipment_of(hall.point_id for hall in plan.halls),
        "knows_citizens": knows_citizens(person, reception, localdate(now)),
        "plan": plan,
        "cards": [(hall, plan.attended_by(hall)) for hall in plan.halls],
        "codes": {matter.case_id: matter.case.code for matter in plan.matters},
        "found": found,
        "form": form or HallForm(reception=reception),
        "matrix": [
            {
                "matter": matter,
                "cells": [(hall, hall in matter.halls.all(), hall == matter.chosen) for hall in plan.halls],
            }
            for matter in plan.matters
        ],
        "at_home": matter_actions.AT_HOME,
        "sentence": sentence,
        "typed_reason": request.POST.get("reason", "")[:300],
        "tab": "receptions:halls",
    }
    return page(request, person, reception, "receptions/halls.html", facts, now=now, status=status)


@login_required
@require_POST
def add_hall(request: HttpRequest, code: str) -> HttpResponse:
    now, person = timezone.now(), person_at(request)
    reception = plan_for(person, code, now)
    require_writer(person, reception, now)
    form = HallForm(request.POST, reception=reception)
    if not form.is_valid():
        return _show(request, person, reception, now, status=422, form=form)
    data = form.cleaned_data
    try:
        places.add_hall(
            reception,
            data["point"],
            is_central=data["part"] == "central",
            by=person,
            at=now,
            reason=data["reason"],
        )
    except Refused as refused:
        status = blame(form, refused)
        return _show(request, person, reception, now, status=status, form=form)
    messages.success(request, f"Đã thêm điểm cầu {data['point']}.")
    return redirect("receptions:halls", code=code)


@login_required
@require_http_methods(["GET", "POST"])
def change_hall(request: HttpRequest, code: str, hall: int) -> HttpResponse:
    now, person = timezone.now(), person_at(request)
    reception = plan_for(person, code, now)
    require_writer(person, reception, now)
    row = _hall(reception, hall)
    if request.method == "GET":
        first = {"operator": row.operator, "phone": row.phone, "spare": row.spare_id}
        return _hall_page(request, person, row, HallDetailsForm(hall=row, initial=first), now)
    form = HallDetailsForm(request.POST, hall=row)
    if not form.is_valid():
        return _hall_page(request, person, row, form, now, 422)
    data = form.cleaned_data
    try:
        places.change_hall(
            row,
            operator=data["operator"],
            phone=data["phone"],
            spare=data["spare"],
            by=person,
            at=now,
            seen=data["seen"],
            reason=data["reason"],
        )
    except Refused as refused:
        return _hall_page(request, person, row, form, now, blame(form, refused))
    messages.success(request, "Đã lưu điểm cầu.")
    return redirect("receptions:halls", code=code)


def _hall_page(
    request: HttpRequest, person: Person, hall: ReceptionPoint, form: HallDetailsForm, now: datetime, status: int = 200
) -> HttpResponse:
    facts = {"hall": hall, "form": form, "tab": "receptions:halls"}
    return page(request, person, hall.reception, "receptions/hall.html", facts, now=now, status=status)


@login_required
@require_POST
def central(request: HttpRequest, code: str, hall: int) -> HttpResponse:
    done = "Đã đặt {hall} làm điểm cầu trung tâm."
    return _plain(request, code, hall, lambda row, **how: places.make_central(row, **how), done)


@login_required
@require_POST
def remove_hall(request: HttpRequest, code: str, hall: int) -> HttpResponse:
    done = "Đã bỏ điểm cầu {hall} khỏi buổi tiếp."
    return _plain(request, code, hall, lambda row, **how: places.remove_hall(row, **how), done)


@login_required
@require_POST
def copy_seats(request: HttpRequest, code: str, hall: int) -> HttpResponse:
    done = "Đã sao {answer} người của lần trước vào {hall}; công dân và người đi cùng thì không sao."
    return _plain(request, code, hall, lambda row, **how: seats.copy_seats(row, **how), done)


def _plain(request: HttpRequest, code: str, hall: int, act: Callable[..., object], done: str) -> HttpResponse:
    """An act on a hall without fields of its own; the sentence of a refusal stands above the list."""
    now, person = timezone.now(), person_at(request)
    reception = plan_for(person, code, now)
    row = _hall(reception, hall)
    name = str(row)
    try:
        answer = act(row, by=person, at=now, reason=request.POST.get("reason", ""))
    except Refused as refused:
        return _show(request, person, reception, now, status=refused.status, sentence=refused.sentence)
    messages.success(request, done.format(hall=name, answer=answer))
    return redirect("receptions:halls", code=code)


@login_required
@require_http_methods(["GET", "POST"])
def add_seat(request: HttpRequest, code: str, hall: int) -> HttpResponse:
    now, person = timezone.now(), person_at(request)
    reception = plan_for(person, code, now)
    require_writer(person, reception, now)
    row = _hall(reception, hall)
    if request.method == "GET":
        role = SeatRole.ADVISOR if row.is_central else SeatRole.OFFICER
        first = {"role": role, "agency": row.office.pk, "may_speak": True}
        return _seat_page(request, person, row, _seat_form(row, now, initial=first), now)
    form = _seat_form(row, now, request.POST)
    if not form.is_valid():
        return _seat_page(request, person, row, form, now, status=422)
    try:
        seats.add_seat(row, form.facts(), by=person, at=now, reason=form.cleaned_data["reason"])
    except Refused as refused:
        return _seat_page(request, person, row, form, now, status=blame(form, refused))
    messages.success(request, "Đã thêm vào thành phần.")
    return redirect("receptions:halls", code=code)


@login_required
@require_http_methods(["GET", "POST"])
def change_seat(request: HttpRequest, code: str, seat: int) -> HttpResponse:
    now, person = timezone.now(), person_at(request)
    reception = plan_for(person, code, now)
    require_writer(person, reception, now)
    row = _seat(reception, seat)
    if request.method == "GET":
        return _seat_page(request, person, row.hall, _seat_form(row.hall, now, initial=entered(row)), now, seat=row)
    form = _seat_form(row.hall, now, request.POST)
    if not form.is_valid():
        return _seat_page(request, person, row.hall, form, now, seat=row, status=422)
    data = form.cleaned_data
    try:
        seats.change_seat(row, form.facts(), by=person, at=now, seen=data["seen"], reason=data["reason"])
    except Refused as refused:
        return _seat_page(request, person, row.hall, form, now, seat=row, status=blame(form, refused))
    messages.success(request, "Đã lưu chỗ ngồi.")
    return redirect("receptions:halls", code=code)


@login_required
@require_POST
def remove_seat(request: HttpRequest, code: str, seat: int) -> HttpResponse:
    now, person = timezone.now(), person_at(request)
    reception = plan_for(person, code, now)
    try:
        seats.remove_seat(_seat(reception, seat), by=person, at=now, reason=request.POST.get("reason", ""))
    except Refused as refused:
        return _show(request, person, reception, now, status=refused.status, sentence=refused.sentence)
    messages.success(request, "Đã bỏ khỏi thành phần.")
    return redirect("receptions:halls", code=code)


@login_required
@require_POST
def matrix(request: HttpRequest, code: str) -> HttpResponse:
    """«Bảng vụ việc – điểm cầu»: boxes `m{matter}` with the ids of the halls that attend."""
    now, person = timezone.now(), person_at(request)
    reception = plan_for(person, code, now)
    attends = {
        pk: {hall for value in request.POST.getlist(f"m{pk}") if (hall := id_of(value)) is not None}
        for pk in reception.matters.values_list("pk", flat=True)
    }
    try:
        matter_actions.set_matrix(
            reception,
            attends,
            by=person,
            at=now,
            seen=request.POST.get("seen", ""),
            reason=request.POST.get("reason", ""),
        )
    except Refused as refused:
        return _show(request, person, reception, now, status=refused.status, sentence=refused.sentence)
    messages.success(request, "Đã lưu bảng vụ việc – điểm cầu.")
    return redirect("receptions:halls", code=code)


def _seat_form(hall: ReceptionPoint, now: datetime, *args: Any, **kwargs: Any) -> SeatForm:
    """People of the agencies that have a hall here, and of the reception's own."""
    on = localdate(now)
    halls = hall.reception.halls.select_related("point__agency")
    near = {heir(hall.reception.agency, on).pk, *(one.office.pk for one in halls)}
    people = Person.objects.filter(valid_on(on, "posts__"), is_active=True, posts__agency__in=near)
    petitioners = Petitioner.objects.filter(case__matters__reception=hall.reception).select_related("case")
    return SeatForm(
        *args,
        petitioners=petitioners.order_by("case__code", "-is_main", "order", "pk"),
        agencies=agencies_on(on).order_by("name"),
        people=people.distinct().order_by("full_name"),
        office=hall.office,
        **kwargs,
    )


def _seat_page(
    request: HttpRequest,
    person: Person,
    hall: ReceptionPoint,
    form: SeatForm,
    now: datetime,
    *,
    seat: Seat | None = None,
    status: int = 200,
) -> HttpResponse:
    facts = {"hall": hall, "seat": seat, "form": form, "tab": "receptions:halls"}
    return page(request, person, hall.reception, "receptions/seat.html", facts, now=now, status=status)


def _hall(reception: Reception, pk: int) -> ReceptionPoint:
    row = reception.halls.select_related("point__agency", "spare").filter(pk=pk).first()
    if row is None:
        raise Http404
    row.reception = reception
    return row


def _seat(reception: Reception, pk: int) -> Seat:
    rows = Seat.objects.filter(hall__reception=reception).select_related("hall__point", "petitioner__case", "person")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    row.hall.reception = reception
    return row
