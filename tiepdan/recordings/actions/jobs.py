"""Asking for a recording, ending it with the reception, and giving up takes whose recorder is gone."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from tiepdan.audit import actions as audit
from tiepdan.kernel.rows import move
from tiepdan.receptions.models import Reception, ReceptionPoint
from tiepdan.recordings.models import Job, Mark, Recorder, Take
from tiepdan.recordings.rules import BEAT_LIMIT, LIVE, LOSE_LIMIT, SAVE_LIMIT, TAKE, TakeState
from tiepdan.recordings.web import web_answers


def register_recorder(name: str, title: str) -> tuple[Recorder, str]:
    """Make the recorder known, or give a known one a new token. Returns the token in clear: it is nowhere kept."""
    token = secrets.token_urlsafe(32)
    recorder, _ = Recorder.objects.update_or_create(
        name=name, defaults={"title": title, "token_hash": token_hash(token), "is_active": True}
    )
    return recorder, token


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def request_recording(reception: Reception, *, room: str, takes: int, now: datetime) -> Job:
    """Ask that `takes` recorders record `room`. Recorders see it at their next beat. Asking again changes nothing."""
    job, created = Job.objects.get_or_create(
        reception=reception, defaults={"room": room, "takes_wanted": takes, "requested_at": now}
    )
    if created:
        audit.record(
            "recording.requested",
            agency=reception.agency,
            at=now,
            by_label="Hệ thống",
            about=reception,
            takes=takes,
        )
    return job


@transaction.atomic
def end_recording(reception: Reception, *, now: datetime) -> None:
    """The reception is over: every take is closed and sealed by its recorder at the next beat."""
    Job.objects.filter(reception=reception, ended_at__isnull=True).update(ended_at=now)
    for take in reception.takes.filter(state__in=LIVE):
        move(take, TAKE, "save", ended_at=now)


def mark(reception: Reception, kind: str, label: str, *, at: datetime, hall: ReceptionPoint | None = None) -> Mark:
    return Mark.objects.create(reception=reception, at=at, kind=kind, label=label, hall=hall)


def watch(reception: Reception, *, now: datetime) -> None:
    """Notice recorders that stopped beating: their take is given up, so that another recorder may take the work."""
    for take in reception.takes.filter(state__in=LIVE).select_related("recorder", "reception__agency"):
        recorder = take.recorder
        if recorder.beat_at is None or now - recorder.beat_at <= BEAT_LIMIT:
            continue
        if recorder.silent_since is None:
            if web_answers():
                Recorder.objects.filter(pk=recorder.pk, beat_at=recorder.beat_at).update(silent_since=now)
        elif now - recorder.silent_since > LOSE_LIMIT:
            lose(take, at=recorder.beat_at, now=now, why="Máy ghi không còn báo nhịp")
    for take in reception.takes.filter(state=TakeState.SAVING).select_related("recorder"):
        # A recorder that beats is at work on it, unless it says itself that it cannot.
        heard = take.recorder.beat_at if take.phase != "failed" else None
        since = max(moment for moment in (take.ended_at, heard, take.requested_at) if moment)
        if now - since > SAVE_LIMIT:
            give_up(take, now=now)


@transaction.atomic
def lose(take: Take, *, at: datetime, now: datetime, why: str) -> None:
    """The take ended by accident at `at`. Its files stay, and are sealed when its recorder comes back."""
    move(take, TAKE, "save", ended_at=at, is_incomplete=True, error=why)
    label = f"{take.recorder}: {why.lower()}"
    mark(take.reception, "gap", label, at=at)
    audit.record(
        "recording.lost",
        agency=take.reception.agency,
        at=now,
        by_label=str(take.recorder),
        about=take.reception,
        take=take.id,
        since=at.isoformat(),
        why=why,
    )


@transaction.atomic
def give_up(take: Take, *, now: datetime) -> None:
    move(take, TAKE, "fail", is_incomplete=True)
    audit.record(
        "recording.failed",
        agency=take.reception.agency,
        at=now,
        by_label=str(take.recorder),
        about=take.reception,
        take=take.id,
        why=take.error,
    )
