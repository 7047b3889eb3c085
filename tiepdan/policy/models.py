"""What the office itself adds to the law: the working-day table, stricter values, and its running numbers."""

from __future__ import annotations

from django.db import models

from tiepdan.accounts.models import Agency, Person


class Year(models.Model):
    """A year of the working-day table. Until somebody confirms it by a notice, every date of it is provisional."""

    year = models.PositiveSmallIntegerField("Năm", unique=True)
    source = models.CharField("Căn cứ", max_length=300, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-year",)
        verbose_name = "năm của bảng ngày làm việc"

    def __str__(self) -> str:
        return str(self.year)


class DayKind(models.TextChoices):
    OFF = "off", "Nghỉ"  # a public holiday, a day in lieu, a weekday that was swapped away
    WORK = "work", "Làm bù"  # a Saturday or Sunday that is worked


class Day(models.Model):
    """A day that differs from the plain week (Monday to Friday worked)."""

    year = models.ForeignKey(Year, on_delete=models.PROTECT, related_name="days")  # that of `day`
    day = models.DateField("Ngày", unique=True)
    kind = models.CharField("Loại", max_length=4, choices=DayKind.choices)
    name = models.CharField("Tên", max_length=200)
    source = models.CharField("Căn cứ", max_length=300, blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("day",)
        verbose_name = "ngày nghỉ, ngày làm bù"

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"


class OfficeValue(models.Model):
    """A value of a rule profile that an office made stricter, from a day on; the newest that has begun counts."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    profile = models.CharField(max_length=40)
    path = models.CharField(max_length=80)  # of a number in the profile: "milestones.notice"
    value = models.DecimalField(max_digits=8, decimal_places=2)
    valid_from = models.DateField("Từ ngày")
    reason = models.CharField("Lý do", max_length=300)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("profile", "path", "-valid_from", "-pk")
        verbose_name = "giá trị chặt hơn của cơ quan"

    def __str__(self) -> str:
        return f"{self.profile} {self.path} = {self.value}"


class Sequence(models.Model):
    """A running number: of cases in a year, of papers in a book and year."""

    key = models.CharField(max_length=80, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.key}: {self.last}"
