"""Who may play a recording, and which recorder speaks."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest
from django.utils.timezone import localdate

from tiepdan.accounts.access import person_of
from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import has_role
from tiepdan.accounts.rules import Role
from tiepdan.kernel.refusals import Forbidden
from tiepdan.receptions.access import reception_for
from tiepdan.receptions.models import Reception
from tiepdan.recordings.actions.jobs import token_hash
from tiepdan.recordings.models import Recorder, Take

# Besides those who have a part in the reception: whose office it is to keep recordings, or to look into them.
KEEPERS = (Role.ARCHIVIST, Role.INSPECTOR)


def recording_for(request: HttpRequest, code: str, now: datetime) -> Reception:
    """The reception whose recording this person may play.

    Raises:
        Http404: a hall, or somebody who does not see the reception. A recording holds the pictures of every hall.
        Forbidden: somebody who sees the reception, but has no business with its recording.
    """
    person = person_of(request)
    if person is None:
        raise Http404
    reception = reception_for(request, code, now)
    if not may_play(person, reception, now):
        raise Forbidden(
            "Bản ghi chỉ dành cho người chủ trì, thư ký, cán bộ kỹ thuật của buổi tiếp, lưu trữ và thanh tra. "
            "Cần xem để giải quyết vụ việc, hãy đề nghị người chủ trì hoặc cán bộ lưu trữ.",
            code="forbidden",
        )
    return reception


def may_play(person: Person, reception: Reception, now: datetime) -> bool:
    parts = (reception.chair_id, reception.secretary_id, reception.technician_id)
    return person.pk in parts or has_role(person, reception.agency, localdate(now), *KEEPERS)


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
