"""Sheets that were uploaded: looked at, then brought in or dropped."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tiepdan.accounts.models import Agency, Person
from tiepdan.files.models import StoredFile
from tiepdan.kernel.due import DueRow
from tiepdan.sheets.rules import UPLOAD


class Upload(DueRow):
    """One file for one importer. `problems` is [[line of the sheet, [sentence, …]], …] as of the last look; while the
    worker brings a large one in, `reached` is the last line that it is done with."""

    kind = models.CharField("Loại", max_length=40)  # code of the importer
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="Cơ quan")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="Tệp")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name="Người tải lên")
    at = models.DateTimeField("Lúc")
    state = models.CharField(max_length=12, default="previewed", choices=list(UPLOAD.states.items()))
    rows = models.PositiveIntegerField("Số dòng", default=0)
    reached = models.PositiveIntegerField(default=0, editable=False)
    imported = models.PositiveIntegerField("Đã nhập", default=0)
    problems = models.JSONField(default=list)
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "bảng nhập"
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="upload_state_known", condition=Q(state__in=list(UPLOAD.states))),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def wrong(self) -> int:
        return len(self.problems)

    @property
    def right(self) -> int:
        return self.rows - self.wrong

    @property
    def state_label(self) -> str:
        return UPLOAD.label(self.state)
