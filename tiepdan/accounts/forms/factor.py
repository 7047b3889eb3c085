"""What people type for the second factor."""

from __future__ import annotations

import base64
from datetime import date
from typing import Any

from django import forms
from django.utils.safestring import SafeString

from tiepdan.accounts import qr, sealed
from tiepdan.accounts.forms.dress import DayField, DressedForm
from tiepdan.accounts.models import Person
from tiepdan.accounts.rules import ROLE_CHOICES, Role
from tiepdan.accounts.rules_factor import CODE_FIELD, SETTING_UP, address_for_app, in_groups, new_key

TOO_OLD = "Mã QR đã cũ nên hệ thống vẽ mã mới. Hãy quét lại rồi nhập mã của ứng dụng."


class OneTime(forms.TextInput):
    """A code that was refused is not shown again: the next one is another."""

    def format_value(self, value: Any) -> None:
        return None


def code_field(label: str, help_text: str = "", *, digits: bool = False) -> forms.CharField:
    attrs = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false", "class": "form-control"}
    return forms.CharField(
        label=label,
        max_length=40,
        help_text=help_text,
        error_messages={"required": "Chưa nhập mã xác thực.", "max_length": "Mã dài quá."},
        widget=OneTime(attrs={**attrs, **({"inputmode": "numeric"} if digits else {})}),
    )


def password_field() -> forms.CharField:
    return forms.CharField(
        label="Mật khẩu hiện nay",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class CodeForm(forms.Form):
    """The second step at the door."""

    factor_code = code_field("Mã xác thực 6 số, hoặc một mã dự phòng")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[CODE_FIELD].widget.attrs |= {"class": "form-control form-control-lg", "autofocus": True}


class ProveForm(DressedForm):
    """Before a change to the second factor itself."""

    password = password_field()
    factor_code = code_field("Mã xác thực", "6 số trên ứng dụng, hoặc một mã dự phòng.")


class SetUpForm(DressedForm):
    """The picture to scan, and the proof that the app took it. The new key travels in the form, sealed for this
    person: nothing is stored before it works."""

    drawn = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400)
    code = code_field("Mã 6 số ứng dụng đang hiện", digits=True)
    old_code = code_field("Mã của máy đang dùng", "6 số trên máy cũ, hoặc một mã dự phòng.")
    password = password_field()

    def __init__(self, data: Any, *, person: Person, target: str) -> None:
        super().__init__(data)
        self.person, self.target = person, target
        if person.factor_at is None:
            del self.fields["old_code"]
        else:
            self.fields["code"].label = "Mã 6 số máy mới đang hiện"
        drawn = data.get("drawn", "") if data else ""
        key = sealed.unseal(drawn, person.pk, SETTING_UP) if drawn else None
        self.is_too_old = bool(data) and key is None
        self.key = key or new_key()
        self.drawn_now = drawn if key else sealed.seal(self.key, person.pk)

    def clean(self) -> dict[str, Any]:
        if self.is_too_old:
            self.add_error("code", TOO_OLD)
        return super().clean() or {}

    @property
    def picture(self) -> SafeString:
        return qr.picture(address_for_app(self.key, self.person.username))

    @property
    def typed(self) -> str:
        """The key for whoever cannot scan: «ABCD EFGH …»"""
        return in_groups(base64.b32encode(self.key).decode())


class RuleForm(DressedForm):
    roles = forms.MultipleChoiceField(
        label="Vai trò bắt buộc có xác thực hai lớp",
        required=False,
        choices=ROLE_CHOICES,
        widget=forms.CheckboxSelectMultiple,
    )
    valid_from = DayField("Từ ngày")
    reason = forms.CharField(label="Lý do, văn bản", max_length=300)

    def __init__(self, data: Any, *, roles: list[Role], today: date) -> None:
        super().__init__(data, initial={"roles": [role.value for role in roles], "valid_from": today})

    def clean_roles(self) -> list[Role]:
        return [Role(word) for word in self.cleaned_data["roles"]]


class ResetForm(DressedForm):
    reason = forms.CharField(label="Lý do", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
