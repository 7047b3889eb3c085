"""The state of a room as everybody is shown it, and the rights that follow from it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from tiepdan.accounts.menu import Strip
from tiepdan.accounts.models import Person
from tiepdan.live.models import Connection, Room, Turn
from tiepdan.live.rules import HallFacts, RecordingFacts, alarms, rights_of_hall
from tiepdan.media.port import Rights
from tiepdan.receptions.models import Reception, ReceptionPoint
from tiepdan.receptions.queries import NOT_OVER, receptions_of
from tiepdan.receptions.rules import Phase
from tiepdan.recordings import queries as recordings


def places_of(reception: Reception) -> list[ReceptionPoint]:
    """Halls of the plan, the central one first, with what the chair decided about each."""
    return list(reception.halls.select_related("point", "live"))


def open_turn(reception: Reception) -> Turn | None:
    return reception.turns.filter(ended_at__isnull=True).select_related("place__point").first()


def admitted(reception: Reception) -> list[Connection]:
    """Connections that may be in the room now, one per hall at most."""
    return list(
        Connection.objects.filter(place__reception=reception, ended_at__isnull=True).select_related(
            "place__point", "place__live", "credential"
        )
    )


def hall_facts(place: ReceptionPoint, turn: Turn | None) -> HallFacts:
    live = getattr(place, "live", None)
    return HallFacts(
        is_central=place.is_central,
        has_floor=turn is not None and turn.place_id == place.pk,
        locked=live is not None and live.is_locked,
        removed=live is not None and live.removed_at is not None,
    )


def rights_of(place: ReceptionPoint, turn: Turn | None, phase: str) -> Rights:
    return rights_of_hall(hall_facts(place, turn), phase)


def recording_facts(reception: Reception, now: datetime) -> RecordingFacts:
    rules = recordings.rules_of(reception).recording
    central = reception.halls.filter(is_central=True).first()
    proof = recordings.proof(reception, central, now)
    planned = (reception.ends_at - reception.starts_at).total_seconds() / 3600
    return RecordingFacts(
        running=proof.running,
        wanted=rules.takes,
        required=rules.takes_required,
        missing_seconds=proof.missing_seconds(rules.gate_seconds, rules.takes_required),
        hours_left=proof.hours,
        hours_needed=rules.disk_factor * planned,
        article=rules.article,
    )


def room_state(room: Room, now: datetime) -> dict[str, Any]:
    """What the pages show, without its version number (docs/architecture.md, "Room state")."""
    reception = room.reception
    rules = recordings.rules_of(reception).recording
    turn = open_turn(reception)
    facts = recording_facts(reception, now)
    warned = alarms(
        reception.state,
        facts,
        rules.disk_hours_alarm,
        room.recording_lost_at,
        timedelta(seconds=rules.pause_seconds),
        now,
    )
    return {
        "reception": {"code": reception.code, "title": reception.title},
        "phase": reception.state,
        "opened_at": _iso(reception.opened_at),
        "paused_at": _iso(reception.paused_at),
        "pause_reason": reception.pause_reason,
        "closed_at": _iso(reception.closed_at),
        "floor": {"hall": turn.place.key, "since": _iso(turn.given_at)} if turn else None,
        "halls": [_hall(place, hall_facts(place, turn)) for place in places_of(reception)],
        "recording": {"running": facts.running, "wanted": facts.wanted},
        "alarms": [asdict(alarm) for alarm in warned],
    }


def _hall(place: ReceptionPoint, facts: HallFacts) -> dict[str, Any]:
    return {
        "hall": place.key,
        "name": place.point.name,
        "point": place.point.slug,
        "central": facts.is_central,
        "locked": facts.locked,
        "removed": facts.removed,
    }


def digest(state: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z") if moment else None


def running_strips(person: Person, now: datetime) -> list[Strip]:
    """A line on top of every page while a reception of this person is running."""
    running = receptions_of(person, now).filter(NOT_OVER, state__in=(Phase.OPEN, Phase.PAUSED))
    return [
        Strip(
            sentence=f"Buổi tiếp {code} đang diễn ra",
            address=reverse("live:room", args=[code]),
            button="Vào phòng",
        )
        for code in running.values_list("code", flat=True)
    ]
