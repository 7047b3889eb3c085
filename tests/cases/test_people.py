"""People of a case: the group rule of Điều 29 Luật Tiếp công dân, masks, every look at a full identity."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate

from tests import case_cast, cast
from tiepdan.accounts.rules import Role
from tiepdan.audit.models import Entry
from tiepdan.cases.access import may_read, may_see_people
from tiepdan.cases.actions.intake import edit, facts_of
from tiepdan.cases.actions.people import (
    NO_GROUP_PAPER,
    NOT_OF_GROUP,
    remove_person,
    set_representatives,
)
from tiepdan.cases.models import Case
from tiepdan.cases.rules import ItemKind, Kind, Standing, State
from tiepdan.kernel.refusals import Refused

pytestmark = pytest.mark.django_db


def signed_paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("van-ban-cu-dai-dien.pdf", b"%PDF-1.7\n1 0 obj", "application/pdf")


def group(people: int) -> Case:
    return case_cast.case(people=people, people_count=people)


def page(case: Case) -> str:
    return f"/vu-viec/{case.code}/nguoi-dai-dien/"


def seen_on(case: Case) -> str:
    text = cast.browser(cast.clerk()).get(page(case)).content.decode()
    found = re.search(r'name="seen" value="([^"]+)"', text)
    assert found
    return found[1]


def choose(case: Case, count: int, signed: SimpleUploadedFile | None = None, who: Any = None) -> Any:
    chosen = list(case.petitioners.values_list("pk", flat=True)[:count])
    data: dict[str, Any] = {"chosen": chosen, "seen": case.edited_at.isoformat()}
    return cast.browser(who or cast.clerk()).post(page(case), {**data, **({"signed": signed} if signed else {})})


@pytest.mark.parametrize(
    ("people", "chosen", "with_paper", "allowed"),
    [
        (2, 2, False, True),  # below five the law only advises (khoản 3 Điều 14 NĐ 154/2026)
        (4, 1, False, True),
        (5, 1, False, False),  # the paper that all have signed, from five people on
        (5, 1, True, True),
        (5, 2, True, True),
        (5, 3, True, False),
        (10, 2, True, True),
        (10, 3, True, False),
        (11, 3, True, True),
        (11, 5, True, True),
        (11, 6, True, False),
        (12, 5, False, False),
        (5, 0, True, False),
    ],
)
def test_how_many_may_speak_for_a_group(people: int, chosen: int, with_paper: bool, allowed: bool) -> None:
    """Điều 29 Luật Tiếp công dân"""
    case = group(people)
    ids = list(case.petitioners.values_list("pk", flat=True)[:chosen])
    upload = signed_paper() if with_paper else None

    def act() -> None:
        set_representatives(case, ids, upload, seen="", by=cast.clerk(), at=case_cast.NOW)

    if allowed:
        act()
        assert case.petitioners.filter(is_representative=True).count() == chosen
    else:
        with pytest.raises(Refused):
            act()
        assert not case.petitioners.filter(is_representative=True).exists()


def test_six_of_twelve_are_too_many_and_five_need_the_signed_paper() -> None:
    """J1, step 2"""
    case = group(12)
    answer = choose(case, 6)
    text = answer.content.decode()
    assert answer.status_code == 409
    wanted = "Đoàn có 12 người: được cử tối đa 5 người đại diện (Điều 29 Luật Tiếp công dân). Đang chọn 6."
    assert wanted in text and len(re.findall(r"checked", text)) == 6
    answer = choose(case, 5)
    assert answer.status_code == 409 and NO_GROUP_PAPER in answer.content.decode()
    assert choose(case, 5, signed_paper()).status_code == 302
    assert case.petitioners.filter(is_representative=True).count() == 5
    paper = case.items.get(kind=ItemKind.GROUP_PAPER)
    assert paper.file is not None and paper.file.sha256
    assert Entry.objects.get(event="case.representatives").facts == {"chosen": 5, "most": 5}
    case.refresh_from_db()
    assert choose(case, 4).status_code == 302  # the paper is there already


@pytest.mark.parametrize(
    ("state", "status"),
    [(State.RECEIVED, 302), (State.PROPOSED, 409), (State.APPROVED, 302), (State.PLANNED, 302), (State.HEARD, 409)],
)
def test_a_group_chooses_until_it_is_heard_but_not_while_the_head_decides(state: str, status: int) -> None:
    """khoản 4 Điều 22 NĐ 154/2026: the plan asks for them, so they can be named then"""
    case = case_cast.case(people=5, people_count=5, state=state)
    text = cast.browser(cast.clerk()).get(page(case)).content.decode()
    assert ('name="signed"' in text) == (status == 302)
    assert ("nên không đổi người đại diện ở bước này" in text) == (status == 409)
    answer = choose(case, 2, signed_paper())
    assert answer.status_code == status
    if status == 409:
        assert "nên không đổi người đại diện ở bước này" in answer.content.decode()
    assert case.petitioners.filter(is_representative=True).count() == (2 if status == 302 else 0)


def test_a_paper_that_is_no_scan_is_not_taken() -> None:
    case = group(5)
    answer = choose(case, 1, SimpleUploadedFile("anh.pdf", b"not a pdf"))
    assert answer.status_code == 422 and "không phải là PDF" in answer.content.decode()
    assert not case.items.exists() and not case.petitioners.filter(is_representative=True).exists()


def test_only_people_of_the_group_are_chosen() -> None:
    case = group(5)
    lawyer = case_cast.petitioner(case, "Luật Sư Nào", number="036085007777", standing=Standing.LAWYER)
    with pytest.raises(Refused, match=NOT_OF_GROUP):
        set_representatives(case, [lawyer.pk], signed_paper(), seen="", by=cast.clerk(), at=case_cast.NOW)
    other = case_cast.case("VV-2026-0099").petitioners.get()
    with pytest.raises(Refused):
        set_representatives(case, [other.pk], signed_paper(), seen="", by=cast.clerk(), at=case_cast.NOW)


def test_somebody_was_faster() -> None:
    case = group(5)
    old = case.edited_at.isoformat()
    assert choose(case, 1, signed_paper()).status_code == 302
    answer = cast.browser(cast.clerk()).post(
        page(case), {"chosen": list(case.petitioners.values_list("pk", flat=True)[:2]), "seen": old}
    )
    assert answer.status_code == 409 and "Nội dung này vừa được Phạm Thị Hoa thay đổi" in answer.content.decode()


def test_people_are_added_line_by_line() -> None:
    case = case_cast.case()
    browser = cast.browser(cast.clerk())
    lines = "Trần Thị Bưởi; Thôn 2, xã Thanh Lộc; 036185002345\nLê & Văn <Cam>\n"
    assert browser.post(f"{page(case)}them/", {"lines": lines}).status_code == 302
    case.refresh_from_db()
    assert [one.full_name for one in case.petitioners.all()] == ["Nguyễn Văn Thật", "Trần Thị Bưởi", "Lê & Văn <Cam>"]
    assert case.people_count == 3 and "tran thi buoi" in case.search
    answer = browser.post(f"{page(case)}them/", {"lines": "Lê Thị D; Thôn 1; 123"})
    assert (
        answer.status_code == 422 and "Dòng 1: Số định danh cá nhân phải có đúng 12 chữ số." in answer.content.decode()
    )
    assert "Lê Thị D; Thôn 1; 123" in answer.content.decode()


def test_a_group_that_was_agreed_to_names_its_people_and_no_more_than_it_had() -> None:
    """Whoever is chosen to speak has to be named first."""
    case = case_cast.case(people=1, people_count=3, state=State.PLANNED)
    desk, address = cast.browser(cast.clerk()), f"{page(case)}them/"
    assert "Thêm người" in desk.get(page(case)).content.decode()
    answer = desk.post(address, {"lines": "Trần Thị Bưởi\nTrần Thị Cam\nTrần Thị Quýt"})
    assert answer.status_code == 409
    assert "đã được đồng ý với 3 người, đã ghi tên 1 người: chỉ ghi thêm được 2 người." in answer.content.decode()
    assert desk.post(address, {"lines": "Trần Thị Bưởi\nTrần Thị Cam"}).status_code == 302
    assert (case.petitioners.count(), Case.objects.get().people_count) == (3, 3)
    assert "Thêm người" not in desk.get(page(case)).content.decode()


def test_the_page_masks_everybody() -> None:
    case = group(3)
    for address in (f"/vu-viec/{case.code}/", page(case), "/vu-viec/", f"/vu-viec/{case.code}/ho-so/ghi-nhan/"):
        text = cast.browser(cast.clerk()).get(address).content.decode()
        assert "N.V.T." in text
        for secret in ("Nguyễn Văn Thật", case_cast.NUMBER, "0912 345 678", "Thôn 3"):
            assert secret not in text, (address, secret)
    assert "0360••••1234" in cast.browser(cast.clerk()).get(page(case)).content.decode()


def test_a_full_identity_needs_a_reason_and_leaves_a_trace() -> None:
    case = group(2)
    somebody = case.petitioners.first()
    assert somebody
    browser = cast.browser(cast.clerk())
    address = f"/vu-viec/{case.code}/nguoi/{somebody.pk}/"
    assert case_cast.NUMBER not in browser.get(address).content.decode()
    answer = browser.post(address, {"reason": "xem"})
    assert answer.status_code == 422 and case_cast.NUMBER not in answer.content.decode()
    assert not Entry.objects.exists()
    answer = browser.post(address, {"reason": "Gọi điện hẹn công dân bổ sung giấy tờ"})
    assert answer.status_code == 200 and case_cast.NUMBER in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    entry = Entry.objects.get()
    assert entry.event == "case.revealed" and entry.by == cast.clerk()
    assert entry.facts == {"person": "người thứ 1", "reason": "Gọi điện hẹn công dân bổ sung giấy tờ"}


def test_who_only_reads_sees_it_too_with_a_reason_and_without_a_form() -> None:
    case = group(1)
    somebody = case.petitioners.get()
    address = f"/vu-viec/{case.code}/nguoi/{somebody.pk}/"
    text = cast.browser(cast.inspector()).post(address, {"reason": "Kiểm tra hồ sơ tiếp nhận"}).content.decode()
    assert case_cast.NUMBER in text and 'name="full_name"' not in text
    assert cast.browser(cast.inspector()).post(f"{address}sua/", {}).status_code == 404


def test_missing_papers_are_filled_in_later() -> None:
    case = group(1)
    somebody = case.petitioners.get()
    data = {
        "full_name": "Nguyễn Văn Thật",
        "address": "Thôn 4, xã Thanh Lộc",
        "paper": "passport",
        "paper_number": "c1234567",
        "standing": "self",
        "seen": case.edited_at.isoformat(),
    }
    address = f"/vu-viec/{case.code}/nguoi/{somebody.pk}/sua/"
    wrong = cast.browser(cast.clerk()).post(address, {**data, "paper_number": "1"})
    assert wrong.status_code == 422 and "Thôn 4" in wrong.content.decode()
    assert cast.browser(cast.clerk()).post(address, data).status_code == 302
    somebody.refresh_from_db()
    assert (somebody.paper_number, somebody.address) == ("C1234567", "Thôn 4, xã Thanh Lộc")
    facts = Entry.objects.get(event="case.person_edited").facts
    assert "Số giấy tờ" in facts["changed"] and "C1234567" not in str(facts)


def test_a_new_name_may_not_stand_in_the_summary_already() -> None:
    case = case_cast.case(summary="Khiếu nại của bà Lê Thị Mới về đất")
    answer = cast.browser(cast.clerk()).post(f"{page(case)}them/", {"lines": "Lê Thị Mới"})
    assert answer.status_code == 422 and "Tóm tắt không ghi tên" in answer.content.decode()


def test_who_stands_first_and_who_gave_papers_stays() -> None:
    case = group(2)
    main, other = case.petitioners.all()
    with pytest.raises(Refused, match="người đứng đơn"):
        remove_person(main, by=cast.clerk(), at=case_cast.NOW)
    remove_person(other, by=cast.clerk(), at=case_cast.NOW)
    assert Entry.objects.get().facts == {"person": "người thứ 2"}


def protected() -> Case:
    return case_cast.case(
        kind=Kind.DENUNCIATION,
        is_protected=True,
        summary="Tố cáo cán bộ địa chính nhận tiền",
        content="Tôi đã thấy việc đưa tiền tại nhà tôi.",
        created_by=cast.person("can-bo-nhan", "Lê Thị Nhận", Role.CLERK),
        officer=cast.person("phu-trach", "Hà Văn Chín", Role.OFFICER),
    )


@pytest.mark.parametrize(
    ("username", "sees"),
    [
        ("can-bo-nhan", True),  # took it in
        ("phu-trach", True),
        ("lanh-dao", True),
        ("chu-tri", True),
        ("can-bo", False),
        ("thanh-tra", False),
    ],
)
def test_a_protected_denouncer_is_seen_by_those_who_must_know(username: str, sees: bool) -> None:
    """khoản 2 Điều 12, khoản 4 Điều 20 NĐ 154/2026"""
    case = protected()
    cast.everybody()
    item = case_cast.item(case, "Đơn tố cáo viết tay")
    person = type(cast.clerk()).objects.get(username=username)
    browser = cast.browser(person)
    somebody = case.petitioners.get()
    detail = browser.get(f"/vu-viec/{case.code}/")
    text = detail.content.decode()
    assert detail.status_code == 200
    assert ("N.V.T." in text) is sees and ("Tôi đã thấy" in text) is sees
    reveal = browser.post(f"/vu-viec/{case.code}/nguoi/{somebody.pk}/", {"reason": "Xác minh đơn tố cáo"})
    assert (reveal.status_code == 200 and case_cast.NUMBER in reveal.content.decode()) is sees
    assert ("Đơn tố cáo viết tay" in browser.get(f"/vu-viec/{case.code}/ho-so/").content.decode()) is sees
    assert (browser.get(f"/vu-viec/{case.code}/ho-so/muc-luc/").status_code == 200) is sees
    assert browser.get(f"/vu-viec/{case.code}/ho-so/tai-lieu/{item.pk}/bo/").status_code in (
        (200,) if username in ("can-bo-nhan", "phu-trach") else (404,)
    )


def test_who_took_it_in_and_has_left_the_office_sees_nothing_of_it_any_more() -> None:
    """khoản 2 Điều 12 NĐ 154/2026: reading from above is no reason to know who denounces"""
    left = cast.person("can-bo-cu", "Lê Thị Cũ", Role.INSPECTOR)  # of the province now
    facts = {"kind": Kind.DENUNCIATION, "is_protected": True, "agency": cast.commune(), "created_by": left}
    case = case_cast.case("VV-2026-0066", **facts)
    today = localdate()
    assert may_read(left, case, today) and not may_see_people(left, case, today)
    here = cast.person("can-bo-o-lai", "Lê Thị Ở", Role.CLERK, cast.commune())
    assert may_see_people(here, case_cast.case("VV-2026-0067", **{**facts, "created_by": here}), today)


@pytest.mark.parametrize("text", ["Nguyễn Văn Thật", "nguyen van that", case_cast.NUMBER])
def test_no_search_finds_a_protected_denouncer(text: str) -> None:
    case = protected()
    assert "that" not in case.search
    for who in (cast.clerk(), cast.approver()):
        assert case.code not in cast.browser(who).get("/vu-viec/", {"q": text}).content.decode()
    answer = cast.browser(cast.approver()).get("/vu-viec/", {"q": "dia chinh"}).content.decode()
    assert case.code in answer and "Được bảo vệ danh tính" in answer and "N.V.T." not in answer


def test_names_leave_the_search_when_protection_is_asked_for_later() -> None:
    case = case_cast.case(kind=Kind.DENUNCIATION, summary="Tố cáo cán bộ địa chính")
    assert "nguyen van that" in case.search
    edit(
        case,
        replace(facts_of(case), is_protected=True),
        seen=case.edited_at.isoformat(),
        by=cast.clerk(),
        at=case_cast.NOW,
    )
    case.refresh_from_db()
    assert "nguyen van that" not in case.search and case.state == State.RECEIVED
