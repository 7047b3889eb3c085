"""A refusal: explained on the spot, or 01/TCD by the head within three working days; never to avoid a duty."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections

from tests import case_cast as stage
from tests import cast
from tests.case_cast import NOW
from tiepdan.accounts.models import Delegation, Person
from tiepdan.accounts.rules import Role
from tiepdan.audit.models import Entry
from tiepdan.cases.actions import refusal as actions
from tiepdan.cases.actions.decision import OWN
from tiepdan.cases.actions.refusal import Entry as Facts
from tiepdan.cases.models import Case, Item, Petitioner, Refusal
from tiepdan.cases.rules import ItemKind, Kind, Paper, RefusalState, State
from tiepdan.documents.models import Document
from tiepdan.kernel.refusals import Forbidden, Invalid, Refused

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 7)
HOUR = timedelta(hours=1)
REASON = "Ngày 07/12/2026 công dân trình bày việc mua bán dân sự giữa hai hộ."
SAID = "Đã giải thích đây là tranh chấp dân sự, hướng dẫn khởi kiện tại Tòa án."
EARLIER = "Ngày 03/10/2024, tại Trụ sở Tiếp công dân tỉnh, ông Trần Văn Bình tiếp."


def last() -> Entry:
    return Entry.objects.order_by("-pk")[0]


def facts(code: str = "N4.g", **fields: Any) -> Facts:
    return Facts(**{"code": code, "reason": REASON, "grounds_on": TODAY, "said": SAID, **fields})


def proven(case: Case, **fields: Any) -> Facts:
    """L9.3 with the three things that it asks."""
    papers = [
        stage.item(case, "Thông báo rà soát", kind=ItemKind.REVIEW),
        stage.item(case, "Văn bản thông báo 57/TB-UBND", kind=ItemKind.NOTICE),
    ]
    return facts("L9.3", proofs=[paper.pk for paper in papers], earlier=EARLIER, **fields)


def submitted(code: str = stage.CODE, *, by: Person | None = None) -> Refusal:
    case = stage.case(code)
    row = actions.write(case, proven(case), by=by or cast.clerk(), at=NOW)
    actions.put(row, by=by or cast.clerk(), at=NOW)
    return row


# Explained on the spot


def test_an_explanation_ends_the_case_without_a_notice() -> None:
    case = stage.case()
    row = actions.explain(case, facts(), by=cast.clerk(), at=NOW)
    assert (row.state, row.said, row.due_on, row.document) == (RefusalState.DONE, SAID, None, None)
    assert (case.state, Case.objects.get().answered_at) == (State.REFUSED, NOW)
    assert not Document.objects.exists()
    assert (last().event, last().facts) == ("refusal.explained", {"ground": "N4.g"})
    assert SAID not in str(Entry.objects.values_list("facts", flat=True))


@pytest.mark.parametrize("code", ["L9.1", "L9.2", "N4.a", "N4.b", "N4.c", "N4.d", "N4.đ", "N4.e", "N4.g", "N4.k"])
def test_khoan_2_dieu_4_is_explained_and_never_gets_01_tcd(code: str) -> None:
    case = stage.case()
    with pytest.raises(Refused, match=r"chỉ cần giải thích trực tiếp, không ban hành thông báo 01/TCD"):
        actions.write(case, facts(code), by=cast.clerk(), at=NOW)
    assert actions.explain(case, facts(code), by=cast.clerk(), at=NOW).state == RefusalState.DONE


@pytest.mark.parametrize(("code", "kind"), [("L9.3", Kind.COMPLAINT), ("N4.h", Kind.FEEDBACK)])
def test_khoan_3_dieu_4_is_never_only_explained(code: str, kind: str) -> None:
    with pytest.raises(Refused, match=r"phải từ chối bằng thông báo 01/TCD do người đứng đầu ban hành"):
        actions.explain(stage.case(kind=kind), facts(code), by=cast.clerk(), at=NOW)


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"reason": "Không thuộc phạm vi."}, "Không được từ chối để né tránh trách nhiệm: phải nêu sự việc cụ thể."),
    ({"said": " "}, "Phải ghi lời đã giải thích"),
    ({"code": "N4.z"}, "Chưa chọn căn cứ từ chối"),
    ({"code": "N4.h"}, "Căn cứ N4.h không áp dụng cho vụ việc khiếu nại"),
    ({"code": "N4.i"}, "Căn cứ N4.i cần Văn bản đã giải quyết"),
    ({"grounds_on": TODAY + timedelta(days=1)}, "Ngày có đủ căn cứ không được ở tương lai."),
]


@pytest.mark.parametrize(("fields", "said"), WRONG)
def test_a_refusal_that_does_not_stand_changes_nothing(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(Invalid) as caught:
        actions.explain(stage.case(), facts(**fields), by=cast.clerk(), at=NOW)
    assert caught.value.sentence.startswith(said)
    assert not Refusal.objects.exists()
    assert Case.objects.get().state == State.RECEIVED


def test_diem_i_stands_on_the_written_answer() -> None:
    case = stage.case()
    paper = stage.item(case, "Văn bản trả lời của Tòa án", kind=ItemKind.DECISION)
    row = actions.explain(case, facts("N4.i", proofs=[paper.pk]), by=cast.clerk(), at=NOW)
    assert list(row.proofs.all()) == [paper]


def test_a_paper_of_another_case_proves_nothing() -> None:
    paper = stage.item(stage.case("VV-2026-0099"), "Văn bản", kind=ItemKind.DECISION)
    with pytest.raises(Invalid, match=r"N4\.i cần"):
        actions.explain(stage.case(), facts("N4.i", proofs=[paper.pk]), by=cast.clerk(), at=NOW)


@pytest.mark.parametrize("state", [State.PROPOSED, State.APPROVED, State.PLANNED, State.GUIDED, State.CLOSED])
def test_a_case_on_another_way_is_not_refused(state: str) -> None:
    case = stage.case(state=state)
    with pytest.raises(Refused) as caught:
        actions.explain(case, facts(), by=cast.clerk(), at=NOW)
    assert caught.value.code == "state"
    with pytest.raises(Refused):
        actions.write(case, facts("L9.3"), by=cast.clerk(), at=NOW)
    assert not Refusal.objects.exists()


# The notice 01/TCD


def test_the_draft_of_the_notice_has_its_day_and_its_basis() -> None:
    row = actions.write(stage.case(), facts("L9.3"), by=cast.clerk(), at=NOW)
    assert (row.state, row.due_on) == (RefusalState.DRAFT, date(2026, 12, 10))
    assert row.basis.startswith("khoản 3 Điều 9 Luật Tiếp công dân")
    assert Case.objects.get().state == State.RECEIVED


def test_the_basis_is_the_offices_to_word() -> None:
    """The printed form says «điểm g», khoản 3 Điều 4 says «điểm h»."""
    case = stage.case(kind=Kind.FEEDBACK)
    row = actions.write(case, facts("N4.h"), by=cast.clerk(), at=NOW)
    assert row.basis.startswith("điểm h khoản 1")
    mine = "khoản 3 Điều 9 Luật Tiếp công dân và điểm g khoản 1 Điều 4 Nghị định số 154/2026/NĐ-CP"
    actions.revise(row, facts("N4.h", basis=mine), seen=actions.marker(row), by=cast.clerk(), at=NOW)
    paper = stage.item(case, "Công văn trả lời", kind=ItemKind.DECISION)
    again = facts("N4.h", basis=mine, proofs=[paper.pk])
    actions.revise(row, again, seen=actions.marker(row), by=cast.clerk(), at=NOW)
    actions.put(row, by=cast.clerk(), at=NOW)
    assert row.document is not None and row.document.facts["can_cu_phap_ly"] == mine


def test_l93_is_not_put_forward_before_all_three_are_proved() -> None:
    case = stage.case()
    row = actions.write(case, facts("L9.3"), by=cast.clerk(), at=NOW)
    with pytest.raises(Invalid) as caught:
        actions.put(row, by=cast.clerk(), at=NOW)
    assert caught.value.sentence == (
        "Căn cứ L9.3 cần đủ ba tài liệu: văn bản kiểm tra, rà soát; văn bản thông báo; lần tiếp, giải thích trước. "
        "Còn thiếu: văn bản kiểm tra, rà soát; văn bản thông báo; lần tiếp, giải thích trước."
    )
    actions.revise(row, proven(case), seen=actions.marker(row), by=cast.clerk(), at=NOW)
    actions.put(row, by=cast.clerk(), at=NOW)
    assert (row.state, row.submitted_by) == (RefusalState.SUBMITTED, cast.clerk())


def test_a_paper_taken_out_of_the_dossier_proves_nothing_any_more() -> None:
    case = stage.case()
    row = actions.write(case, proven(case), by=cast.clerk(), at=NOW)
    Item.objects.filter(kind=ItemKind.REVIEW).update(removed_at=NOW)
    with pytest.raises(Invalid, match=r"Còn thiếu: văn bản kiểm tra, rà soát\."):
        actions.put(row, by=cast.clerk(), at=NOW)


def test_the_notice_names_the_citizen_the_day_and_the_reason() -> None:
    row = submitted()
    assert row.document is not None
    found = row.document.facts
    assert (found["cong_dan"], found["so_giay_to"]) == (stage.NAME, stage.NUMBER)
    assert (found["ngay_den"], found["ly_do"]) == ("01 tháng 12 năm 2026", REASON)
    assert (found["loai_vu_viec"], found["tom_tat"]) == ("khiếu nại", "việc bồi thường khi thu hồi đất")
    assert stage.NAME not in str(Entry.objects.values_list("facts", "about_label"))


def test_what_is_not_known_of_the_citizen_s_papers_is_left_to_the_hand() -> None:
    known = {"paper": Paper.LATER, "paper_number": "", "paper_issued_on": None, "paper_issued_by": ""}
    Petitioner.objects.filter(case__code=stage.case().code).update(**known)
    row = submitted()
    assert row.document is not None
    found = row.document.facts
    assert found["giay_to"] == ""
    assert {found[name] for name in ("so_giay_to", "ngay_cap", "noi_cap")} == {"……………"}


def test_the_head_issues_it_under_a_number_and_the_case_is_refused() -> None:
    row = submitted()
    paper = actions.issue(row, by=cast.approver(), at=NOW + HOUR)
    assert (paper.state, paper.code) == ("issued", "01/TB-UBND")
    row.refresh_from_db()
    assert (row.state, row.decided_by, row.decided_at) == (RefusalState.DONE, cast.approver(), NOW + HOUR)
    assert Case.objects.get().state == State.REFUSED
    assert (last().event, last().facts["number"]) == ("refusal.issued", "01/TB-UBND")


def test_a_scan_of_the_signed_paper_goes_into_the_dossier() -> None:
    row = submitted()
    scan = SimpleUploadedFile("01-TCD.pdf", b"%PDF-1.7 quet tu may in", "application/pdf")
    actions.issue(row, scan, by=cast.approver(), at=NOW)
    item = Item.objects.get(title="Bản đã ký của thông báo 01/TCD số 01/TB-UBND")
    assert item.file is not None and not item.is_from_citizen


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("ban-ky.exe", b"MZ", "Không nhận tệp «ban-ky.exe»"),
        ("ban-ky.pdf", b"khong phai PDF", "Tệp «ban-ky.pdf» không phải là PDF"),
        ("ban-ky.pdf", b"%PDF-1.7 /ByteRange [0 1 2 3]", "Chưa nhận bản ký"),
    ],
)
def test_a_signed_paper_that_is_not_taken_leaves_everything_as_it_was(name: str, content: bytes, said: str) -> None:
    row = submitted()
    with pytest.raises(Refused) as caught:
        actions.issue(row, SimpleUploadedFile(name, content), by=cast.approver(), at=NOW)
    assert caught.value.sentence.startswith(said)
    row.refresh_from_db()
    assert (row.state, Case.objects.get().state) == (RefusalState.SUBMITTED, State.RECEIVED)
    assert Document.objects.get().number is None


def test_the_head_returns_it_with_words() -> None:
    row = submitted()
    with pytest.raises(Invalid) as caught:
        actions.give_back(row, "", by=cast.approver(), at=NOW)
    assert caught.value.sentence == "Phải ghi nội dung cần bổ sung."
    actions.give_back(row, "Nêu rõ ngày thông báo.", by=cast.approver(), at=NOW)
    assert (row.state, row.decision_note) == (RefusalState.RETURNED, "Nêu rõ ngày thông báo.")
    actions.put(row, by=cast.clerk(), at=NOW + HOUR)
    assert row.state == RefusalState.SUBMITTED
    assert Document.objects.exclude(state="dropped").count() == 1


def test_nobody_signs_what_they_put_forward() -> None:
    row = submitted(by=cast.approver())
    for act in (
        lambda: actions.issue(row, by=cast.approver(), at=NOW),
        lambda: actions.give_back(row, "x", by=cast.approver(), at=NOW),
    ):
        with pytest.raises(Forbidden) as caught:
            act()
        assert caught.value.sentence == OWN


def test_nor_in_the_place_of_who_did() -> None:
    row = submitted(by=cast.approver())
    Delegation.objects.create(
        agency=cast.province(),
        giver=cast.approver(),
        receiver=cast.secretary(),
        valid_from=TODAY,
        valid_to=TODAY,
        made_at=NOW,
    )
    with pytest.raises(Forbidden):
        actions.issue(row, by=cast.secretary(), at=NOW)


@pytest.mark.parametrize("who", [cast.clerk, cast.technician, cast.admin, cast.outsider])
def test_only_the_head_issues(who: Callable[[], Person]) -> None:
    row = submitted(by=cast.person("can-bo-2", "Mai Văn Hai", Role.CLERK))
    with pytest.raises(Forbidden):
        actions.issue(row, by=who(), at=NOW)


def test_the_second_head_is_told_who_issued_it() -> None:
    row = submitted()
    stale = Refusal.objects.select_related("case__agency").get()
    actions.issue(row, by=cast.approver(), at=NOW + HOUR)
    with pytest.raises(Refused, match=r"vừa được Trần Văn Bình thay đổi lúc 10:00") as caught:
        actions.give_back(stale, "Bổ sung.", by=cast.chair(), at=NOW + HOUR)
    assert caught.value.code == "faster"


@pytest.mark.django_db(transaction=True)
def test_of_two_heads_who_issue_at_once_one_gives_the_number() -> None:
    submitted()
    heads = [cast.approver(), cast.chair()]
    barrier = Barrier(2)
    results: list[object] = [None, None]

    def press(place: int) -> None:
        try:
            row = Refusal.objects.select_related("case__agency", "document", "submitted_by").get()
            barrier.wait(timeout=10)
            results[place] = actions.issue(row, by=heads[place], at=NOW).code
        except Exception as problem:
            results[place] = problem
        finally:
            connections.close_all()

    threads = [Thread(target=press, args=(place,)) for place in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(str(result) for result in results)[0] == "01/TB-UBND"
    losers = [result for result in results if isinstance(result, Exception)]
    assert len(losers) == 1 and isinstance(losers[0], Refused) and losers[0].code == "faster"
    assert Document.objects.filter(state="issued").count() == 1


def test_the_case_that_went_another_way_is_not_refused_by_an_old_notice() -> None:
    row = submitted()
    Case.objects.update(state=State.TRANSFERRED)
    with pytest.raises(Refused):
        actions.issue(row, by=cast.approver(), at=NOW)
    assert Document.objects.get().number is None
    assert Refusal.objects.get().state == RefusalState.SUBMITTED


def test_there_is_one_refusal_in_the_making() -> None:
    case = stage.case()
    actions.write(case, facts("L9.3"), by=cast.clerk(), at=NOW)
    for act in (actions.write, actions.explain):
        with pytest.raises(Refused, match=r"đã có dự thảo từ chối"):
            act(case, facts("L9.3" if act is actions.write else "N4.g"), by=cast.clerk(), at=NOW)


def test_a_dropped_draft_leaves_the_case_open() -> None:
    case = stage.case()
    row = actions.write(case, facts("L9.3"), by=cast.clerk(), at=NOW)
    actions.drop(row, by=cast.clerk(), at=NOW)
    assert (row.state, Case.objects.get().state) == (RefusalState.DROPPED, State.RECEIVED)
    assert actions.explain(case, facts(), by=cast.clerk(), at=NOW).state == RefusalState.DONE


def test_what_was_put_forward_is_not_revised_or_dropped() -> None:
    row = submitted()
    with pytest.raises(Refused):
        actions.revise(row, proven(row.case), seen=actions.marker(row), by=cast.clerk(), at=NOW)
    with pytest.raises(Refused):
        actions.drop(row, by=cast.clerk(), at=NOW)
