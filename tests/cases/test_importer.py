"""Cases from Excel, through the importer's own page."""

from __future__ import annotations

from typing import Any

import pytest

from tests import case_cast, cast
from tiepdan.accounts.rules import Kind as AgencyKind
from tiepdan.audit.models import Entry
from tiepdan.cases.actions.intake import MayBeDuplicate
from tiepdan.cases.importer import CASES, CaseRow, apply
from tiepdan.cases.models import Case
from tiepdan.cases.rules import Paper

pytestmark = pytest.mark.django_db


def row(**changed: str) -> CaseRow:
    values = {column.key: column.example for column in CASES.columns} | {"place": ""}
    form = CaseRow({**values, **changed})
    form.agency, form.today = cast.province(), case_cast.NOW.date()
    return form


def test_the_example_of_the_sheet_is_right() -> None:
    form = row()
    assert form.is_valid(), form.errors
    apply(form.cleaned_data, cast.province(), cast.clerk(), case_cast.NOW)
    case = Case.objects.get()
    assert (case.code, case.field, case.since_year) == ("VV-2026-0001", "Đất đai", 2023)
    assert case.petitioners.get().paper == Paper.CITIZEN_ID
    assert Entry.objects.get().event == "case.imported"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": "Đơn thư"}, "kind"),
        ({"field": "Chuyện khác"}, "field"),
        ({"received_on": "31/12/2999"}, "received_on"),
        ({"received_on": "hôm qua"}, "received_on"),
        ({"summary": ""}, "summary"),
        ({"summary": "Khiếu nại của Nguyễn Thị Mẫu"}, "summary"),
        ({"paper_number": "123"}, "paper_number"),
        ({"paper_number": ""}, "paper_number"),
        ({"place": "Xã Không Có"}, "place"),
        ({"people_count": "0"}, "people_count"),
    ],
)
def test_a_wrong_row_says_which_column(changed: dict[str, str], field: str) -> None:
    form = row(**changed)
    assert not form.is_valid() and field in form.errors


@pytest.mark.parametrize(
    ("number", "reason", "paper"),
    [("C1234567", "", Paper.PASSPORT), ("", "Để quên ở nhà", Paper.LATER), ("036 185 001 234", "", Paper.CITIZEN_ID)],
)
def test_the_paper_is_told_by_its_number(number: str, reason: str, paper: str) -> None:
    form = row(paper_number=number, paper_missing_reason=reason)
    assert form.is_valid() and form.cleaned_data["paper"] == paper


def test_a_commune_by_its_name_without_marks() -> None:
    cast.agency("thanh-loc", "UBND xã Thanh Lộc", AgencyKind.COMMUNE, cast.province())
    form = row(place="ubnd xa thanh loc", kind="khieu nai")
    assert form.is_valid() and form.cleaned_data["place"] == cast.commune()


def test_the_same_case_twice_in_a_sheet_and_in_the_book() -> None:
    one: Any = row()
    assert one.is_valid() and CASES.check_all is not None
    wrong = CASES.check_all([one.cleaned_data, one.cleaned_data], cast.province())
    assert list(wrong) == [1]
    apply(one.cleaned_data, cast.province(), cast.clerk(), case_cast.NOW)
    with pytest.raises(MayBeDuplicate, match="Có thể trùng với VV-2026-0001"):
        apply(one.cleaned_data, cast.province(), cast.clerk(), case_cast.NOW)


def test_a_clerk_finds_the_page() -> None:
    assert cast.browser(cast.clerk()).get("/nhap-bang/vu-viec/").status_code == 200
    assert cast.browser(cast.outsider()).get("/nhap-bang/vu-viec/").status_code in (403, 404)
