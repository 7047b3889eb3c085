"""Choosing a sheet."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from tiepdan.accounts.forms.agencies import AgencyChoice, offer
from tiepdan.accounts.forms.dress import DressedForm
from tiepdan.accounts.models import Agency


class SheetForm(DressedForm):
    agency = AgencyChoice("Cơ quan")
    sheet = forms.FileField(
        label="Tệp Excel",
        help_text="Tệp .xlsx, tối đa 10 MB và 5.000 dòng.",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": "Chưa chọn tệp Excel.", "empty": "Tệp này rỗng. Hãy chọn lại tệp."},
    )

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agency", agencies)
        if agencies.count() == 1:
            self.fields["agency"].initial = agencies[0]
            self.fields["agency"].widget = forms.HiddenInput()
            offer(self, "agency", agencies)
