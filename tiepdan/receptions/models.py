"""The plan of a reception: its halls, who sits there, and the name and password with which each hall enters."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tiepdan.accounts.models import Agency, Person
from tiepdan.points.models import Point
from tiepdan.receptions.rules import PHASE_LABELS, CredentialFacts, Phase


class Reception(models.Model):
    """One online reception (buổi tiếp công dân trực tuyến). Its state moves only through `kernel.rows.move`."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="receptions", verbose_name="Cơ quan")
    code = models.SlugField("Số", max_length=40, unique=True)
    title = models.CharField("Nội dung", max_length=300)
    profile = models.CharField("Bộ quy tắc", max_length=40, default="nd154-2026")
    starts_at = models.DateTimeField("Bắt đầu theo kế hoạch")
    ends_at = models.DateTimeField("Kết thúc theo kế hoạch")
    chair = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="chaired", verbose_name="Người chủ trì")
    secretary = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="recorded", verbose_name="Thư ký")
    technician = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="supported", verbose_name="Cán bộ kỹ thuật"
    )
    help_phone = models.CharField("Điện thoại hỗ trợ", max_length=40, blank=True)
    state = models.CharField("Trạng thái", max_length=20, choices=list(PHASE_LABELS.items()), default=Phase.READY)
    opened_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    pause_reason = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-starts_at", "code")
        verbose_name = "buổi tiếp"
        verbose_name_plural = "buổi tiếp"
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="reception_ends_after_start"),
        )

    def __str__(self) -> str:
        return f"{self.code} · {self.title}"


class ReceptionPoint(models.Model):
    """A hall's place in one reception. `key` names the hall in the engine, the recordings and the pages."""

    reception = models.ForeignKey(Reception, on_delete=models.PROTECT, related_name="halls")
    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="receptions")
    is_central = models.BooleanField("Điểm cầu trung tâm", default=False)
    order = models.PositiveSmallIntegerField("Thứ tự", default=0)

    class Meta:
        ordering = ("-is_central", "order", "pk")
        constraints = (
            models.UniqueConstraint(fields=("reception", "point"), name="point_once_in_a_reception"),
            models.UniqueConstraint(
                fields=("reception",), condition=Q(is_central=True), name="one_central_point_in_a_reception"
            ),
        )

    def __str__(self) -> str:
        return self.point.name

    @property
    def key(self) -> str:
        """Hall key, `p` and the row's id: first part of every engine identity of this hall."""
        return f"p{self.pk}"


class Seat(models.Model):
    """A person who sits in a hall in this reception (thành phần tham dự)."""

    hall = models.ForeignKey(ReceptionPoint, on_delete=models.CASCADE, related_name="seats")
    full_name = models.CharField("Họ tên", max_length=200)
    title = models.CharField("Chức vụ, tư cách", max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return self.full_name


class Credential(models.Model):
    """Name and password of a hall for one reception. The password is shown once and kept as a hash."""

    hall = models.ForeignKey(ReceptionPoint, on_delete=models.PROTECT, related_name="credentials")
    username = models.SlugField("Tên điểm cầu", max_length=60)
    password = models.CharField(max_length=200, editable=False)
    valid_from = models.DateTimeField("Có hiệu lực từ")
    valid_to = models.DateTimeField("Có hiệu lực đến")
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField("Đăng nhập gần nhất", null=True, blank=True)

    class Meta:
        ordering = ("-issued_at",)
        indexes = (models.Index(fields=("username",)),)
        constraints = (
            models.UniqueConstraint(
                fields=("hall",), condition=Q(revoked_at__isnull=True), name="one_working_credential_per_hall"
            ),
        )

    def __str__(self) -> str:
        return self.username

    @property
    def facts(self) -> CredentialFacts:
        return CredentialFacts(self.valid_from, self.valid_to, self.revoked_at)
