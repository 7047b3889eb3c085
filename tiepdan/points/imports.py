"""Halls from Excel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tiepdan.accounts.models import Agency, Person, code_rule
from tiepdan.accounts.rules import Role
from tiepdan.kernel.text import fold
from tiepdan.points.actions import HallFacts, add_point
from tiepdan.points.forms.hall import UPS, TypedForm
from tiepdan.points.models import Point
from tiepdan.points.rules import BACKUP_LABELS, LEVEL_LABELS, LINE_LABELS, TAKEN_NAMES, Level, Line
from tiepdan.sheets.importers import Column, Importer, RowForm
from tiepdan.sheets.office import coded, governed_codes


class WordField(forms.CharField):
    """«Mạng TSLCD» becomes its code; capital letters and accents make no difference. Empty: nobody has told."""

    def __init__(self, label: str, labels: Mapping[str, str]) -> None:
        super().__init__(label=label, required=False, max_length=60)
        self.codes = {fold(word): code for code, word in labels.items()}
        self.wrong = f"Ghi một trong các chữ: {', '.join(f'«{word}»' for word in labels.values())}, hoặc để trống."

    def clean(self, value: Any) -> str:
        word = super().clean(value)
        if not word:
            return ""
        if fold(word) not in self.codes:
            raise ValidationError(self.wrong)
        return str(self.codes[fold(word)])


class PointRow(TypedForm, RowForm):
    """The register's own fields; what may be chosen is written in the words that the screen shows."""

    office = forms.CharField(label="Mã cơ quan", max_length=40)
    slug = forms.CharField(label="Tên đăng nhập", max_length=60, validators=[code_rule])
    level = WordField("Cấp", LEVEL_LABELS)
    line = WordField("Đường truyền", LINE_LABELS)
    backup_line = WordField("Đường truyền dự phòng", BACKUP_LABELS)
    has_ups = WordField("Bộ lưu điện", {"yes": "Có", "no": "Không có"})


def check_points(rows: Sequence[Mapping[str, Any]], agency: Agency) -> dict[int, list[str]]:
    wrong: dict[int, list[str]] = defaultdict(list)
    offices = governed_codes(agency)
    slugs = [row["slug"] for row in rows]
    taken = set(Point.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    seen: set[str] = set()
    for at, row in enumerate(rows):
        if row["office"] not in offices:
            wrong[at].append(f"Mã cơ quan «{row['office']}» không có trong phạm vi của bạn.")
        if row["slug"] in TAKEN_NAMES:
            wrong[at].append(f"Hệ thống dùng riêng chữ «{row['slug']}».")
        if row["slug"] in taken:
            wrong[at].append(f"Tên đăng nhập «{row['slug']}» đã có điểm cầu dùng.")
        if row["slug"] in seen:
            wrong[at].append(f"Tên đăng nhập «{row['slug']}» lặp lại trong bảng.")
        seen.add(row["slug"])
    return wrong


def apply_point(row: dict[str, Any], agency: Agency, by: Person, at: datetime) -> None:
    facts = {name: row[name] for name in HallFacts.__dataclass_fields__ if name != "has_ups"}
    told = HallFacts(**facts, has_ups=UPS[row["has_ups"]])
    add_point(agency=coded(row["office"]), slug=row["slug"], facts=told, by=by, at=at)


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
        Column("room", "Hội trường, phòng", False, "Hội trường tầng 2"),
        Column("level", "Cấp", False, LEVEL_LABELS[Level.COMMUNE]),
        Column("seats", "Số chỗ ngồi", False, "60", 12),
        Column("screens", "Số màn hình (TV)", False, "2", 12),
        Column("cameras", "Số camera", False, "1", 12),
        Column("line", "Đường truyền", False, LINE_LABELS[Line.TSLCD]),
        Column("backup_line", "Đường truyền dự phòng", False, BACKUP_LABELS["mobile"], 24),
        Column("has_ups", "Bộ lưu điện", False, "Có", 12),
    ),
    form_class=PointRow,
    apply=apply_point,
    roles=frozenset({Role.TECHNICIAN, Role.ADMIN}),
    check_all=check_points,
    note="Mỗi điểm cầu một dòng. Tên đăng nhập là chữ thường không dấu, không trùng với điểm cầu khác. "
    "Cột nào chưa rõ thì để trống.",
    leads_to="/diem-cau/",
)
