"""Papers of a dossier, receipts, and sharing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from tiepdan.accounts.forms.dress import DayField, DressedForm, DressedRows, no_endless_word
from tiepdan.accounts.models import Agency
from tiepdan.accounts.queries import agencies_on
from tiepdan.cases.actions.dossier import INCOMPLETE, PaperFacts
from tiepdan.cases.forms.base import LivingAgency, Ticks, UploadField, area, offer
from tiepdan.cases.models import Case, Item, Petitioner
from tiepdan.cases.rules import CONDITION_LABELS, ITEM_LABELS, ItemKind

# What an agency sends into a dossier that is shared with it.
SUPPLIED = (ItemKind.REPORT, ItemKind.OPINION, ItemKind.DECISION, ItemKind.REVIEW, ItemKind.NOTICE, ItemKind.OTHER)


class PaperForm(DressedForm):
    """One paper; an empty row is no paper."""

    title = forms.CharField(label="Tên tài liệu", required=False, max_length=300, validators=[no_endless_word])
    kind = forms.ChoiceField(label="Loại", required=False, choices=list(ITEM_LABELS.items()), initial=ItemKind.EVIDENCE)
    pages = forms.IntegerField(label="Số trang", required=False, min_value=1, max_value=30_000)
    condition = forms.ChoiceField(
        label="Tình trạng", required=False, choices=[("", "Chọn tình trạng"), *CONDITION_LABELS.items()]
    )
    upload = UploadField("Tệp")
    item = forms.IntegerField(required=False, widget=forms.HiddenInput())
    needs_all = True  # pages and condition, as for everything that a citizen hands in

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not self.is_filled():
            return values
        if not values.get("title"):
            self.add_error("title", "Chưa nhập tên tài liệu.")
        if self.needs_all and "pages" not in self.errors and not (values.get("pages") and values.get("condition")):
            self.add_error("condition" if values.get("pages") else "pages", INCOMPLETE)
        return values

    def is_filled(self) -> bool:
        values = self.cleaned_data
        return any(values.get(name) for name in ("title", "pages", "upload", "condition")) or bool(values.get("item"))

    def facts(self, known: dict[int, Item] | None = None) -> PaperFacts:
        values = self.cleaned_data
        return PaperFacts(
            title=values["title"],
            kind=values["kind"] or ItemKind.EVIDENCE,
            pages=values["pages"],
            condition=values["condition"] or "copy",
            upload=values["upload"],
            item=(known or {}).get(values.get("item") or 0),
        )


class OfficePaperForm(PaperForm):
    """A paper of an office: pages and condition may stay open."""

    needs_all = False


class SuppliedForm(OfficePaperForm):
    kind = forms.ChoiceField(
        label="Loại", required=False, choices=[(one.value, ITEM_LABELS[one]) for one in SUPPLIED], initial=SUPPLIED[0]
    )


PaperRows = forms.formset_factory(PaperForm, formset=DressedRows, extra=4, max_num=40)
CorrectedRows = forms.formset_factory(PaperForm, formset=DressedRows, extra=2, max_num=60)
OfficeRows = forms.formset_factory(OfficePaperForm, formset=DressedRows, extra=3, max_num=40)
SuppliedRows = forms.formset_factory(SuppliedForm, formset=DressedRows, extra=3, max_num=20)


class ReceiptForm(DressedForm):
    giver = forms.ModelChoiceField(Petitioner.objects.none(), label="Người cung cấp", empty_label=None)
    place = forms.CharField(label="Nhận tại", max_length=200)
    waiting = Ticks(Item.objects.none(), required=False, label="tài liệu")

    def __init__(self, *args: Any, case: Case, label: Any, waiting: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        giver = self.fields["giver"]
        assert isinstance(giver, forms.ModelChoiceField)
        giver.queryset = case.petitioners.all()
        setattr(giver, "label_from_instance", label)  # noqa: B010
        self.fields["place"].initial = f"Trụ sở tiếp công dân, {case.agency.name}"[:200]
        papers = self.fields["waiting"]
        assert isinstance(papers, forms.ModelMultipleChoiceField)
        papers.queryset = waiting


class RemoveForm(DressedForm):
    reason = forms.CharField(label="Lý do bỏ tài liệu khỏi hồ sơ", max_length=300)


class ShareForm(DressedForm):
    agency = LivingAgency("Cơ quan nhận", required=True, empty="Chọn cơ quan")
    items = Ticks(Item.objects.none(), required=False, label="tài liệu")
    until = DayField("Chia sẻ đến hết ngày")
    note = forms.CharField(
        label="Đề nghị với cơ quan nhận",
        required=False,
        max_length=500,
        widget=area(3),
        help_text="Ví dụ: gửi báo cáo tham mưu trước ngày 15/12/2026.",
    )

    def __init__(self, *args: Any, papers: Any, today: date, own: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agency", agencies_on(today).exclude(pk=own.pk).order_by("name"))
        field = self.fields["items"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = papers


def filled(rows: Sequence[PaperForm], known: dict[int, Item] | None = None) -> list[PaperFacts]:
    """Papers of the rows in which something stands."""
    return [row.facts(known) for row in rows if row.is_filled()]
