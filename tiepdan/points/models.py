"""Halls that last: a point belongs to an agency and takes part in many receptions."""

from __future__ import annotations

from django.db import models

from tiepdan.accounts.models import Agency


class Point(models.Model):
    """A hall (điểm cầu) with the people to call; its place in a reception is `receptions.ReceptionPoint`."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="points", verbose_name="Cơ quan")
    name = models.CharField("Tên điểm cầu", max_length=200)
    slug = models.SlugField("Tên đăng nhập", max_length=60, unique=True)
    address = models.CharField("Địa chỉ", max_length=300, blank=True)
    contact_name = models.CharField("Người vận hành", max_length=200, blank=True)
    phone = models.CharField("Điện thoại", max_length=40, blank=True)
    is_active = models.BooleanField("Đang sử dụng", default=True)

    class Meta:
        ordering = ("name",)
        verbose_name = "điểm cầu"
        verbose_name_plural = "điểm cầu"

    def __str__(self) -> str:
        return self.name
