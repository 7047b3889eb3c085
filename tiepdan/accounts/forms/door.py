"""What people type at the door."""

from __future__ import annotations

from django import forms


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
