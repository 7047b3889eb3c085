"""Deliveries: one row for each receiver and channel, from the outbox to the acknowledgement."""

from __future__ import annotations

from django.db import models

from tiepdan.accounts.models import Agency, Person
from tiepdan.files.models import StoredFile
from tiepdan.kernel.due import SHOWN_AFTER, DueRow
from tiepdan.notify.rules import CHANNEL_LABELS, STATE_LABELS, STATE_SHAPES, TOPIC_LABELS, Channel, State


class Delivery(DueRow):
    """One message to one receiver. `key` makes it once: preparing the same key again changes nothing that was sent."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="deliveries")
    key = models.CharField(max_length=120, unique=True)  # "invitation:12:v1:email"
    topic = models.CharField(max_length=40)  # "invitation", "citizen_notice", "change", "reminder"
    about_kind = models.CharField(max_length=80)  # as in the audit log: "invitations.invitation"
    about_id = models.CharField(max_length=40)
    channel = models.CharField("Cách gửi", max_length=8, choices=list(CHANNEL_LABELS.items()), default=Channel.EMAIL)
    receiver = models.CharField("Người nhận", max_length=200)
    receiver_agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="received"
    )
    receiver_person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="received"
    )
    address = models.CharField(
        "Địa chỉ nhận", max_length=254, blank=True
    )  # e-mail, telephone, or where it is handed over
    subject = models.CharField("Tiêu đề", max_length=300)
    body = models.TextField("Nội dung")
    files = models.ManyToManyField(StoredFile, blank=True, related_name="+")
    state = models.CharField(max_length=12, choices=list(STATE_LABELS.items()), default=State.DRAFT)
    deadline = models.DateTimeField("Hạn", null=True, blank=True)  # the legal moment that this must not miss
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Committed before the conversation with the mail server begins; see docs/notices.md, "Once".
    sending_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_unsure = models.BooleanField("Không rõ đã gửi chưa", default=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)  # confirmed, or declined
    acknowledged_by = models.CharField(max_length=200, blank=True)
    answer = models.CharField("Trả lời", max_length=500, blank=True)  # who comes, or why nobody comes
    handed_note = models.CharField("Ghi nhận giao tay", max_length=300, blank=True)  # to whom, when, where
    proof = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    message_id = models.CharField(max_length=200, blank=True)  # of the mail or of the gateway
    problem = models.CharField("Lỗi gửi", max_length=500, blank=True)
    wants_answer = models.BooleanField("Cần trả lời", default=False)
    token = models.CharField(max_length=64, unique=True)  # the receiver's own link, without signing in
    search = models.TextField(default="", editable=False)  # folded

    class Meta:
        ordering = ("receiver", "pk")
        verbose_name = "việc gửi"
        indexes = (
            models.Index(fields=("about_kind", "about_id")),
            models.Index(fields=("agency", "state", "-prepared_at")),
        )

    def __str__(self) -> str:
        """For the log, which holds no names: «Giấy mời (Thư điện tử) invitation:12:v1:email»."""
        return f"{self.topic_label} ({CHANNEL_LABELS.get(self.channel, self.channel)}) {self.key}"

    @property
    def topic_label(self) -> str:
        return TOPIC_LABELS.get(self.topic, self.topic)

    @property
    def state_label(self) -> str:
        return "Không rõ đã gửi chưa" if self.is_unsure else STATE_LABELS[State(self.state)]

    @property
    def state_class(self) -> str:
        return "care" if self.is_unsure else STATE_SHAPES[self.state][0]

    @property
    def state_shape(self) -> str:
        return "▲" if self.is_unsure else STATE_SHAPES[self.state][1]

    @property
    def is_stuck(self) -> bool:
        """Waits in the queue after several failures; the worker goes on trying."""
        return self.state == State.QUEUED and self.failures >= SHOWN_AFTER
