"""What nobody types by mistake, and some do: unseen marks, days of other centuries, numbers in other digits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests import case_cast as stage
from tests import cast
from tests.cases.test_intake import sheet
from tests.cases.test_refusal_views import entered
from tiepdan.accounts.forms.dress import BROKEN_ROWS, NO_SUCH_YEAR
from tiepdan.cases.models import Case, Item, Refusal

pytestmark = pytest.mark.django_db
PAGE = "/vu-viec/moi/"


def send(address: str, data: dict[str, Any]) -> Any:
    return cast.browser(cast.clerk()).post(address, data)


def refused(answer: Any, *sentences: str) -> None:
    page = answer.content.decode()
    assert answer.status_code == 422
    for sentence in sentences:
        assert sentence in page
    assert "Null characters" not in page and "is not" not in page and "ManagementForm" not in page


def test_names_are_kept_in_one_spelling_and_without_marks_that_nobody_sees() -> None:
    send(PAGE, sheet(full_name="Nguye\u0302\u0303n\u202e Va\u0306n\x00 \u200bThật", summary="Đơn\x07 về đất"))
    case = Case.objects.get()
    assert case.summary == "Đơn về đất" and case.petitioners.get().full_name == "Nguyễn Văn Thật"


def test_a_name_of_unseen_marks_is_no_name() -> None:
    refused(send(PAGE, sheet(full_name="\u200b\u200e\x00")), "Chưa nhập họ tên.")
    assert not Case.objects.exists()


def test_the_number_of_an_identity_paper_has_the_digits_that_stand_on_it() -> None:
    refused(send(PAGE, sheet(paper_number="٠٣٦٠٨٥٠٠١٢٣٤")), "phải có đúng 12 chữ số")
    answer = send(f"/vu-viec/{stage.case().code}/nguoi-dai-dien/them/", {"lines": "Bà B; Thôn 2; ٠٣٦٠٨٥٠٠١٢٣٤"})
    refused(answer, "Dòng 1: Số định danh cá nhân phải có đúng 12 chữ số")


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "9999-12-31", "2026-02-30", "17/13/2026", "9" * 200])
@pytest.mark.parametrize("field", ["received_on", "paper_issued_on", "truoc-0-day"])
def test_a_day_that_cannot_be_is_said_at_its_field(field: str, day: str) -> None:
    sentence = NO_SUCH_YEAR if day[4:5] == "-" and day != "2026-02-30" else "Hãy nhập ngày theo dạng 17/12/2026."
    refused(send(PAGE, sheet(**{"truoc-0-agency_name": "UBND xã", field: day})), sentence, 'value="Nguyễn Văn Thật"')
    assert not Case.objects.exists()


@pytest.mark.parametrize("field", ["paper_issued_on", "truoc-0-day"])
def test_what_lies_behind_is_not_ahead(field: str) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    refused(send(PAGE, sheet(**{"truoc-0-agency_name": "UBND xã", field: f"{tomorrow}"})), "không được ở tương lai")


def test_no_refusal_counts_from_the_first_century() -> None:
    refused(send(f"/vu-viec/{stage.case().code}/tu-choi/", entered(grounds_on="0001-01-01")), NO_SUCH_YEAR)
    assert not Refusal.objects.exists()


@pytest.mark.parametrize("paper", ["", "the-bai", "\x00"])
def test_a_kind_of_paper_that_does_not_exist_is_a_sentence(paper: str) -> None:
    refused(send(PAGE, sheet(paper=paper)), "giấy tờ")


def test_a_table_that_lost_its_count_is_a_sentence() -> None:
    refused(send(PAGE, sheet(**{"truoc-TOTAL_FORMS": "x"})), BROKEN_ROWS)
    case = stage.case()
    refused(send(f"/vu-viec/{case.code}/ho-so/ghi-nhan/", {"giver": case.petitioners.get().pk}), BROKEN_ROWS)


@pytest.mark.parametrize("number", ["9" * 200, str(2**63), "-1", "x"])
def test_a_tick_for_a_paper_that_cannot_be_is_a_sentence(number: str) -> None:
    case = stage.case()
    shared = {"agency": stage.department().pk, "until": f"{timezone.localdate() + timedelta(days=9)}", "items": number}
    refused(send(f"/vu-viec/{case.code}/ho-so/chia-se/", shared), "Hãy chọn")
    rows = {"giay-TOTAL_FORMS": "0", "giay-INITIAL_FORMS": "0", "waiting": number, "place": "Trụ sở"}
    answer = send(f"/vu-viec/{case.code}/ho-so/ghi-nhan/", {**rows, "giver": case.petitioners.get().pk})
    assert answer.status_code == 422 and not Item.objects.exists()


def test_the_condition_that_is_missing_is_said_at_its_own_field() -> None:
    case = stage.case()
    rows = {"giay-TOTAL_FORMS": "1", "giay-INITIAL_FORMS": "0", "giay-0-title": "Đơn", "giay-0-pages": "2"}
    answer = send(
        f"/vu-viec/{case.code}/ho-so/ghi-nhan/", {**rows, "place": "Trụ sở", "giver": case.petitioners.get().pk}
    )
    refused(answer, 'id="id_giay-0-condition_error"')


def test_what_is_sent_twice_is_kept_once_and_said() -> None:
    case = stage.case(agency=cast.province())
    giver = case.petitioners.get().pk
    rows = {"giay-TOTAL_FORMS": "1", "giay-INITIAL_FORMS": "0", "giay-0-title": "Đơn", "giay-0-pages": "2"}
    twice = [
        ("ho-so/ghi-nhan/", {**rows, "giay-0-condition": "copy", "place": "Trụ sở", "giver": giver}, "biên nhận số 01"),
        ("nguoi-dai-dien/them/", {"lines": "Trần Thị B; Thôn 2; 036185002345"}, "đã có trong vụ việc"),
        ("nguoi-dai-dien/them/", {"lines": "Trần Thị C; Thôn 2"}, "đã có trong vụ việc"),
        ("qua-trinh/", {"agency_name": "UBND xã", "paper": "1/QĐ"}, "đã có trong quá trình đã giải quyết"),
        ("tach/", {"kind": "denunciation", "summary": "Tố cáo cán bộ", "content": ""}, "đã được tách thành VV-"),
    ]
    for path, data, sentence in twice:
        assert send(f"/vu-viec/{case.code}/{path}", data).status_code == 302, path
        answer = send(f"/vu-viec/{case.code}/{path}", data)
        assert answer.status_code == 409 and sentence in answer.content.decode(), path
    assert (case.receipts.count(), case.items.count(), case.petitioners.count(), case.history.count()) == (1, 1, 3, 1)
    assert Case.objects.filter(split_from=case).count() == 1


def test_two_people_of_a_group_may_hand_in_the_same() -> None:
    case = stage.case(people=2)
    rows = {"giay-TOTAL_FORMS": "1", "giay-INITIAL_FORMS": "0", "giay-0-title": "Đơn", "giay-0-pages": "2"}
    for giver in case.petitioners.all():
        data = {**rows, "giay-0-condition": "copy", "place": "Trụ sở", "giver": giver.pk}
        assert send(f"/vu-viec/{case.code}/ho-so/ghi-nhan/", data).status_code == 302
    assert case.receipts.count() == 2


@pytest.mark.parametrize("field", ["summary", "full_name", "address", "truoc-0-agency_name"])
def test_a_word_without_end_does_not_reach_the_lists(field: str) -> None:
    refused(send(PAGE, sheet(**{field: "W" * 61})), "Có một từ dài quá 60 ký tự")
    assert send(PAGE, sheet(**{field: f"{'W' * 60} dài"})).status_code == 302
