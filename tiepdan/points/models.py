"""Halls that last: a point belongs to an agency and takes part in many receptions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tiepdan.accounts.models import Agency, Person
from tiepdan.points.rules import CONDITION_LABELS, PART_LABELS


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


class EquipmentCheck(models.Model):
    """One part of a hall's equipment as somebody found it. Earlier checks stay; the newest of a part counts."""

    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="checks")
    part = models.CharField("Thiết bị", max_length=10, choices=list(PART_LABELS.items()))
    condition = models.CharField("Tình trạng", max_length=8, choices=list(CONDITION_LABELS.items()))
    note = models.CharField("Ghi chú", max_length=200, blank=True)
    checked_on = models.DateField("Ngày kiểm tra")
    is_newest = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-checked_on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("point", "part"), condition=Q(is_newest=True), name="one_newest_check_of_a_part"
            ),
        )

    def __str__(self) -> str:
        return f"{self.point} {self.get_part_display()}: {self.get_condition_display()}"


class Capacity(models.Model):
    """How many halls at once an office has tried out; the newest trial counts."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    halls = models.PositiveSmallIntegerField("Số điểm cầu cùng lúc")
    tested_on = models.DateField("Ngày thử")
    note = models.CharField("Cách thử, kết quả", max_length=300)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-tested_on", "-pk")

    def __str__(self) -> str:
        return f"{self.agency} {self.halls}"
