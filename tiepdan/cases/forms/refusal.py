"""Refusing to receive: the ground, the facts, the words, the proofs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from tiepdan.accounts.forms.dress import DayField
from tiepdan.cases.actions.refusal import Entry
from tiepdan.cases.models import Item, Refusal
from tiepdan.law.profiles import Profile

LONGEST = 4000


def _words(label: str, help_text: str = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST,
        help_text=help_text,
        error_messages={"max_length": f"Chỉ ghi tối đa {LONGEST} ký tự."},
        widget=forms.Textarea(attrs={"class": "form-control", "rows": rows}),
    )


class RefusalForm(forms.Form):
    """For both ways; `said` is for the spoken one, `basis` for the notice 01/TCD."""

    code = forms.ChoiceField(label="Căn cứ", error_messages={"required": "Chưa chọn căn cứ từ chối."})
    grounds_on = DayField("Ngày có đủ căn cứ")
    reason = _words("Sự việc cụ thể")
    said = _words("Lời đã giải thích cho công dân", "Bắt buộc với căn cứ giải thích trực tiếp.")
    basis = forms.CharField(
        label="Căn cứ pháp lý in trên thông báo",
        required=False,
        max_length=300,
        error_messages={"max_length": "Chỉ ghi tối đa 300 ký tự."},
        help_text="Mẫu in ghi «điểm g»; khoản 3 Điều 4 dẫn «điểm h». Kiểm tra trước khi ký.",
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )
    was_received = forms.BooleanField(
        label="Đã được tiếp, giải thích, hướng dẫn trước đây",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )
    earlier = forms.CharField(
        label="Lần tiếp, giải thích trước: ngày, nơi, người tiếp",
        required=False,
        max_length=300,
        error_messages={"max_length": "Chỉ ghi tối đa 300 ký tự."},
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )
    proofs = forms.MultipleChoiceField(
        label="Tài liệu chứng minh trong hồ sơ",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        error_messages={"invalid_choice": "Tài liệu đã chọn không còn trong hồ sơ."},
    )

    def __init__(self, rules: Profile, items: Sequence[Item], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "reason"
        ].help_text = f"Ai, làm gì, lúc nào, có ai chứng kiến. Ít nhất {rules.refusing.least_reason} ký tự."
        day = self.fields["grounds_on"]
        day.error_messages["required"] = "Chưa nhập ngày có đủ căn cứ."
        day.widget.attrs["class"] = "form-control"
        code, proofs = self.fields["code"], self.fields["proofs"]
        assert isinstance(code, forms.ChoiceField) and isinstance(proofs, forms.MultipleChoiceField)
        code.choices = [(ground.code, ground.text) for ground in rules.refusals]
        proofs.choices = [(str(item.pk), item.title) for item in items]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("was_received") and not data.get("earlier", "").strip():
            self.add_error("earlier", "Chưa ghi lần tiếp, giải thích trước: ngày nào, ở đâu, ai tiếp.")
        return data

    def entry(self) -> Entry:
        data = self.cleaned_data
        return Entry(
            code=data["code"],
            reason=data["reason"],
            grounds_on=data["grounds_on"],
            said=data["said"],
            basis=data["basis"],
            earlier=data["earlier"] if data["was_received"] else "",
            proofs=[int(pk) for pk in data["proofs"]],
        )


def initial_of(refusal: Refusal) -> dict[str, Any]:
    return {
        "code": refusal.code,
        "grounds_on": refusal.grounds_on,
        "reason": refusal.reason,
        "basis": refusal.basis,
        "was_received": bool(refusal.earlier),
        "earlier": refusal.earlier,
        "proofs": [str(pk) for pk in refusal.proofs.values_list("pk", flat=True)],
    }


def initial_for(today: date, code: str = "") -> dict[str, Any]:
    return {"grounds_on": today, "code": code}
