"""Forms of the tree of agencies."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet

from tiepdan.accounts.forms.dress import DayField, DressedForm
from tiepdan.accounts.models import Agency, code_rule
from tiepdan.accounts.rules import KIND_CHOICES, Kind

if TYPE_CHECKING:
    OneAgency = forms.ModelChoiceField[Agency]
else:
    OneAgency = forms.ModelChoiceField


class AgencyChoice(OneAgency):
    """Agencies by their full names."""

    def __init__(self, label: str, *, required: bool = True, help_text: str = "") -> None:
        super().__init__(Agency.objects.none(), label=label, required=required, help_text=help_text)

    def offer(self, agencies: QuerySet[Agency]) -> None:
        self.queryset = agencies

    def to_python(self, value: Any) -> Agency | None:
        """The page may have been opened while the agency still existed: then it says why it is no choice any more."""
        try:
            return super().to_python(value)
        except forms.ValidationError:
            text = str(value)
            row = Agency.objects.filter(pk=text, valid_to__isnull=False).first() if _is_id(text) else None
            if row is None:
                raise
            after = f" Cơ quan kế thừa: «{row.successor.name}»." if row.successor else ""
            raise forms.ValidationError(
                f"«{row.name}» hết hiệu lực sau ngày {row.valid_to:%d/%m/%Y}.{after} Hãy chọn cơ quan trong danh sách.",
                code="agency_ended",
            ) from None


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


def offer(form: forms.Form, name: str, agencies: QuerySet[Agency]) -> None:
    field = form.fields[name]
    assert isinstance(field, AgencyChoice)
    field.offer(agencies)


class AgencyFilter(DressedForm):
    """Filters of the tree, kept in the address."""

    q = forms.CharField(
        label="Tìm",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Tên hoặc mã cơ quan"}),
    )
    state = forms.ChoiceField(
        label="Hiệu lực",
        required=False,
        choices=[("", "Đang hoạt động"), ("ended", "Đã hết hiệu lực"), ("all", "Tất cả")],
    )

    def filters(self) -> dict[str, str]:
        self.is_valid()
        return {"text": self.cleaned_data.get("q", ""), "state": self.cleaned_data.get("state", "")}


class AgencyEditForm(DressedForm):
    kind = forms.ChoiceField(label="Loại", choices=KIND_CHOICES)
    parent = AgencyChoice("Cơ quan cấp trên")
    phone = forms.CharField(label="Điện thoại", required=False, max_length=40)
    address = forms.CharField(label="Địa chỉ", required=False, max_length=300)

    def __init__(self, *args: Any, parents: QuerySet[Agency] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if parents is None:
            del self.fields["parent"]  # where the top of one's own part stands is decided above
        else:
            offer(self, "parent", parents)

    def clean_kind(self) -> Kind:
        return Kind(self.cleaned_data["kind"])


class AgencyForm(AgencyEditForm):
    name = forms.CharField(label="Tên cơ quan", max_length=200)
    short_name = forms.CharField(
        label="Tên ngắn", max_length=80, help_text="Dùng trong bảng, ví dụ «UBND xã Thanh Lộc»."
    )
    code = forms.CharField(
        label="Mã",
        max_length=40,
        validators=[code_rule],
        help_text="Chữ thường không dấu, ví dụ «thanh-loc». Không đổi được về sau.",
    )
    valid_from = DayField("Hoạt động từ ngày")
    field_order = ("name", "short_name", "code", "kind", "parent", "valid_from", "phone", "address")


class RenameForm(DressedForm):
    name = forms.CharField(label="Tên mới", max_length=200)
    short_name = forms.CharField(label="Tên ngắn mới", max_length=80)
    since = DayField("Đổi tên từ ngày", help_text="Văn bản trước ngày này giữ tên cũ.")


class EndForm(DressedForm):
    last_day = DayField("Đến hết ngày", help_text="Ngày cuối cùng cơ quan còn hoạt động.")


class MergeForm(DressedForm):
    into = AgencyChoice("Sáp nhập vào")
    since = DayField("Từ ngày", help_text="Cơ quan cũ hết hiệu lực vào ngày liền trước.")
    moves_people = forms.BooleanField(
        label="Chuyển các vị trí công tác đang giữ sang cơ quan mới", required=False, initial=True
    )

    def __init__(self, *args: Any, successors: QuerySet[Agency], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "into", successors)
        self.fields["since"].initial = today
