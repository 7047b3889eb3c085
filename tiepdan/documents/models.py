"""Official papers: templates that an office edits in Word, papers made from them, signatures, sets in the making."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tiepdan.accounts.models import Agency, Person
from tiepdan.documents.kinds import kind_of
from tiepdan.documents.rules import STATE_LABELS, State
from tiepdan.files.models import StoredFile
from tiepdan.kernel.due import DueRow
from tiepdan.kernel.text import masked_name


class Letterhead(models.Model):
    """What stands at the head and the foot of an agency's papers. Empty fields take what the agency's name suggests."""

    agency = models.OneToOneField(Agency, on_delete=models.PROTECT, related_name="+")
    above = models.CharField("Cơ quan chủ quản", max_length=200, blank=True)
    name = models.CharField("Tên cơ quan ở đầu trang", max_length=300, blank=True)  # lines, as they are to break
    place = models.CharField("Địa danh", max_length=80, blank=True)
    suffix = models.CharField("Chữ viết tắt trong ký hiệu", max_length=40, blank=True)
    authority = models.CharField("Quyền hạn ký", max_length=200, blank=True)  # lines: "TM. ỦY BAN NHÂN DÂN"
    title = models.CharField("Chức vụ người ký", max_length=200, blank=True)
    signer = models.CharField("Họ và tên người ký", max_length=120, blank=True)
    receivers = models.TextField("Nơi nhận", blank=True)  # lines, without the last one («Lưu: …»)
    unit = models.CharField("Đơn vị soạn thảo", max_length=40, blank=True)  # «Lưu: VT, TCD.»
    one_book = models.BooleanField("Đánh số chung một sổ", default=False)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "phần đầu và phần ký của văn bản"

    def __str__(self) -> str:
        return f"Phần đầu văn bản của {self.agency}"


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
        return f"{kind_of(self.kind).label}, phiên bản {self.version}"


class Document(DueRow):
    """One official paper about one row (`about_*`), for one receiver (`part`: "" or "p12").

    `facts` is what the template was filled with: an issued paper keeps the names of its day. The row is due while
    its PDF is to be made.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField("Loại văn bản", max_length=40, db_index=True)
    about_kind = models.CharField(max_length=80)
    about_id = models.CharField(max_length=40)
    part = models.CharField(max_length=40, blank=True)
    title = models.CharField("Trích yếu", max_length=300)  # no names of citizens: it goes into the log
    receiver = models.CharField("Gửi", max_length=200, blank=True)
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
    pdf_problem = models.CharField(max_length=300, blank=True)  # why the last try made no PDF
    signed = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_edited = models.BooleanField("Đã sửa trong Word", default=False)
    differences = models.JSONField(default=list)  # [[before, after], …]: words changed in Word outside the data
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
        return f"{self.code} {kind_of(self.kind).label}: {self.title}".strip()

    @property
    def label(self) -> str:
        return kind_of(self.kind).label

    @property
    def is_numbered(self) -> bool:
        return kind_of(self.kind).is_numbered

    @property
    def shown_receiver(self) -> str:
        """As lists and pages show it: of a citizen the initials."""
        kind = kind_of(self.kind)
        field = kind.field(kind.receiver)
        return masked_name(self.receiver) if field is not None and field.is_name else self.receiver

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
    papers = models.JSONField(default=list)  # ids of the papers made so far
    done = models.PositiveSmallIntegerField(default=0)  # entries of `wanted` dealt with, in order
    converted = models.PositiveSmallIntegerField(default=0)  # papers whose PDF stands
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

    @property
    def is_running(self) -> bool:
        return self.finished_at is None and self.cancelled_at is None

    @property
    def steps(self) -> int:
        """Two for each paper: the Word file and the PDF."""
        return 2 * len(self.wanted)

    @property
    def steps_done(self) -> int:
        return int(self.done) + int(self.converted)

    @property
    def said_problems(self) -> list[str]:
        """«Giấy mời (p12): …»"""
        return [
            f"{kind_of(kind).label}{f' ({part})' if part else ''}: {sentence}" if kind else sentence
            for kind, part, sentence in self.problems
        ]
