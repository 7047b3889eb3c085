"""Forms of the schedule: its versions, another time, postponement, cancellation."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.timezone import get_current_timezone, localtime

from tiepdan.accounts.forms.dress import DayField, DressedForm
from tiepdan.receptions.actions.schedule import Slot
from tiepdan.receptions.models import Reception

NOTE = "Lý do thay đổi"


class TimeField(forms.TimeField):
    def __init__(self, label: str) -> None:
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "form-control"})
        super().__init__(label=label, widget=widget, error_messages={"invalid": "Hãy nhập giờ theo dạng 08:30."})


class NoteForm(DressedForm):
    note = forms.CharField(label=NOTE, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class SlotForm(DressedForm):
    """Another day, time or place of a published reception."""

    day = DayField("Ngày tiếp")
    starts = TimeField("Bắt đầu")
    ends = TimeField("Kết thúc")
    place = forms.CharField(
        label="Nơi tiếp",
        max_length=300,
        required=False,
        help_text="Để trống: tên và địa chỉ của điểm cầu trung tâm.",
    )
    note = forms.CharField(label=NOTE, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    @staticmethod
    def initial_of(reception: Reception) -> dict[str, Any]:
        start, end = localtime(reception.starts_at), localtime(reception.ends_at)
        return {"day": start.date(), "starts": start.time(), "ends": end.time(), "place": reception.place}

    @property
    def slot(self) -> Slot:
        data, zone = self.cleaned_data, get_current_timezone()
        start = datetime.combine(data["day"], data["starts"], zone)
        return Slot(start, datetime.combine(data["day"], data["ends"], zone), data["place"])


def slot_on(reception: Reception, day: date) -> Slot:
    """The same hours and place on another day."""
    start, end, zone = localtime(reception.starts_at), localtime(reception.ends_at), get_current_timezone()
    return Slot(datetime.combine(day, start.time(), zone), datetime.combine(day, end.time(), zone), reception.place)


class PostponeForm(DressedForm):
    """What khoản 4 Điều 24 Luật Tiếp công dân asks for; the action says it when one of them is missing."""

    reason = forms.CharField(
        label="Lý do hoãn",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Lý do được công khai: không ghi tên, số giấy tờ, địa chỉ của công dân.",
    )
    expected = DayField("Thời gian dự kiến tiếp", required=False)


class CancelForm(DressedForm):
    reason = forms.CharField(
        label="Lý do hủy",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Lý do được công khai: không ghi tên, số giấy tờ, địa chỉ của công dân.",
    )
