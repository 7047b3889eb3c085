"""A case: who came, what about, what they handed in, what was decided and why."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import models
from django.db.models import Q
from django.utils.timezone import make_aware

from tiepdan.accounts.models import Agency, Person
from tiepdan.cases import models_desk  # noqa: F401 – Django looks for models here
from tiepdan.cases.rules import (
    CONDITION_LABELS,
    ITEM_LABELS,
    KIND_LABELS,
    PAPER_LABELS,
    REFUSAL_LABELS,
    STANDING_LABELS,
    STATE_LABELS,
    Condition,
    ItemKind,
    Kind,
    Paper,
    RefusalState,
    Standing,
    State,
)
from tiepdan.cases.rules.screening import CANDIDATE_FIELDS
from tiepdan.documents.models import Document
from tiepdan.files.models import StoredFile


class Case(models.Model):
    """One matter of one petitioner or group (vụ việc). Its state moves only through `kernel.rows.move`."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="cases", verbose_name="Cơ quan")
    code = models.SlugField("Số", max_length=40, unique=True)  # VV-2026-0041
    kind = models.CharField("Loại", max_length=16, choices=list(KIND_LABELS.items()), default=Kind.COMPLAINT)
    field = models.CharField("Lĩnh vực", max_length=80, blank=True)  # «Đất đai», «Chế độ, chính sách»
    summary = models.CharField("Tóm tắt", max_length=300)
    content = models.TextField("Nội dung", blank=True)
    is_spoken = models.BooleanField("Ghi lời trình bày", default=False)  # no written petition: read back and signed
    confirmed_how = models.CharField("Xác nhận lời trình bày", max_length=12, blank=True)  # "signed", "fingerprint"
    received_on = models.DateField("Ngày tiếp nhận")
    place = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Xã, phường"
    )
    people_count = models.PositiveIntegerField("Số người", default=1)
    since_year = models.PositiveSmallIntegerField("Phát sinh từ năm", null=True, blank=True)
    agencies_count = models.PositiveSmallIntegerField("Số cơ quan liên quan", default=1)
    is_remote = models.BooleanField("Vùng sâu, vùng xa, đặc biệt khó khăn", default=False)
    is_policy = models.BooleanField("Đối tượng chính sách", default=False)
    is_frail = models.BooleanField("Người già yếu, người khuyết tật", default=False)
    wishes_online = models.BooleanField("Có nguyện vọng tiếp trực tuyến", default=False)
    wished_place = models.CharField("Nơi muốn tham dự", max_length=200, blank=True)
    language = models.CharField("Phiên dịch", max_length=80, blank=True)  # language of the interpreter; empty: none
    access_needs = models.CharField("Hỗ trợ khi tham dự", max_length=300, blank=True)
    is_protected = models.BooleanField("Người tố cáo yêu cầu bảo vệ danh tính", default=False)
    advising_agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Cơ quan tham mưu"
    )
    officer = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name="Cán bộ phụ trách",
        db_index=False,
    )
    competence = models.CharField("Thẩm quyền", max_length=12, blank=True)  # code of `law.handling`
    handling = models.CharField("Hướng xử lý", max_length=24, blank=True)  # code of `law` handling table
    split_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts", db_index=False
    )
    receptions_before = models.PositiveSmallIntegerField("Số lần đã tiếp", default=0)
    lookup_code = models.CharField("Mã tra cứu", max_length=16, unique=True)
    state = models.CharField(max_length=12, choices=list(STATE_LABELS.items()), default=State.RECEIVED)
    state_since = models.DateTimeField()
    answered_at = models.DateTimeField("Đã trả lời công dân", null=True, blank=True)  # stops the clock of Điều 28
    answer_note = models.CharField(max_length=500, blank=True)
    next_due = models.DateField("Hạn gần nhất", null=True, blank=True)  # derived, for the list; the page computes
    search = models.TextField(default="", editable=False)  # folded words of the case and its people
    missing_note = models.CharField("Nội dung cần bổ sung", max_length=500, blank=True)  # what `ask` asked for
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    edited_at = models.DateTimeField()  # of the facts, not of the state: of two people who edit, one is told
    edited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-received_on", "-pk")
        verbose_name = "vụ việc"
        indexes = (
            models.Index(fields=("agency", "state", "-received_on")),
            # With the words: the list is searched in the index alone, the long texts stay unread.
            models.Index(fields=("agency", "-received_on", "-id", "search")),
            models.Index(fields=("-received_on", "-id", "search")),
            # Most cases have neither: an index over all of them would tell the database that it finds little.
            models.Index(
                name="case_of_officer",
                fields=("officer", "-received_on", "-id"),
                condition=Q(officer__isnull=False),
            ),
            models.Index(name="case_split_from", fields=("split_from",), condition=Q(split_from__isnull=False)),
            # What waits for somebody, the earliest date first: «Việc của tôi» stops after the first few.
            models.Index(name="case_waiting", fields=("agency", "state", "next_due", "id", "officer")),
            models.Index(
                name="case_due",
                fields=("agency", "next_due", "id", "officer"),
                condition=Q(next_due__isnull=False),
            ),
            # Candidates for an online reception: who fits depends on the year, so all that wait are looked through, in
            # the index alone. The state stands first, so that it serves one agency, some and all.
            models.Index(name="case_candidates", fields=CANDIDATE_FIELDS),
        )

    def __str__(self) -> str:
        return f"{self.code} · {self.summary}"


