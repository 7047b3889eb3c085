"""Taking a case in: the page of S03, its refusals, numbers, duplicates, the slip."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import case_cast, cast
from tiepdan.accounts.models import Agency
from tiepdan.accounts.rules import Kind as AgencyKind
from tiepdan.accounts.rules import Role
from tiepdan.audit.models import Entry
from tiepdan.cases.actions.intake import MIXED, CaseFacts, receive, split
from tiepdan.cases.actions.people import PersonFacts
from tiepdan.cases.models import Case
from tiepdan.cases.rules import Kind, Paper, Standing, State
from tiepdan.cases.rules.identity import NO_PAPER, NO_PROXY
from tiepdan.kernel.refusals import Invalid
from tiepdan.policy.models import Sequence

pytestmark = pytest.mark.django_db
PAGE = "/vu-viec/moi/"


def sheet(**changed: Any) -> dict[str, Any]:
    """The page of intake as the clerk fills it in; `changed` replaces fields."""
    facts = {
        "kind": Kind.COMPLAINT,
        "field": "Đất đai",
        "received_on": f"{timezone.localdate():%Y-%m-%d}",
        "summary": "Khiếu nại quyết định thu hồi đất",
        "content": "Đề nghị xem xét lại đơn giá bồi thường.",
        "people_count": "12",
        "agencies_count": "4",
        "receptions_before": "0",
        "full_name": "Nguyễn Văn Thật",
        "address": "Thôn 3, xã Thanh Lộc",
        "paper": Paper.CITIZEN_ID,
        "paper_number": "036 085 001 234",
        "standing": Standing.SELF,
        "truoc-TOTAL_FORMS": "1",
        "truoc-INITIAL_FORMS": "0",
    }
    return {**facts, **changed}


def post(data: dict[str, Any], who: Any = None) -> Any:
    return cast.browser(who or cast.clerk()).post(PAGE, data)


def the_case() -> Case:
    return Case.objects.get()


def test_a_clerk_takes_a_case_in() -> None:
    """J1, step 1"""
    answer = post(
        sheet(
            **{
                "truoc-0-agency_name": "UBND xã Thanh Lộc",
                "truoc-0-paper": "15/QĐ-UBND",
                "truoc-0-day": "2026-03-05",
                "truoc-0-is_exhausted": "on",
            }
        )
    )
    year = timezone.localdate().year
    case = the_case()
    assert answer["Location"] == f"/vu-viec/{case.code}/"
    assert (case.code, case.state) == (f"VV-{year}-0001", State.RECEIVED)
    assert (case.people_count, case.agencies_count, case.created_by) == (12, 4, cast.clerk())
    main = case.petitioners.get()
    assert (main.full_name, main.paper_number, main.is_main) == ("Nguyễn Văn Thật", "036085001234", True)
    assert [(row.agency_name, row.is_exhausted) for row in case.history.all()] == [("UBND xã Thanh Lộc", True)]
    assert case.next_due is not None and case.next_due > case.received_on
    text = cast.browser(cast.clerk()).get(answer["Location"]).content.decode()
    assert "Mới tiếp nhận" in text and case.code in text and "Lần tiếp thứ 1" in text


def test_the_log_names_the_case_and_nobody() -> None:
    post(sheet())
    entry = Entry.objects.get(event="case.received")
    whole = f"{entry.about_label} {entry.facts} {entry.search}"
    assert entry.about_label.startswith("VV-") and entry.by == cast.clerk()
    assert "Thật" not in whole and "036085001234" not in whole and "thanh loc" not in whole


def test_numbers_run_without_a_hole_and_step_over_those_that_exist() -> None:
    year = timezone.localdate().year
    case_cast.case(f"VV-{year}-0002")
    for number in range(3):
        post(sheet(full_name=f"Lê Thị Người {number}", paper_number=f"03618500{number:04d}", summary=f"Việc {number}"))
    assert sorted(Case.objects.values_list("code", flat=True)) == [f"VV-{year}-000{n}" for n in (1, 2, 3, 4)]
    assert Sequence.objects.get(key=f"cases:{year}").last == 4
    assert Case.objects.values("lookup_code").distinct().count() == 4


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"paper_number": ""}, NO_PAPER),
        ({"paper_number": "12345"}, "Số căn cước phải có đúng 12 chữ số."),
        ({"paper": Paper.PASSPORT, "paper_number": "12345678"}, "Số hộ chiếu gồm một chữ cái và 7 hoặc 8 chữ số."),
        ({"paper": Paper.LATER, "paper_number": ""}, "phải ghi lý do công dân chưa có giấy tờ"),
        ({"full_name": ""}, "Chưa nhập họ tên."),
        ({"address": ""}, "Chưa nhập địa chỉ."),
        ({"standing": Standing.PROXY, "thay-full_name": "Lê Thị Chủ"}, NO_PROXY),
        ({"standing": Standing.LAWYER, "proof": "Giấy yêu cầu", "thay-full_name": "Lê Thị Chủ"}, "số thẻ luật sư"),
        ({"standing": Standing.PROXY, "proof": "Giấy ủy quyền số 12"}, "Người được đại diện phải có họ tên"),
        ({"also": Kind.DENUNCIATION}, MIXED),
        ({"is_spoken": "on", "confirmed_how": "signed"}, "đọc lại cho công dân nghe"),
        ({"is_spoken": "on", "read_back": "on"}, "ký tên hay điểm chỉ"),
        ({"is_spoken": "on", "read_back": "on", "confirmed_how": "signed", "content": ""}, "Chưa ghi lời trình bày"),
        ({"summary": "Khiếu nại của ông Nguyễn Văn Thật"}, "Tóm tắt không ghi tên hay số giấy tờ của công dân"),
        ({"summary": "Người có số 036085001234 khiếu nại"}, "Tóm tắt không ghi tên hay số giấy tờ của công dân"),
        ({"received_on": "2099-01-01"}, "Ngày tiếp nhận không được sau hôm nay."),
        ({"is_protected": "on"}, "Chỉ vụ việc tố cáo mới ghi yêu cầu bảo vệ danh tính"),
        ({"people_count": "0"}, "người"),
    ],
)
def test_what_the_law_asks_is_refused_with_the_values_kept(changed: dict[str, Any], sentence: str) -> None:
    answer = post(sheet(wished_place="Hội trường & <UBND> 😀", **changed))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in text
    assert ("Hội trường &amp; &lt;UBND&gt; 😀" in text and "Đề nghị xem xét" in text) or "content" in changed
    assert not Case.objects.exists()


def test_without_papers_a_reason_is_enough() -> None:
    post(sheet(paper=Paper.LATER, paper_number="", paper_missing_reason="Để quên ở nhà"))
    main = the_case().petitioners.get()
    assert (main.paper, main.paper_missing_reason) == (Paper.LATER, "Để quên ở nhà")


def test_who_comes_for_another_brings_both_into_the_case() -> None:
    post(
        sheet(
            **{
                "standing": Standing.LEGAL_AID,
                "proof": "Quyết định phân công số 5/QĐ",
                "card": "77/TGV",
                "thay-full_name": "Lê Thị Chủ",
                "thay-address": "Thôn 1, xã Thanh Lộc",
            }
        )
    )
    first, second = the_case().petitioners.all()
    assert (first.standing, first.card, first.is_main) == (Standing.LEGAL_AID, "77/TGV", True)
    assert (second.full_name, second.standing, second.is_main) == ("Lê Thị Chủ", Standing.SELF, False)


def test_a_spoken_statement_that_was_read_back_and_signed() -> None:
    post(sheet(is_spoken="on", read_back="on", confirmed_how="fingerprint"))
    assert (the_case().is_spoken, the_case().confirmed_how) == (True, "fingerprint")


def ended() -> Agency:
    heir = cast.agency("phuong-moi", "UBND phường Mới", AgencyKind.COMMUNE, cast.province())
    old = cast.agency("xa-cu", "UBND xã Cũ", AgencyKind.COMMUNE, cast.province())
    Agency.objects.filter(pk=old.pk).update(valid_to=date(2025, 6, 30), successor=heir)
    old.refresh_from_db()
    return old


@pytest.mark.parametrize("field", ["place", "advising_agency"])
def test_an_agency_that_has_ended_is_refused_and_its_heir_named(field: str) -> None:
    answer = post(sheet(**{field: ended().pk}))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "UBND xã Cũ đã kết thúc hoạt động sau ngày 30/06/2025. Cơ quan kế nhiệm: UBND phường Mới." in text
    assert not Case.objects.exists()


def test_an_ended_agency_takes_no_case_in() -> None:
    facts = CaseFacts(summary="Khiếu nại", received_on=date(2026, 12, 1))
    who = PersonFacts(full_name="Lê Văn A", paper_number="036085001234")
    with pytest.raises(Invalid, match="đã kết thúc hoạt động"):
        receive(ended(), facts, who, by=cast.clerk(), at=case_cast.NOW)


def test_it_is_not_offered_in_the_list() -> None:
    old = ended()
    text = cast.browser(cast.clerk()).get(PAGE).content.decode()
    assert "UBND phường Mới" in text and old.name not in text


def test_a_duplicate_is_a_warning_that_is_confirmed() -> None:
    twin = case_cast.case("VV-2026-0017")
    answer = post(sheet())
    text = answer.content.decode()
    assert answer.status_code == 409 and text.count("Có thể trùng với") == 1 and "VV-2026-0017" in text
    assert "Chưa lưu." in text
    assert 'value="Nguyễn Văn Thật"' in text and Case.objects.count() == 1
    assert post(sheet(is_new_for_sure="on")).status_code == 302
    assert Case.objects.exclude(pk=twin.pk).count() == 1


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({"paper_number": case_cast.NUMBER}, True),
        ({"full_name": "nguyen van that", "summary": "khiếu nại bồi thường thu hồi đất"}, True),
        ({"full_name": "nguyen van that", "summary": "Tố cáo cán bộ nhận tiền"}, False),
        ({"full_name": "Nguyễn", "summary": "Khiếu nại về bồi thường khi thu hồi đất"}, False),
        ({"paper_number": "036085009999"}, False),
        ({}, False),
    ],
)
def test_the_hint_while_typing(typed: dict[str, str], found: bool) -> None:
    case_cast.case("VV-2026-0017")
    answer = cast.browser(cast.clerk()).post("/vu-viec/moi/trung/", typed)
    assert ("Có thể trùng với" in answer.content.decode()) is found


def test_no_hint_at_others_or_at_the_protected() -> None:
    case_cast.case("VV-2026-0017", agency=cast.elsewhere())
    case_cast.case("VV-2026-0018", kind=Kind.DENUNCIATION, is_protected=True)
    answer = cast.browser(cast.clerk()).post("/vu-viec/moi/trung/", {"paper_number": case_cast.NUMBER})
    assert "Có thể trùng" not in answer.content.decode()


def test_mixed_content_becomes_linked_cases() -> None:
    case = case_cast.case(people=["Lê Văn A", "Trần Thị B"])
    answer = cast.browser(cast.clerk()).post(
        f"/vu-viec/{case.code}/tach/",
        {"kind": Kind.DENUNCIATION, "summary": "Tố cáo cán bộ địa chính", "content": "Phần tố cáo."},
    )
    part = Case.objects.get(split_from=case)
    assert answer["Location"] == f"/vu-viec/{part.code}/"
    assert (part.kind, part.summary, part.content) == (Kind.DENUNCIATION, "Tố cáo cán bộ địa chính", "Phần tố cáo.")
    assert [one.full_name for one in part.petitioners.all()] == ["Lê Văn A", "Trần Thị B"]
    assert case.petitioners.count() == 2 and part.lookup_code != case.lookup_code
    text = cast.browser(cast.clerk()).get(f"/vu-viec/{case.code}/").content.decode()
    assert part.code in text
    assert set(Entry.objects.values_list("event", flat=True)) == {"case.split", "case.received"}


def test_a_part_of_the_same_kind_is_no_part() -> None:
    case = case_cast.case()
    with pytest.raises(Invalid, match="phải là loại khác"):
        split(case, Kind.COMPLAINT, "Khiếu nại khác", "", by=cast.clerk(), at=case_cast.NOW)


def test_a_part_that_is_no_denunciation_is_not_protected() -> None:
    case = case_cast.case(kind=Kind.DENUNCIATION, is_protected=True)
    part = split(case, Kind.COMPLAINT, "Khiếu nại về bồi thường", "", by=cast.clerk(), at=case_cast.NOW)
    assert (case.is_protected, part.is_protected) == (True, False)


def test_a_spoken_statement_needs_its_confirmation_wherever_it_comes_from() -> None:
    """khoản 1 Điều 14 NĐ 154/2026; the form asks the same, an import has no form."""
    who = PersonFacts(full_name="Nguyễn Văn Thật", paper_number=case_cast.NUMBER)
    for content, how, allowed in (("Đã trình bày.", "", False), ("", "signed", False), ("Đã kể.", "fingerprint", True)):
        facts = CaseFacts(
            summary=f"Khiếu nại số {len(content)}",
            received_on=case_cast.RECEIVED,
            is_spoken=True,
            content=content,
            confirmed_how=how,
        )
        if allowed:
            assert receive(cast.province(), facts, who, by=cast.clerk(), at=case_cast.NOW).confirmed_how == how
            continue
        with pytest.raises(Invalid, match="đọc lại cho công dân nghe"):
            receive(cast.province(), facts, who, by=cast.clerk(), at=case_cast.NOW)


def test_the_slip_carries_the_code_and_no_name() -> None:
    case = case_cast.case()
    text = cast.browser(cast.clerk()).get(f"/vu-viec/{case.code}/phieu/").content.decode()
    assert case.lookup_code in text and "N.V.T." in text
    assert "Nguyễn Văn Thật" not in text and case_cast.NUMBER not in text


def test_who_may_open_the_page() -> None:
    assert Client().get(PAGE)["Location"] == f"/dang-nhap/?next={PAGE}"
    for name, person in cast.everybody().items():
        wanted = 200 if name == "can-bo" else 403
        assert cast.browser(person).get(PAGE).status_code == wanted, name


def test_a_clerk_of_two_agencies_says_in_whose_name() -> None:
    person = cast.clerk()
    cast.post(person, Role.CLERK, cast.commune())
    text = cast.browser(person).get(PAGE).content.decode()
    assert "Cơ quan tiếp nhận" in text
    assert post(sheet()).status_code == 422
    post(sheet(agency=cast.commune().pk))
    assert the_case().agency == cast.commune()
    assert post(sheet(agency=cast.elsewhere().pk)).status_code == 422


def test_one_field_was_edited_by_somebody_else_meanwhile() -> None:
    case = case_cast.case()
    mine, theirs = cast.browser(cast.clerk()), cast.browser(cast.person("can-bo-2", "Lê Thị Hai", Role.CLERK))
    address = f"/vu-viec/{case.code}/sua/"
    seen = re.search(r'name="seen" value="([^"]+)"', mine.get(address).content.decode())
    assert seen
    change = sheet(seen=seen[1], summary="Khiếu nại mức bồi thường")
    assert theirs.post(address, change).status_code == 302
    answer = mine.post(address, {**change, "summary": "Khiếu nại diện tích thu hồi"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Nội dung này vừa được Lê Thị Hai thay đổi lúc" in text and "Khiếu nại diện tích thu hồi" in text
    case.refresh_from_db()
    assert case.summary == "Khiếu nại mức bồi thường"
    entry = Entry.objects.get(event="case.edited")
    assert "Tóm tắt" in entry.facts["changed"] and "Khiếu nại" not in str(entry.facts)


@pytest.mark.parametrize("state", [State.PROPOSED, State.APPROVED, State.PLANNED, State.REFUSED, State.CLOSED])
def test_what_was_put_before_the_head_is_not_edited(state: str) -> None:
    case = case_cast.case(state=state)
    seen = case.edited_at.isoformat()
    answer = cast.browser(cast.clerk()).post(f"/vu-viec/{case.code}/sua/", sheet(seen=seen, summary="Khác"))
    assert answer.status_code == 409 and "không sửa được nội dung" in answer.content.decode()


def test_earlier_handling_is_added_and_taken_away() -> None:
    case = case_cast.case()
    browser = cast.browser(cast.clerk())
    address = f"/vu-viec/{case.code}/qua-trinh/"
    assert browser.post(address, {"paper": "15/QĐ"}).status_code == 422
    browser.post(address, {"agency_name": "UBND xã Thanh Lộc", "paper": "15/QĐ", "is_exhausted": "on"})
    row = case.history.get()
    text = browser.get(f"/vu-viec/{case.code}/").content.decode()
    assert "15/QĐ" in text and "Đã hết thẩm quyền" in text
    browser.post(f"{address}{row.pk}/bo/")
    assert not case.history.exists()
    assert list(Entry.objects.order_by("pk").values_list("event", flat=True)) == [
        "case.history_added",
        "case.history_removed",
    ]


def test_screening_asking_and_completing() -> None:
    case = case_cast.case()
    browser = cast.browser(cast.clerk())
    browser.post(f"/vu-viec/{case.code}/sang-loc/")
    assert browser.post(f"/vu-viec/{case.code}/cho-bo-sung/", {"note": " "}).status_code == 422
    browser.post(f"/vu-viec/{case.code}/cho-bo-sung/", {"note": "Giấy chứng nhận quyền sử dụng đất"})
    case.refresh_from_db()
    assert (case.state, case.missing_note) == (State.INCOMPLETE, "Giấy chứng nhận quyền sử dụng đất")
    browser.post(f"/vu-viec/{case.code}/da-bo-sung/")
    case.refresh_from_db()
    assert case.state == State.SCREENING
    assert browser.post(f"/vu-viec/{case.code}/da-bo-sung/").status_code == 409


def test_somebody_of_the_agency_is_put_in_charge() -> None:
    case = case_cast.case()
    officer = cast.person("chuyen-vien", "Hà Văn Chín", Role.OFFICER)
    address = f"/vu-viec/{case.code}/giao/"
    assert cast.browser(cast.approver()).post(address, {"officer": officer.pk}).status_code == 302
    case.refresh_from_db()
    assert case.officer == officer
    assert Entry.objects.get(event="case.assigned").facts["officer"] == "Hà Văn Chín"
    assert cast.browser(officer).get(f"/vu-viec/{case.code}/sua/").status_code == 200
    assert cast.browser(cast.approver()).post(address, {"officer": cast.outsider().pk}).status_code == 422


def test_the_answer_is_due_in_ten_working_days_and_the_petition_in_forty_five() -> None:
    case = case_cast.case(received_on=date(2026, 12, 1))
    assert case.next_due == date(2026, 12, 15)  # khoản 1 Điều 28 Luật Tiếp công dân
    late = case_cast.case("VV-2026-0042", received_on=date(2026, 12, 1), answered_at=case_cast.NOW)
    assert late.next_due == date(2026, 12, 1) + timedelta(days=45)  # điểm b khoản 3 Điều 41 NĐ 154/2026
    done = case_cast.case("VV-2026-0043", state=State.GUIDED)
    assert done.next_due is None
