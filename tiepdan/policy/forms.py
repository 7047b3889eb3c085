"""What is typed on the pages of the rules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from tiepdan.accounts.models import Agency
from tiepdan.law.profiles import codes, profile
from tiepdan.policy.lines import DayRow
from tiepdan.policy.models import DayKind
from tiepdan.policy.rules import day_problem


def _text(label: str, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        error_messages={"required": f"Chưa nhập {label[0].lower()}{label[1:]}."},
        widget=forms.TextInput(attrs={"class": "form-control"}),
        **options,
    )


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        error_messages={
            "required": f"Chưa nhập {label[0].lower()}{label[1:]}.",
            "invalid": "Ngày không hợp lệ. Nhập ngày/tháng/năm.",
        },
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "form-control", "type": "date"}),
    )


def _choice(label: str, choices: Iterable[tuple[str, Any]] = ()) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=list(choices),
        error_messages={
            "required": f"Chưa chọn {label[0].lower()}{label[1:]}.",
            "invalid_choice": "Lựa chọn không hợp lệ.",
        },
        widget=forms.Select(attrs={"class": "form-select"}),
    )


class DayForm(forms.Form):
    day = _day("Ngày")
    kind = _choice("Loại", DayKind.choices)
    name = _text("Tên ngày", max_length=200)
    source = _text("Văn bản làm căn cứ", max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "day" in cleaned and "kind" in cleaned and (problem := day_problem(cleaned["day"], cleaned["kind"])):
            self.add_error("day", problem)
        return cleaned

    def row(self) -> DayRow:
        return DayRow(**{name: self.cleaned_data[name] for name in ("day", "kind", "name", "source")})


class LinesForm(forms.Form):
    lines = forms.CharField(
        label="Các ngày, mỗi ngày một dòng",
        max_length=40_000,
        error_messages={"required": "Chưa nhập dòng nào."},
        help_text=(
            "Ngày; nghỉ hoặc làm bù; tên ngày; văn bản. Ngăn cách bằng dấu chấm phẩy, hoặc dán bốn cột từ Excel. "
            "Ví dụ: 02/01/2026; nghỉ; Nghỉ hoán đổi; Thông báo ngày 25/12/2025"
        ),
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 12, "spellcheck": "false"}),
    )


class ConfirmForm(forms.Form):
    source = _text("Văn bản làm căn cứ", max_length=300)


class UnconfirmForm(forms.Form):
    reason = _text("Lý do", max_length=300)


class RemoveForm(forms.Form):
    source = _text("Văn bản làm căn cứ", max_length=300, required=False)


class ValueForm(forms.Form):
    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label="Cơ quan",
        empty_label=None,
        error_messages={"required": "Chưa chọn cơ quan.", "invalid_choice": "Cơ quan này không thuộc quyền của bạn."},
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    number = _choice("Giá trị của bộ quy tắc")  # «nd154-2026 milestones.notice»
    value = forms.DecimalField(
        label="Giá trị mới",
        max_digits=8,
        decimal_places=2,
        min_value=0,
        error_messages={
            "required": "Chưa nhập giá trị mới.",
            "invalid": "Nhập một số.",
            "min_value": "Không nhập số âm.",
        },
        widget=forms.NumberInput(attrs={"class": "form-control", "step": "any"}),
    )
    valid_from = _day("Từ ngày")
    reason = _text("Lý do", max_length=300)

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = self.fields["agency"]
        assert isinstance(offices, forms.ModelChoiceField)
        offices.queryset = agencies
        numbers = self.fields["number"]
        assert isinstance(numbers, forms.ChoiceField)
        numbers.choices = [(profile(code).short, _numbers(code)) for code in codes()]

    def code_and_path(self) -> tuple[str, str]:
        code, path = self.cleaned_data["number"].split(" ")
        return code, path


def _numbers(code: str) -> list[tuple[str, str]]:
    """Numbers of a profile's own that an office may make stricter; those of its base are set there."""
    base = profile(code)
    taken = {path for below in base.bases for path in profile(below).limits}
    return [
        (f"{code} {limit.path}", f"{limit.label}: {limit.text}")
        for limit in base.limits.values()
        if limit.stricter and limit.path not in taken
    ]
