"""A table of our own for the kernel's tests: the kernel has none."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tiepdan.kernel.due import DueRow
from tiepdan.kernel.flow import Flow

FLOW = Flow(
    "job",
    {("draft", "submit"): "submitted", ("submitted", "approve"): "approved", ("submitted", "return"): "draft"},
    {"draft": "Dự thảo", "submitted": "Đã trình", "approved": "Đã duyệt"},
)


class Job(DueRow):
    objects: ClassVar[models.Manager[Job]] = models.Manager()

    state = models.CharField(max_length=20, default="draft")
    note = models.CharField(max_length=100, default="")
    times = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "kernel"


class Chore(DueRow):
    objects: ClassVar[models.Manager[Chore]] = models.Manager()

    class Meta:
        app_label = "kernel"
