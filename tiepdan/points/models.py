"""Halls that last: a point belongs to an agency and takes part in many receptions."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q

from tiepdan.accounts.models import Agency, Person
from tiepdan.files.models import StoredFile
from tiepdan.kernel.due import DueRow
from tiepdan.kernel.text import fold
from tiepdan.points.rules import BACKUP_LABELS, CONDITION_LABELS, LEVEL_LABELS, LINE_LABELS, NO_BACKUP, PART_LABELS

UPS_WORDS = {True: "có lưu điện", False: "không có lưu điện"}


class Point(models.Model):
    """A hall (điểm cầu) with the people to call; its place in a reception is `receptions.ReceptionPoint`."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="points", verbose_name="Cơ quan")
    name = models.CharField("Tên điểm cầu", max_length=200)
    slug = models.SlugField("Tên đăng nhập", max_length=60, unique=True)
    room = models.CharField("Hội trường, phòng", max_length=200, blank=True, default="")
    address = models.CharField("Địa chỉ", max_length=300, blank=True)
    level = models.CharField("Cấp", max_length=12, choices=list(LEVEL_LABELS.items()), blank=True, default="")
    seats = models.PositiveSmallIntegerField("Số chỗ ngồi", null=True, blank=True)
    screens = models.PositiveSmallIntegerField("Số màn hình (TV)", null=True, blank=True)
    cameras = models.PositiveSmallIntegerField("Số camera", null=True, blank=True)
    line = models.CharField("Đường truyền", max_length=10, choices=list(LINE_LABELS.items()), blank=True, default="")
    backup_line = models.CharField(
        "Đường truyền dự phòng", max_length=10, choices=list(BACKUP_LABELS.items()), blank=True, default=""
    )
    has_ups = models.BooleanField("Bộ lưu điện", null=True, blank=True)
    contact_name = models.CharField("Người vận hành", max_length=200, blank=True)
    phone = models.CharField("Điện thoại", max_length=40, blank=True)
    was_handed_over = models.BooleanField(default=False, editable=False)  # else nobody asks whose it was on a day
    search = models.CharField(max_length=900, default="", editable=False)  # folded; the agency has its own
    edited_at = models.DateTimeField(null=True, editable=False)
    edited_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        ordering = ("name",)
        verbose_name = "điểm cầu"
        verbose_name_plural = "điểm cầu"

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search = fold(f"{self.name} {self.slug} {self.room} {self.address} {self.contact_name} {self.phone}")
        fields = kwargs.get("update_fields")
        super().save(*args, **(kwargs if fields is None else {**kwargs, "update_fields": {*fields, "search"}}))

    @property
    def fittings(self) -> list[str]:
        """«120 chỗ», «2 màn hình», «Mạng TSLCD»: what is known, in few words."""
        counted = ((self.seats, "chỗ"), (self.screens, "màn hình"), (self.cameras, "camera"))
        found = [f"{number} {word}" for number, word in counted if number is not None]
        return [*found, *self.lines, *([] if self.has_ups is None else [UPS_WORDS[self.has_ups]])]

    @property
    def lines(self) -> list[str]:
        """«Mạng TSLCD», «dự phòng Internet»"""
        found = [self.get_line_display()] if self.line else []
        if self.backup_line:
            none = self.backup_line == NO_BACKUP
            found.append("không có dự phòng" if none else f"dự phòng {self.get_backup_line_display()}")
        return found

    def agency_on(self, day: date) -> Agency:
        """Whose hall it is on a day, before what happened to that agency itself (`accounts.queries.heir`)."""
        rows = sorted(self.handovers.all(), key=lambda row: (row.since, row.pk)) if self.was_handed_over else []
        if not rows:
            return self.agency
        last = next((row for row in reversed(rows) if row.since <= day), None)
        return last.target if last else rows[0].source


class Retirement(models.Model):
    """A time in which a hall is not used. Without `back_on` it lasts."""

    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="retirements")
    first_day = models.DateField("Ngừng sử dụng từ ngày")
    reason = models.CharField("Lý do", max_length=300)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    back_on = models.DateField("Dùng lại từ ngày", null=True, blank=True)
    back_reason = models.CharField("Lý do dùng lại", max_length=300, blank=True, default="")
    back_at = models.DateTimeField(null=True)
    back_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-first_day", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("point",), condition=Q(back_on__isnull=True), name="one_lasting_retirement_of_a_point"
            ),
            models.CheckConstraint(
                condition=Q(back_on__isnull=True) | Q(back_on__gte=F("first_day")), name="retirement_days_in_order"
            ),
        )

    def __str__(self) -> str:
        return f"{self.point} {self.first_day}"

    def holds_on(self, day: date) -> bool:
        return self.first_day <= day and (self.back_on is None or day < self.back_on)


class Handover(DueRow):
    """Another agency looks after a hall from a day on. One to come waits for the worker."""

    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="handovers")
    source = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    since = models.DateField("Từ ngày")
    reason = models.CharField("Căn cứ, lý do", max_length=300)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-since", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("point",), condition=Q(begun_at__isnull=True), name="one_planned_handover_of_a_point"
            ),
        )

    def __str__(self) -> str:
        return f"{self.point}: {self.source} → {self.target}"


class EquipmentCheck(models.Model):
    """One part of a hall's equipment as somebody found it. Earlier checks stay; the newest of a part counts."""

    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="checks")
    part = models.CharField("Thiết bị", max_length=10, choices=list(PART_LABELS.items()))
    condition = models.CharField("Tình trạng", max_length=8, choices=list(CONDITION_LABELS.items()))
    note = models.CharField("Ghi chú", max_length=200, blank=True)
    photo = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
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
