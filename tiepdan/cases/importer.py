"""Cases from Excel: the book of an office that kept it in a sheet so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms

from tiepdan.accounts.forms.dress import DayField, DressedForm
from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.queries import valid_on
from tiepdan.accounts.rules import Kind as AgencyKind
from tiepdan.accounts.rules import Role
from tiepdan.cases.actions.common import NAMED
from tiepdan.cases.actions.intake import CaseFacts, receive
from tiepdan.cases.actions.people import PersonFacts
from tiepdan.cases.rules import FIELDS, KIND_LABELS, Paper
from tiepdan.cases.rules.identity import names_in, paper_problems, tidy_number
from tiepdan.kernel.text import fold
from tiepdan.sheets.importers import Column, Importer, RowForm

KINDS = {fold(label): kind for kind, label in KIND_LABELS.items()}
BY_FIELD = {fold(one): one for one in FIELDS}
TWICE = "Cùng số giấy tờ và cùng tóm tắt với dòng trước trong bảng."


class CaseRow(DressedForm, RowForm):
    kind = forms.CharField(label="Loại", max_length=40)
    field = forms.CharField(label="Lĩnh vực", required=False, max_length=80)
    received_on = DayField("Ngày tiếp nhận")
    summary = forms.CharField(label="Tóm tắt", max_length=300)
    content = forms.CharField(label="Nội dung", required=False, max_length=20000)
    full_name = forms.CharField(label="Họ tên", max_length=200)
    address = forms.CharField(label="Địa chỉ", max_length=300)
    paper_number = forms.CharField(label="Số căn cước, số định danh, hộ chiếu", required=False, max_length=40)
    paper_missing_reason = forms.CharField(label="Lý do bổ sung sau", required=False, max_length=300)
    phone = forms.CharField(label="Điện thoại", required=False, max_length=40)
    people_count = forms.IntegerField(label="Số người", required=False, min_value=1, max_value=100_000)
    since_year = forms.IntegerField(label="Phát sinh từ năm", required=False, min_value=1945, max_value=2100)
    place = forms.CharField(label="Xã, phường", required=False, max_length=200)

    def clean_kind(self) -> str:
        return _one_of(self.cleaned_data["kind"], KINDS, list(KIND_LABELS.values()))

    def clean_field(self) -> str:
        text: str = self.cleaned_data["field"]
        return _one_of(text, BY_FIELD, list(FIELDS)) if text else ""

    def clean_received_on(self) -> Any:
        day = self.cleaned_data["received_on"]
        if day > self.today:
            raise forms.ValidationError("Ngày tiếp nhận không được sau hôm nay.")
        return day

    def clean_paper_number(self) -> str:
        return tidy_number(self.cleaned_data["paper_number"])

    def clean_place(self) -> Agency | None:
        text = fold(self.cleaned_data["place"])
        if not text:
            return None
        rows = Agency.objects.filter(valid_on(self.today), kind=AgencyKind.COMMUNE)
        found = [one for one in rows if text in (fold(one.name), fold(one.short_name), one.code)]
        if len(found) != 1:
            raise forms.ValidationError("Không có xã, phường này, hoặc có nhiều nơi trùng tên. Hãy ghi tên đầy đủ.")
        return found[0]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        number, reason = values.get("paper_number", ""), values.get("paper_missing_reason", "")
        values["paper"] = paper_of(number, reason)
        for name, sentence in paper_problems(values["paper"], number, reason).items():
            self.add_error(name, sentence)
        if names_in(fold(values.get("summary", "")), [fold(values.get("full_name", ""))], [number]):
            self.add_error("summary", NAMED)
        return values


def paper_of(number: str, reason: str) -> str:
    """The kind of paper, told by the look of its number."""
    if not number:
        return Paper.LATER if reason.strip() else Paper.CITIZEN_ID
    return Paper.PASSPORT if number[:1].isalpha() else Paper.CITIZEN_ID


def _one_of(text: str, known: Mapping[str, str], labels: Sequence[str]) -> str:
    if fold(text) not in known:
        raise forms.ValidationError(f"«{text[:80]}» không đúng. Các giá trị được nhận: {', '.join(labels)}.")
    return known[fold(text)]


def check_all(rows: Sequence[Mapping[str, Any]], agency: Agency) -> dict[int, list[str]]:
    """The same case entered twice in one sheet."""
    wrong: dict[int, list[str]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    for at, row in enumerate(rows):
        key = (row["paper_number"], fold(row["summary"]))
        if row["paper_number"] and key in seen:
            wrong[at].append(TWICE)
        seen.add(key)
    return wrong


def apply(row: dict[str, Any], agency: Agency, by: Person, at: datetime) -> None:
    case = CaseFacts(
        kind=row["kind"],
        field=row["field"],
        summary=row["summary"],
        content=row["content"],
        received_on=row["received_on"],
        people_count=row["people_count"] or 1,
        since_year=row["since_year"],
        place=row["place"],
    )
    who = PersonFacts(
        full_name=row["full_name"],
        address=row["address"],
        paper=row["paper"],
        paper_number=row["paper_number"],
        paper_missing_reason=row["paper_missing_reason"],
        phone=row["phone"],
    )
    receive(agency, case, who, is_import=True, by=by, at=at)


CASES = Importer(
    code="vu-viec",
    title="Nhập danh sách vụ việc",
    columns=(
        Column("kind", "Loại", True, KIND_LABELS["complaint"]),
        Column("field", "Lĩnh vực", False, FIELDS[0]),
        Column("received_on", "Ngày tiếp nhận", True, "01/12/2026"),
        Column("summary", "Tóm tắt", True, "Khiếu nại về bồi thường khi thu hồi đất", 50),
        Column("content", "Nội dung", False, "Đề nghị xem xét lại đơn giá bồi thường.", 50),
        Column("full_name", "Họ tên", True, "Nguyễn Thị Mẫu"),
        Column("address", "Địa chỉ", True, "Thôn 3, xã Thanh Lộc", 40),
        Column("paper_number", "Số căn cước, số định danh, hộ chiếu", False, "036185001234"),
        Column("paper_missing_reason", "Lý do bổ sung sau", False, ""),
        Column("phone", "Điện thoại", False, "0912 345 678"),
        Column("people_count", "Số người", False, "1"),
        Column("since_year", "Phát sinh từ năm", False, "2023"),
        Column("place", "Xã, phường", False, "Ủy ban nhân dân xã Thanh Lộc", 30),
    ),
    form_class=CaseRow,
    apply=apply,
    roles=frozenset({Role.CLERK}),
    check_all=check_all,
    note="Tóm tắt không ghi tên hay số giấy tờ của công dân. Loại: "
    + ", ".join(f"«{label}»" for label in KIND_LABELS.values())
    + ". Chưa có số giấy tờ thì phải ghi lý do bổ sung sau (Điều 12 NĐ 154/2026).",
    leads_to="/vu-viec/",
)
