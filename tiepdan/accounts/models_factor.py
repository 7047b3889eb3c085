"""The second factor of people, who must have one, and giving up a lost one."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from tiepdan.accounts.rules import RESET, Reset, Role
from tiepdan.accounts.rules_factor import RESET_HOLDS


class Factor(models.Model):
    """An authenticator app that has shown a right code. `Person.factor_at` says that there is one."""

    person = models.OneToOneField("accounts.Person", on_delete=models.CASCADE, related_name="factor")
    sealed = models.TextField()  # its key (`sealed.py`)
    last_step = models.BigIntegerField(default=0)  # of the newest code that was taken: none is taken twice

    class Meta:
        verbose_name = "xác thực hai lớp"

    def __str__(self) -> str:
        return f"Xác thực hai lớp của {self.person}"


class RecoveryCode(models.Model):
    """One of the codes on paper, as a hash; one that was used is gone."""

    factor = models.ForeignKey(Factor, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="recovery_code_once", fields=["factor", "digest"]),
        ]

    def __str__(self) -> str:
        return f"Mã dự phòng {self.pk}"


class FactorRule(models.Model):
    """Roles that must have a second factor from a day on; of those that have begun the newest counts."""

    roles = models.JSONField("Vai trò", default=list)
    valid_from = models.DateField("Từ ngày")
    reason = models.CharField("Lý do", max_length=300)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "quy định xác thực hai lớp"
        ordering: ClassVar[list[str]] = ["-valid_from", "-pk"]

    def __str__(self) -> str:
        return f"Quy định xác thực hai lớp từ {self.valid_from:%d/%m/%Y}"

    @property
    def kinds(self) -> list[Role]:
        return [role for role in Role if role.value in self.roles]

    @property
    def words(self) -> str:
        return ", ".join(role.label for role in self.kinds) or "Không vai trò nào"


class FactorReset(models.Model):
    """«Đặt lại MFA»: one administrator asks, another one confirms."""

    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="factor_resets")
    state = models.CharField(
        max_length=10, choices=[(str(code), words) for code, words in RESET.states.items()], default=Reset.ASKED.value
    )
    reason = models.CharField("Lý do", max_length=300)
    asked_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "đề nghị đặt lại xác thực hai lớp"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="factor_reset_asked_once", fields=["person"], condition=Q(state=Reset.ASKED.value)
            ),
        ]

    def __str__(self) -> str:
        return f"Đặt lại MFA của {self.person}"

    def is_open(self, now: datetime) -> bool:
        return self.state == Reset.ASKED.value and now < self.ends_at

    @property
    def ends_at(self) -> datetime:
        return self.asked_at + RESET_HOLDS
