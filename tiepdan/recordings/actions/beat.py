"""The beat: one call that is heartbeat, assignment, watchdog and proof (docs/recorder-protocol.md)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from tiepdan.audit import actions as audit
from tiepdan.kernel.rows import move
from tiepdan.receptions.models import Reception
from tiepdan.recordings.actions.jobs import lose, mark
from tiepdan.recordings.models import Job, Recorder, Take
from tiepdan.recordings.report import Note, Report, TakeReport
from tiepdan.recordings.rules import ANCHOR_EVERY, LIVE, TAKE, UNFINISHED, TakeState

# Notes of these kinds go into the audit log; "lost" comes by the packet and stays in the take's journal.
AUDITED_NOTES = frozenset({"gap", "drop", "width", "rejoin", "error"})


@transaction.atomic
def beat(recorder: Recorder, report: Report, *, now: datetime) -> list[Take]:
    """Take in what the recorder has; return the takes that it should know about, each with its state.

    `requested` and `recording` are to be recorded, `saving` is to be closed and sealed.
    """
    Recorder.objects.filter(pk=recorder.pk).update(
        boot=report.boot,
        version=report.version,
        beat_at=now,
        silent_since=None,
        disk_free=report.disk_free,
        disk_total=report.disk_total,
    )
    recorder.refresh_from_db()
    mine = recorder.takes.filter(state__in=UNFINISHED).select_related("reception__agency", "recorder")
    for take in mine:
        seen = report.takes.get(take.id)
        if seen is not None:
            if _went_on(take, seen, report):
                _go_on(take, now)
            _take_in(take, seen, now)
        elif take.boot != report.boot and take.state in LIVE:
            lose(take, at=_last_written(take) or now, now=now, why="Máy ghi đã khởi động lại")
    _revive_failed(recorder, report)
    _assign(recorder, report, now)
    return list(mine.all())


def _went_on(take: Take, seen: TakeReport, report: Report) -> bool:
    """Whether a take that was given up for want of beats has been recorded all the time (the web server was away).

    A recorder that has been told to close says `closing`, so one that says `recording` does not know of the loss yet.
    """
    same_run = take.boot == report.boot and seen.state == "recording"
    return take.state == TakeState.SAVING and same_run and _is_wanted(take.reception)


def _is_wanted(reception: Reception) -> bool:
    return Job.objects.filter(reception=reception, ended_at__isnull=True).exists()


def _go_on(take: Take, now: datetime) -> None:
    why = "Máy ghi báo nhịp trở lại, vẫn ghi liên tục"
    move(take, TAKE, "go_on", ended_at=None, error="", started_at=take.started_at or now)
    mark(take.reception, "gap", f"{take.recorder}: {why[0].lower()}{why[1:]}", at=now)
    _note_audit(take, "recording.went_on", now, why=why)


def _take_in(take: Take, seen: TakeReport, now: datetime) -> None:
    take.phase = seen.state
    take.bytes, take.rate, take.files = seen.bytes, seen.rate, seen.files
    take.tracks = seen.tracks
    take.ledger_lines, take.ledger_head = seen.ledger_lines, seen.ledger_head
    if seen.error and seen.error != take.error:
        _note_audit(take, "recording.error", now, text=seen.error)
        take.error = seen.error
    take.save(update_fields=["phase", "bytes", "rate", "files", "tracks", "ledger_lines", "ledger_head", "error"])
    for note in seen.notes:
        _take_in_note(take, note)
    if take.state == TakeState.REQUESTED and seen.state == "recording":
        move(take, TAKE, "record", started_at=seen.started_at or now)
        _note_audit(take, "recording.started", now)
    if take.state == TakeState.SAVING and seen.state == "closed":
        move(take, TAKE, "archive", archived_at=now)
        _anchor(take, now, event="recording.sealed")
    elif take.ledger_head != take.anchored_head and (
        take.anchored_at is None or now - take.anchored_at >= ANCHOR_EVERY
    ):
        _anchor(take, now, event="recording.anchored")


def _take_in_note(take: Take, note: Note) -> None:
    if note.kind not in AUDITED_NOTES:
        return
    _note_audit(take, f"recording.{note.kind}", note.at, hall=note.hall, source=note.source, text=note.text)
    if note.kind in {"gap", "rejoin", "error"}:
        hall = next((hall for hall in take.reception.halls.all() if hall.key == note.hall), None)
        mark(take.reception, "gap", f"{take.recorder}: {note.text}", at=note.at, hall=hall)
        Take.objects.filter(pk=take.pk).update(is_incomplete=True)


def _anchor(take: Take, now: datetime, *, event: str) -> None:
    """Put the ledger's head into the audit chain: the proof is anchored while the session runs, not afterwards."""
    Take.objects.filter(pk=take.pk).update(anchored_head=take.ledger_head, anchored_at=now)
    _note_audit(take, event, now, lines=take.ledger_lines, head=take.ledger_head, files=take.files, bytes=take.bytes)


def _note_audit(take: Take, event: str, at: datetime, **facts: Any) -> None:
    audit.record(
        event,
        agency=take.reception.agency,
        at=at,
        by_label=str(take.recorder),
        about=take.reception,
        take=take.id,
        **facts,
    )


def _last_written(take: Take) -> datetime | None:
    return max((fact.written_at for fact in take.track_facts()), default=None)


def _revive_failed(recorder: Recorder, report: Report) -> None:
    """A recorder that was given up beats again: ask it to seal what it kept, once for each of its runs."""
    for take in recorder.takes.filter(state=TakeState.FAILED).exclude(boot=report.boot):
        Take.objects.filter(pk=take.pk).update(boot=report.boot)
        move(take, TAKE, "save")


def _assign(recorder: Recorder, report: Report, now: datetime) -> None:
    """Give this recorder each running job that has too few living takes and none of its own."""
    if not recorder.is_active:
        return
    for job in Job.objects.filter(ended_at__isnull=True).select_for_update(of=("self",)).order_by("requested_at"):
        takes = list(Take.objects.filter(reception_id=job.reception_id, state__in=LIVE).select_related("recorder"))
        alive = [take for take in takes if take.recorder.is_alive(now) and take.phase != "failed"]
        if any(take.recorder_id == recorder.pk for take in takes) or len(alive) >= job.takes_wanted:
            continue
        reception = Reception.objects.get(pk=job.reception_id)
        Take.objects.create(
            id=_new_id(recorder, now),
            reception=reception,
            recorder=recorder,
            boot=report.boot,
            requested_at=now,
        )


def _new_id(recorder: Recorder, now: datetime) -> str:
    """Time and recorder; a millisecond later when this beat has given the recorder another reception already."""
    while True:
        name = f"{now:%Y%m%dT%H%M%S}.{now.microsecond // 1000:03d}Z-{recorder.name}"
        if not Take.objects.filter(pk=name).exists():
            return name
        now += timedelta(milliseconds=1)
