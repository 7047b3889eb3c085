"""Classifying, guiding, transferring, answering."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from tiepdan.accounts.forms.dress import DayField
from tiepdan.accounts.models import Agency
from tiepdan.accounts.queries import agencies_on
from tiepdan.cases.actions.handing import OUTCOME_LABELS, Target

_SELECT = {"class": "form-select"}
_INPUT = {"class": "form-control"}
_WRONG_DAY = {"required": "Chưa nhập ngày.", "invalid": "Ngày chưa đúng: dùng ngày/tháng/năm."}


def _note(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=4000,
        help_text=help_text,
        error_messages={"max_length": "Chỉ ghi tối đa 4000 ký tự."},
        widget=forms.Textarea(attrs={**_INPUT, "rows": 3}),
    )


def _day(label: str, help_text: str = "") -> forms.DateField:
    field = DayField(label, help_text=help_text)
    field.error_messages |= _WRONG_DAY
    field.widget.attrs |= _INPUT
    return field


class ClassifyForm(forms.Form):
    """One choice says both whose competence it is and what is done: «other:transfer»."""

    way = forms.CharField(max_length=40, error_messages={"required": "Chưa chọn hướng xử lý."})
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


class TargetForm(forms.Form):
    agency = forms.ModelChoiceField(
        label="Cơ quan có thẩm quyền",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="Ngoài danh sách",
        error_messages={"invalid_choice": "Cơ quan này không còn hoạt động. Hãy chọn cơ quan khác."},
        widget=forms.Select(attrs=_SELECT),
    )
    name = forms.CharField(
        label="Tên cơ quan ngoài danh sách",
        required=False,
        max_length=200,
        help_text="Khi chọn «Ngoài danh sách».",
        error_messages={"max_length": "Chỉ ghi tối đa 200 ký tự."},
        widget=forms.TextInput(attrs=_INPUT),
    )
    paper = forms.CharField(
        label="Số văn bản",
        required=False,
        max_length=80,
        error_messages={"max_length": "Chỉ ghi tối đa 80 ký tự."},
        widget=forms.TextInput(attrs=_INPUT),
    )
    note = _note("Nội dung")

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency = self.fields["agency"]
        assert isinstance(agency, forms.ModelChoiceField)
        agency.queryset = agencies_on(today).order_by("name")

    @property
    def target(self) -> Target:
        return Target(self.cleaned_data["agency"], self.cleaned_data["name"])


class TransferForm(TargetForm):
    wants_result = forms.BooleanField(
        label="Công dân yêu cầu được báo kết quả (khoản 2 Điều 28 Luật Tiếp công dân)",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(today, *args, **kwargs)
        self.fields["paper"].help_text = "Bắt buộc: ghi vào cột 11 Sổ tiếp công dân."


class SettledForm(forms.Form):
    day = _day("Ngày vụ việc được giải quyết")


class FeedbackForm(forms.Form):
    day = _day("Ngày nhận thông báo kết quả")
    result = forms.CharField(
        label="Kết quả",
        required=False,
        max_length=300,
        error_messages={"max_length": "Chỉ ghi tối đa 300 ký tự."},
        widget=forms.TextInput(attrs=_INPUT),
    )


class ToldForm(forms.Form):
    day = _day("Ngày báo công dân")


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(
        label="Nội dung trả lời",
        choices=list(OUTCOME_LABELS.items()),
        error_messages={"required": "Chưa chọn nội dung trả lời theo khoản 1 Điều 28 Luật Tiếp công dân."},
        widget=forms.RadioSelect,
    )
    note = _note("Đã trả lời thế nào", "Trực tiếp lúc nào, hoặc số, ngày văn bản trả lời.")
