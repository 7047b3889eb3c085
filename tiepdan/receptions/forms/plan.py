"""Forms of the plan's first page: day, kind, people (S09), and its small decisions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.timezone import get_current_timezone, localtime, make_aware

from tiepdan.accounts.forms.dress import DayField, DressedForm
from tiepdan.accounts.models import Agency, Person
from tiepdan.kernel.refusals import Refused
from tiepdan.law.profiles import codes, profile
from tiepdan.receptions.actions.plan import PlanFacts
from tiepdan.receptions.models import Reception
from tiepdan.receptions.people import chairs_of, is_head_on, secretaries_of, technicians_of, title_of
from tiepdan.receptions.rules import KIND_LABELS, Kind

STILL_THE_LAW = "Các mốc của NĐ 154/2026 vẫn bắt buộc."
# Sentences of actions name what they are about; the form has it under these names.
FIELD_OF = {"day": "day", "ends_at": "ends", "title": "title"}


class PersonChoice(forms.ChoiceField):
    """People by their post; the value is the person."""

    def __init__(self, label: str, help_text: str = "") -> None:
        super().__init__(label=label, help_text=help_text)
        self.people: dict[str, Person] = {}

    def offer(self, people: Iterable[tuple[Person, str]]) -> None:
        rows = list(people)
        self.people = {str(person.pk): person for person, _ in rows}
        self.choices = [("", "Chọn"), *((str(person.pk), label) for person, label in rows)]

    def clean(self, value: Any) -> Person | None:
        return self.people.get(super().clean(value))


class TimeField(forms.TimeField):
    def __init__(self, label: str) -> None:
        super().__init__(
            label=label,
            widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            error_messages={"invalid": "Hãy nhập giờ theo dạng 08:30."},
        )


class PlanForm(DressedForm):
    title = forms.CharField(
        label="Nội dung buổi tiếp",
        max_length=300,
        help_text="Được công khai: không ghi tên, số giấy tờ, số thửa đất. "
        "Ví dụ: Khiếu nại về bồi thường đất, xã Thanh Lộc.",
    )
    day = DayField("Ngày tiếp")
    starts = TimeField("Bắt đầu")
    ends = TimeField("Kết thúc")
    kind = forms.ChoiceField(label="Loại", choices=list(KIND_LABELS.items()), initial=Kind.PERIODIC)
    adhoc_reason = forms.CharField(
        label="Lý do tiếp đột xuất của người đứng đầu",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Chỉ khi tiếp đột xuất mà không đủ thời gian niêm yết, thông báo: ghi số, ngày văn bản và lý do.",
    )
    chair = PersonChoice("Người chủ trì")
    is_delegated = forms.BooleanField(label="Cấp phó chủ trì theo ủy quyền", required=False)
    secretary = PersonChoice("Thư ký")
    technician = PersonChoice("Cán bộ kỹ thuật trung tâm")
    place = forms.CharField(
        label="Nơi tiếp", max_length=300, required=False, help_text="Địa chỉ của điểm cầu trung tâm."
    )
    help_phone = forms.CharField(label="Điện thoại hỗ trợ", max_length=40, required=False)
    profile = forms.ChoiceField(label="Bộ quy tắc", help_text=f"Khi chọn QĐ 764/2025: {STILL_THE_LAW}")
    note = forms.CharField(
        label="Ghi chú nội bộ", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Lý do thay đổi",
        required=False,
        max_length=300,
        help_text="Bắt buộc trong 30 phút trước giờ tiếp.",
    )

    def __init__(self, *args: Any, agency: Agency, on: date, **kwargs: Any) -> None:
        self.agency = agency
        super().__init__(*args, **kwargs)
        day = self._typed_day() or on
        choice = forms.ChoiceField
        assert isinstance(self.fields["profile"], choice)
        self.fields["profile"].choices = [(code, profile(code).title) for code in codes()]
        self._offer("chair", ((person, self._chair_label(person, day)) for person in chairs_of(agency, day)))
        self._offer("secretary", ((person, person.full_name) for person in secretaries_of(agency, day)))
        self._offer("technician", ((person, person.full_name) for person in technicians_of(agency, day)))

    def _offer(self, name: str, people: Iterable[tuple[Person, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, PersonChoice)
        field.offer(people)

    def _chair_label(self, person: Person, day: date) -> str:
        title = title_of(person, self.agency, day)
        words = f"{person.full_name} – {title}" if title else person.full_name
        return words if is_head_on(person, self.agency, day) else f"{words} (ủy quyền)"

    def _typed_day(self) -> date | None:
        try:
            return self.fields["day"].clean(self.data.get(self.add_prefix("day")))  # type: ignore[no-any-return]
        except forms.ValidationError:
            return None

    def facts(self) -> PlanFacts:
        """What was entered, once the form is valid."""
        data = self.cleaned_data
        return PlanFacts(
            agency=self.agency,
            title=data["title"].strip(),
            kind=data["kind"],
            starts_at=_moment(data["day"], data["starts"]),
            ends_at=_moment(data["day"], data["ends"]),
            chair=data["chair"],
            secretary=data["secretary"],
            technician=data["technician"],
            place=data["place"].strip(),
            profile=data["profile"],
            help_phone=data["help_phone"].strip(),
            is_delegated=data["is_delegated"],
            adhoc_reason=data["adhoc_reason"].strip(),
            note=data["note"].strip(),
        )

    def blame(self, refused: Refused) -> None:
        """The sentence of an action stands at the field that it is about, else above the form."""
        name = FIELD_OF.get(refused.code, refused.code)
        self.add_error(name if name in self.fields else None, refused.sentence)


def entered(reception: Reception) -> dict[str, Any]:
    """A plan as the form shows it."""
    start, end = localtime(reception.starts_at), localtime(reception.ends_at)
    return {
        "title": reception.title,
        "day": start.date(),
        "starts": start.time(),
        "ends": end.time(),
        "kind": reception.kind,
        "adhoc_reason": reception.adhoc_reason,
        "chair": str(reception.chair_id),
        "is_delegated": reception.is_delegated,
        "secretary": str(reception.secretary_id),
        "technician": str(reception.technician_id),
        "place": reception.place,
        "help_phone": reception.help_phone,
        "profile": reception.profile,
        "note": reception.note,
    }


class DatesForm(forms.Form):
    """What the dates of the law depend on, as far as it is typed."""

    day = DayField("Ngày tiếp")
    starts = forms.TimeField()
    kind = forms.ChoiceField(choices=list(KIND_LABELS.items()))
    profile = forms.ChoiceField(choices=lambda: [(code, code) for code in codes()])
    agency = forms.IntegerField(required=False)


class NoteForm(DressedForm):
    """A few words beside a decision."""

    note = forms.CharField(label="Ý kiến", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class ProofForm(DressedForm):
    proof = forms.CharField(
        label="Minh chứng",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Ai đã làm, với những điểm cầu nào, kết quả.",
    )
    file = forms.FileField(label="Tệp kèm theo (PDF, ảnh)", required=False)


class WaiverForm(DressedForm):
    code = forms.CharField(widget=forms.HiddenInput, max_length=80)
    reason = forms.CharField(label="Lý do chấp nhận", max_length=500)


def _moment(day: date, at: time) -> datetime:
    return make_aware(datetime.combine(day, at), get_current_timezone())
