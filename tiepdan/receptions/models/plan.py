"""The plan of a reception: when, who presides, which matters, and who decided what about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models import Q

from tiepdan.accounts.models import Agency, Person
from tiepdan.cases.models import Case
from tiepdan.files.models import StoredFile
from tiepdan.kernel.due import DueRow
from tiepdan.kernel.text import fold
from tiepdan.law.profiles import profile
from tiepdan.receptions.rules import KIND_LABELS, PHASE_LABELS, Kind, Phase


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
    kind = models.CharField("Loại", max_length=12, choices=list(KIND_LABELS.items()), default=Kind.PERIODIC)
    adhoc_reason = models.TextField("Lý do tiếp đột xuất", blank=True)  # the head's written reason
    is_delegated = models.BooleanField("Cấp phó chủ trì theo ủy quyền", default=False)
    place = models.CharField("Nơi tiếp", max_length=300, blank=True)
    note = models.TextField("Ghi chú", blank=True)
    help_phone = models.CharField("Điện thoại hỗ trợ", max_length=40, blank=True)
    state = models.CharField("Trạng thái", max_length=20, choices=list(PHASE_LABELS.items()), default=Phase.DRAFT)
    created_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    edited_at = models.DateTimeField(null=True, blank=True)  # of two people who edit the plan, the later one is told
    edited_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    search = models.CharField(max_length=900, default="", editable=False)  # folded code, title, chair, place
    published_at = models.DateTimeField("Công bố lần đầu", null=True, blank=True)
    confirmed_at = models.DateTimeField("Xác nhận đủ điều kiện", null=True, blank=True)
    postponed_reason = models.CharField("Lý do hoãn", max_length=500, blank=True)
    postponed_to = models.DateField("Thời gian dự kiến tiếp", null=True, blank=True)
    cancelled_reason = models.CharField("Lý do hủy", max_length=500, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    pause_reason = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)

    # The plan as the page that is being drawn has read it (`plan.keep`); None: each question reads it anew.
    kept_plan: Any = None

    class Meta:
        ordering = ("-starts_at", "code")
        indexes = (
            models.Index(fields=("agency", "-starts_at")),
            # The few that are not over, among the thousands of ten years (`queries.not_over`).
            models.Index(name="reception_open", fields=("starts_at", "id"), condition=Q(closed_at__isnull=True)),
            models.Index(fields=("state", "starts_at")),
            models.Index(fields=("starts_at",)),
        )
        verbose_name = "buổi tiếp"
        verbose_name_plural = "buổi tiếp"
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="reception_ends_after_start"),
        )

    def __str__(self) -> str:
        return f"{self.code} · {self.title}"

    @property
    def terms(self) -> Mapping[str, str]:
        """What its profile calls the central hall («central») and the others («component»)."""
        return profile(self.profile).terms

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The folded column is written whenever one of the words in it is."""
        fields = kwargs.get("update_fields")
        if fields is None or {"code", "title", "chair", "place"} & set(fields):
            self.search = fold(f"{self.code} {self.title} {self.chair.full_name} {self.place}")[:900]
            if fields is not None:
                kwargs["update_fields"] = {*fields, "search"}
        super().save(*args, **kwargs)


class Matter(models.Model):
    """A case in a reception, with the words under which the public hears of it (no name, no plot, no number)."""

    reception = models.ForeignKey(Reception, on_delete=models.CASCADE, related_name="matters")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="matters")
    order = models.PositiveSmallIntegerField(default=0)
    public_title = models.CharField("Nội dung công khai", max_length=300)
    minutes = models.PositiveSmallIntegerField("Số phút", default=60)
    chosen = models.ForeignKey(
        "receptions.ReceptionPoint",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="chosen_for",
        verbose_name="Điểm cầu công dân chọn",
    )
    chosen_at = models.DateTimeField(null=True, blank=True)
    halls = models.ManyToManyField("receptions.ReceptionPoint", blank=True, related_name="matters")

    class Meta:
        ordering = ("order", "pk")
        constraints = (models.UniqueConstraint(fields=("reception", "case"), name="case_once_in_a_reception"),)

    def __str__(self) -> str:
        return f"{self.reception.code} {self.case.code}"


class PlanDecision(models.Model):
    """A step of the plan's approval: who, when, and in whose place."""

    reception = models.ForeignKey(Reception, on_delete=models.CASCADE, related_name="decisions")
    step = models.CharField(max_length=12)  # step of RECEPTION: submit, withdraw, return, approve, revise, …
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True)
    frozen = models.JSONField(default=dict)  # the plan as it was decided on (publication.snapshot)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.reception.code} {self.step}"


class Waiver(models.Model):
    """A warning that somebody accepted, with the reason."""

    reception = models.ForeignKey(Reception, on_delete=models.CASCADE, related_name="waivers")
    code = models.CharField(max_length=80)  # the warning's own code, with its object: "weekend", "script_long"
    reason = models.CharField("Lý do", max_length=500)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("reception", "code"), name="waiver_once"),)

    def __str__(self) -> str:
        return f"{self.reception.code} {self.code}"


class MetMilestone(models.Model):
    """A milestone that was met, with the proof and the due moment of that day: later tables do not move it."""

    reception = models.ForeignKey(Reception, on_delete=models.CASCADE, related_name="met")
    code = models.CharField(max_length=24)  # "notice", "trial", …
    due = models.CharField(max_length=40)  # ISO date or moment, as it stood when it was met
    met_at = models.DateTimeField()
    is_late = models.BooleanField(default=False)
    proof = models.CharField("Minh chứng", max_length=500, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("reception", "code"), name="milestone_met_once"),)

    def __str__(self) -> str:
        return f"{self.reception.code} {self.code}"


class Reminder(DueRow):
    """The reception's alarm clock: wakes before and after each milestone, looks, tells, and sets itself again."""

    reception = models.OneToOneField(Reception, on_delete=models.CASCADE, related_name="reminder")
    told = models.JSONField(default=list)  # keys of what was told already

    def __str__(self) -> str:
        return self.reception.code
