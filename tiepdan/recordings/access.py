"""Who may play a recording, and which recorder speaks."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest

from tiepdan.receptions.access import person_of, reception_for
from tiepdan.receptions.models import Reception
from tiepdan.recordings.actions.jobs import token_hash
from tiepdan.recordings.models import Recorder, Take


def recording_for(request: HttpRequest, code: str, now: datetime) -> Reception:
    """The reception whose recording staff may play. Halls do not see recordings: these hold every hall's picture."""
    if person_of(request) is None:
        raise Http404
    return reception_for(request, code, now)


def take_for(request: HttpRequest, take_id: str, now: datetime) -> Take:
    take = Take.objects.select_related("reception").filter(pk=take_id).first()
    if take is None:
        raise Http404
    recording_for(request, take.reception.code, now)
    return take


def recorder_of(request: HttpRequest) -> Recorder | None:
    """The recorder whose token the request carries, or None."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        return None
    return Recorder.objects.filter(token_hash=token_hash(token.strip()), is_active=True).first()
