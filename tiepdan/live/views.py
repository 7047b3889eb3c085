"""The room page, its tickets and commands, and the engine's notices."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from tiepdan import media
from tiepdan.accounts.models import Person
from tiepdan.audit import actions as audit
from tiepdan.kernel.address import client_address
from tiepdan.kernel.machine import for_machines
from tiepdan.kernel.refusals import Invalid, Refused
from tiepdan.live import actions
from tiepdan.live.access import chair_of, device_of, entrant_for, place_named
from tiepdan.live.forms import EjectForm, HallForm, LockForm, SuspendForm
from tiepdan.live.models import Room
from tiepdan.live.rules import PAUSE_REASONS
from tiepdan.media.port import MediaForged
from tiepdan.receptions.access import is_signed_in
from tiepdan.receptions.models import Reception

log = logging.getLogger(__name__)

COMMAND_URLS = {
    "open": "live:open",
    "suspend": "live:suspend",
    "resume": "live:resume",
    "close": "live:close",
    "floor": "live:floor",
    "withdraw": "live:withdraw",
    "lock": "live:lock",
    "eject": "live:eject",
    "readmit": "live:readmit",
}


@require_GET
def room(request: HttpRequest, code: str) -> HttpResponse:
    if not is_signed_in(request):
        return redirect_to_login(request.get_full_path())
    now = timezone.now()
    entrant = entrant_for(request, code, now)
    reception = entrant.reception
    hall = entrant.credential.hall if entrant.credential else None
    if hall is not None:
        device_of(request)
    urls = {"ticket": reverse("live:ticket", args=[code]), "state": reverse("live:state", args=[code])}
    urls |= {command: reverse(COMMAND_URLS[command], args=[code]) for command in entrant.commands}
    urls |= {"home": "/"} if hall is None else {"prepare": reverse("readiness:prepare")}
    if hall is None:
        urls["recording"] = reverse("recordings:player", args=[code])
    config = {
        "csrf": get_token(request),
        "code": reception.code,
        "title": reception.title,
        "role": entrant.role,
        "hall": hall.key if hall else None,
        "hall_name": hall.point.name if hall else "",
        "phone": reception.help_phone,
        "pause_reasons": list(PAUSE_REASONS),
        "urls": urls,
    }
    return render(request, "live/room.html", {"reception": reception, "config": config, "hall": hall})


@require_POST
def ticket(request: HttpRequest, code: str) -> JsonResponse:
    """Admission: the ticket for the engine, and the state of the room."""
    now = timezone.now()
    entrant = entrant_for(request, code, now)
    try:
        if entrant.credential is not None:
            admission = actions.admit_point(
                entrant.credential,
                device=device_of(request),
                takeover=request.POST.get("takeover") == "1",
                address=client_address(request),
                browser=request.headers.get("User-Agent", ""),
                now=now,
            )
        else:
            assert entrant.person is not None
            admission = actions.admit_station(entrant.person, entrant.reception, now=now)
    except Refused as refusal:
        # A browser that waits for the media server asks again each second: that is not an event for the log.
        if refusal.code not in {"media_down", "closed"}:
            hall = entrant.credential.hall if entrant.credential else None
            _refused_entry(
                entrant.reception,
                "admission",
                refusal,
                now,
                by=entrant.person,
                by_label=f"Điểm cầu {hall}" if hall else "",
            )
        raise
    return JsonResponse(
        {
            "url": admission.ticket.url,
            "token": admission.ticket.token,
            "identity": admission.ticket.identity,
            "hall": admission.hall,
            "role": entrant.role,
            "state": admission.state,
        }
    )


@require_GET
def state(request: HttpRequest, code: str) -> JsonResponse:
    now = timezone.now()
    entrant = entrant_for(request, code, now)
    if entrant.credential is not None:
        actions.refuse_when_replaced(entrant.credential, device_of(request))
    return _state(actions.room_of(entrant.reception, now), now)


def _state(room: Room, now: datetime) -> JsonResponse:
    room.refresh_from_db()
    return JsonResponse({"state": actions.versioned_state(room, now)})


Command = Callable[[HttpRequest, Reception, Person, datetime], Room]


def command(perform: Command) -> Callable[[HttpRequest, str], HttpResponse]:
    """A POST by the chair that changes the room and answers its new state; what is refused is in the audit log."""

    @require_POST
    @wraps(perform)
    def view(request: HttpRequest, code: str) -> HttpResponse:
        now = timezone.now()
        reception, person = chair_of(request, code, now)
        try:
            room = perform(request, reception, person, now)
        except Refused as refusal:
            _refused_entry(reception, perform.__name__.removesuffix("_view"), refusal, now, by=person)
            raise
        return _state(room, now)

    return view


def _refused_entry(
    reception: Reception, act: str, refusal: Refused, now: datetime, *, by: Person | None, by_label: str = ""
) -> None:
    audit.record(
        "command.refused",
        agency=reception.agency,
        at=now,
        by=by,
        by_label=by_label,
        about=reception,
        command=act,
        code=refusal.code,
        sentence=refusal.sentence,
    )


def clean(form: forms.Form) -> dict[str, Any]:
    """The form's values; Invalid with its first sentence when they cannot be used."""
    if not form.is_valid():
        raise Invalid(str(next(iter(form.errors.values()))[0]), code="form")
    return form.cleaned_data


@command
def open_view(request: HttpRequest, reception: Reception, by: Person, now: datetime) -> Room:
    return actions.open_reception(reception, by=by, now=now)


@command
def suspend(request: HttpRequest, reception: Reception, by: Person, now: datetime) -> Room:
    return actions.suspend(reception, clean(SuspendForm(request.POST))["reason"], by=by, now=now)


@command
def resume(request: HttpRequest, reception: Reception, by: Person, now: datetime) -> Room:
    return actions.resume(reception, by=by, now=now)


@command
def close(request: HttpRequest, reception: Reception, by: Person, now: datetime) -> Room:
    return actions.close(reception, by=by, now=now)


@command
def floor(request: HttpRequest, reception: Reception, by: Person, now: datetime) -> Room:
    return actions.give_floor(place_named(reception, clean(HallForm(request.POST))["hall"]), by=by, now=now)


@command
def withdraw(request: HttpRequest, reception: Reception, by: Person, now: datetime) -> Room:
    return actions.withdraw(reception, by=by, now=now)


@command
def lock(request: HttpRequest, reception: Reception, by: Person, now: datetime) -> Room:
    values = clean(LockForm(request.POST))
    return actions.lock(place_named(reception, values["hall"]), values["locked"], by=by, now=now)


@command
def eject(request: HttpRequest, reception: Reception, by: Person, now: datetime) -> Room:
    values = clean(EjectForm(request.POST))
    return actions.eject(place_named(reception, values["hall"]), values["reason"], by=by, now=now)


@command
def readmit(request: HttpRequest, reception: Reception, by: Person, now: datetime) -> Room:
    return actions.readmit(place_named(reception, clean(HallForm(request.POST))["hall"]), by=by, now=now)


@for_machines
@require_POST
def webhook(request: HttpRequest) -> HttpResponse:
    """A notice of the media engine, signed with its key. What comes unsigned is refused."""
    try:
        event = media.engine().read_event(request.headers, request.body)
    except MediaForged as problem:
        log.warning("forged notice of the media engine refused: %s", problem)
        return HttpResponse(status=401)
    actions.take_event(event, now=timezone.now())
    return HttpResponse(status=204)
