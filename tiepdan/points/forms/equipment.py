"""Forms of a hall's equipment and of the tested capacity."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from tiepdan.accounts.forms.dress import DayField, DressedForm
from tiepdan.accounts.models import Agency
from tiepdan.points.actions import Found
from tiepdan.points.queries import Equipment
from tiepdan.points.rules import CONDITION_LABELS, PART_LABELS, Condition

NOT_LOOKED_AT = "Không kiểm lần này"


class CheckForm(DressedForm):
    """One line for each part: condition and a word."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.fields["checked_on"] = DayField("Ngày kiểm tra", initial=today)
        self.fields["rest_good"] = forms.BooleanField(
            label="Thiết bị không chọn tình trạng ở dưới: đã kiểm tra, đạt",
            required=False,
            widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
        )
        choices = [("", NOT_LOOKED_AT), *CONDITION_LABELS.items()]
        for part, label in PART_LABELS.items():
            self.fields[f"condition_{part}"] = forms.ChoiceField(
                label=label,
                choices=choices,
                required=False,
                widget=forms.Select(attrs={"class": "form-select", "aria-label": f"Tình trạng: {label}"}),
                error_messages={"invalid_choice": "Hãy chọn tình trạng trong danh sách."},
            )
            self.fields[f"note_{part}"] = forms.CharField(
                label="Ghi chú",
                required=False,
                max_length=200,
                widget=forms.TextInput(attrs={"class": "form-control", "aria-label": f"Ghi chú: {label}"}),
                error_messages={"max_length": "Tối đa 200 ký tự."},
            )
            self.fields[f"photo_{part}"] = forms.FileField(
                label="Ảnh",
                required=False,
                widget=forms.FileInput(
                    attrs={"class": "form-control", "accept": ".jpg,.jpeg,.png", "aria-label": f"Ảnh: {label}"}
                ),
                error_messages={"empty": "Tệp ảnh rỗng. Hãy chọn lại."},
            )
        day = self.fields["checked_on"]
        day.widget.attrs["class"] = "form-control"
        day.error_messages["required"] = "Chưa nhập ngày kiểm tra."

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for part in PART_LABELS:
            told = data.get(f"photo_{part}") or data.get(f"note_{part}")
            if (
                told
                and not data.get(f"condition_{part}")
                and not data.get("rest_good")
                and f"condition_{part}" not in self.errors
            ):
                self.add_error(f"condition_{part}", "Có ghi chú hoặc ảnh mà chưa chọn tình trạng.")
        return data

    def found(self) -> list[Found]:
        data = self.cleaned_data
        rest = Condition.GOOD if data["rest_good"] else ""
        conditions = {part: data[f"condition_{part}"] or rest for part in PART_LABELS}
        return [
            Found(part, condition, data[f"note_{part}"], data[f"photo_{part}"])
            for part, condition in conditions.items()
            if condition
        ]

    def lines(self, equipment: Equipment) -> list[dict[str, Any]]:
        """The table: what was found last beside what is found now."""
        return [
            {
                "label": label,
                "last": equipment.checks.get(part),
                "condition": self[f"condition_{part}"],
                "note": self[f"note_{part}"],
                "photo": self[f"photo_{part}"],
            }
            for part, label in PART_LABELS.items()
        ]


class CapacityForm(DressedForm):
    agency = forms.ModelChoiceField(queryset=Agency.objects.none(), widget=forms.HiddenInput)
    halls = forms.IntegerField(label="Số điểm cầu cùng lúc", min_value=2, max_value=500)
    tested_on = DayField("Ngày thử")
    note = forms.CharField(label="Cách thử, kết quả", max_length=300)

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["agency"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = agencies
        self.fields["halls"].error_messages |= {
            "invalid": "Số điểm cầu là số nguyên.",
            "min_value": "Ít nhất 2 điểm cầu: trung tâm và một điểm cầu thành phần.",
            "max_value": "Nhiều nhất 500 điểm cầu.",
        }
