"""HTTP → clean values of the outbox and of the receiver's own page."""

from __future__ import annotations

from typing import Any

from django import forms

from tiepdan.notify.queries import PROBLEMS
from tiepdan.notify.rules import BY_HAND, CHANNEL_LABELS, STATE_LABELS, TOPIC_LABELS, Answer, Channel, one_line

MOST_ATTENDEES = 30


class FilterForm(forms.Form):
    q = forms.CharField(label="Tìm người nhận, địa chỉ, tiêu đề", required=False, max_length=100)
    state = forms.ChoiceField(
        label="Trạng thái",
        required=False,
        choices=[("", "Tất cả"), (PROBLEMS, "Cần xử lý"), *STATE_LABELS.items()],
    )
    topic = forms.ChoiceField(label="Loại", required=False, choices=[("", "Tất cả"), *TOPIC_LABELS.items()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)

    def filters(self) -> dict[str, str]:
        """A filter that somebody mistyped into the address is left out."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


class AddressForm(forms.Form):
    channel = forms.ChoiceField(label="Cách gửi", choices=list(CHANNEL_LABELS.items()))
    address = forms.CharField(label="Địa chỉ nhận", max_length=254, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        problem = address_problem(values.get("channel", ""), values.get("address", ""))
        if problem:
            self.add_error("address", problem)
        return values


def address_problem(channel: str, address: str) -> str:
    """Why this address cannot be used for this channel; empty when it can."""
    if channel in BY_HAND:
        return ""
    if not address:
        return "Chưa nhập địa chỉ nhận."
    if channel == Channel.EMAIL:
        try:
            forms.EmailField().clean(address)
        except forms.ValidationError:
            return "Địa chỉ thư điện tử viết sai, ví dụ đúng: vanthu@thanhloc.gov.vn."
        return ""
    digits = [letter for letter in address if letter.isdigit()]
    if not 8 <= len(digits) <= 15 or any(letter.isalpha() for letter in address):
        return "Số điện thoại phải có từ 8 đến 15 chữ số."
    return ""


class HandOverForm(forms.Form):
    note = forms.CharField(
        label="Đã giao cho ai, lúc nào",
        max_length=300,
        help_text="Ví dụ: bà Lê Thị Mai, văn thư UBND xã, nhận lúc 9 giờ 30 ngày 09/12.",
    )
    photo = forms.FileField(label="Ảnh hoặc bản quét giấy biên nhận (không bắt buộc)", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)


class AxisForm(forms.Form):
    """What stands in the office's own system of documents, written down here."""

    number = forms.CharField(label="Số văn bản trên trục", max_length=200)
    sent_at = forms.DateTimeField(
        label="Đã gửi lúc",
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        error_messages={"invalid": "Hãy nhập ngày, giờ theo dạng 09/12/2026 08:30."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)


class ComingForm(forms.Form):
    who = forms.CharField(label="Họ tên người xác nhận", max_length=200)
    attendees = forms.CharField(
        label="Những người tham dự",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Mỗi người một dòng: họ tên, chức vụ.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)

    def clean_attendees(self) -> tuple[tuple[str, str], ...]:
        lines = [one_line(line) for line in self.cleaned_data["attendees"].splitlines()]
        people = tuple(split_person(line) for line in lines if line)
        if len(people) > MOST_ATTENDEES:
            raise forms.ValidationError(f"Mỗi giấy mời đăng ký được nhiều nhất {MOST_ATTENDEES} người.")
        if any(len(name) > 200 or len(title) > 200 for name, title in people):
            raise forms.ValidationError("Họ tên và chức vụ mỗi người không quá 200 ký tự.")
        return people

    def answer(self) -> Answer:
        who = self.cleaned_data["who"]
        return Answer(is_coming=True, who=who, attendees=self.cleaned_data["attendees"])


def split_person(line: str) -> tuple[str, str]:
    """«Nguyễn Văn A, Chánh Thanh tra» → name and title."""
    name, _, title = line.partition(",")
    return name.strip(), title.strip()


class NotComingForm(forms.Form):
    who = forms.CharField(label="Họ tên người trả lời", max_length=200)
    reason = forms.CharField(label="Lý do không dự", max_length=300)
    substitute = forms.CharField(label="Người dự thay (họ tên, chức vụ)", max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)

    def answer(self) -> Answer:
        return Answer(
            is_coming=False,
            who=self.cleaned_data["who"],
            reason=one_line(self.cleaned_data["reason"]),
            substitute=one_line(self.cleaned_data["substitute"]),
        )


def dress(form: forms.Form) -> None:
    """Looks of the house, and «Chưa nhập {tên ô}.» for what is missing."""
    for field in form.fields.values():
        is_select = isinstance(field.widget, forms.Select)
        field.widget.attrs.setdefault("class", "form-select" if is_select else "form-control")
        field.error_messages["required"] = f"Chưa nhập {(field.label or '').lower()}."
