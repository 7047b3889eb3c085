"""From the ticked grounds to the head's decision: frozen, decided once, never by who submitted it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections

from tests import case_cast as stage
from tests import cast
from tests.case_cast import NOW
from tests.documents.stage import word
from tiepdan.accounts.models import Delegation, Person
from tiepdan.accounts.rules import Role
from tiepdan.audit.models import Entry
from tiepdan.cases.actions.decision import OWN, decide, withdraw
from tiepdan.cases.actions.grounds import save_draft, submit
from tiepdan.cases.actions.planning import hear, plan_case, unplan_case
from tiepdan.cases.models import Case, ChosenGround, Refusal, Submission
from tiepdan.cases.queries_decisions import Draft, draft_of
from tiepdan.cases.rules import ItemKind, Kind, RefusalState, State
from tiepdan.documents.models import Document
from tiepdan.documents.word.text import paragraphs
from tiepdan.kernel.refusals import Forbidden, Invalid, Refused
from tiepdan.law.grounds import NONE_CHOSEN, PROTECTED

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 7)
HOUR = timedelta(hours=1)
WHY = "Kéo dài ba năm, liên quan bốn cơ quan."


def last() -> Entry:
    return Entry.objects.order_by("-pk")[0]


def draft(case: Case, chosen: dict[str, str] | None = None, **fields: str) -> Draft:
    facts = {"profile": "nd154-2026", "seen": draft_of(case, TODAY).seen, **fields}
    return Draft(chosen={"nd154.a": WHY} if chosen is None else chosen, **facts)


def second_head() -> Person:
    return cast.person("pho-chu-tich", "Đinh Thị Lan", Role.APPROVER)


def delegation(giver: Person, receiver: Person) -> Delegation:
    return Delegation.objects.create(
        agency=cast.province(), giver=giver, receiver=receiver, valid_from=TODAY, valid_to=TODAY, made_at=NOW
    )


# Drafting


def test_a_draft_is_kept_as_it_is_finished_or_not() -> None:
    case = stage.case()
    save_draft(case, draft(case, {"nd154.a": "", "nd154.c": "Bão"}, note="Đề nghị sớm"), by=cast.clerk(), at=NOW)
    found = draft_of(case, TODAY)
    assert (found.chosen, found.note) == ({"nd154.a": "", "nd154.c": "Bão"}, "Đề nghị sớm")
    assert (last().event, last().facts["grounds"]) == ("case.grounds_saved", ["nd154.a", "nd154.c"])
    save_draft(case, draft(case, {"nd154.c": "Bão số 7"}), by=cast.clerk(), at=NOW + HOUR)
    assert draft_of(case, TODAY).chosen == {"nd154.c": "Bão số 7"}


def test_a_ground_of_another_list_is_not_kept() -> None:
    case = stage.case()
    save_draft(case, draft(case, {"nd154.a": WHY, "qd764.a": WHY}), by=cast.clerk(), at=NOW)
    assert set(ChosenGround.objects.values_list("code", flat=True)) == {"nd154.a"}


def test_of_two_who_save_the_second_is_told() -> None:
    case = stage.case()
    mine = draft(case)
    theirs = draft(case)
    save_draft(case, mine, by=cast.clerk(), at=NOW)
    save_draft(case, draft(case), by=cast.clerk(), at=NOW + HOUR)
    with pytest.raises(Refused, match=r"vừa được Phạm Thị Hoa thay đổi lúc 10:00") as caught:
        save_draft(case, theirs, by=cast.clerk(), at=NOW + 2 * HOUR)
    assert caught.value.code == "faster"


@pytest.mark.parametrize("state", [State.PROPOSED, State.APPROVED, State.REFUSED, State.CLOSED])
def test_grounds_are_not_changed_after_the_submission(state: str) -> None:
    case = stage.case(state=state)
    with pytest.raises(Refused, match=r"Không sửa được căn cứ"):
        save_draft(case, draft(case), by=cast.clerk(), at=NOW)


# Submitting


def test_a_submission_freezes_what_was_ticked_and_makes_the_paper() -> None:
    case = stage.ready_to_submit()
    stage.item(case, "Báo cáo của Sở", kind=ItemKind.REPORT)
    made = submit(case, by=cast.clerk(), at=NOW)
    assert case.state == State.PROPOSED
    assert [(one["code"], one["reason"], one["evidence"]) for one in made.grounds] == [
        ("nd154.a", WHY, ["Báo cáo của Sở"])
    ]
    assert made.grounds[0]["article"].startswith("khoản 1 Điều 20 NĐ 154/2026")
    ChosenGround.objects.update(reason="Sửa sau")
    made.refresh_from_db()
    assert made.grounds[0]["reason"] == WHY
    assert made.document is not None
    facts = made.document.facts
    assert (facts["so_vu_viec"], facts["can_cu"][0]["ly_do"]) == (case.code, WHY)
    assert facts["kinh_gui"] == "Chủ tịch UBND tỉnh Minh Châu"
    assert facts["bo_quy_tac"].startswith("Nghị định số 154/2026/NĐ-CP ngày 15 tháng 5 năm 2026 của Chính phủ")
    assert (facts["quyen_han_ky"], facts["chuc_vu_ky"], facts["nguoi_ky"]) == ("", "NGƯỜI TRÌNH", "Phạm Thị Hoa")
    entry = Entry.objects.get(event="case.submitted")
    assert (entry.by, entry.facts["grounds"]) == (cast.clerk(), ["nd154.a"])
    assert stage.NAME not in str(Entry.objects.values_list("facts", "about_label"))


def test_the_paper_is_signed_by_who_submits_it() -> None:
    """It goes to the head of the same office, so it is not signed for the office."""
    case = stage.ready_to_submit()
    cast.clerk().posts.update(title="Chuyên viên Ban Tiếp công dân")
    document = submit(case, by=cast.clerk(), at=NOW).document
    assert document is not None
    words = "\n".join(paragraphs(word(document)))
    assert "CHUYÊN VIÊN BAN TIẾP CÔNG DÂN" in words and "Phạm Thị Hoa" in words
    assert "TM. ỦY BAN NHÂN DÂN" not in words and cast.chair().full_name not in words


def test_nothing_is_submitted_without_a_ground() -> None:
    case = stage.case()
    with pytest.raises(Invalid) as caught:
        submit(case, by=cast.clerk(), at=NOW)
    assert caught.value.sentence == NONE_CHOSEN
    assert not Submission.objects.exists() and not Document.objects.exists()
    assert Case.objects.get().state == State.RECEIVED


def test_a_protected_denouncer_is_never_put_forward() -> None:
    case = stage.ready_to_submit(kind=Kind.DENUNCIATION, is_protected=True)
    with pytest.raises(Refused) as caught:
        submit(case, by=cast.clerk(), at=NOW)
    assert (caught.value.sentence, caught.value.status) == (PROTECTED, 409)


@pytest.mark.parametrize("state", [State.INCOMPLETE, State.DECLINED, State.APPROVED, State.REFUSED])
def test_only_an_open_case_is_submitted(state: str) -> None:
    case = stage.ready_to_submit(state=state)
    with pytest.raises(Refused) as caught:
        submit(case, by=cast.clerk(), at=NOW)
    assert caught.value.code == "state"
    assert not Submission.objects.exists()


def test_a_case_with_a_refusal_in_the_making_is_not_submitted() -> None:
    case = stage.ready_to_submit()
    Refusal.objects.create(
        case=case,
        code="L9.3",
        reason="x",
        grounds_on=TODAY,
        state=RefusalState.DRAFT,
        made_at=NOW,
        made_by=cast.clerk(),
    )
    with pytest.raises(Refused, match=r"đang có dự thảo từ chối tiếp"):
        submit(case, by=cast.clerk(), at=NOW)


def test_a_second_submission_replaces_the_unnumbered_paper_of_the_first() -> None:
    case = stage.ready_to_submit()
    first = submit(case, by=cast.clerk(), at=NOW)
    decide(first, "return", "Bổ sung báo cáo của Sở.", by=cast.approver(), at=NOW + HOUR)
    case = Case.objects.get(pk=case.pk)
    second = submit(case, by=cast.clerk(), at=NOW + 2 * HOUR)
    states = dict(Document.objects.values_list("pk", "state"))
    assert (states[first.document_id or 0], states[second.document_id or 0]) == ("dropped", "draft")
    assert [row.decision for row in case.submissions.all()] == ["", "return"]


# Deciding


@pytest.mark.parametrize(
    ("step", "note", "state", "event"),
    [
        ("approve", "", State.APPROVED, "case.approved"),
        ("return", "Bổ sung ý kiến Thanh tra.", State.RETURNED, "case.returned"),
        ("decline", "Tiếp trực tiếp là đủ.", State.DECLINED, "case.declined"),
    ],
)
def test_the_head_decides(step: str, note: str, state: str, event: str) -> None:
    row = stage.submitted()
    decide(row, step, note, by=cast.approver(), at=NOW + HOUR)
    row.refresh_from_db()
    assert row.case.state == state and row.case.state_since == NOW + HOUR
    assert (row.decision, row.decided_by, row.decided_at, row.on_behalf_of) == (step, cast.approver(), NOW + HOUR, None)
    assert row.decision_note == note
    assert (last().event, last().by) == (event, cast.approver())


@pytest.mark.parametrize(
    ("step", "said"), [("return", "Phải ghi nội dung cần bổ sung."), ("decline", "Phải ghi lý do không đồng ý.")]
)
def test_a_return_and_a_refusal_need_words(step: str, said: str) -> None:
    row = stage.submitted()
    with pytest.raises(Invalid) as caught:
        decide(row, step, "  ", by=cast.approver(), at=NOW)
    assert caught.value.sentence == said
    row.refresh_from_db()
    assert (row.decision, row.case.state) == ("", State.PROPOSED)


@pytest.mark.parametrize("who", [cast.clerk, cast.technician, cast.inspector, cast.admin, cast.outsider])
def test_only_who_may_approve_decides(who: Callable[[], Person]) -> None:
    row = stage.submitted(by=second_head())
    with pytest.raises(Forbidden):
        decide(row, "approve", by=who(), at=NOW)
    assert Case.objects.get().state == State.PROPOSED


def test_nobody_approves_what_they_submitted() -> None:
    row = stage.submitted(by=cast.approver())
    with pytest.raises(Forbidden) as caught:
        decide(row, "approve", by=cast.approver(), at=NOW)
    assert caught.value.sentence == OWN == "Bạn là người trình vụ việc này nên không thể tự phê duyệt."


def test_nor_for_the_head_who_submitted_it() -> None:
    """A delegation from the one who submitted lends no right to decide on it."""
    delegation(cast.approver(), cast.secretary())
    row = stage.submitted(by=cast.approver())
    with pytest.raises(Forbidden) as caught:
        decide(row, "approve", by=cast.secretary(), at=NOW)
    assert caught.value.sentence == OWN


def test_another_delegation_does_where_that_of_the_submitter_does_not() -> None:
    for giver in (cast.approver(), cast.chair()):
        delegation(giver, cast.secretary())
    row = stage.submitted(by=cast.approver())
    decide(row, "approve", by=cast.secretary(), at=NOW)
    row.refresh_from_db()
    assert (row.decided_by, row.on_behalf_of) == (cast.secretary(), cast.chair())


def test_nor_with_a_right_that_was_lent_to_who_submitted_it() -> None:
    """A delegation to the one who submitted does not help either."""
    delegation(cast.approver(), cast.clerk())
    row = stage.submitted(by=cast.clerk())
    with pytest.raises(Forbidden) as caught:
        decide(row, "approve", by=cast.clerk(), at=NOW)
    assert caught.value.sentence == OWN


def test_a_delegation_stands_on_the_decision() -> None:
    delegation(cast.approver(), cast.secretary())
    row = stage.submitted()
    decide(row, "approve", by=cast.secretary(), at=NOW)
    row.refresh_from_db()
    assert (row.decided_by, row.on_behalf_of) == (cast.secretary(), cast.approver())
    assert last().facts["on_behalf_of"] == str(cast.approver())


def test_a_delegation_that_has_ended_lends_nothing() -> None:
    delegation(cast.approver(), cast.secretary())
    with pytest.raises(Forbidden):
        decide(stage.submitted(), "approve", by=cast.secretary(), at=NOW + timedelta(days=1))


def test_the_second_is_told_who_decided_and_when() -> None:
    row = stage.submitted()
    stale = Submission.objects.select_related("case__agency", "submitted_by").get()
    decide(row, "return", "Bổ sung.", by=cast.approver(), at=NOW + HOUR)
    with pytest.raises(Refused) as caught:
        decide(stale, "approve", by=cast.chair(), at=NOW + 2 * HOUR)
    assert caught.value.code == "faster"
    assert caught.value.sentence == (
        "Nội dung này vừa được Trần Văn Bình thay đổi lúc 10:00. Hãy tải lại trang để xem bản mới."
    )
    assert Entry.objects.filter(event="case.approved").count() == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_heads_who_press_at_once_one_wins() -> None:
    stage.submitted()
    people = {"approve": cast.approver(), "decline": second_head()}
    barrier = Barrier(2)
    results: dict[str, object] = {}

    def press(step: str) -> None:
        try:
            row = Submission.objects.select_related("case__agency", "submitted_by").get()
            barrier.wait(timeout=10)
            decide(row, step, "Lý do.", by=people[step], at=NOW)
            results[step] = "won"
        except Exception as problem:
            results[step] = problem
        finally:
            connections.close_all()

    threads = [Thread(target=press, args=(step,)) for step in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    winner = next(step for step, result in results.items() if result == "won")
    loser = results["approve" if winner == "decline" else "decline"]
    assert isinstance(loser, Refused) and loser.code == "faster"
    assert loser.sentence.startswith(f"Nội dung này vừa được {people[winner].full_name} thay đổi lúc 09:00.")
    assert Submission.objects.get().decision == winner
    assert Case.objects.get().state == {"approve": State.APPROVED, "decline": State.DECLINED}[winner]
    assert Entry.objects.filter(event__in=["case.approved", "case.declined"]).count() == 1


def test_the_clerk_takes_it_back_before_the_decision_and_not_after() -> None:
    row = stage.submitted()
    withdraw(row, by=cast.clerk(), at=NOW)
    assert (row.decision, row.case.state) == ("withdraw", State.SCREENING)
    other = stage.submitted("VV-2026-0042")
    decide(other, "approve", by=cast.approver(), at=NOW)
    with pytest.raises(Refused, match=r"vừa được Trần Văn Bình thay đổi"):
        withdraw(Submission.objects.get(pk=other.pk), by=cast.clerk(), at=NOW)


# Planning


def test_an_approved_case_is_planned_unplanned_and_heard() -> None:
    case = stage.case(state=State.APPROVED, receptions_before=1)
    plan_case(case, by=cast.clerk(), at=NOW, reception="BT-2026-012")
    assert (case.state, last().facts["reception"]) == (State.PLANNED, "BT-2026-012")
    unplan_case(case, by=cast.clerk(), at=NOW)
    assert case.state == State.APPROVED
    plan_case(case, by=cast.clerk(), at=NOW)
    hear(case, by=cast.secretary(), at=NOW)
    case.refresh_from_db()
    assert (case.state, case.receptions_before) == (State.HEARD, 2)
    assert case.next_due is None  # in the list too nothing of it is late any more


@pytest.mark.parametrize("state", [State.RECEIVED, State.PROPOSED, State.PLANNED, State.REFUSED])
def test_only_an_approved_case_is_planned(state: str) -> None:
    with pytest.raises(Refused):
        plan_case(stage.case(state=state), by=cast.clerk(), at=NOW)


def test_a_protected_denouncer_is_never_planned() -> None:
    case = stage.case(state=State.APPROVED, kind=Kind.DENUNCIATION, is_protected=True)
    with pytest.raises(Refused) as caught:
        plan_case(case, by=cast.clerk(), at=NOW)
    assert caught.value.sentence == PROTECTED
