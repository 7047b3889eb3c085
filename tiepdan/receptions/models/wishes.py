"""Halls that citizens asked for on the public page."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tiepdan.accounts.models import Person
from tiepdan.receptions.models.halls import ReceptionPoint
from tiepdan.receptions.models.plan import Matter
from tiepdan.receptions.rules import WISH_LABELS, Wish


class HallWish(models.Model):
    """Where the citizen of a matter wants to attend, until a clerk decides. What stands is `Matter.chosen`."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="wishes")
    hall = models.ForeignKey(ReceptionPoint, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=12, choices=list(WISH_LABELS.items()), default=Wish.WAITING)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField("Lý do", max_length=300, blank=True)  # why not; the citizen reads it

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("matter",), condition=Q(state="waiting"), name="one_waiting_wish"),
        )

    def __str__(self) -> str:
        return f"{self.matter} → {self.hall}"
