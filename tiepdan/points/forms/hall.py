"""Forms by which a hall is registered, corrected, taken out of use and handed over."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from tiepdan.accounts.forms.agencies import AgencyChoice, offer
from tiepdan.accounts.forms.dress import DayField, DressedForm
from tiepdan.accounts.models import Agency, code_rule
from tiepdan.kernel.refusals import Refused
from tiepdan.points.actions import HallFacts
from tiepdan.points.models import Point
from tiepdan.points.rules import BACKUP_LABELS, LEVEL_LABELS, LINE_LABELS

UNKNOWN = "Chưa rõ"
UPS = {"": None, "yes": True, "no": False}
MOST_SEATS, MOST_DEVICES = 2000, 50


class CountField(forms.IntegerField):
    """A whole number that may be left open."""

    def __init__(self, label: str, most: int, help_text: str = "") -> None:
        super().__init__(label=label, required=False, min_value=0, max_value=most, help_text=help_text)
        said = label[:1].lower() + label[1:]
        self.error_messages |= {
            "invalid": f"Hãy nhập {said} bằng số nguyên.",
            "min_value": "Không nhỏ hơn 0.",
            "max_value": f"Nhiều nhất {most}.",
        }


class TypedForm(DressedForm):
    """What is typed of a hall, on screen and in the sheet of the import."""

    name = forms.CharField(label="Tên điểm cầu", max_length=200)
    room = forms.CharField(label="Hội trường, phòng", max_length=200, required=False)
    address = forms.CharField(label="Địa chỉ", max_length=300, required=False)
    contact_name = forms.CharField(label="Người vận hành", max_length=200, required=False)
    phone = forms.CharField(label="Điện thoại", max_length=40, required=False)
    seats = CountField("Số chỗ ngồi", MOST_SEATS)
    screens = CountField("Số màn hình (TV)", MOST_DEVICES)
    cameras = CountField("Số camera", MOST_DEVICES)


class FactsForm(TypedForm):
    """With what is chosen of a list."""

    level = forms.ChoiceField(
        label="Cấp", choices=[("", "Theo cơ quan quản lý"), *LEVEL_LABELS.items()], required=False
    )
    line = forms.ChoiceField(label="Đường truyền", choices=[("", UNKNOWN), *LINE_LABELS.items()], required=False)
    backup_line = forms.ChoiceField(
        label="Đường truyền dự phòng", choices=[("", UNKNOWN), *BACKUP_LABELS.items()], required=False
    )
    has_ups = forms.ChoiceField(
        label="Bộ lưu điện", choices=[("", UNKNOWN), ("yes", "Có"), ("no", "Không có")], required=False
    )

    def facts(self) -> HallFacts:
        data = self.cleaned_data
        told = {name: data[name] for name in HallFacts.__dataclass_fields__ if name != "has_ups"}
        return HallFacts(**told, has_ups=UPS[data["has_ups"]])


class NewHallForm(FactsForm):
    agency = AgencyChoice("Cơ quan quản lý")
    slug = forms.CharField(
        label="Tên đăng nhập",
        max_length=60,
        validators=[code_rule],
        help_text="Chữ thường không dấu, ví dụ «xa-thanh-loc». Không đổi được về sau.",
    )
    field_order = ("agency", "name", "slug")

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agency", agencies)
        only = list(agencies[:2])
        if len(only) == 1:
            self.fields["agency"].initial = only[0].pk


class HallForm(FactsForm):
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


def entered(point: Point) -> dict[str, Any]:
    """The form as the hall stands."""
    facts = {name: getattr(point, name) for name in HallFacts.__dataclass_fields__}
    return {**facts, "has_ups": next(code for code, value in UPS.items() if value is point.has_ups)}


class RetireForm(DressedForm):
    first_day = DayField("Ngừng sử dụng từ ngày", help_text="Buổi tiếp trước ngày này vẫn dùng điểm cầu.")
    reason = forms.CharField(label="Lý do", max_length=300)


class TakeBackForm(DressedForm):
    back_on = DayField("Dùng lại từ ngày")
    reason = forms.CharField(label="Lý do", max_length=300)


class HandoverForm(DressedForm):
    target = AgencyChoice("Cơ quan nhận")
    since = DayField("Từ ngày", help_text="Buổi tiếp từ ngày này mời cơ quan mới; buổi trước giữ cơ quan cũ.")
    reason = forms.CharField(label="Căn cứ, lý do", max_length=300)

    def __init__(self, *args: Any, agencies: QuerySet[Agency], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "target", agencies)
        self.fields["since"].initial = today


class ListForm(DressedForm):
    """Filters of the register, kept in the address. Wrong values are ignored: a list has no error page."""

    q = forms.CharField(
        label="Tìm",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Điểm cầu, cơ quan, người vận hành"}),
    )
    agency = AgencyChoice("Cơ quan và cấp dưới", required=False)
    level = forms.ChoiceField(label="Cấp", required=False, choices=[("", "Mọi cấp"), *LEVEL_LABELS.items()])
    use = forms.ChoiceField(
        label="Sử dụng",
        required=False,
        choices=[("", "Đang sử dụng"), ("out", "Ngừng sử dụng"), ("all", "Tất cả")],
    )
    state = forms.ChoiceField(
        label="Thiết bị",
        required=False,
        choices=[
            ("", "Mọi tình trạng"),
            ("unfit", "Chưa đủ điều kiện"),
            ("care", "Có chỗ cần chú ý, hỏng"),
            ("unchecked", "Chưa kiểm tra"),
        ],
    )

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agency", agencies)
        field = self.fields["agency"]
        assert isinstance(field, forms.ModelChoiceField)
        field.empty_label = "Mọi cơ quan"

    def filters(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def blame(form: forms.Form, refused: Refused) -> int:
    """The sentence of a refusal beside the field that it is about, else above the form."""
    form.add_error(refused.code if refused.code in form.fields else None, refused.sentence)
    return refused.status
