"""The page of intake: the case, who came, in whose name, what was decided before."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from django import forms
from django.utils.timezone import localdate

from tiepdan.accounts.forms.dress import DayField, DressedForm, DressedRows, no_endless_word
from tiepdan.accounts.models import Agency
from tiepdan.accounts.queries import agencies_on
from tiepdan.accounts.rules import Kind as AgencyKind
from tiepdan.cases.actions.intake import SPLIT_FIRST, CaseFacts, HandledFacts
from tiepdan.cases.actions.people import PersonFacts
from tiepdan.cases.forms.base import LivingAgency, area, offer
from tiepdan.cases.models import Case, Petitioner
from tiepdan.cases.rules import FIELDS, KIND_LABELS, PAPER_LABELS, STANDING_LABELS, Standing
from tiepdan.cases.rules.identity import paper_problems, standing_problems, tidy_number

CONFIRMED = [("", "Chưa xác nhận"), ("signed", "Đã ký tên"), ("fingerprint", "Đã điểm chỉ")]
REPRESENTED = "Người được đại diện phải có họ tên (cá nhân) hoặc tên cơ quan, tổ chức."
FOR_ONESELF = "Tư cách là «Bản thân» nên không ghi người được đại diện: chọn tư cách khác, hoặc xóa ô này."


class CaseForm(DressedForm):
    """Facts of the case; the fields are those of `CaseFacts`."""

    kind = forms.ChoiceField(label="Loại", choices=list(KIND_LABELS.items()))
    also = forms.ChoiceField(
        label="Có thêm nội dung thuộc loại khác",
        required=False,
        choices=[("", "Không có"), *KIND_LABELS.items()],
        help_text="Mỗi loại là một vụ việc riêng (khoản 4 Điều 14 NĐ 154/2026).",
    )
    field = forms.ChoiceField(
        label="Lĩnh vực", required=False, choices=[("", "Chưa phân loại"), *((one, one) for one in FIELDS)]
    )
    received_on = DayField("Ngày tiếp nhận")
    summary = forms.CharField(
        label="Tóm tắt",
        max_length=300,
        validators=[no_endless_word],
        help_text="Một câu, không ghi tên hay số giấy tờ của công dân.",
    )
    content = forms.CharField(
        label="Nội dung", required=False, max_length=20000, widget=area(6), help_text="Theo đơn, hoặc lời trình bày."
    )
    is_spoken = forms.BooleanField(label="Không có đơn: ghi lời trình bày của công dân", required=False)
    read_back = forms.BooleanField(label="Đã đọc lại cho công dân nghe", required=False)
    confirmed_how = forms.ChoiceField(label="Công dân xác nhận", required=False, choices=CONFIRMED)
    place = LivingAgency("Xã, phường nơi phát sinh")
    people_count = forms.IntegerField(label="Số người", min_value=1, max_value=100_000, initial=1)
    since_year = forms.IntegerField(label="Phát sinh từ năm", required=False, min_value=1945, max_value=2100)
    agencies_count = forms.IntegerField(label="Số cơ quan liên quan", min_value=0, max_value=99, initial=1)
    receptions_before = forms.IntegerField(label="Số lần đã tiếp trước đây", min_value=0, max_value=999, initial=0)
    advising_agency = LivingAgency("Cơ quan tham mưu")
    is_remote = forms.BooleanField(label="Ở vùng sâu, vùng xa, vùng đặc biệt khó khăn", required=False)
    is_policy = forms.BooleanField(label="Đối tượng chính sách", required=False)
    is_frail = forms.BooleanField(label="Người già yếu, người khuyết tật", required=False)
    wishes_online = forms.BooleanField(label="Có nguyện vọng được tiếp trực tuyến", required=False)
    wished_place = forms.CharField(label="Nơi muốn tham dự", required=False, max_length=200)
    language = forms.CharField(
        label="Phiên dịch", required=False, max_length=80, help_text="Ngôn ngữ cần phiên dịch; để trống nếu không cần."
    )
    access_needs = forms.CharField(label="Hỗ trợ khi tham dự", required=False, max_length=300)
    is_protected = forms.BooleanField(label="Người tố cáo yêu cầu giữ bí mật danh tính", required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        living = list(agencies_on(today).order_by("name"))
        offer(self, "place", [one for one in living if one.kind == AgencyKind.COMMUNE])
        offer(self, "advising_agency", living)
        self.fields["received_on"].initial = today

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("also") and values["also"] != values.get("kind"):
            self.add_error("also", SPLIT_FIRST)
        if values.get("is_spoken") and not values.get("read_back"):
            self.add_error("read_back", "Phải đọc lại cho công dân nghe (khoản 1 Điều 14 NĐ 154/2026).")
        if values.get("is_spoken") and not values.get("confirmed_how"):
            self.add_error("confirmed_how", "Chưa ghi công dân ký tên hay điểm chỉ (khoản 1 Điều 14 NĐ 154/2026).")
        if values.get("is_spoken") and not values.get("content"):
            self.add_error("content", "Chưa ghi lời trình bày của công dân.")
        return values

    def facts(self) -> CaseFacts:
        values = self.cleaned_data
        return CaseFacts(**{one.name: values[one.name] for one in fields(CaseFacts)})

    @staticmethod
    def initial_of(case: Case) -> dict[str, Any]:
        known = {one.name: getattr(case, one.name) for one in fields(CaseFacts)}
        return {**known, "read_back": case.is_spoken}


class PersonForm(DressedForm):
    """Khoản 1 Điều 12 and Điều 13 NĐ 154/2026; the fields are those of `PersonFacts`."""

    full_name = forms.CharField(
        label="Họ tên",
        max_length=200,
        validators=[no_endless_word],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    address = forms.CharField(
        label="Địa chỉ",
        max_length=300,
        validators=[no_endless_word],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    paper = forms.ChoiceField(label="Giấy tờ", choices=list(PAPER_LABELS.items()))
    paper_number = forms.CharField(
        label="Số giấy tờ", required=False, max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    paper_issued_on = DayField("Ngày cấp", required=False)
    paper_issued_by = forms.CharField(label="Nơi cấp", required=False, max_length=200)
    paper_missing_reason = forms.CharField(
        label="Lý do bổ sung sau", required=False, max_length=300, help_text="Khi chọn «Bổ sung sau»."
    )
    standing = forms.ChoiceField(label="Tư cách", choices=list(STANDING_LABELS.items()))
    proof = forms.CharField(
        label="Giấy tờ chứng minh tư cách",
        required=False,
        max_length=300,
        help_text="Số, ngày của văn bản ủy quyền, giấy yêu cầu giúp đỡ, quyết định phân công…",
    )
    card = forms.CharField(label="Số thẻ luật sư, thẻ trợ giúp viên", required=False, max_length=80)
    phone = forms.CharField(label="Điện thoại", required=False, max_length=40)
    email = forms.EmailField(
        label="Thư điện tử", required=False, error_messages={"invalid": "Địa chỉ thư điện tử chưa đúng."}
    )

    def clean_paper_number(self) -> str:
        return tidy_number(self.cleaned_data["paper_number"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        number, reason = values.get("paper_number", ""), values.get("paper_missing_reason", "")
        for name, sentence in paper_problems(values.get("paper", ""), number, reason).items():
            self.add_error(name, sentence)
        proofs = standing_problems(values.get("standing", ""), values.get("proof", ""), values.get("card", ""))
        for name, sentence in proofs.items():
            self.add_error(name, sentence)
        if (day := values.get("paper_issued_on")) and day > localdate():
            self.add_error("paper_issued_on", "Ngày cấp giấy tờ không được ở tương lai.")
        return values

    def facts(self) -> PersonFacts:
        return PersonFacts(**{one.name: self.cleaned_data[one.name] for one in fields(PersonFacts)})

    @staticmethod
    def initial_of(person: Petitioner) -> dict[str, Any]:
        return {one.name: getattr(person, one.name) for one in fields(PersonFacts)}


class RepresentedForm(DressedForm):
    """In whose name somebody came; asked for when the standing is not «Bản thân»."""

    full_name = forms.CharField(
        label="Họ tên, tên tổ chức", required=False, max_length=200, validators=[no_endless_word]
    )
    address = forms.CharField(label="Địa chỉ", required=False, max_length=300)
    paper_number = forms.CharField(label="Số căn cước, số định danh", required=False, max_length=40)

    def facts(self) -> PersonFacts | None:
        values = self.cleaned_data
        if not values["full_name"].strip():
            return None
        number = tidy_number(values["paper_number"])
        return PersonFacts(
            full_name=values["full_name"],
            address=values["address"],
            paper="personal_number" if number else "later",
            paper_number=number,
            paper_missing_reason="" if number else "Người đại diện đến thay",
        )

    def require(self, standing: str) -> bool:
        """Adds the error when nobody is named, or somebody whom nobody stands for; true when all is well."""
        is_named = bool(self.cleaned_data.get("full_name", "").strip())
        if standing != Standing.SELF and not is_named:
            self.add_error("full_name", REPRESENTED)
        if standing == Standing.SELF and is_named:
            self.add_error("full_name", FOR_ONESELF)
        return not self.errors


class HandledForm(DressedForm):
    """An earlier handling of the matter; an empty row is no row."""

    agency_name = forms.CharField(
        label="Cơ quan đã giải quyết", required=False, max_length=200, validators=[no_endless_word]
    )
    paper = forms.CharField(label="Số văn bản", required=False, max_length=80, validators=[no_endless_word])
    day = DayField("Ngày", required=False)
    result = forms.CharField(label="Kết quả", required=False, max_length=300, validators=[no_endless_word])
    is_exhausted = forms.BooleanField(label="Đã hết thẩm quyền", required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if self.has_changed() and not values.get("agency_name"):
            self.add_error("agency_name", "Chưa nhập cơ quan đã giải quyết.")
        if (day := values.get("day")) and day > localdate():
            self.add_error("day", "Ngày giải quyết trước đây không được ở tương lai.")
        return values

    def facts(self) -> HandledFacts:
        return HandledFacts(**{one.name: self.cleaned_data[one.name] for one in fields(HandledFacts)})


HandledRows = forms.formset_factory(HandledForm, formset=DressedRows, extra=2, max_num=20)


class SplitForm(DressedForm):
    kind = forms.ChoiceField(label="Loại của phần tách ra", choices=[("", "Chọn loại"), *KIND_LABELS.items()])
    summary = forms.CharField(
        label="Tóm tắt",
        max_length=300,
        validators=[no_endless_word],
        help_text="Không ghi tên hay số giấy tờ của công dân.",
    )
    content = forms.CharField(label="Nội dung tách ra", required=False, max_length=20000, widget=area(6))


class AgencyForm(DressedForm):
    """In whose name the case is taken in; asked only of who works in several agencies."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="Cơ quan tiếp nhận", empty_label=None)

    def __init__(self, *args: Any, agencies: list[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["agency"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Agency.objects.filter(pk__in=[one.pk for one in agencies]).order_by("name")
        self.is_asked = len(agencies) > 1
        if not self.is_asked:
            field.required = False
            self.only = agencies[0] if agencies else None

    def chosen(self) -> Agency | None:
        return self.cleaned_data.get("agency") or getattr(self, "only", None)
