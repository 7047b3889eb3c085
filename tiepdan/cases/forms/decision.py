"""What the head says to a case or a notice that was put before them."""

from __future__ import annotations

from django import forms


class DecisionForm(forms.Form):
    """The note's own rules (needed for a return, for a refusal) are the action's."""

    submission = forms.IntegerField(widget=forms.HiddenInput, required=False)
    note = forms.CharField(
        label="Nội dung cần bổ sung, hoặc lý do",
        required=False,
        max_length=4000,
        error_messages={"max_length": "Chỉ ghi tối đa 4000 ký tự."},
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 3}),
    )


class IssueForm(forms.Form):
    signed = forms.FileField(
        label="Bản đã ký (PDF, ảnh quét)",
        required=False,
        help_text="Bản ký số được kiểm tra: người ký, thời điểm, nội dung chưa bị sửa. Có thể để trống nếu ký sau.",
        error_messages={"empty": "Tệp đã chọn rỗng, không có nội dung."},
        widget=forms.ClearableFileInput(attrs={"class": "form-control"}),
    )
