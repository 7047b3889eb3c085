"""Forms of the running order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet

from tiepdan.accounts.forms.dress import DressedForm
from tiepdan.kernel.numbers import id_of
from tiepdan.receptions.actions.agenda import ItemFacts
from tiepdan.receptions.agenda import LAYOUTS, LONGEST_ITEM
from tiepdan.receptions.models import AgendaItem, AgendaTemplate, Matter, Reception, ReceptionPoint, Seat
from tiepdan.receptions.rules import SEAT_LABELS, STAGE_LABELS

if TYPE_CHECKING:  # Django's own field takes no brackets when it runs
    _MatterField = forms.ModelChoiceField[Matter]
    _SeatField = forms.ModelChoiceField[Seat]
    _HallField = forms.ModelChoiceField[ReceptionPoint]
else:
    _MatterField = _SeatField = _HallField = forms.ModelChoiceField


class _Matters(_MatterField):
    def label_from_instance(self, obj: Matter) -> str:
        return f"{obj.case.code} · {obj.public_title}"


class _Seats(_SeatField):
    def label_from_instance(self, obj: Seat) -> str:
        return f"{obj.full_name} ({SEAT_LABELS[obj.role].lower()}, {obj.hall.point.name})"


class _Halls(_HallField):
    def label_from_instance(self, obj: ReceptionPoint) -> str:
        return obj.point.name


class ItemForm(DressedForm):
    stage = forms.ChoiceField(label="Giai đoạn", choices=list(STAGE_LABELS.items()))
    title = forms.CharField(label="Nội dung", max_length=300)
    minutes = forms.IntegerField(
        label="Số phút",
        min_value=1,
        max_value=LONGEST_ITEM,
        error_messages={
            "invalid": "Số phút là số nguyên.",
            "min_value": "Ít nhất 1 phút.",
            "max_value": f"Nhiều nhất {LONGEST_ITEM} phút.",
        },
    )
    matter = _Matters(Matter.objects.none(), label="Vụ việc", required=False)
    speaker = _Seats(Seat.objects.none(), label="Người nói", required=False)
    hall = _Halls(ReceptionPoint.objects.none(), label="Điểm cầu", required=False)
    layout = forms.ChoiceField(label="Bố cục màn hình", choices=list(LAYOUTS.items()), required=False)
    papers = forms.CharField(label="Tài liệu", max_length=300, required=False, help_text="Ví dụ: TL-02, báo cáo của Sở")
    words = forms.CharField(label="Lời dẫn", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4}))
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, reception: Reception, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("matter", reception.matters.select_related("case"), "Chung cho cả buổi")
        seats = Seat.objects.filter(hall__reception=reception, absence="").select_related("hall__point")
        self._offer("speaker", seats.order_by("-hall__is_central", "hall__order", "order", "pk"), "Không ghi")
        self._offer("hall", reception.halls.select_related("point"), "Theo chỗ ngồi của người nói")

    def _offer(self, name: str, rows: QuerySet[Any], empty: str) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset, field.empty_label = rows, empty

    @property
    def facts(self) -> ItemFacts:
        return ItemFacts(**{name: self.cleaned_data[name] for name in ItemFacts.__dataclass_fields__})


def initial_of(item: AgendaItem) -> dict[str, Any]:
    """What the form of an existing item begins with."""
    return {
        "stage": item.stage,
        "title": item.title,
        "minutes": item.minutes,
        "matter": item.matter_id,
        "speaker": item.speaker_id,
        "hall": item.hall_id,
        "layout": item.layout,
        "papers": item.papers,
        "words": item.words,
    }


class StartForm(DressedForm):
    """Which running order to begin with; the eight stages when none is chosen."""

    template = forms.ModelChoiceField(AgendaTemplate.objects.none(), label="Mẫu", required=False)
    replace = forms.BooleanField(label="Thay toàn bộ kịch bản hiện có", required=False)

    def __init__(self, *args: Any, reception: Reception, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["template"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = AgendaTemplate.objects.filter(agency=reception.agency)
        field.empty_label = "Mẫu 8 mục"


class NumbersField(forms.CharField):
    """«12,7,31»: rows by their numbers."""

    def clean(self, value: Any) -> list[int]:
        ids = [id_of(word) for word in super().clean(value).split(",")]
        if None in ids:
            raise forms.ValidationError("wrong")
        return [one for one in ids if one is not None]


class OrderForm(forms.Form):
    """Written by the page's own script, so there is one sentence for whatever is wrong with it."""

    sentence = "Chưa nhận được thứ tự mới. Hãy tải lại trang rồi làm lại."
    order = NumbersField(max_length=20_000)
    seen = NumbersField(max_length=20_000)
    moved = forms.IntegerField(min_value=1)


class TemplateForm(DressedForm):
    name = forms.CharField(
        label="Tên mẫu", max_length=120, help_text="Mẫu không giữ tên công dân, người nói, điểm cầu."
    )


class ReasonForm(DressedForm):
    """Why something is changed in the last half hour."""

    reason = forms.CharField(label="Lý do thay đổi", max_length=300, required=False)
