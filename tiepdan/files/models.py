"""Files that people upload or that we make: kept once, named by their hash, never changed."""

from __future__ import annotations

from django.db import models

from tiepdan.accounts.models import Agency, Person


class Scan(models.TextChoices):
    OFF = "off", "Chưa có máy quét vi-rút"
    CLEAN = "clean", "Không có vi-rút"
    INFECTED = "infected", "Có vi-rút"


class StoredFile(models.Model):
    """One file. The bytes lie in `settings.FILES` under a path made of their hash; equal bytes lie there once."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("Tên tệp", max_length=255)  # as the person named it, NFC, without a folder
    kind = models.CharField("Loại", max_length=100)  # media type, as found in the bytes
    size = models.PositiveBigIntegerField("Dung lượng")  # bytes
    sha256 = models.CharField(max_length=64, db_index=True)
    scan = models.CharField(max_length=10, choices=Scan.choices, default=Scan.OFF)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "tệp"

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Below `settings.FILES`."""
        return f"{self.sha256[:2]}/{self.sha256}"
