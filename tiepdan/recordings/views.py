"""The beat of the recorders, and the page that plays a reception."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from tiepdan import media
from tiepdan.accounts.access import person_of
from tiepdan.audit import actions as audit
from tiepdan.kernel.machine import for_machines
from tiepdan.media.port import Rights
from tiepdan.receptions.access import is_signed_in
from tiepdan.receptions.models import Reception
from tiepdan.receptions.queries import halls_of
from tiepdan.receptions.rules import RUNNING
from tiepdan.recordings import actions
from tiepdan.recordings.access import recorder_of, recording_for, take_for
from tiepdan.recordings.archive import path_of, serve
from tiepdan.recordings.models import Mark, Take
from tiepdan.recordings.queries import rules_of
from tiepdan.recordings.report import BadReport, read_report
from tiepdan.recordings.rules import UNFINISHED, TakeState

TICKET_TTL = timedelta(minutes=10)
RECORDER_RIGHTS = Rights(camera=False, microphone=False, hidden=True, subscribe=True)
POLICY = {"flush_ms": 250, "fsync_ms": 1000, "keyframe_seconds": 3}


@for_machines
@require_POST
def beat(request: HttpRequest) -> JsonResponse:
    """What a recorder has, and what it should have (docs/recorder-protocol.md)."""
    now = timezone.now()
    recorder = recorder_of(request)
    if recorder is None:
        return JsonResponse(
            {"sentence": "Mã của máy ghi không đúng hoặc máy ghi đã bị ngừng.", "code": "token"}, status=401
        )
    try:
        report = read_report(json.loads(request.body))
    except (BadReport, ValueError) as problem:
        return JsonResponse({"sentence": str(problem), "code": "report"}, status=422)
    takes = actions.beat(recorder, report, now=now)
    return JsonResponse({"now": now.isoformat(), "takes": [_order(take) for take in takes]})


def _order(take: Take) -> dict[str, object]:
    room = take.reception.recording_job.room
    ticket = media.engine().ticket(room, f"r.{take.id}", take.recorder.title, RECORDER_RIGHTS, TICKET_TTL)
    return {
        "id": take.id,
        "reception": take.reception.code,
        "dir": take.folder,
        "room": room,
        # Not the address of the browsers: a recorder runs beside the server, since lost sound is not sent again to it.
        "url": settings.LIVEKIT_URL,
        "token": ticket.token,
        "do": "close" if take.state == TakeState.SAVING else "record",
        "halls": {hall.key: hall.point.slug for hall in halls_of(take.reception)},
        "policy": {"segment_seconds": rules_of(take.reception).recording.segment_seconds, **POLICY},
    }


@require_GET
def player(request: HttpRequest, code: str) -> HttpResponse:
    if not is_signed_in(request):
        return redirect_to_login(request.get_full_path())
    now = timezone.now()
    reception = recording_for(request, code, now)
    config = {
        "code": reception.code,
        "title": reception.title,
        "urls": {"catalogue": reverse("recordings:catalogue", args=[reception.code])},
    }
    # Who looked at a recording is part of its custody (nhật ký tiếp cận).
    audit.record("recording.viewed", agency=reception.agency, at=now, by=person_of(request), about=reception)
    return render(request, "recordings/player.html", {"reception": reception, "config": config})


@require_GET
def catalogue(request: HttpRequest, code: str) -> JsonResponse:
    """What there is to play: halls, takes, marks. The indexes are files of the takes."""
    reception = recording_for(request, code, timezone.now())
    takes = list(reception.takes.select_related("recorder"))
    return JsonResponse(
        {
            "phase": reception.state,
            "opened_at": _iso(reception.opened_at),
            "closed_at": _iso(reception.closed_at),
            "live": reception.state in RUNNING or any(take.state in UNFINISHED for take in takes),
            "halls": [
                {"hall": hall.key, "name": hall.point.name, "central": hall.is_central} for hall in halls_of(reception)
            ],
            "takes": [_take(take) for take in takes],
            "marks": [
                {
                    "at": _iso(mark.at),
                    "kind": mark.kind,
                    "label": mark.label,
                    "hall": mark.hall.key if mark.hall else None,
                }
                for mark in _marks(reception)
            ],
        }
    )


def _marks(reception: Reception) -> QuerySet[Mark]:
    return reception.marks.select_related("hall")


def _take(take: Take) -> dict[str, object]:
    base = reverse("recordings:file", args=[take.id, "index.jsonl"]).removesuffix("index.jsonl")
    return {
        "id": take.id,
        "recorder": take.recorder.name,
        "recorder_name": take.recorder.title,
        "state": take.state,
        "started_at": _iso(take.started_at or take.requested_at),
        "ended_at": _iso(take.ended_at),
        "index": f"{base}index.jsonl",
        "base": base,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


@require_GET
def file(request: HttpRequest, take_id: str, name: str) -> HttpResponseBase:
    """A file of a take as the recorder wrote it, whole or by byte range; `?tai-ve` asks the browser to keep it."""
    take = take_for(request, take_id, timezone.now())
    try:
        path = path_of(take, name)
    except Http404:
        # The player asks for an index that the recorder is about to write: an empty answer, not a fault.
        if name == "index.jsonl" and take.state in UNFINISHED:
            return HttpResponse(status=416)
        raise
    return serve(request, path, download="tai-ve" in request.GET)
