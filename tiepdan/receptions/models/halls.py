"""Halls of a reception, who sits there, and the name and password with which each hall enters."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate

from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.queries import heir
from tiepdan.cases.models import Petitioner
from tiepdan.points.models import Point
from tiepdan.receptions.models.plan import Reception
from tiepdan.receptions.rules import CITIZENS_SIDE, SEAT_LABELS, CredentialFacts, SeatRole


class ReceptionPoint(models.Model):
    """A hall's place in one reception. `key` names the hall in the engine, the recordings and the pages."""

    reception = models.ForeignKey(Reception, on_delete=models.PROTECT, related_name="halls")
    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="receptions")
    is_central = models.BooleanField("Điểm cầu trung tâm", default=False)
    order = models.PositiveSmallIntegerField("Thứ tự", default=0)
    operator = models.CharField("Người vận hành", max_length=200, blank=True)
    phone = models.CharField("Điện thoại tại điểm cầu", max_length=40, blank=True)
    spare = models.ForeignKey(
        Point, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Điểm cầu dự phòng"
    )

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

    @property
    def kind_name(self) -> str:
        """«điểm cầu trung tâm», or what the profile of the reception calls the others."""
        return self.reception.terms["central" if self.is_central else "component"]

    @property
    def kind_word(self) -> str:
        """«trung tâm», «thành phần», «đại biểu»: beside the name of a hall."""
        return self.kind_name.removeprefix("điểm cầu ")

    @property
    def office(self) -> Agency:
        """Whose hall it is on the day, who is invited and stands on the papers: who looks after it then, after a
        merger the successor."""
        on = localdate(self.reception.starts_at)
        return heir(self.point.agency_on(on), on)


class Seat(models.Model):
    """A person who sits in a hall in this reception (thành phần tham dự)."""

    hall = models.ForeignKey(ReceptionPoint, on_delete=models.CASCADE, related_name="seats")
    full_name = models.CharField("Họ tên", max_length=200)
    title = models.CharField("Chức vụ, tư cách", max_length=200, blank=True)
    role = models.CharField("Vai trò", max_length=16, choices=list(SEAT_LABELS.items()), default=SeatRole.OTHER)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Cơ quan"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="seats")
    petitioner = models.ForeignKey(Petitioner, on_delete=models.PROTECT, null=True, blank=True, related_name="seats")
    place = models.CharField("Chỗ ngồi số", max_length=12, blank=True)
    may_speak = models.BooleanField("Được phát biểu", default=True)
    absence = models.CharField("Vắng mặt, lý do", max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return self.full_name

    @property
    def is_of_citizens(self) -> bool:
        """Somebody of a case or beside them, whose name not everybody reads who reads the plan."""
        return self.role in CITIZENS_SIDE or self.petitioner_id is not None


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
