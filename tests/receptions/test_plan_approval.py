"""A plan is put forward, decided on, its milestones are met; what waits for whom; the flow."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from tests import cast
from tests import reception_cast as stage
from tests.reception_cast import DESK_NOW, events
from tests.receptions.plan_facts import on_day, state
from tiepdan.accounts.models import Delegation, Person
from tiepdan.accounts.rules import Role
from tiepdan.cases.models import Case
from tiepdan.kernel.refusals import Forbidden, Invalid, Refused
from tiepdan.kernel.rows import move
from tiepdan.policy.impact import of_calendar
from tiepdan.policy.queries import calendar
from tiepdan.receptions import duties
from tiepdan.receptions.actions import approval, milestones
from tiepdan.receptions.head_days import head_days
from tiepdan.receptions.models import MetMilestone, PlanDecision, Reception, Waiver
from tiepdan.receptions.rules import RECEPTION, STEP_LABELS, Phase
from tiepdan.receptions.warnings import warnings

pytestmark = pytest.mark.django_db


# -- approval


def test_a_plan_goes_forward_back_and_through() -> None:
    of = stage.planned()
    approval.submit(of, "Kính trình", by=cast.clerk(), at=DESK_NOW)
    with pytest.raises(Invalid, match=r"Phải ghi nội dung cần bổ sung."):
        approval.send_back(of, "  ", by=cast.approver(), at=DESK_NOW)
    approval.send_back(of, "Bổ sung điểm cầu", by=cast.approver(), at=DESK_NOW)
    approval.submit(of, by=cast.clerk(), at=DESK_NOW)
    approval.withdraw(of, by=cast.clerk(), at=DESK_NOW)
    approval.submit(of, by=cast.clerk(), at=DESK_NOW)
    approval.approve(of, by=cast.approver(), at=DESK_NOW)
    assert state(of) == "approved"
    approval.revise(of, by=cast.clerk(), at=DESK_NOW)
    assert state(of) == "draft"
    steps = list(PlanDecision.objects.order_by("pk").values_list("step", flat=True))
    assert steps == ["submit", "return", "submit", "withdraw", "submit", "approve", "revise"]
    assert events(of)[:2] == ["reception.submitted", "reception.returned"]


def test_what_blocks_keeps_a_plan_back() -> None:
    of = stage.planned(matter=False)
    with pytest.raises(Refused) as refused:
        approval.submit(of, by=cast.clerk(), at=DESK_NOW)
    assert refused.value.sentence == "Còn 1 lỗi chặn: Chưa có vụ việc trong buổi tiếp. Thêm vụ việc đã được đồng ý."
    assert (state(of), events(of)) == ("draft", [])


def test_what_began_to_block_meanwhile_keeps_the_approval_back() -> None:
    of = stage.planned()
    approval.submit(of, by=cast.clerk(), at=DESK_NOW)
    Case.objects.update(is_protected=True)
    with pytest.raises(Refused, match="Còn 1 lỗi chặn"):
        approval.approve(of, by=cast.approver(), at=DESK_NOW)


def test_nobody_approves_what_they_submitted() -> None:
    of = stage.planned()
    both = cast.clerk()
    cast.post(both, Role.APPROVER)
    approval.submit(of, by=both, at=DESK_NOW)
    with pytest.raises(Forbidden, match=r"Bạn là người trình kế hoạch này nên không thể tự phê duyệt."):
        approval.approve(of, by=both, at=DESK_NOW)
    assert state(of) == "submitted"


def test_with_two_delegations_that_of_the_submitter_does_not_count() -> None:
    of = stage.planned()
    cast.post(cast.clerk(), Role.APPROVER)
    day = DESK_NOW.date()

    def lend(giver: Person) -> None:
        Delegation.objects.create(
            agency=of.agency, giver=giver, receiver=cast.secretary(), valid_from=day, valid_to=day, made_at=DESK_NOW
        )

    lend(cast.clerk())
    approval.submit(of, by=cast.clerk(), at=DESK_NOW)
    with pytest.raises(Forbidden, match=r"Bạn là người trình kế hoạch này nên không thể tự phê duyệt."):
        approval.approve(of, by=cast.secretary(), at=DESK_NOW)
    lend(cast.approver())
    approval.approve(of, by=cast.secretary(), at=DESK_NOW)
    last = PlanDecision.objects.get(step="approve")
    assert (last.by, last.on_behalf_of) == (cast.secretary(), cast.approver())


@pytest.mark.parametrize("who", [cast.clerk, cast.secretary, cast.technician, cast.inspector, cast.outsider])
def test_who_may_not_approve(who: Callable[[], Person]) -> None:
    of = stage.planned(state="submitted")
    with pytest.raises(Forbidden):
        approval.approve(of, by=who(), at=DESK_NOW)


def test_two_decide_at_once_and_the_second_reads_who_and_when() -> None:
    of = stage.planned()
    approval.submit(of, by=cast.clerk(), at=DESK_NOW)
    mine, theirs = stage.fresh(of), stage.fresh(of)
    approval.approve(mine, by=cast.approver(), at=DESK_NOW + timedelta(minutes=5))
    with pytest.raises(Refused) as refused:
        approval.send_back(theirs, "Thiếu", by=cast.chair(), at=DESK_NOW + timedelta(minutes=6))
    assert refused.value.sentence == (
        "Nội dung này vừa được Trần Văn Bình thay đổi lúc 09:05, thứ Hai 07/12/2026 (duyệt kế hoạch). "
        "Hãy tải lại trang để xem bản mới."
    )
    assert state(of) == "approved"


# -- milestones, warnings, readiness


def test_a_milestone_is_met_once_and_its_date_stays() -> None:
    of = stage.planned()
    first = milestones.meet(of, "notice", "Cổng TTĐT", by=cast.clerk(), at=DESK_NOW)
    again = milestones.meet(of, "notice", "lần hai", by=cast.clerk(), at=DESK_NOW + timedelta(days=9))
    assert first == again and MetMilestone.objects.count() == 1
    assert (first.due, first.is_late, first.proof) == ("2026-12-10", False, "Cổng TTĐT")
    assert events(of) == ["reception.milestone_met"]


def test_a_new_holiday_moves_what_is_not_met_and_nothing_else() -> None:
    of = stage.planned()
    milestones.meet(of, "notice", by=cast.clerk(), at=DESK_NOW)
    table = calendar()
    after = type(table)(table.off | {date(2026, 12, 16)}, table.worked, table.confirmed)
    (touched,) = of_calendar(after)
    assert touched.address == f"/buoi-tiep/{of.code}/" and touched.label.startswith(of.code)
    assert "thứ Tư 16/12/2026 → thứ Ba 15/12/2026" in touched.sentence and "10/12/2026" not in touched.sentence


BY_HAND: list[tuple[str, Callable[[], Person], str, str]] = [
    ("trial", cast.clerk, "published", "Chỉ cán bộ kỹ thuật"),
    ("trial", cast.technician, "closed", "Buổi tiếp đã bắt đầu"),
    ("connected", cast.technician, "ready", "Chỉ ghi nhận vào ngày tiếp (thứ Năm 17/12/2026)"),
    ("notice", cast.clerk, "published", "Mốc này được ghi nhận khi công bố lịch và gửi giấy mời."),
    ("leaders_report", cast.technician, "draft", "Chỉ cán bộ tiếp dân"),
]


@pytest.mark.parametrize(("code", "who", "old", "words"), BY_HAND)
def test_who_records_which_milestone_when(code: str, who: Callable[[], Person], old: str, words: str) -> None:
    of = stage.planned(state=old, profile="qd764-2025")
    with pytest.raises(Refused, match=re.escape(words)):
        milestones.meet_by_hand(of, code, "Đã thử", by=who(), at=DESK_NOW)
    assert not MetMilestone.objects.exists()


def test_a_milestone_by_hand_needs_a_proof() -> None:
    of = stage.planned(state="published")
    with pytest.raises(Invalid, match="Chưa ghi minh chứng"):
        milestones.meet_by_hand(of, "trial", " ", by=cast.technician(), at=DESK_NOW)
    met = milestones.meet_by_hand(of, "trial", "3/3 điểm cầu nghe rõ", by=cast.technician(), at=DESK_NOW)
    assert (met.by, met.is_late) == (cast.technician(), False)


def test_a_warning_takes_a_reason_and_a_blocking_one_none() -> None:
    of = stage.planned()
    of.matters.update(chosen=None)
    (warning,) = [row for row in warnings(of, DESK_NOW) if row.code.startswith("not_chosen")]
    by: dict[str, Any] = {"by": cast.clerk(), "at": DESK_NOW}
    with pytest.raises(Invalid, match="Chưa ghi lý do"):
        milestones.waive(of, warning.code, "", **by)
    milestones.waive(of, warning.code, "Công dân sẽ chọn trước 10/12", **by)
    (again,) = [row for row in warnings(of, DESK_NOW) if row.code == warning.code]
    assert again.waived is not None and again.waived.reason == "Công dân sẽ chọn trước 10/12"
    of.matters.all().delete()
    with pytest.raises(Refused, match="Lỗi chặn không bỏ qua được"):
        milestones.waive(of, "no_matter", "Kệ", **by)
    with pytest.raises(Refused, match="Cảnh báo này không còn nữa"):
        milestones.waive(of, warning.code, "Lại", **by)
    assert Waiver.objects.count() == 1


def test_ready_needs_a_successful_trial_with_every_hall() -> None:
    of = stage.planned(state="published")
    with pytest.raises(Refused) as refused:
        approval.confirm(of, by=cast.technician(), at=DESK_NOW)
    assert refused.value.sentence == (
        "Chưa xác nhận được: chưa ghi nhận kết nối thử thành công với Xã Thanh Lộc, Sở Nông nghiệp và Môi trường "
        "(khoản 1 Điều 23 NĐ 154/2026)."
    )
    milestones.meet(of, "trial", by=cast.technician(), at=DESK_NOW)
    with pytest.raises(Forbidden):
        approval.confirm(of, by=cast.clerk(), at=DESK_NOW)
    approval.confirm(of, by=cast.technician(), at=DESK_NOW)
    assert (state(of), stage.fresh(of).confirmed_at) == ("ready", DESK_NOW)
    with pytest.raises(Invalid, match="Chưa ghi lý do"):
        approval.doubt(of, "", by=cast.technician(), at=DESK_NOW)
    approval.doubt(of, "Xã mất mạng", by=cast.technician(), at=DESK_NOW)
    assert (state(of), stage.fresh(of).confirmed_at) == ("published", None)


# -- the head's days, what waits for whom


def test_days_of_the_head_are_counted_and_told_apart() -> None:
    """Khoản 5 Điều 12 Luật: one day a month; two receptions of one day are one day, a deputy's day is told apart."""
    for number, (day, old, deputy) in enumerate(
        [
            (3, "sealed", False),
            (3, "closed", False),
            (17, "draft", False),
            (22, "approved", True),
            (9, "cancelled", False),
        ]
    ):
        stage.planned(
            f"BT-2026-1{number:02d}",
            halls=False,
            matter=False,
            state=old,
            is_delegated=deputy,
            starts_at=on_day(day) + timedelta(minutes=number),
            ends_at=on_day(day) + timedelta(hours=2),
        )
    count = head_days(cast.province(), date(2026, 12, 7))
    assert (count.least, count.held, count.planned, count.delegated) == (1, 1, 1, 1)
    assert count.sentence == "Chủ tịch UBND tỉnh: 2/1 ngày trong tháng"
    assert head_days(cast.commune(), date(2026, 12, 7)).least == 2
    elsewhere = head_days(cast.elsewhere(), date(2026, 12, 7))
    assert [count.shape(date(2026, 12, 7)) for count in (count, elsewhere)] == ["good", "care"]
    assert elsewhere.shape(date(2027, 1, 1)) == "bad"
    Reception.objects.filter(state__in=("closed", "sealed", "open", "paused")).delete()
    planned = head_days(cast.province(), date(2026, 12, 7))
    assert (planned.held, planned.shape(date(2026, 12, 7)), planned.shape(date(2027, 1, 4))) == (0, "none", "bad")


