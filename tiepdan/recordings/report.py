"""The recorder's beat as typed values: bad input is refused here, at the edge, with a reason for the recorder's log."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime


class BadReport(ValueError):
    """The beat does not follow docs/recorder-protocol.md; the text names the field."""


@dataclass(frozen=True)
class Note:
    at: datetime
    kind: str
    hall: str
    source: str
    text: str


@dataclass(frozen=True)
class TakeReport:
    id: str
    state: str
    error: str
    started_at: datetime | None
    bytes: int
    rate: float
    files: int
    ledger_lines: int
    ledger_head: str
    tracks: list[dict[str, Any]]
    notes: list[Note]


@dataclass(frozen=True)
class Report:
    boot: str
    version: str
    disk_free: int
    disk_total: int
    takes: dict[str, TakeReport]


def read_report(data: object) -> Report:
    """Check the JSON of a beat.

    Raises:
        BadReport: a field is missing or of another kind.
    """
    body = _object(data, "beat")
    disk = _object(body.get("disk"), "disk")
    takes = [_take(item) for item in _list(body.get("takes"), "takes")]
    return Report(
        boot=_text(body.get("boot"), "boot", 64),
        version=_text(body.get("version", ""), "version", 40),
        disk_free=_number(disk.get("free"), "disk.free"),
        disk_total=_number(disk.get("total"), "disk.total"),
        takes={take.id: take for take in takes},
    )


def _take(data: object) -> TakeReport:
    item = _object(data, "take")
    ledger = _object(item.get("ledger") or {}, "ledger")
    return TakeReport(
        id=_text(item.get("id"), "take.id", 100),
        state=_text(item.get("state"), "take.state", 20),
        error=_text(item.get("error", ""), "take.error", 2000),
        started_at=_moment(item["started_at"], "take.started_at") if item.get("started_at") else None,
        bytes=_number(item.get("bytes", 0), "take.bytes"),
        rate=_rate(item.get("rate") or 0),
        files=_number(item.get("files", 0), "take.files"),
        ledger_lines=_number(ledger.get("lines", 0), "ledger.lines"),
        ledger_head=_text(ledger.get("head", ""), "ledger.head", 64),
        tracks=[_track(track) for track in _list(item.get("tracks") or [], "tracks")],
        notes=[_note(note) for note in _list(item.get("notes") or [], "notes")],
    )


def _track(data: object) -> dict[str, Any]:
    """Kept as it came. Only the moments are checked: the gate and every state of the room are computed from them."""
    track = _object(data, "track")
    for name in ("growing_since", "written_at"):
        if track.get(name):  # empty before the first frame
            _moment(track[name], f"track.{name}")
    return track


def _note(data: object) -> Note:
    item = _object(data, "note")
    return Note(
        at=_moment(item.get("at"), "note.at"),
        kind=_text(item.get("kind"), "note.kind", 20),
        hall=_text(item.get("hall", ""), "note.hall", 40),
        source=_text(item.get("source", ""), "note.source", 20),
        text=_text(item.get("text", ""), "note.text", 2000),
    )


def _object(value: object, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadReport(f"{name} is not an object")
    return value


def _list(value: object, name: str) -> list[Any]:
    if not isinstance(value, list):
        raise BadReport(f"{name} is not a list")
    return value


def _text(value: object, name: str, limit: int) -> str:
    if not isinstance(value, str):
        raise BadReport(f"{name} is not a string")
    return value[:limit]


def _moment(value: object, name: str) -> datetime:
    try:
        moment = parse_datetime(_text(value, name, 40))
    except ValueError as problem:
        raise BadReport(f"{name} is no moment of the calendar") from problem
    if moment is None or moment.tzinfo is None:
        raise BadReport(f"{name} is not an ISO 8601 time with zone")
    return moment


def _rate(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise BadReport("take.rate is not a number")
    return float(value)


def _number(value: object, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadReport(f"{name} is not a whole number")
    return value
