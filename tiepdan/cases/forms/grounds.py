"""The tab «Căn cứ tiếp trực tuyến»: one tick and one reason for each ground of the profile."""

from __future__ import annotations

from typing import Any

from django import forms

from tiepdan.cases.queries_decisions import Draft
from tiepdan.law.profiles import Profile

LONGEST = 4000
_LONG = f"Chỉ ghi tối đa {LONGEST} ký tự."


def _words(label: str, rows: int = 3, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST,
        help_text=help_text,
        error_messages={"max_length": _LONG},
        widget=forms.Textarea(attrs={"class": "form-control", "rows": rows}),
    )


class GroundsForm(forms.Form):
    """Built for one profile; `draft()` gives what was entered."""

    profile = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, rules: Profile, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = rules
        for ground in rules.grounds:
            self.fields[f"tick-{ground.code}"] = forms.BooleanField(
                required=False,
                label=ground.text,
                widget=forms.CheckboxInput(attrs={"class": "form-check-input flex-shrink-0"}),
            )
            self.fields[f"reason-{ground.code}"] = _words("Lý do cụ thể trong vụ việc này", 2)
        self.fields["security"] = _words(
            "Điều kiện bảo mật",
            2,
            "Cơ quan bảo đảm bảo mật thế nào: điểm cầu, đường truyền, người được vào, nơi lưu bản ghi. "
            "Bắt buộc với vụ việc tố cáo.",
        )
        self.fields["consent"] = forms.CharField(
            label="Văn bản đồng ý của UBND tỉnh",
            required=False,
            max_length=200,
            error_messages={"max_length": "Chỉ ghi tối đa 200 ký tự."},
            widget=forms.TextInput(attrs={"class": "form-control"}),
        )
        self.fields["note"] = _words("Ý kiến, đề xuất của cán bộ")

    @classmethod
    def of(cls, rules: Profile, draft: Draft) -> GroundsForm:
        initial: dict[str, Any] = {
            "profile": rules.code,
            "seen": draft.seen,
            "security": draft.security,
            "consent": draft.consent,
            "note": draft.note,
        }
        for code, reason in draft.chosen.items():
            initial |= {f"tick-{code}": True, f"reason-{code}": reason}
        return cls(rules, initial=initial)

    def draft(self) -> Draft:
        """What was entered, as far as it is usable: fields that are wrong count as empty."""
        data = self.cleaned_data
        ticked = [ground.code for ground in self.rules.grounds if data.get(f"tick-{ground.code}")]
        return Draft(
            profile=self.rules.code,
            chosen={code: data.get(f"reason-{code}", "") for code in ticked},
            security=data.get("security", ""),
            consent=data.get("consent", ""),
            note=data.get("note", ""),
            seen=data.get("seen", ""),
        )
