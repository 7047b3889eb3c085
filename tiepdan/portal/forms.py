"""HTTP → clean values of the public forms."""

from __future__ import annotations

from typing import Any

from django import forms

from tiepdan.kernel.numbers import id_of
from tiepdan.portal import rules

PLAIN = {"autocomplete": "off", "spellcheck": "false", "class": "form-control"}


class LookupForm(forms.Form):
    """What is on the slip, and what only its owner knows. A slip of the pen is told before it counts as a try."""

    code = forms.CharField(
        label="Mã tra cứu",
        required=False,
        help_text="Ở phần «Mã tra cứu» của phiếu tiếp nhận hoặc giấy biên nhận, ví dụ KM4T-9XQR.",
        widget=forms.TextInput({**PLAIN, "autocapitalize": "characters", "lang": "en", "maxlength": 40}),
    )
    digits = forms.CharField(
        label="4 số cuối giấy tờ tùy thân",
        required=False,
        help_text="Căn cước, hộ chiếu đã khai. Chưa nộp giấy tờ thì nhập 4 số cuối điện thoại đã khai.",
        widget=forms.TextInput({**PLAIN, "inputmode": "numeric", "maxlength": 20}),
    )

    def clean_code(self) -> str:
        raw: str = self.cleaned_data["code"]
        return rules.typed_code(_checked(raw, rules.code_problem(raw)))

    def clean_digits(self) -> str:
        raw: str = self.cleaned_data["digits"]
        return rules.typed_digits(_checked(raw, rules.digits_problem(raw)))

    def mark(self) -> None:
        """Fields in error carry what a reader of the screen is told."""
        for name in self.errors:
            if name in self.fields:
                self.fields[name].widget.attrs["aria-invalid"] = "true"


def _checked(raw: str, problem: str) -> str:
    if problem:
        raise forms.ValidationError(problem)
    return raw


def hall_of(posted: Any) -> int | None:
    """The id of the hall that was ticked; whatever else was sent is no hall."""
    raw = str(posted.get("hall", ""))
    return id_of(raw)
