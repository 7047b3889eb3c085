"""Halls from Excel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms

from tiepdan.accounts.forms.dress import DressedForm
from tiepdan.accounts.models import Agency, Person, code_rule
from tiepdan.accounts.rules import Role
from tiepdan.points.actions import add_point
from tiepdan.points.models import Point
from tiepdan.sheets.importers import Column, Importer, RowForm
from tiepdan.sheets.office import coded, governed_codes


class PointRow(DressedForm, RowForm):
    office = forms.CharField(label="Mã cơ quan", max_length=40)
    name = forms.CharField(label="Tên điểm cầu", max_length=200)
    slug = forms.CharField(label="Tên đăng nhập", max_length=60, validators=[code_rule])
    address = forms.CharField(label="Địa chỉ", max_length=300, required=False)
    contact_name = forms.CharField(label="Người vận hành", max_length=200, required=False)
    phone = forms.CharField(label="Điện thoại", max_length=40, required=False)


def check_points(rows: Sequence[Mapping[str, Any]], agency: Agency) -> dict[int, list[str]]:
    wrong: dict[int, list[str]] = defaultdict(list)
    offices = governed_codes(agency)
    slugs = [row["slug"] for row in rows]
    taken = set(Point.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    seen: set[str] = set()
    for at, row in enumerate(rows):
        if row["office"] not in offices:
            wrong[at].append(f"Mã cơ quan «{row['office']}» không có trong phạm vi của bạn.")
        if row["slug"] in taken:
            wrong[at].append(f"Tên đăng nhập «{row['slug']}» đã có điểm cầu dùng.")
        if row["slug"] in seen:
            wrong[at].append(f"Tên đăng nhập «{row['slug']}» lặp lại trong bảng.")
        seen.add(row["slug"])
    return wrong


def apply_point(row: dict[str, Any], agency: Agency, by: Person, at: datetime) -> None:
    values = {name: value for name, value in row.items() if name != "office"}
    add_point(**values, agency=coded(row["office"]), by=by, at=at)


POINTS = Importer(
    code="diem-cau",
    title="Nhập danh sách điểm cầu",
    columns=(
        Column("office", "Mã cơ quan", True, "thanh-loc"),
        Column("name", "Tên điểm cầu", True, "Xã Thanh Lộc", 30),
        Column("slug", "Tên đăng nhập", True, "xa-thanh-loc"),
        Column("address", "Địa chỉ", False, "Trụ sở UBND xã Thanh Lộc", 40),
        Column("contact_name", "Người vận hành", False, "Cao Thị Nhàn", 26),
        Column("phone", "Điện thoại", False, "0299 3822 101"),
    ),
    form_class=PointRow,
    apply=apply_point,
    roles=frozenset({Role.TECHNICIAN, Role.ADMIN}),
    check_all=check_points,
    note="Mỗi điểm cầu một dòng. Tên đăng nhập là chữ thường không dấu, không trùng với điểm cầu khác.",
    leads_to="/diem-cau/",
)
