"""Official papers: templates that an office edits in Word, papers made from them, signatures, sets in the making."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tiepdan.accounts.models import Agency, Person
from tiepdan.documents.rules import STATE_LABELS, State
from tiepdan.files.models import StoredFile
from tiepdan.kernel.due import DueRow


class Template(models.Model):
    """An office's own version of a built-in template. The newest accepted one of agency and kind is used."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("Loại văn bản", max_length=40)
    version = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("kind", "-version")
        constraints = (models.UniqueConstraint(fields=("agency", "kind", "version"), name="template_version_once"),)
        verbose_name = "mẫu văn bản"

    def __str__(self) -> str:
        return f"{self.kind} v{self.version}"


class Document(models.Model):
    """One official paper about one row (`about_*`), for one receiver (`part`: "" or "p12").

    `facts` is what the template was filled with: an issued paper keeps the names of its day.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField("Loại văn bản", max_length=40, db_index=True)
    about_kind = models.CharField(max_length=80)
    about_id = models.CharField(max_length=40)
    part = models.CharField(max_length=40, blank=True)
    title = models.CharField("Trích yếu", max_length=300)
    facts = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=list(STATE_LABELS.items()), default=State.DRAFT)
    number = models.PositiveIntegerField("Số", null=True, blank=True)
    symbol = models.CharField("Ký hiệu", max_length=60, blank=True)  # "TB-UBND"
    book = models.CharField("Sổ", max_length=40, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    dated = models.DateField("Ngày văn bản", null=True, blank=True)
    template = models.ForeignKey(Template, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    docx = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    pdf = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_edited = models.BooleanField("Đã sửa trong Word", default=False)
    differences = models.JSONField(default=list)  # between an uploaded Word file and the data
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("kind", "part", "-pk")
        verbose_name = "văn bản"
        indexes = (models.Index(fields=("about_kind", "about_id")),)
        constraints = (
            models.UniqueConstraint(
                fields=("agency", "book", "year", "number"),
                condition=Q(number__isnull=False),
                name="document_number_once_in_a_book_and_year",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.title}".strip()

    @property
    def code(self) -> str:
        """«05/TB-UBND»; empty while it has no number."""
        return f"{self.number:02d}/{self.symbol}" if self.number is not None else ""


class Signature(models.Model):
    """A digital signature found in an uploaded PDF, as checked on that day."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="signatures")
    signer = models.CharField(max_length=300)
    issuer = models.CharField(max_length=300, blank=True)
    serial = models.CharField(max_length=80, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    is_trusted = models.BooleanField(default=False)  # the chain ends at a root that this office trusts
    checked_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.signer


class Batch(DueRow):
    """A set of papers that the worker makes, with its progress."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    about_kind = models.CharField(max_length=80)
    about_id = models.CharField(max_length=40)
    wanted = models.JSONField(default=list)  # [[kind, part], …]
    done = models.PositiveSmallIntegerField(default=0)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    problems = models.JSONField(default=list)  # [[kind, part, sentence], …]

    class Meta:
        ordering = ("-created_at",)
        indexes = (models.Index(fields=("about_kind", "about_id")),)

    def __str__(self) -> str:
        return f"{self.about_kind} {self.about_id}: {self.done}/{len(self.wanted)}"
