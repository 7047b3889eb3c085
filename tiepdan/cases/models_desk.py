"""Rows beside a case that only its own pages read: records of a breach, and who has which form open."""

from __future__ import annotations

from django.db import models

from tiepdan.accounts.models import Person
from tiepdan.documents.models import Document


class Violation(models.Model):
    """«Biên bản vi phạm»: what somebody did against the rules of the place (khoản 6 Điều 8 Luật Tiếp công dân)."""

    refusal = models.OneToOneField("cases.Refusal", on_delete=models.PROTECT, related_name="violation")
    offender = models.ForeignKey("cases.Petitioner", on_delete=models.PROTECT, related_name="+")
    place = models.CharField("Địa điểm", max_length=200)
    began_at = models.DateTimeField("Thời gian bắt đầu")
    ended_at = models.DateTimeField("Thời gian kết thúc")
    witnesses = models.TextField("Người chứng kiến", blank=True)  # one a line
    story = models.TextField("Diễn biến")
    asked = models.TextField("Yêu cầu đã đưa ra")
    answer = models.TextField("Ý kiến của người vi phạm", blank=True)
    measures = models.TextField("Đề nghị cơ quan chức năng", blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()  # of the newest wording: of two people who write, one is told
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.refusal} {self.began_at:%d/%m/%Y}"


class Editor(models.Model):
    """Somebody has a form of a case open. A hint only: what is saved is decided by the version of the row."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="editors")
    part = models.CharField(max_length=40)  # "noi-dung", "nguoi-12"
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("case", "part", "person"), name="editor_once"),)
        indexes = (models.Index(name="editor_seen", fields=("seen_at",)),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.part} {self.person_id}"
