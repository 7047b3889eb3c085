"""Agencies and people from Excel: `accounts` stands below this room, so its sheets are described here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms

from tiepdan.accounts.actions.agencies import add_agency
from tiepdan.accounts.actions.people import add_person, free_username
from tiepdan.accounts.forms.dress import DayField, DressedForm
from tiepdan.accounts.models import Agency, Person, Post, code_rule
from tiepdan.accounts.queries import require_valid, with_below
from tiepdan.accounts.rules import KIND_LABELS, ROLE_LABELS, Kind, Role
from tiepdan.kernel.refusals import Invalid, Refused
from tiepdan.kernel.text import fold
from tiepdan.sheets.importers import Column, Importer, RowForm

KINDS = {fold(label): kind for kind, label in KIND_LABELS.items()}
ROLES = {fold(label): role for role, label in ROLE_LABELS.items()}
UNKNOWN_AGENCY = "Mã cơ quan «{}» không có trong phạm vi quản trị của bạn."
SAME_NAME = (
    "Đã có «{}» tại cơ quan này. Nếu là cùng một người thì bỏ dòng này và giao thêm vai trò trên trang của người đó; "
    "nếu là người khác thì ghi tên đăng nhập riêng."
)


def one_of(text: str, known: Mapping[str, Any], labels: Sequence[str]) -> Any:
    """The value whose label was typed, with or without marks."""
    if fold(text) not in known:
        raise forms.ValidationError(f"«{text[:80]}» không đúng. Các giá trị được nhận: {', '.join(labels)}.")
    return known[fold(text)]


def counted(values: dict[str, Any], today: date) -> dict[str, Any]:
    """With the day on which the agency of a row must exist: its first day, and not before today."""
    first = values.get("valid_from")
    return {**values, "counts_from": max(first, today)} if first else values


class AgencyRow(DressedForm, RowForm):
    code = forms.CharField(label="Mã", max_length=40, validators=[code_rule])
    name = forms.CharField(label="Tên cơ quan", max_length=200)
    short_name = forms.CharField(label="Tên ngắn", max_length=80)
    kind = forms.CharField(label="Loại", max_length=80)
    parent = forms.CharField(label="Mã cơ quan cấp trên", max_length=40)
    phone = forms.CharField(label="Điện thoại", max_length=40, required=False)
    address = forms.CharField(label="Địa chỉ", max_length=300, required=False)
    valid_from = DayField("Hoạt động từ ngày")

    def clean_kind(self) -> Kind:
        kind: Kind = one_of(self.cleaned_data["kind"], KINDS, list(KIND_LABELS.values()))
        return kind

    def clean(self) -> dict[str, Any]:
        return counted(super().clean() or {}, self.today)


def governed_codes(agency: Agency) -> dict[str, Agency]:
    """Everything at or below the uploading agency, by its code."""
    return {one.code: one for one in Agency.objects.filter(pk__in=with_below([agency]))}


def ended(agency: Agency, on: date) -> list[str]:
    """Why nothing new comes into an agency on a day; nothing when it may."""
    try:
        require_valid(agency, on)
    except Refused as refused:
        return [refused.sentence]
    return []


def coded(code: str) -> Agency:
    """The agency of a row, whose place in the tree `check_all` has looked at just before.

    Raises:
        Invalid: there is none: its own line was wrong, and only the right ones are brought in.
    """
    found = Agency.objects.filter(code=code).first()
    if found is None:
        raise Invalid(f"Cơ quan có mã «{code}» chưa có.", code="no_agency")
    return found


def check_agencies(rows: Sequence[Mapping[str, Any]], agency: Agency) -> dict[int, list[str]]:
    """Codes that are taken or doubled, and parents that stand neither in the tree nor above in the sheet."""
    wrong: dict[int, list[str]] = defaultdict(list)
    governed = governed_codes(agency)
    parents = set(governed)
    taken = set(Agency.objects.filter(code__in=[row["code"] for row in rows]).values_list("code", flat=True))
    seen: set[str] = set()
    for at, row in enumerate(rows):
        if row["code"] in taken:
            wrong[at].append(f"Mã «{row['code']}» đã có cơ quan khác dùng.")
        if row["code"] in seen:
            wrong[at].append(f"Mã «{row['code']}» lặp lại trong bảng.")
        if row["parent"] not in parents | seen:
            wrong[at].append(f"Cơ quan cấp trên «{row['parent']}» chưa có. Đặt dòng của cơ quan cấp trên lên trước.")
        elif row["parent"] in governed:
            wrong[at] += ended(governed[row["parent"]], row["counts_from"])
        seen.add(row["code"])
    return wrong


def apply_agency(row: dict[str, Any], agency: Agency, by: Person, at: datetime) -> None:
    values = {name: value for name, value in row.items() if name != "counts_from"}
    add_agency(**{**values, "parent": coded(row["parent"])}, by=by, at=at)


AGENCIES = Importer(
    code="co-quan",
    title="Nhập danh sách cơ quan",
    columns=(
        Column("code", "Mã", True, "thanh-loc"),
        Column("name", "Tên cơ quan", True, "Ủy ban nhân dân xã Thanh Lộc", 40),
        Column("short_name", "Tên ngắn", True, "UBND xã Thanh Lộc"),
        Column("kind", "Loại", True, KIND_LABELS[Kind.COMMUNE]),
        Column("parent", "Mã cơ quan cấp trên", True, "minh-chau"),
        Column("valid_from", "Hoạt động từ ngày", True, "01/07/2025"),
        Column("phone", "Điện thoại", False, "0299 3822 101"),
        Column("address", "Địa chỉ", False, "Thôn 1, xã Thanh Lộc", 40),
    ),
    form_class=AgencyRow,
    apply=apply_agency,
    roles=frozenset({Role.ADMIN}),
    check_all=check_agencies,
    note="Cơ quan cấp trên phải có sẵn, hoặc đứng ở dòng trước trong bảng. Loại: "
    + ", ".join(f"«{label}»" for label in KIND_LABELS.values())
    + ".",
    leads_to="/quan-tri/co-quan/",
)


class PersonRow(DressedForm, RowForm):
    full_name = forms.CharField(label="Họ và tên", max_length=120)
    username = forms.CharField(label="Tên đăng nhập", max_length=60, validators=[code_rule], required=False)
    phone = forms.CharField(label="Điện thoại", max_length=40, required=False)
    email = forms.EmailField(
        label="Thư điện tử",
        required=False,
        max_length=254,
        error_messages={"invalid": "Địa chỉ thư điện tử chưa đúng."},
    )
    office = forms.CharField(label="Mã cơ quan", max_length=40)
    role = forms.CharField(label="Vai trò", max_length=80)
    title = forms.CharField(label="Chức vụ", max_length=120, required=False)
    valid_from = DayField("Từ ngày")
    valid_to = DayField("Đến hết ngày", required=False)

    def clean_role(self) -> Role:
        role: Role = one_of(self.cleaned_data["role"], ROLES, list(ROLE_LABELS.values()))
        return role

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, last = values.get("valid_from"), values.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", "Ngày kết thúc phải sau ngày bắt đầu.")
        return counted(values, self.today)


def check_people(rows: Sequence[Mapping[str, Any]], agency: Agency) -> dict[int, list[str]]:
    wrong: dict[int, list[str]] = defaultdict(list)
    offices = governed_codes(agency)
    names = [row["username"] for row in rows if row["username"]]
    taken = set(Person.objects.filter(username__in=names).values_list("username", flat=True))
    seen: set[str] = set()
    nameless = {fold(row["full_name"]) for row in rows if not row["username"]}
    here = _names_in(offices.values(), nameless)
    for at, row in enumerate(rows):
        if row["office"] not in offices:
            wrong[at].append(UNKNOWN_AGENCY.format(row["office"]))
        else:
            wrong[at] += ended(offices[row["office"]], row["counts_from"])
        if not row["username"]:
            known = (row["office"], fold(row["full_name"]))
            if known in here:
                wrong[at].append(SAME_NAME.format(row["full_name"]))
            here.add(known)
            continue
        if row["username"] in taken:
            wrong[at].append(f"Tên đăng nhập «{row['username']}» đã có người dùng.")
        if row["username"] in seen:
            wrong[at].append(f"Tên đăng nhập «{row['username']}» lặp lại trong bảng.")
        seen.add(row["username"])
    return wrong


def _names_in(offices: Iterable[Agency], names: set[str]) -> set[tuple[str, str]]:
    """(code of the agency, folded name) of those who have a post there and one of the names."""
    posts = Post.objects.filter(agency__in=list(offices), person__is_active=True).order_by()
    pairs = posts.values_list("agency__code", "person__full_name").distinct().iterator()
    return {(code, fold(name)) for code, name in pairs if fold(name) in names}


def apply_person(row: dict[str, Any], agency: Agency, by: Person, at: datetime) -> None:
    values = {name: value for name, value in row.items() if name not in ("office", "counts_from")}
    values["username"] = values["username"] or free_username(values["full_name"])
    values["agency"] = coded(row["office"])
    add_person(**values, with_password=False, by=by, at=at)


PEOPLE = Importer(
    code="nguoi-dung",
    title="Nhập danh sách người dùng",
    columns=(
        Column("full_name", "Họ và tên", True, "Nguyễn Thị Minh", 30),
        Column("username", "Tên đăng nhập", False, "nguyen-thi-minh"),
        Column("office", "Mã cơ quan", True, "thanh-loc"),
        Column("role", "Vai trò", True, ROLE_LABELS[Role.CLERK]),
        Column("title", "Chức vụ", False, "Chuyên viên"),
        Column("valid_from", "Từ ngày", True, "01/07/2026"),
        Column("valid_to", "Đến hết ngày"),
        Column("phone", "Điện thoại", False, "0299 3822 101"),
        Column("email", "Thư điện tử", False, "minh@thanhloc.example"),
    ),
    form_class=PersonRow,
    apply=apply_person,
    roles=frozenset({Role.ADMIN}),
    check_all=check_people,
    note="Mỗi người một dòng, một vai trò; vai trò khác giao thêm trên trang của người đó. Mật khẩu được cấp từng "
    "người bằng nút «Cấp lại mật khẩu». Vai trò: " + ", ".join(f"«{label}»" for label in ROLE_LABELS.values()) + ".",
    leads_to="/quan-tri/nguoi-dung/",
)
