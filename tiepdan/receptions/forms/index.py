"""Filters of the list of receptions; they stand in the address."""

from __future__ import annotations

from django import forms

from tiepdan.accounts.forms.dress import DressedForm
from tiepdan.receptions.rules import KIND_LABELS, PHASE_LABELS
from tiepdan.receptions.schedule import Wanted


class IndexForm(DressedForm):
    q = forms.CharField(label="Tìm số, nội dung, người chủ trì, nơi tiếp", required=False, max_length=100)
    loai = forms.ChoiceField(label="Loại", required=False, choices=[("", "Tất cả"), *KIND_LABELS.items()])
    trang_thai = forms.ChoiceField(label="Trạng thái", required=False, choices=[("", "Tất cả"), *PHASE_LABELS.items()])

    def wanted(self) -> Wanted:
        """What is wrong in the address is no filter."""
        self.is_valid()
        data = self.cleaned_data
        return Wanted(data.get("q", "").strip(), data.get("loai", ""), data.get("trang_thai", ""))
