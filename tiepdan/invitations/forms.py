"""HTTP → clean values of the board of invitations."""

from __future__ import annotations

from typing import Any

from django import forms

from tiepdan.notify.forms import ComingForm, dress
from tiepdan.notify.rules import Answer, one_line

ANSWERS = [("", "Tất cả"), ("chua", "Chưa xác nhận"), ("du", "Đã xác nhận"), ("khong", "Báo không dự")]


class CallForm(ComingForm):
    """What somebody said on the telephone."""

    result = forms.ChoiceField(
        label="Kết quả gọi",
        choices=[("coming", "Sẽ dự"), ("declined", "Không dự"), ("none", "Chưa gặp được, gọi lại sau")],
    )
    reason = forms.CharField(label="Ghi chú, lý do", max_length=300, required=False)
    substitute = forms.CharField(label="Người dự thay", max_length=200, required=False)
    field_order = ("result", "who", "attendees", "reason", "substitute")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].label = "Người trả lời điện thoại"
        self.fields["who"].required = False  # nobody may have answered
        dress(self)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        note, result = one_line(values.get("reason", "")), values.get("result")
        if result in ("coming", "declined") and not values.get("who"):
            self.add_error("who", "Chưa nhập người trả lời điện thoại.")
        if result == "declined" and not note:
            self.add_error("reason", "Chưa nhập lý do không dự.")
        if result == "none" and not note:
            self.add_error("reason", "Chưa nhập ghi chú: gọi số nào, ai nghe máy, hẹn gọi lại lúc nào.")
        return values

    @property
    def note(self) -> str:
        return one_line(self.cleaned_data["reason"])

    def heard(self) -> Answer | None:
        """None: nobody could say whether they come."""
        values = self.cleaned_data
        if values["result"] == "none":
            return None
        is_coming = values["result"] == "coming"
        return Answer(
            is_coming=is_coming,
            who=values["who"],
            attendees=values["attendees"] if is_coming else (),
            reason=one_line(values["reason"]),
            substitute="" if is_coming else one_line(values["substitute"]),
        )


class InvitedFilterForm(forms.Form):
    q = forms.CharField(label="Tìm số, nội dung buổi tiếp", required=False, max_length=100)
    answer = forms.ChoiceField(label="Trả lời", required=False, choices=ANSWERS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)

    def filters(self) -> dict[str, str]:
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}
