"""The group of a case: more people, who stands for them, and why somebody looks at the full identity."""

from __future__ import annotations

from typing import Any

from django import forms

from tiepdan.accounts.forms.dress import LONGEST_WORD, DressedForm
from tiepdan.cases.actions.people import PersonFacts
from tiepdan.cases.forms.base import UploadField, area
from tiepdan.cases.rules import Paper
from tiepdan.cases.rules.identity import paper_problems, tidy_number

MOST_LINES = 200
MEMBER_REASON = "Thành viên của đoàn, chưa đến trực tiếp"


class ReasonForm(DressedForm):
    reason = forms.CharField(
        label="Lý do xem thông tin đầy đủ", max_length=300, help_text="Được ghi vào nhật ký cùng tên bạn và giờ xem."
    )


class MembersForm(DressedForm):
    """One person a line: «họ tên; địa chỉ; số căn cước»; only the name is needed."""

    lines = forms.CharField(
        label="Thêm người trong đoàn",
        max_length=40_000,
        widget=area(5),
        help_text="Mỗi dòng một người: họ tên; địa chỉ; số căn cước (nếu có). "
        "Ví dụ: Trần Thị Bưởi; Thôn 2; 036185002345",
    )

    def clean_lines(self) -> list[PersonFacts]:
        rows = [line for line in self.cleaned_data["lines"].splitlines() if line.strip()]
        if len(rows) > MOST_LINES:
            raise forms.ValidationError(f"Mỗi lần thêm tối đa {MOST_LINES} người.")
        return [self._read(number, line) for number, line in enumerate(rows, start=1)]

    def _read(self, at: int, line: str) -> PersonFacts:
        name, address, number = ([part.strip() for part in line.split(";")] + ["", ""])[:3]
        number = tidy_number(number)
        if not name:
            raise forms.ValidationError(f"Dòng {at}: chưa nhập họ tên.")
        if max(map(len, f"{name} {address}".split())) > LONGEST_WORD or len(name) > 200 or len(address) > 300:
            raise forms.ValidationError(f"Dòng {at}: họ tên hoặc địa chỉ quá dài.")
        if number:
            for sentence in paper_problems(Paper.PERSONAL_NUMBER, number, "").values():
                raise forms.ValidationError(f"Dòng {at}: {sentence}")
        return PersonFacts(
            full_name=name,
            address=address,
            paper=Paper.PERSONAL_NUMBER if number else Paper.LATER,
            paper_number=number,
            paper_missing_reason="" if number else MEMBER_REASON,
        )


class RepresentativesForm(DressedForm):
    """Ticks beside the people of the group, and the paper that all have signed."""

    chosen = forms.TypedMultipleChoiceField(coerce=int, required=False)
    signed = UploadField("Văn bản cử người đại diện, có chữ ký của tất cả mọi người", help_text="PDF hoặc ảnh quét.")

    def __init__(self, *args: Any, people: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["chosen"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(pk, pk) for pk in people]
