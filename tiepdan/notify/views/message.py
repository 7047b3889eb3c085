"""One message of the outbox, and what a clerk does with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tiepdan.accounts.access import staff
from tiepdan.accounts.models import Person
from tiepdan.files.actions import keep
from tiepdan.files.rules import MEGABYTE, SCANS
from tiepdan.files.web import download
from tiepdan.kernel.refusals import Refused
from tiepdan.notify import access, actions
from tiepdan.notify.forms import AddressForm, AxisForm, HandOverForm
from tiepdan.notify.models import Delivery
from tiepdan.notify.rules import BY_HAND, DELIVERY, Channel, State
from tiepdan.notify.sending import body_of

LARGEST_PHOTO = 20 * MEGABYTE


@require_safe
@never_cache
@staff()
def detail(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    row = access.delivery_for(person, pk, timezone.now())
    return _page(request, person, row)


def _page(request: HttpRequest, person: Person, row: Delivery, status: int = 200, **facts: Any) -> HttpResponse:
    may_send = access.may_send(person, row, localdate(timezone.now()))
    steps = DELIVERY.steps(row.state)
    shown = {
        "row": row,
        "text": body_of(row) if may_send else row.body,
        "files": row.files.all(),
        "home": access.address_of(row),
        "may_send": may_send,
        "may_release": "release" in steps,
        "may_drop": "drop" in steps,
        "may_retry": row.state == State.FAILED or (row.state == State.QUEUED and row.channel not in BY_HAND),
        "may_hand_over": "hand_over" in steps,
        "may_readdress": row.state in (State.DRAFT, State.QUEUED, State.FAILED),
        "address_form": AddressForm(initial={"channel": row.channel, "address": row.address}),
        "hand_over_form": HandOverForm(),
        "may_record_axis": row.channel == Channel.AXIS and row.state in (State.DRAFT, State.QUEUED, State.FAILED),
        "axis_form": AxisForm(auto_id="truc_%s"),
        **facts,
    }
    return render(request, "notify/delivery.html", shown, status=status)


@require_POST
@staff()
def address(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    now = timezone.now()
    row = access.own_to_send(person, pk, now)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _page(request, person, row, 422, address_form=form)
    try:
        actions.change_address(row, **form.cleaned_data, by=person, at=now)
    except Refused as refused:
        row.refresh_from_db()
        return _page(request, person, row, refused.status, address_form=form, sentence=refused.sentence)
    messages.success(request, "Đã đổi cách gửi, địa chỉ nhận.")
    return redirect(_next(request, row))


@require_http_methods(["GET", "POST"])
@never_cache
@staff()
def hand_over(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """«Ghi nhận đã giao tay»: to whom, when, with a photograph."""
    now = timezone.now()
    row = access.own_to_send(person, pk, now)
    if request.method != "POST":
        return _page(request, person, row)
    form = HandOverForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, person, row, 422, hand_over_form=form)
    try:
        with transaction.atomic():
            photo = form.cleaned_data["photo"]
            proof = (
                keep(photo, agency=row.agency, by=person, at=now, accepted=SCANS, largest=LARGEST_PHOTO)
                if photo
                else None
            )
            actions.hand_over(row, form.cleaned_data["note"], proof, by=person, at=now)
    except Refused as refused:
        row.refresh_from_db()
        return _page(request, person, row, refused.status, hand_over_form=form, sentence=refused.sentence)
    messages.success(request, f"Đã ghi nhận giao tay cho {row.receiver}.")
    return redirect(_next(request, row))


@require_POST
@staff()
def axis(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """«Ghi nhận đã gửi qua trục văn bản»"""
    now = timezone.now()
    row = access.own_to_send(person, pk, now)
    form = AxisForm(request.POST, auto_id="truc_%s")
    if not form.is_valid():
        return _page(request, person, row, 422, axis_form=form)
    try:
        actions.record_sent(row, **form.cleaned_data, by=person, at=now)
    except Refused as refused:
        row.refresh_from_db()
        return _page(request, person, row, refused.status, axis_form=form, sentence=refused.sentence)
    messages.success(request, f"Đã ghi nhận gửi qua trục văn bản tới {row.receiver}.")
    return redirect(_next(request, row))


@require_POST
@staff()
def retry(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    return _acted(request, person, pk, actions.retry, "Đã xếp gửi lại.")


@require_POST
@staff()
def confirm(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    return _acted(request, person, pk, actions.confirm_sent, "Đã ghi nhận thư đã đến nơi.")


def _acted(request: HttpRequest, person: Person, pk: int, act: Callable[..., None], done: str) -> HttpResponse:
    now = timezone.now()
    row = access.own_to_send(person, pk, now)
    try:
        act(row, by=person, at=now)
    except Refused as refused:
        row.refresh_from_db()
        return _page(request, person, row, refused.status, sentence=refused.sentence)
    messages.success(request, done)
    return redirect(_next(request, row))


def _next(request: HttpRequest, row: Delivery) -> str:
    """Back to the board from which the button was pressed, else to the message."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted and ours else reverse("notify:detail", args=[row.pk])


@require_safe
@staff()
def file(request: HttpRequest, person: Person, pk: int, file: int) -> HttpResponseBase:
    row = access.delivery_for(person, pk, timezone.now())
    if row.proof is not None and row.proof.pk == file:
        return download(row.proof, inline=True)
    stored = row.files.filter(pk=file).first()
    if stored is None:
        raise Http404
    return download(stored, inline=True)
