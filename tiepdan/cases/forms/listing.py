"""Filters of the list of cases, kept in the address. Wrong values are ignored: a list has no error page."""

from __future__ import annotations

from typing import Any

from django import forms

from tiepdan.accounts.forms.dress import DressedForm
from tiepdan.accounts.models import Agency
from tiepdan.accounts.rules import Kind as AgencyKind
from tiepdan.cases.queries_list import Filters
from tiepdan.cases.rules import FIELDS, KIND_LABELS, STATE_LABELS


class ListForm(DressedForm):
    q = forms.CharField(
        label="Tìm",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Số, tóm tắt, họ tên công dân, số giấy tờ"}),
    )
    state = forms.ChoiceField(
        label="Trạng thái", required=False, choices=[("", "Mọi trạng thái"), *STATE_LABELS.items()]
    )
    kind = forms.ChoiceField(label="Loại", required=False, choices=[("", "Mọi loại"), *KIND_LABELS.items()])
    field = forms.ChoiceField(
        label="Lĩnh vực", required=False, choices=[("", "Mọi lĩnh vực"), *((one, one) for one in FIELDS)]
    )
    place = forms.ModelChoiceField(
        Agency.objects.filter(kind=AgencyKind.COMMUNE).order_by("name"),
        label="Xã, phường",
        required=False,
    )
    crowd = forms.BooleanField(label="Đông người", required=False)
    late = forms.BooleanField(label="Quá hạn", required=False)
    mine = forms.BooleanField(label="Tôi phụ trách", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields["place"]
        assert isinstance(place, forms.ModelChoiceField)
        place.empty_label = "Mọi xã, phường"

    def filters(self) -> Filters:
        self.is_valid()
        known: dict[str, Any] = {name: value for name, value in self.cleaned_data.items() if value}
        place = known.pop("place", None)
        return Filters(**known, place=place.pk if place else None)
