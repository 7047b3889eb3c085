"""What the forms of cases share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet

from tiepdan.accounts.models import Agency
from tiepdan.kernel.refusals import Refused

if TYPE_CHECKING:
    AgencyField = forms.ModelChoiceField[Agency]
else:
    AgencyField = forms.ModelChoiceField


class LivingAgency(AgencyField):
    """Offers the agencies that exist today; one that has ended is understood, so that the action can name its heir."""

    def __init__(self, label: str, *, required: bool = False, empty: str = "Không chọn", help_text: str = "") -> None:
        super().__init__(
            Agency.objects.all(), label=label, required=required, help_text=help_text, widget=forms.Select()
        )
        self.empty = empty

    def offer(self, agencies: Iterable[Agency]) -> None:
        self.widget.choices = [("", self.empty), *((one.pk, one.name) for one in agencies)]


class Ticks(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Rows that were ticked; a number that no row can have is a wrong choice like any other."""

    def _check_values(self, value: Any) -> Any:
        try:
            return super()._check_values(value)  # type: ignore[misc]
        except OverflowError:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from None


def offer(form: forms.BaseForm, name: str, agencies: QuerySet[Agency] | list[Agency]) -> None:
    field = form.fields[name]
    assert isinstance(field, LivingAgency)
    field.offer(agencies)


def blame(form: forms.BaseForm, refused: Refused) -> None:
    """Put the sentence of an action at the field that it is about, else above the form."""
    form.add_error(refused.code if refused.code in form.fields else None, refused.sentence)


def above(form: forms.BaseForm, refused: Refused) -> str:
    """What the page says above its form: nothing when the sentence stands at the field that it is about."""
    if refused.code not in form.fields:
        return refused.sentence
    form.add_error(refused.code, refused.sentence)
    return ""


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class UploadField(forms.FileField):
    """A file; what is taken is decided by its bytes, in `files.actions.keep`."""

    def __init__(self, label: str, *, required: bool = False, help_text: str = "", **kwargs: Any) -> None:
        super().__init__(label=label, required=required, help_text=help_text, allow_empty_file=True, **kwargs)
