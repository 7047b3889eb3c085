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
from tiepdan.cases.models import Petitioner
from tiepdan.cases.rules import FIELDS, KIND_LABELS, Paper
from tiepdan.cases.rules.identity import names_in, paper_problems, tidy_number
from tiepdan.kernel.text import fold
from tiepdan.sheets.importers import Column, Importer, RowForm

KINDS = {fold(label): kind for kind, label in KIND_LABELS.items()}
BY_FIELD = {fold(one): one for one in FIELDS}
TWICE = "Cùng số giấy tờ và cùng tóm tắt với dòng trước trong bảng."
KNOWN = "Đã có vụ việc {} cùng số giấy tờ và cùng tóm tắt. Hãy bỏ dòng này."
CITIZEN_DIGITS = 12
ZERO_LOST = " Excel bỏ số 0 ở đầu khi ô là số: hãy đặt ô là văn bản (Text) rồi nhập lại."


def _whole(label: str, least: int, most: int) -> forms.IntegerField:
    wrong = f"Hãy ghi số nguyên từ {least} đến {most}."
    messages = {"invalid": wrong, "min_value": wrong, "max_value": wrong}
    return forms.IntegerField(label=label, required=False, min_value=least, max_value=most, error_messages=messages)


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
    people_count = _whole("Số người", 1, 100_000)
    since_year = _whole("Phát sinh từ năm", 1945, 2100)
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
            is_short = name == "paper_number" and number.isdecimal() and len(number) < CITIZEN_DIGITS
            self.add_error(name, sentence + (ZERO_LOST if is_short else ""))
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
    """The same case entered twice in one sheet, or brought in before."""
    wrong: dict[int, list[str]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    known = _known(agency, {row["paper_number"] for row in rows if row["paper_number"]})
    for at, row in enumerate(rows):
        key = (row["paper_number"], fold(row["summary"]))
        if row["paper_number"] and key in seen:
            wrong[at].append(TWICE)
        if key in known:
            wrong[at].append(KNOWN.format(known[key]))
        seen.add(key)
    return wrong


def _known(agency: Agency, numbers: set[str]) -> dict[tuple[str, str], str]:
    """Code by number and folded summary; nothing tells that a denouncer whose name is protected has a case."""
    people = Petitioner.objects.filter(case__agency=agency, case__is_protected=False, is_main=True)
    rows = people.filter(paper_number__in=numbers).values_list("paper_number", "case__summary", "case__code")
    return {(number, fold(summary)): code for number, summary, code in rows}


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
