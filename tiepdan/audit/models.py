"""The log: one hash chain per agency, and one of the system itself (agency is NULL).

Rows can only be added. The database itself refuses UPDATE and DELETE (see triggers.py).
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q


class Head(models.Model):
    """The end of a chain. Writers of one chain wait for each other here, and nowhere else."""

    chain = models.CharField(max_length=24, primary_key=True)  # the agency's id, or "system"
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.chain}: {self.seq}"


class Entry(models.Model):
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField(db_index=True)
    event = models.CharField(max_length=60, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by_label = models.CharField(max_length=200, blank=True, default="")
    about_kind = models.CharField(max_length=80, blank=True, default="")
    about_id = models.CharField(max_length=40, blank=True, default="")
    about_label = models.CharField(max_length=200, blank=True, default="")
    facts = models.JSONField(default=dict)
    search = models.TextField(default="", editable=False)  # folded words; derived, so not in the hash
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "dòng nhật ký"
        ordering: ClassVar[list[str]] = ["-at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="entry_about", fields=["about_kind", "about_id"]),
            models.Index(name="entry_agency_at", fields=["agency", "at"]),  # one agency's log, newest first
            models.Index(name="entry_event_at", fields=["event", "at"]),  # what happened of a kind since a moment
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="entry_seq", fields=["agency", "seq"]),
            models.UniqueConstraint(name="entry_seq_system", fields=["seq"], condition=Q(agency__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y %H:%M:%S} {self.event}"
