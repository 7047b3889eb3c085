"""Who is in charge, and what is still missing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from tiepdan.accounts.forms.dress import DressedForm
from tiepdan.accounts.models import Person
from tiepdan.cases.forms.base import area


class AssignForm(DressedForm):
    officer = forms.ModelChoiceField(Person.objects.none(), label="Cán bộ phụ trách", required=False)

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["officer"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people
        field.empty_label = "Chưa giao"
        setattr(field, "label_from_instance", lambda person: person.full_name)  # noqa: B010


class AskForm(DressedForm):
    note = forms.CharField(
        label="Nội dung cần bổ sung",
        max_length=500,
        widget=area(4),
        help_text="Giấy tờ, tài liệu, thông tin còn thiếu.",
    )
