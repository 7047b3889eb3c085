"""The sign-in slip of a hall."""

from __future__ import annotations

from django import forms


class PointSignInForm(forms.Form):
    name = forms.CharField(
        label="Tên điểm cầu",
        max_length=60,
        error_messages={"required": "Chưa nhập tên điểm cầu."},
        widget=forms.TextInput(
            attrs={
                "class": "form-control form-control-lg",
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
    )
    password = forms.CharField(
        label="Mật khẩu trên phiếu",
        max_length=60,
        error_messages={"required": "Chưa nhập mật khẩu trên phiếu."},
        widget=forms.PasswordInput(
            attrs={"class": "form-control form-control-lg", "autocomplete": "current-password"},
            render_value=True,
        ),
    )
