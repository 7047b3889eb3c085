"""«Biên bản vi phạm»: who, when, where, what was asked, what was said."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.timezone import localtime, make_aware

from tiepdan.accounts.forms.dress import DayField, DressedForm
from tiepdan.cases.actions.violation import ViolationFacts
from tiepdan.cases.forms.base import area
from tiepdan.cases.models import Case, Petitioner, Refusal
from tiepdan.cases.models_desk import Violation

WORDS = ("place", "witnesses", "story", "asked", "answer", "measures")


class ClockField(forms.TimeField):
    def __init__(self, label: str) -> None:
        super().__init__(
            label=label,
            widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            error_messages={"invalid": "Hãy nhập giờ theo dạng 09:15."},
        )


class ViolationForm(DressedForm):
    offender = forms.ModelChoiceField(Petitioner.objects.none(), label="Người vi phạm", empty_label=None)
    place = forms.CharField(label="Địa điểm", max_length=200)
    day = DayField("Ngày")
    began = ClockField("Giờ bắt đầu")
    ended = ClockField("Giờ kết thúc")
    story = forms.CharField(
        label="Diễn biến", required=False, max_length=8000, widget=area(5), help_text="Ai, làm gì, lúc nào."
    )
    asked = forms.CharField(
        label="Yêu cầu đã đưa ra",
        required=False,
        max_length=4000,
        widget=area(3),
        help_text="Đã yêu cầu chấm dứt hành vi vi phạm mấy lần, lúc nào, người đó làm gì sau đó.",
    )
    answer = forms.CharField(
        label="Ý kiến của người vi phạm",
        required=False,
        max_length=4000,
        widget=area(2),
        help_text="Để trống nếu không có ý kiến.",
    )
    witnesses = forms.CharField(
        label="Người chứng kiến",
        required=False,
        max_length=2000,
        widget=area(2),
        help_text="Mỗi dòng một người: họ tên, chức vụ hoặc địa chỉ.",
    )
    measures = forms.CharField(
        label="Đề nghị cơ quan chức năng",
        required=False,
        max_length=2000,
        widget=area(2),
        help_text="Ví dụ: đề nghị Công an phường xử lý theo quy định. Để trống nếu không cần.",
    )

    def __init__(self, *args: Any, case: Case, label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offender = self.fields["offender"]
        assert isinstance(offender, forms.ModelChoiceField)
        offender.queryset = case.petitioners.all()
        setattr(offender, "label_from_instance", label)  # noqa: B010

    def facts(self) -> ViolationFacts:
        values = self.cleaned_data

        def moment(clock: time) -> datetime:
            return make_aware(datetime.combine(values["day"], clock))

        return ViolationFacts(
            offender=values["offender"],
            began_at=moment(values["began"]),
            ended_at=moment(values["ended"]),
            **{name: values[name] for name in WORDS},
        )


def initial_of(refusal: Refusal, row: Violation | None) -> dict[str, Any]:
    """What was written; before that the words of the refusal, so that nothing is typed twice."""
    if row is None:
        at = localtime(refusal.made_at)
        place = f"Nơi tiếp công dân, {refusal.case.agency.name}"[:200]
        return {"day": at.date(), "ended": at.time(), "place": place, "story": refusal.reason}
    began, ended = localtime(row.began_at), localtime(row.ended_at)
    known = {name: getattr(row, name) for name in WORDS}
    return {**known, "offender": row.offender_id, "day": began.date(), "began": began.time(), "ended": ended.time()}
