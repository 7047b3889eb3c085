"""The running order of a reception (kịch bản): timed items, and the templates of an office."""

from __future__ import annotations

from django.db import models

from tiepdan.accounts.models import Agency, Person
from tiepdan.receptions.models.halls import ReceptionPoint, Seat
from tiepdan.receptions.models.plan import Matter, Reception
from tiepdan.receptions.rules import STAGE_LABELS, Stage


class AgendaItem(models.Model):
    """One item. Times are not stored: they follow from the start of the reception and the minutes before."""

    reception = models.ForeignKey(Reception, on_delete=models.CASCADE, related_name="agenda")
    order = models.PositiveSmallIntegerField(default=0)
    stage = models.CharField("Giai đoạn", max_length=12, choices=list(STAGE_LABELS.items()), default=Stage.DIALOGUE)
    title = models.CharField("Nội dung", max_length=300)
    minutes = models.PositiveSmallIntegerField("Số phút", default=10)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, null=True, blank=True, related_name="agenda")
    speaker = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    hall = models.ForeignKey(ReceptionPoint, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    layout = models.CharField("Bố cục màn hình", max_length=12, blank=True)
    papers = models.CharField("Tài liệu", max_length=300, blank=True)
    words = models.TextField("Lời dẫn", blank=True)

    class Meta:
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return self.title


class AgendaTemplate(models.Model):
    """A running order that an office keeps for the next time; items as plain data, without people and halls."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("Tên mẫu", max_length=120)
    items = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=("agency", "name"), name="agenda_template_name_once"),)

    def __str__(self) -> str:
        return self.name
