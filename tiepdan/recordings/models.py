"""Recorders, what they were asked to record, and the takes that they made."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.dateparse import parse_datetime

from tiepdan.receptions.models import Reception, ReceptionPoint
from tiepdan.recordings.rules import LIVE, SILENCE_LIMIT, TAKE_LABELS, UNHEARD_LIMIT, TakeState, TrackFacts


class Recorder(models.Model):
    """A recorder process (máy ghi) that may take work, known by a token of which only the hash is kept."""

    name = models.SlugField("Tên", max_length=60, unique=True)
    title = models.CharField("Tên hiển thị", max_length=100)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    boot = models.CharField(max_length=64, blank=True)
    version = models.CharField(max_length=40, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    silent_since = models.DateTimeField("Silent while the web server was there to hear it", null=True, blank=True)
    disk_free = models.BigIntegerField(default=0)
    disk_total = models.BigIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.title

    def is_alive(self, now: datetime) -> bool:
        """Whether it works as far as anybody knows: while the web server is away, no recorder can be heard."""
        if self.beat_at is None or now - self.beat_at > UNHEARD_LIMIT:
            return False
        return self.silent_since is None or now - self.silent_since < SILENCE_LIMIT


class Job(models.Model):
    """A reception wants to be recorded: what recorders find at each beat. Ends with the reception, never by hand."""

    reception = models.OneToOneField(Reception, on_delete=models.PROTECT, related_name="recording_job")
    room = models.CharField(max_length=100)
    takes_wanted = models.PositiveSmallIntegerField()
    requested_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.reception.code} × {self.takes_wanted}"


class Take(models.Model):
    """One recorder's continuous work on one reception. The id is also the name of its folder."""

    id = models.CharField(primary_key=True, max_length=100)
    reception = models.ForeignKey(Reception, on_delete=models.PROTECT, related_name="takes")
    recorder = models.ForeignKey(Recorder, on_delete=models.PROTECT, related_name="takes")
    boot = models.CharField("Process run that records it", max_length=64)
    state = models.CharField(max_length=20, choices=list(TAKE_LABELS.items()), default=TakeState.REQUESTED)
    requested_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    is_incomplete = models.BooleanField("Thiếu đoạn", default=False)
    phase = models.CharField("What the recorder says it does", max_length=20, blank=True)
    error = models.TextField(blank=True)
    bytes = models.BigIntegerField(default=0)
    rate = models.FloatField("Bytes per second", default=0)
    files = models.PositiveIntegerField(default=0)
    tracks = models.JSONField(default=list)
    ledger_lines = models.PositiveIntegerField(default=0)
    ledger_head = models.CharField(max_length=64, blank=True)
    anchored_head = models.CharField(max_length=64, blank=True)
    anchored_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("requested_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("reception", "recorder"),
                condition=Q(state__in=LIVE),
                name="one_live_take_per_recorder_and_reception",
            ),
        )

    def __str__(self) -> str:
        return self.id

    @property
    def folder(self) -> str:
        """Path below the archive's root."""
        return f"{self.reception.code}/{self.id}"

    def track_facts(self) -> list[TrackFacts]:
        facts = []
        for track in self.tracks:
            since, written = _moment(track.get("growing_since")), _moment(track.get("written_at"))
            if since and written:
                facts.append(TrackFacts(str(track.get("hall")), str(track.get("source")), since, written))
        return facts


def _moment(value: Any) -> datetime | None:
    moment = parse_datetime(value) if isinstance(value, str) else None
    return moment if moment is not None and moment.tzinfo is not None else None


class Mark(models.Model):
    """A moment to find again in the recording: opening, floor changes, suspension, gaps, closing."""

    reception = models.ForeignKey(Reception, on_delete=models.PROTECT, related_name="marks")
    at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    label = models.CharField(max_length=300)
    hall = models.ForeignKey(ReceptionPoint, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at", "pk")
        indexes = (models.Index(fields=("reception", "at")),)

    def __str__(self) -> str:
        return f"{self.at:%H:%M:%S} {self.label}"