class Petitioner(models.Model):
    """Somebody of a case: the petitioner, one of a group, or who speaks for them. Personal data: shown masked."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="petitioners")
    full_name = models.CharField("Họ tên", max_length=200)
    address = models.CharField("Địa chỉ", max_length=300, blank=True)
    paper = models.CharField("Giấy tờ", max_length=16, choices=list(PAPER_LABELS.items()), default=Paper.CITIZEN_ID)
    paper_number = models.CharField("Số giấy tờ", max_length=40, blank=True)
    paper_issued_on = models.DateField("Ngày cấp", null=True, blank=True)
    paper_issued_by = models.CharField("Nơi cấp", max_length=200, blank=True)
    paper_missing_reason = models.CharField("Lý do bổ sung sau", max_length=300, blank=True)
    standing = models.CharField("Tư cách", max_length=16, choices=list(STANDING_LABELS.items()), default=Standing.SELF)
    proof = models.CharField(
        "Giấy tờ chứng minh tư cách", max_length=300, blank=True
    )  # the authorization, the request for legal help, the assignment
    card = models.CharField("Số thẻ luật sư, thẻ trợ giúp viên", max_length=80, blank=True)  # khoản 3 Điều 13
    phone = models.CharField("Điện thoại", max_length=40, blank=True)
    email = models.EmailField("Thư điện tử", blank=True)
    is_main = models.BooleanField("Người đứng đơn", default=False)
    is_representative = models.BooleanField("Đại diện cho đoàn", default=False)  # Điều 29 Luật Tiếp công dân
    search = models.CharField(max_length=200, default="", editable=False)  # folded name, for duplicates
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("-is_main", "order", "pk")
        indexes = (models.Index(fields=("paper_number",)), models.Index(fields=("search",)))
        constraints = (
            models.UniqueConstraint(fields=("case",), condition=Q(is_main=True), name="one_main_petitioner"),
        )

    def __str__(self) -> str:
        return self.full_name


class Handled(models.Model):
    """An earlier handling of the matter (quá trình đã giải quyết)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="history")
    agency_name = models.CharField("Cơ quan đã giải quyết", max_length=200)
    paper = models.CharField("Số văn bản", max_length=80, blank=True)
    day = models.DateField("Ngày", null=True, blank=True)
    result = models.CharField("Kết quả", max_length=300, blank=True)
    is_exhausted = models.BooleanField("Đã hết thẩm quyền", default=False)

    class Meta:
        ordering = ("day", "pk")

    def __str__(self) -> str:
        return f"{self.agency_name} {self.paper}".strip()


