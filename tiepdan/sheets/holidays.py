"""Days off and make-up days from Excel: `policy` stands below this room, so its sheet is described here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms

from tiepdan.accounts.forms.dress import DayField, DressedForm
from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.rules import Role
from tiepdan.kernel.text import fold
from tiepdan.policy import impact
from tiepdan.policy.actions import day_closed, set_day
from tiepdan.policy.lines import DayRow
from tiepdan.policy.queries import calendar_with
from tiepdan.policy.rules import OFF, WORK, DayChange, day_problem
from tiepdan.sheets.importers import Column, Importer, RowForm

KINDS = {OFF: "Nghỉ", WORK: "Làm bù"}
BY_LABEL = {fold(label): kind for kind, label in KINDS.items()}


class DaySheetRow(DressedForm, RowForm):
    day = DayField("Ngày")
    kind = forms.CharField(label="Loại", max_length=20)
    name = forms.CharField(label="Tên ngày", max_length=200)
    source = forms.CharField(label="Văn bản làm căn cứ", required=False, max_length=300)

    def clean_kind(self) -> str:
        text: str = self.cleaned_data["kind"]
        if fold(text) not in BY_LABEL:
            raise forms.ValidationError(f"«{text}» không đúng. Ghi «Nghỉ» hoặc «Làm bù».")
        return BY_LABEL[fold(text)]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if {"day", "kind"} <= values.keys():
            row = DayRow(values["day"], values["kind"], values.get("name", ""), values.get("source", ""))
            if problem := day_problem(row.day, row.kind) or day_closed(row, self.today):
                self.add_error("day", problem)
        return values


def check_days(rows: Sequence[Mapping[str, Any]], agency: Agency) -> dict[int, list[str]]:
    wrong: dict[int, list[str]] = defaultdict(list)
    seen: set[Any] = set()
    for at, row in enumerate(rows):
        if row["day"] in seen:
            wrong[at].append(f"Ngày {row['day']:%d/%m/%Y} lặp lại trong bảng.")
        seen.add(row["day"])
    return wrong


def apply_day(row: dict[str, Any], agency: Agency, by: Person, at: datetime) -> None:
    set_day(DayRow(**row), agency=agency, by=by, at=at)


def moved(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """«Xem ảnh hưởng»: open receptions whose dates these days would move."""
    calendar = calendar_with(DayChange(row["day"], row["kind"]) for row in rows)
    return [f"{one.label}: {one.sentence}" for one in impact.of_calendar(calendar)]


HOLIDAYS = Importer(
    code="ngay-nghi",
    title="Nhập ngày nghỉ, ngày làm bù",
    columns=(
        Column("day", "Ngày", True, "02/01/2026", 14),
        Column("kind", "Loại", True, KINDS[OFF], 12),
        Column("name", "Tên ngày", True, "Nghỉ hoán đổi (làm bù ngày 10/01/2026)", 44),
        Column("source", "Văn bản làm căn cứ", False, "Thông báo ngày 25/12/2025", 44),
    ),
    form_class=DaySheetRow,
    apply=apply_day,
    roles=frozenset({Role.ADMIN}),
    check_all=check_days,
    note="Ngày đã có trong bảng được ghi lại theo tệp. Loại: «Nghỉ» hoặc «Làm bù» (thứ Bảy, Chủ nhật làm việc).",
    leads_to="/quan-tri/ngay-nghi/",
    is_for_top=True,
    effects=moved,
)
