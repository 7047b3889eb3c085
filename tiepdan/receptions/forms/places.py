"""Forms of halls, seats and matters (S10, tab «Vụ việc»)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from tiepdan.accounts.forms.dress import DressedForm
from tiepdan.accounts.models import Agency, Person
from tiepdan.cases.models import Case, Petitioner
from tiepdan.points.models import Point
from tiepdan.points.queries import Equipment, equipment_of, usable
from tiepdan.receptions.actions.seats import SeatFacts
from tiepdan.receptions.models import Reception, ReceptionPoint, Seat
from tiepdan.receptions.rules import CITIZENS_SIDE, SEAT_LABELS, SeatRole


class LateForm(DressedForm):
    """What every change of a plan carries: the version that was seen, and the reason in the last half hour."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Lý do thay đổi", required=False, max_length=300, help_text="Bắt buộc trong 30 phút trước giờ tiếp."
    )


def tell_state(field: forms.ModelChoiceField[Point], halls: QuerySet[Point]) -> None:
    """Offer halls as «Xã Vân Sơn – Hỏng: âm thanh»: known before one is chosen. One query, when the list is shown."""
    found: dict[int, Equipment] = {}

    def label(point: Point) -> str:
        if not found:
            found.update(equipment_of(halls.values_list("pk", flat=True)))
        return f"{point.name} – {found[point.pk].words}"

    field.queryset = halls.order_by("name")
    setattr(field, "label_from_instance", label)  # noqa: B010


class HallForm(LateForm):
    point = forms.ModelChoiceField(queryset=Point.objects.none(), label="Điểm cầu", empty_label="Chọn")
    part = forms.ChoiceField(label="Tham gia là")

    def __init__(self, *args: Any, reception: Reception, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = usable(localdate(reception.starts_at)).exclude(receptions__reception=reception)
        field = self.fields["point"]
        assert isinstance(field, forms.ModelChoiceField)
        tell_state(field, free)
        part = self.fields["part"]
        assert isinstance(part, forms.ChoiceField)
        part.choices = [
            (code, ReceptionPoint(reception=reception, is_central=is_central).kind_word.capitalize())
            for code, is_central in (("component", False), ("central", True))
        ]
        if not reception.halls.filter(is_central=True).exists():
            self.fields["part"].initial = "central"


class HallDetailsForm(LateForm):
    operator = forms.CharField(label="Người vận hành", required=False, max_length=200)
    phone = forms.CharField(label="Điện thoại tại điểm cầu", required=False, max_length=40)
    spare = forms.ModelChoiceField(
        queryset=Point.objects.none(), label="Điểm cầu dự phòng", required=False, empty_label="Không có"
    )

    def __init__(self, *args: Any, hall: ReceptionPoint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["spare"]
        assert isinstance(field, forms.ModelChoiceField)
        free = usable(localdate(hall.reception.starts_at)).exclude(receptions__reception=hall.reception)
        tell_state(field, Point.objects.filter(Q(pk__in=free) | Q(pk=hall.spare_id or 0)))


class SeatForm(LateForm):
    role = forms.ChoiceField(label="Vai trò", choices=list(SEAT_LABELS.items()), initial=SeatRole.OFFICER)
    petitioner = forms.ModelChoiceField(
        queryset=Petitioner.objects.none(),
        label="Công dân của vụ việc",
        required=False,
        empty_label="Không phải công dân của vụ việc",
        help_text="Chọn người trong hồ sơ; họ tên được điền theo hồ sơ.",
    )
    full_name = forms.CharField(label="Họ tên", required=False, max_length=200)
    title = forms.CharField(label="Chức vụ, tư cách", required=False, max_length=200)
    agency = forms.ModelChoiceField(
        queryset=Agency.objects.none(), label="Cơ quan", required=False, empty_label="Không có"
    )
    person = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        label="Tài khoản trong hệ thống",
        required=False,
        empty_label="Không có",
        help_text="Để phát hiện trùng lịch của người này.",
    )
    place = forms.CharField(label="Chỗ ngồi số", required=False, max_length=12)
    may_speak = forms.BooleanField(label="Được phát biểu", required=False, initial=True)
    absence = forms.CharField(label="Vắng mặt, lý do", required=False, max_length=200)

    def __init__(
        self,
        *args: Any,
        petitioners: QuerySet[Petitioner],
        agencies: QuerySet[Agency],
        people: QuerySet[Person],
        office: Agency,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.office = office
        for name, rows in (("petitioner", petitioners), ("agency", agencies), ("person", people)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows
        person_field, petitioner_field = self.fields["person"], self.fields["petitioner"]
        setattr(person_field, "label_from_instance", lambda one: one.full_name)  # noqa: B010
        setattr(  # noqa: B010
            petitioner_field, "label_from_instance", lambda one: f"{one.case.code}: {one.full_name}"
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        petitioner, person = data.get("petitioner"), data.get("person")
        if data.get("role") in CITIZENS_SIDE and data.get("agency") == self.office:
            data["agency"] = None  # offered for the hall's own people; nobody on the citizens' side works there
        if not data.get("full_name"):
            if petitioner is not None:
                data["full_name"] = petitioner.full_name
            elif person is not None:
                data["full_name"] = person.full_name
            else:
                self.add_error("full_name", "Chưa nhập họ tên.")
        return data

    def facts(self) -> SeatFacts:
        names = ("full_name", "role", "title", "agency", "person", "petitioner", "place", "may_speak", "absence")
        return SeatFacts(**{name: self.cleaned_data[name] for name in names})


def entered(seat: Seat) -> dict[str, Any]:
    return {
        "role": seat.role,
        "petitioner": seat.petitioner_id,
        "full_name": seat.full_name,
        "title": seat.title,
        "agency": seat.agency_id,
        "person": seat.person_id,
        "place": seat.place,
        "may_speak": seat.may_speak,
        "absence": seat.absence,
    }


class MatterForm(LateForm):
    case = forms.ModelChoiceField(queryset=Case.objects.none(), label="Vụ việc đã được đồng ý", empty_label="Chọn")
    public_title = forms.CharField(
        label="Nội dung công khai",
        required=False,
        max_length=300,
        help_text="Không ghi tên, số giấy tờ, số thửa. Để trống: lấy loại, lĩnh vực và xã của vụ việc.",
    )
    minutes = forms.IntegerField(label="Số phút", initial=60, min_value=5, max_value=600)

    def __init__(self, *args: Any, cases: QuerySet[Case], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["case"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = cases


class MatterDetailsForm(LateForm):
    public_title = forms.CharField(label="Nội dung công khai", max_length=300)
    minutes = forms.IntegerField(label="Số phút", min_value=5, max_value=600)


class ChosenForm(LateForm):
    """The hall that the citizen chose; «home» is understood, so that it can be refused by name."""

    hall = forms.CharField(label="Điểm cầu công dân chọn", required=False)