class Receipt(models.Model):
    """A receipt 02/TCD for papers taken from somebody; corrected only by a new one that replaces it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="receipts")
    giver = models.ForeignKey(Petitioner, on_delete=models.PROTECT, related_name="receipts")
    number = models.PositiveSmallIntegerField("Số")  # 1, 2, 3 … within the case
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    place = models.CharField("Tại", max_length=200)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-made_at",)
        constraints = (models.UniqueConstraint(fields=("case", "number"), name="receipt_number_once"),)

    def __str__(self) -> str:
        return f"Giấy biên nhận số {self.number:02d} ({self.case.code})"


class Item(models.Model):
    """A paper of the dossier, on paper or as a file."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="items")
    kind = models.CharField("Loại", max_length=16, choices=list(ITEM_LABELS.items()), default=ItemKind.EVIDENCE)
    title = models.CharField("Tên tài liệu", max_length=300)
    pages = models.PositiveSmallIntegerField("Số trang", null=True, blank=True)
    condition = models.CharField(
        "Tình trạng", max_length=12, choices=list(CONDITION_LABELS.items()), default=Condition.COPY
    )
    is_from_citizen = models.BooleanField("Công dân cung cấp", default=True)
    from_agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Cơ quan gửi"
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, null=True, blank=True, related_name="items")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)  # entered by mistake; stays readable in the log

    class Meta:
        ordering = ("pk",)
        indexes = (
            models.Index(
                name="item_without_receipt",
                fields=("case",),
                condition=Q(is_from_citizen=True, receipt__isnull=True, removed_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return self.title


class Share(models.Model):
    """Papers of a dossier that another agency may read until a day."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="shares")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="shared_cases")
    items = models.ManyToManyField(Item, blank=True, related_name="shares")
    until = models.DateField("Đến hết ngày")
    note = models.CharField("Đề nghị", max_length=500, blank=True)
    shared_at = models.DateTimeField()
    shared_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField("Cơ quan nhận mở lần đầu", null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-shared_at",)

    def __str__(self) -> str:
        return f"{self.case.code} → {self.agency}"


class Screening(models.Model):
    """The clerk's draft beside the ticked grounds, until it is put before the head."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="screening")
    profile = models.CharField("Bộ quy tắc", max_length=40)
    security = models.TextField("Điều kiện bảo mật", blank=True)  # how secrecy is kept; empty: not confirmed
    consent = models.CharField("Văn bản đồng ý của UBND tỉnh", max_length=200, blank=True)  # asked by the pilot
    note = models.TextField("Ý kiến của cán bộ", blank=True)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.case.code} {self.profile}"


class ChosenGround(models.Model):
    """A ground of the profile that the clerk ticked, with the reason in this case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="grounds")
    code = models.CharField(max_length=24)  # "nd154.a"
    reason = models.TextField("Lý do")

    class Meta:
        ordering = ("code",)
        constraints = (models.UniqueConstraint(fields=("case", "code"), name="ground_once"),)

    def __str__(self) -> str:
        return self.code


class Submission(models.Model):
    """What was put before the head, frozen, and what the head decided."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="submissions")
    profile = models.CharField(max_length=40)
    grounds = models.JSONField(default=list)  # [{code, text, article, reason, evidence: [title]}]
    security = models.TextField("Điều kiện bảo mật", blank=True)
    consent = models.CharField("Văn bản đồng ý của UBND tỉnh", max_length=200, blank=True)
    note = models.TextField("Ý kiến của cán bộ", blank=True)
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.CharField(max_length=12, blank=True)  # step of CASE: approve, return, decline, withdraw
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    on_behalf_of = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decision_note = models.TextField(blank=True)

    class Meta:
        ordering = ("-submitted_at",)
        indexes = (models.Index(name="submission_waiting", fields=("case",), condition=Q(decision="")),)

    def __str__(self) -> str:
        return f"{self.case.code} {self.submitted_at:%d/%m/%Y}"


class Refusal(models.Model):
    """A refusal to receive, on one ground of the closed list (Điều 9 Luật Tiếp công dân, Điều 4 NĐ 154/2026)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="refusals")
    code = models.CharField(max_length=8)  # "L9.3"
    reason = models.TextField("Sự việc cụ thể")
    said = models.TextField("Lời đã giải thích", blank=True)
    basis = models.CharField("Căn cứ in trên thông báo", max_length=300, blank=True)
    proofs = models.ManyToManyField(Item, blank=True, related_name="+")
    earlier = models.CharField("Lần tiếp, giải thích trước", max_length=300, blank=True)  # when, where, by whom
    grounds_on = models.DateField("Ngày có đủ căn cứ")  # the three working days count from here
    due_on = models.DateField(null=True, blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=12, choices=list(REFUSAL_LABELS.items()), default=RefusalState.DRAFT)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    # Of the words, not of the state: of two people who write at the draft, one is told.
    edited_at = models.DateTimeField(null=True, blank=True)
    edited_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    on_behalf_of = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decision_note = models.TextField(blank=True)

    class Meta:
        ordering = ("-made_at",)
        indexes = (models.Index(name="refusal_waiting", fields=("state", "due_on", "id"), condition=~Q(state="done")),)

    def __str__(self) -> str:
        return f"{self.case.code} {self.code}"


class Handing(models.Model):
    """What was done with a case that is not received online: guided, transferred, answered."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="handings")
    kind = models.CharField(max_length=12)  # "guide", "transfer", "answer"
    to_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    to_name = models.CharField("Cơ quan", max_length=200, blank=True)
    paper = models.CharField("Số văn bản", max_length=80, blank=True)
    note = models.TextField("Nội dung", blank=True)
    outcome = models.CharField("Nội dung trả lời", max_length=12, blank=True)  # of an answer: `law.handling`
    wants_result = models.BooleanField("Công dân yêu cầu báo kết quả", default=False)  # khoản 2 Điều 28
    resolved_on = models.DateField("Ngày vụ việc được giải quyết", null=True, blank=True)  # by who received it
    feedback_due = models.DateField(null=True, blank=True)  # seven working days later (khoản 2 Điều 27)
    feedback_on = models.DateField("Ngày nhận thông báo kết quả", null=True, blank=True)
    result = models.CharField("Kết quả", max_length=300, blank=True)
    citizen_due = models.DateField(null=True, blank=True)  # five working days later (khoản 2 Điều 28)
    told_on = models.DateField("Ngày báo công dân", null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-made_at",)
        indexes = (
            models.Index(name="transfer_waiting", fields=("case",), condition=Q(kind="transfer", told_on__isnull=True)),
            models.Index(
                name="transfer_result",
                fields=("citizen_due", "id"),
                condition=Q(citizen_due__isnull=False, told_on__isnull=True),
            ),
            models.Index(
                name="transfer_feedback",
                fields=("feedback_due", "id"),
                condition=Q(feedback_due__isnull=False, feedback_on__isnull=True, told_on__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.case.code} {self.kind}"

    @property
    def feedback_moment(self) -> datetime | None:
        return _noon(self.feedback_on)

    @property
    def told_moment(self) -> datetime | None:
        return _noon(self.told_on)


def _noon(day: date | None) -> datetime | None:
    """A day of the paper as a moment within it, for the chips of deadlines."""
    return make_aware(datetime.combine(day, time(12))) if day else None
