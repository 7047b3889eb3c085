"""What a command of the room carries."""

from __future__ import annotations

from django import forms

from tiepdan.live.rules import PAUSE_REASONS


class HallForm(forms.Form):
    hall = forms.CharField(max_length=20, error_messages={"required": "Chưa chọn điểm cầu."})


class LockForm(HallForm):
    locked = forms.TypedChoiceField(choices=(("1", "1"), ("0", "0")), coerce=lambda value: value == "1")


class EjectForm(HallForm):
    reason = forms.CharField(
        max_length=300,
        error_messages={"required": "Chưa nhập lý do mời ra khỏi phòng. Lý do được ghi vào biên bản."},
    )


class SuspendForm(forms.Form):
    reason = forms.ChoiceField(
        choices=[(reason, reason) for reason in PAUSE_REASONS],
        error_messages={
            "required": "Chưa chọn lý do tạm dừng.",
            "invalid_choice": "Lý do tạm dừng không có trong danh sách.",
        },
    )
