"""What was made public."""

from __future__ import annotations

from django.db import models

from tiepdan.accounts.models import Person
from tiepdan.files.models import StoredFile
from tiepdan.kernel.due import DueRow
from tiepdan.receptions.models.plan import Reception


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


class Poster(DueRow):
    """The sheet for the wall of a version as PDF files. `problem`: why there are none."""

    version = models.OneToOneField(Version, on_delete=models.CASCADE, related_name="poster")
    a4 = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    a3 = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    problem = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.version} niêm yết"
