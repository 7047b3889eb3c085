"""What people type at the door and above the log."""

from __future__ import annotations

from typing import Any

from django import forms

from tiepdan.audit import labels


class SignInForm(forms.Form):
    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=60,
        error_messages={"required": "Chưa nhập tên đăng nhập."},
        widget=forms.TextInput(
            attrs={
                "class": "form-control form-control-lg",
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
    )
    password = forms.CharField(
        label="Mật khẩu",
        max_length=200,
        strip=False,
        error_messages={"required": "Chưa nhập mật khẩu."},
        widget=forms.PasswordInput(attrs={"class": "form-control form-control-lg", "autocomplete": "current-password"}),
    )


class JournalForm(forms.Form):
    """Filters of the log, kept in the address. Wrong values are ignored: a list has no error page."""

    q = forms.CharField(
        label="Tìm",
        required=False,
        max_length=100,
        widget=forms.TextInput(
            attrs={"class": "form-control", "type": "search", "placeholder": "Người, đối tượng, nội dung"}
        ),
    )
    event = forms.ChoiceField(label="Việc", required=False, widget=forms.Select(attrs={"class": "form-select"}))
    about = forms.CharField(required=False, max_length=125, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["event"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Mọi việc"), *labels.labels().items()]

    def filters(self) -> dict[str, str]:
        self.is_valid()
        values = self.cleaned_data
        return {
            "text": values.get("q", ""),
            "event": values.get("event", ""),
            "about": values.get("about", ""),
        }
