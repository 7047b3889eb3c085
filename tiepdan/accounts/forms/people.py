"""Forms of people, their posts and passwords."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet

from tiepdan.accounts.forms.agencies import AgencyChoice, offer
from tiepdan.accounts.forms.dress import DayField, DressedForm
from tiepdan.accounts.models import Agency, Person, code_rule
from tiepdan.accounts.rules import ROLE_CHOICES, Role

STATES = [
    ("", "Đang dùng"),
    ("locked", "Đã khóa"),
    ("unreviewed", "Chưa rà soát quyền năm nay"),
    ("unused", "Chưa đăng nhập 90 ngày"),
    ("all", "Tất cả"),
]


class PersonFilter(DressedForm):
    """Filters of the list, kept in the address."""

    q = forms.CharField(
        label="Tìm",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Họ tên, tên đăng nhập, điện thoại"}),
    )
    agency = AgencyChoice("Cơ quan", required=False)
    role = forms.ChoiceField(label="Vai trò", required=False, choices=[("", "Mọi vai trò"), *ROLE_CHOICES])
    state = forms.ChoiceField(label="Tài khoản", required=False, choices=STATES)

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agency", agencies)
        field = self.fields["agency"]
        assert isinstance(field, AgencyChoice)
        field.empty_label = "Mọi cơ quan"

    def filters(self) -> dict[str, Any]:
        self.is_valid()
        values = self.cleaned_data
        return {
            "text": values.get("q", ""),
            "agency": values.get("agency"),
            "role": values.get("role", ""),
            "state": values.get("state", ""),
        }


class PersonForm(DressedForm):
    full_name = forms.CharField(label="Họ và tên", max_length=120)
    phone = forms.CharField(label="Điện thoại", required=False, max_length=40)
    email = forms.EmailField(
        label="Thư điện tử",
        required=False,
        max_length=254,
        error_messages={"invalid": "Địa chỉ thư điện tử chưa đúng, ví dụ «ten@minhchau.gov.vn»."},
    )


class PostForm(DressedForm):
    agency = AgencyChoice("Cơ quan")
    role = forms.ChoiceField(label="Vai trò", choices=[("", "Chọn vai trò"), *ROLE_CHOICES])
    title = forms.CharField(label="Chức vụ", required=False, max_length=120)
    valid_from = DayField("Từ ngày")
    valid_to = DayField("Đến hết ngày", required=False, help_text="Để trống khi chưa biết.")

    def __init__(self, *args: Any, agencies: QuerySet[Agency], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agency", agencies)
        self.fields["valid_from"].initial = today

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class NewPersonForm(PostForm, PersonForm):
    username = forms.CharField(
        label="Tên đăng nhập",
        required=False,
        max_length=60,
        validators=[code_rule],
        help_text="Chữ thường không dấu. Để trống: hệ thống đặt theo họ tên.",
    )
    field_order = (
        "full_name",
        "username",
        "phone",
        "email",
        "agency",
        "role",
        "title",
        "valid_from",
        "valid_to",
    )


class EndPostForm(DressedForm):
    last_day = DayField("Giữ vai trò đến hết ngày")


class LockForm(DressedForm):
    reason = forms.CharField(label="Lý do", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class PasswordForm(DressedForm):
    old = forms.CharField(
        label="Mật khẩu hiện nay",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )
    new = forms.CharField(
        label="Mật khẩu mới",
        max_length=200,
        strip=False,
        help_text="Ít nhất 10 ký tự, không giống tên của bạn.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="Nhập lại mật khẩu mới",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("new") and values.get("again") and values["new"] != values["again"]:
            self.add_error("again", "Hai lần nhập mật khẩu mới không giống nhau.")
        return values


if TYPE_CHECKING:
    OnePerson = forms.ModelChoiceField[Person]
else:
    OnePerson = forms.ModelChoiceField


class Colleague(OnePerson):
    def label_from_instance(self, obj: Person) -> str:
        return obj.full_name


class DelegationForm(DressedForm):
    agency = AgencyChoice("Cơ quan")
    receiver = Colleague(Person.objects.none(), label="Người được ủy quyền")
    valid_from = DayField("Từ ngày")
    valid_to = DayField("Đến hết ngày")
    reason = forms.CharField(label="Lý do", required=False, max_length=300)

    def __init__(
        self, *args: Any, agencies: QuerySet[Agency], colleagues: QuerySet[Person], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agency", agencies)
        receiver = self.fields["receiver"]
        assert isinstance(receiver, Colleague)
        receiver.queryset = colleagues
        self.fields["valid_from"].initial = today