def verbs(who: Person) -> list[str]:
    return [task.verb for task in duties.tasks(who, DESK_NOW)]


def test_what_waits_for_whom() -> None:
    of = stage.planned()
    notice = "Niêm yết lịch, thông báo cho công dân và cơ quan"
    assert verbs(cast.clerk()) == ["Hoàn thiện và trình duyệt kế hoạch", notice]
    assert len(verbs(cast.technician())) == 2 and verbs(cast.approver()) == []
    approval.submit(of, by=cast.clerk(), at=DESK_NOW)
    (decision,) = duties.tasks(cast.approver(), DESK_NOW)
    assert (decision.is_decision, decision.verb) == (True, "Duyệt kế hoạch buổi tiếp")
    assert verbs(cast.outsider(Role.CLERK)) == verbs(cast.outsider(Role.APPROVER)) == []
    milestones.meet(of, "notice", by=None, at=DESK_NOW)
    assert verbs(cast.clerk()) == []


def test_the_next_reception_stands_on_the_first_page_of_its_people() -> None:
    of = stage.planned(state="published")
    for who, role in ((cast.chair, "Người chủ trì"), (cast.secretary, "Thư ký"), (cast.technician, "Cán bộ kỹ thuật")):
        (card,) = duties.upcoming(who(), DESK_NOW)
        assert (card.role, card.address) == (role, f"/buoi-tiep/{of.code}/")
    assert list(duties.upcoming(cast.clerk(), DESK_NOW)) == []
    (sentence,) = duties.counts(cast.chair(), DESK_NOW)
    assert sentence == (
        "UBND tỉnh Minh Châu: đã tiếp 0/1 ngày trong tháng (khoản 5 Điều 12 Luật Tiếp công dân), dự kiến 1."
    )


# -- the flow


@pytest.mark.parametrize("old", list(Phase))
@pytest.mark.parametrize("step", list(STEP_LABELS))
def test_every_cell_of_the_flow_is_answered(old: Phase, step: str) -> None:
    """Each step from each state leads somewhere or is refused with the state's name; no step lacks its word."""
    of = stage.planned(halls=False, matter=False, state=old)
    new = RECEPTION.after(old, step)
    if new is None:
        with pytest.raises(Refused, match=f"«{RECEPTION.label(old)}»"):
            move(of, RECEPTION, step)
        assert state(of) == old
    else:
        move(of, RECEPTION, step)
        assert state(of) == new


def test_every_step_of_the_flow_has_its_word() -> None:
    assert {step for _, step in RECEPTION.table} == set(STEP_LABELS)
    assert {old for old, _ in RECEPTION.table} | {Phase.SEALED, Phase.CANCELLED} == set(Phase)
