"""What was made public and who was invited."""

from __future__ import annotations

from django.db import models

from tiepdan.accounts.models import Agency, Person
from tiepdan.cases.models import Petitioner
from tiepdan.documents.models import Document
from tiepdan.receptions.models.halls import ReceptionPoint
from tiepdan.receptions.models.plan import Reception
from tiepdan.receptions.rules import INVITED_LABELS


class Version(models.Model):
    """One publication of the schedule. The public pages show nothing but the newest `public`."""

    reception = models.ForeignKey(Reception, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField(db_index=True)
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    public = models.JSONField(default=dict)  # what everybody may read: no personal data
    plan = models.JSONField(default=dict)  # the whole plan of that moment, for differences
    differences = models.JSONField(default=list)  # [{what, before, after, touches: [invitation keys] | "all"}]
    note = models.CharField("Lý do thay đổi", max_length=500, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=("reception", "number"), name="version_number_once"),)

    def __str__(self) -> str:
        return f"{self.reception.code} v{self.number}"


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
