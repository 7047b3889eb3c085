"""The running reception: the room, what the chair decided about each hall, who is connected, who had the floor."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tiepdan.accounts.models import Person
from tiepdan.kernel.due import DueRow
from tiepdan.receptions.models import Credential, Reception, ReceptionPoint


class Room(DueRow):
    """The engine's room of a reception. While it is due, the worker holds the engine to what the rows say."""

    reception = models.OneToOneField(Reception, on_delete=models.PROTECT, related_name="room")
    name = models.CharField("Name in the engine, unguessable", max_length=100, unique=True)
    version = models.PositiveIntegerField("Grows with each change of the state that is shown", default=0)
    digest = models.CharField(max_length=64, blank=True)
    noted_version = models.PositiveIntegerField("Version that the engine was told", default=0)
    noted_at = models.DateTimeField(null=True, blank=True)
    recording_lost_at = models.DateTimeField(null=True, blank=True)
    disk_alarm_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Hall(models.Model):
    """What the chair decided about a hall in this reception."""

    place = models.OneToOneField(ReceptionPoint, on_delete=models.PROTECT, related_name="live")
    is_locked = models.BooleanField("Khóa micro", default=False)
    removed_at = models.DateTimeField("Mời ra khỏi phòng lúc", null=True, blank=True)
    removed_reason = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return str(self.place)


class Connection(models.Model):
    """One browser that publishes a hall. At most one per hall is admitted at a time."""

    place = models.ForeignKey(ReceptionPoint, on_delete=models.PROTECT, related_name="connections")
    credential = models.ForeignKey(Credential, on_delete=models.PROTECT, related_name="+")
    device = models.CharField("Random name of the browser's session", max_length=64)
    address = models.CharField(max_length=64, blank=True)
    browser = models.CharField(max_length=300, blank=True)
    admitted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    end_code = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ("admitted_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("place",), condition=Q(ended_at__isnull=True), name="one_admitted_connection_per_hall"
            ),
        )

    def __str__(self) -> str:
        return self.identity

    @property
    def identity(self) -> str:
        """Name in the engine: hall key and connection, so that an older browser can be told from the newer one."""
        return f"p{self.place_id}.{self.pk}"


class Stay(models.Model):
    """From when to when the engine saw a connection in the room (điểm danh)."""

    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="stays")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("from_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("connection",), condition=Q(to_at__isnull=True), name="one_open_stay_per_connection"
            ),
        )

    def __str__(self) -> str:
        return f"{self.connection} {self.from_at:%H:%M:%S}"


class Turn(models.Model):
    """A hall has the floor from `given_at` to `ended_at` (lượt phát biểu)."""

    reception = models.ForeignKey(Reception, on_delete=models.PROTECT, related_name="turns")
    place = models.ForeignKey(ReceptionPoint, on_delete=models.PROTECT, related_name="turns")
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    end_code = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ("given_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("reception",), condition=Q(ended_at__isnull=True), name="one_open_turn_per_reception"
            ),
        )

    def __str__(self) -> str:
        return f"{self.place} {self.given_at:%H:%M:%S}"
