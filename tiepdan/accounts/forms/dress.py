"""How every field of the office's forms looks, and what it says when it is left empty."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

if TYPE_CHECKING:
    Rows = forms.BaseFormSet[Any]
else:
    Rows = forms.BaseFormSet

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)  # outside: the year was mistyped
NO_SUCH_YEAR = "Hãy kiểm tra năm: nhận ngày từ 01/01/1900 đến 31/12/2100."
BROKEN_ROWS = "Bảng nhập bị thiếu dữ liệu khi gửi đi. Hãy tải lại trang rồi nhập lại."
MISSING = "Chưa nhập {}."
NOT_CHOSEN = "Chưa chọn {}."
DJANGO_EMPTY = "---------"


LONGEST_WORD = 60


def no_endless_word(text: str) -> None:
    """For what stands in tables and headings: a word without end would push everything else off the page."""
    if any(len(word) > LONGEST_WORD for word in text.split()):
        raise forms.ValidationError(f"Có một từ dài quá {LONGEST_WORD} ký tự, không có dấu cách. Hãy kiểm tra lại.")


class DayField(forms.DateField):
    """A day, in the browser's own calendar."""

    def __init__(self, label: str, *, required: bool = True, initial: date | None = None, help_text: str = "") -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        messages = {"invalid": "Hãy nhập ngày theo dạng 17/12/2026."}
        super().__init__(
            label=label,
            required=required,
            initial=initial,
            help_text=help_text,
            widget=widget,
            error_messages=messages,
            validators=[MinValueValidator(FIRST_DAY, NO_SUCH_YEAR), MaxValueValidator(LAST_DAY, NO_SUCH_YEAR)],
        )


class DressedForm(forms.Form):
    """Bootstrap's classes, and «Chưa nhập {tên ô}.» for every required field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _dress(field)


class DressedRows(Rows):
    """Rows of the same form; what is wrong with the table itself is said in Vietnamese too."""

    default_error_messages: ClassVar = {
        "missing_management_form": BROKEN_ROWS,
        "too_many_forms": "Mỗi lần nhập tối đa %(num)d dòng.",
    }


def _dress(field: forms.Field) -> None:
    chosen = isinstance(field, forms.ChoiceField | forms.ModelChoiceField | forms.FileField)
    label = str(field.label or "")
    said = label[:1].lower() + label[1:]
    field.error_messages["required"] = (NOT_CHOSEN if chosen else MISSING).format(said)
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        field.error_messages["invalid_choice"] = f"Hãy chọn {said} trong danh sách."
    if isinstance(field, forms.ModelMultipleChoiceField):
        field.error_messages["invalid_pk_value"] = f"Hãy chọn {said} trong danh sách."
    # An optional field may say what leaving it empty means: «Không có».
    says_so = not field.required and getattr(field, "empty_label", None) != DJANGO_EMPTY
    if isinstance(field, forms.ModelChoiceField) and field.empty_label is not None and not says_so:
        field.empty_label = f"Chọn {said}"
    if isinstance(field, forms.CharField) and field.max_length:
        field.error_messages.setdefault("max_length", f"Tối đa {field.max_length} ký tự.")
    widget = field.widget
    if isinstance(widget, forms.CheckboxInput):
        widget.attrs.setdefault("class", "form-check-input")
    elif isinstance(widget, forms.Select):
        widget.attrs.setdefault("class", "form-select")
    else:
        widget.attrs.setdefault("class", "form-control")
