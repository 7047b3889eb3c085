"""Filters above the log."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from tiepdan.accounts.forms.agencies import AgencyChoice, offer
from tiepdan.accounts.forms.dress import DayField, DressedForm
from tiepdan.accounts.models import Agency
from tiepdan.audit import labels


class JournalForm(DressedForm):
    """Kept in the address. Wrong values are ignored: a list has no error page."""

    q = forms.CharField(
        label="Tìm",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Người, đối tượng, nội dung"}),
    )
    event = forms.ChoiceField(label="Việc", required=False)
    agency = AgencyChoice("Cơ quan", required=False)
    since = DayField("Từ ngày", required=False)
    until = DayField("Đến hết ngày", required=False)
    about = forms.CharField(required=False, max_length=125, widget=forms.HiddenInput())

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agency", agencies)
        chosen = self.fields["agency"]
        assert isinstance(chosen, AgencyChoice)
        chosen.empty_label = "Mọi cơ quan"
        event = self.fields["event"]
        assert isinstance(event, forms.ChoiceField)
        event.choices = [("", "Mọi việc"), *labels.labels().items()]

    def filters(self) -> dict[str, Any]:
        self.is_valid()
        values = self.cleaned_data
        return {
            "text": values.get("q", ""),
            "event": values.get("event", ""),
            "about": values.get("about", ""),
            "agency": values["agency"].pk if values.get("agency") else None,
            "since": values.get("since"),
            "until": values.get("until"),
        }
