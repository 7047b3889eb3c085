"""Those who must be told of a reception."""

from __future__ import annotations

from django.db import models

from tiepdan.accounts.models import Agency
from tiepdan.cases.models import Petitioner
from tiepdan.documents.models import Document
from tiepdan.invitations.rules import INVITED_LABELS
from tiepdan.receptions.models import Reception, ReceptionPoint


class Invitation(models.Model):
    """Somebody who must be told: an agency with its hall, or a citizen. Its messages are `notify.Delivery` rows."""

    reception = models.ForeignKey(Reception, on_delete=models.CASCADE, related_name="invitations")
    kind = models.CharField(max_length=12, choices=list(INVITED_LABELS.items()))
    hall = models.ForeignKey(ReceptionPoint, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations")
    petitioner = models.ForeignKey(Petitioner, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    receiver = models.CharField("Người nhận", max_length=200)
    channel = models.CharField("Cách gửi", max_length=8, default="email")
    address = models.CharField("Địa chỉ nhận", max_length=254, blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveSmallIntegerField(default=1)  # of the schedule that the newest message tells
    is_advising = models.BooleanField("Cơ quan tham mưu", default=False)  # must be present (khoản 1 Điều 22)
    attendees = models.JSONField(default=list)  # [{full_name, title}] registered by the invited agency
    substitute = models.CharField("Người dự thay", max_length=200, blank=True)
    called_at = models.DateTimeField(null=True, blank=True)  # the last «Gọi xác nhận»
    called_note = models.CharField("Ghi chú cuộc gọi", max_length=300, blank=True)

    class Meta:
        ordering = ("kind", "receiver", "pk")

    def __str__(self) -> str:
        return f"{self.reception.code} → {self.receiver}"
