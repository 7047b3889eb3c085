"""In which part somebody enters the room, and which commands that part may give."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest

from tiepdan.accounts.access import person_of
from tiepdan.accounts.models import Person
from tiepdan.kernel.refusals import Forbidden
from tiepdan.receptions.access import DEVICE_KEY, credential_of, reception_for
from tiepdan.receptions.models import Credential, Reception, ReceptionPoint

CHAIR_COMMANDS = ("open", "suspend", "resume", "close", "floor", "withdraw", "lock", "eject", "readmit")


@dataclass(frozen=True)
class Entrant:
    """Who asks for the room: a member of staff in a part, or a hall with its credential."""

    reception: Reception
    role: str
    person: Person | None = None
    credential: Credential | None = None

    @property
    def commands(self) -> tuple[str, ...]:
        return CHAIR_COMMANDS if self.role == "chair" else ()


def entrant_for(request: HttpRequest, code: str, now: datetime) -> Entrant:
    """Who asks for the room of reception `code`; Http404 or Refused when it is not theirs (see receptions.access)."""
    reception = reception_for(request, code, now)
    person = person_of(request)
    if person is not None:
        return Entrant(reception, part_of(person, reception), person=person)
    credential = credential_of(request, now)
    if credential is None:
        raise Http404
    return Entrant(reception, "point", credential=credential)


def part_of(person: Person, reception: Reception) -> str:
    """The part of a member of staff in this reception; who has none only watches."""
    if person.pk == reception.chair_id:
        return "chair"
    if person.pk == reception.secretary_id:
        return "secretary"
    if person.pk == reception.technician_id:
        return "technician"
    return "observer"


def chair_of(request: HttpRequest, code: str, now: datetime) -> tuple[Reception, Person]:
    """The reception and its chair, who alone conducts it."""
    entrant = entrant_for(request, code, now)
    if entrant.role != "chair" or entrant.person is None:
        raise Forbidden("Chỉ người chủ trì được điều khiển buổi tiếp.", code="forbidden")
    return entrant.reception, entrant.person


def place_named(reception: Reception, key: str) -> ReceptionPoint:
    """The hall that a command names by its key."""
    for place in reception.halls.select_related("point", "reception__agency", "live"):
        if place.key == key:
            return place
    raise Http404


def device_of(request: HttpRequest) -> str:
    """A random name of this browser's session, by which a second browser with the same credential is told apart."""
    if DEVICE_KEY not in request.session:
        request.session[DEVICE_KEY] = secrets.token_hex(16)
    return str(request.session[DEVICE_KEY])
