"""Điều 26–28 Luật Tiếp công dân, Điều 15 NĐ 154/2026: classified, guided, transferred, answered, closed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests import case_cast as stage
from tests import cast
from tests.case_cast import NOW
from tiepdan.accounts.models import Agency
from tiepdan.audit.models import Entry
from tiepdan.cases.actions import handing as actions
from tiepdan.cases.actions.handing import Target
from tiepdan.cases.models import Case, Handing
from tiepdan.cases.rules import Kind, State
from tiepdan.kernel.refusals import Invalid, Refused

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 7)
DAY = timedelta(days=1)
K, T, N, P = Kind.COMPLAINT, Kind.DENUNCIATION, Kind.RECOMMENDATION, Kind.FEEDBACK


def last() -> Entry:
    return Entry.objects.order_by("-pk")[0]


def case(kind: str = K, agency: Agency | None = None, **fields: object) -> Case:
    return stage.case(kind=kind, agency=agency or cast.province(), **fields)  # type: ignore[arg-type]


# (citation, kinds, whose competence, the ways of the law in an office with a Ban Tiếp công dân, and without)
LAW: list[tuple[str, tuple[str, ...], str, set[str], set[str]]] = [
    ("điểm a khoản 1 Điều 26", (K, T), "own", {"accept", "answer"}, {"accept", "answer"}),
    (
        "điểm b khoản 1 Điều 26; điểm b khoản 3 Điều 6 NĐ 154",
        (K, T),
        "other",
        {"guide", "transfer_board"},
        {"guide"},
    ),
    (
        "điểm b khoản 1 Điều 26; khoản 3 Điều 15 NĐ 154",
        (K, T),
        "below",
        {"order_below"},
        {"order_below"},
    ),
    ("điểm c khoản 1 Điều 26", (K, T), "settled", {"explain_stop"}, {"explain_stop"}),
    ("điểm a khoản 2 Điều 26", (N, P), "own", {"study", "answer"}, {"study", "answer"}),
    ("điểm b khoản 2 Điều 26", (N, P), "other", {"transfer", "guide"}, {"transfer", "guide"}),
    ("điểm b khoản 2 Điều 26", (N, P), "below", {"transfer", "guide"}, {"transfer", "guide"}),
    ("khoản 4 Điều 8", (N, P), "settled", {"explain"}, {"explain"}),
    ("khoản 4 Điều 14 NĐ 154", (K, T, N, P), "any", {"split"}, {"split"}),
]


@pytest.mark.parametrize(("citation", "kinds", "competence", "board", "plain"), LAW)
def test_the_ways_of_the_law(
    citation: str, kinds: tuple[str, ...], competence: str, board: set[str], plain: set[str]
) -> None:
    for kind in kinds:
        for agency, wanted in ((cast.province(), board), (cast.commune(), plain)):
            row = Case(kind=kind, agency=agency)
            assert {way.code for way in actions.options(row, competence, TODAY)} == wanted
            assert all(way.article for way in actions.options(row, competence, TODAY))


def test_a_case_is_classified_by_the_table() -> None:
    row = case(N)
    actions.classify(row, "other", "transfer", seen="", by=cast.clerk(), at=NOW)
    row.refresh_from_db()
    assert (row.competence, row.handling) == ("other", "transfer")
    assert last().facts == {"competence": "Thuộc thẩm quyền của cơ quan khác", "handling": "Chuyển đơn"}


def test_a_way_that_the_law_has_not_is_refused_with_those_it_has() -> None:
    with pytest.raises(
        Invalid, match=r"^Khiếu nại thuộc thẩm quyền cấp dưới.*Yêu cầu cấp dưới giải quyết \(điểm b khoản 1"
    ):
        actions.classify(case(), "below", "guide", seen="", by=cast.clerk(), at=NOW)
    with pytest.raises(Invalid, match=r"Chưa chọn thẩm quyền"):
        actions.classify(case(), "", "guide", seen="", by=cast.clerk(), at=NOW)


def test_a_finished_case_is_not_classified_again() -> None:
    with pytest.raises(Refused):
        actions.classify(case(state=State.GUIDED), "own", "accept", seen="", by=cast.clerk(), at=NOW)


def test_guidance_is_an_answer_given_face_to_face() -> None:
    row = case()
    made = actions.guide(row, Target(stage.department()), "Gửi đơn đến Sở.", "12/HD-TCD", by=cast.clerk(), at=NOW)
    row.refresh_from_db()
    assert (row.state, row.answered_at) == (State.GUIDED, NOW)
    assert (made.to_name, made.paper) == ("Sở Nông nghiệp và Môi trường", "12/HD-TCD")
    assert (last().event, last().facts["to"]) == ("case.guided", "Sở Nông nghiệp và Môi trường")


@pytest.mark.parametrize(
    ("to", "note", "said"),
    [
        (Target(), "Gửi đơn.", "Chưa chọn cơ quan có thẩm quyền"),
        (Target(name="  "), "Gửi đơn.", "Chưa chọn cơ quan có thẩm quyền"),
        (Target(name="Tòa án nhân dân tỉnh"), " ", "Chưa ghi nội dung hướng dẫn"),
    ],
)
def test_guidance_names_the_agency_and_what_was_said(to: Target, note: str, said: str) -> None:
    with pytest.raises(Invalid) as caught:
        actions.guide(case(), to, note, by=cast.clerk(), at=NOW)
    assert caught.value.sentence.startswith(said)
    assert Case.objects.get().state == State.RECEIVED


def test_nobody_is_guided_to_where_they_stand() -> None:
    with pytest.raises(Invalid, match=r"là cơ quan đang tiếp công dân"):
        actions.guide(case(), Target(cast.province()), "Gửi đơn.", by=cast.clerk(), at=NOW)


def test_an_agency_that_has_ended_takes_nothing() -> None:
    gone = cast.agency("so-cu", "Sở Cũ")
    Agency.objects.filter(pk=gone.pk).update(valid_to=TODAY - DAY)
    gone.refresh_from_db()
    with pytest.raises(Invalid, match=r"Sở Cũ đã kết thúc hoạt động"):
        actions.guide(case(), Target(gone), "Gửi đơn.", by=cast.clerk(), at=NOW)


@pytest.mark.parametrize("kind", [K, T, N, P])
def test_the_board_transfers_every_petition_by_a_numbered_paper(kind: str) -> None:
    """Điểm b khoản 3 Điều 6 NĐ 154/2026; điểm b khoản 2 Điều 26."""
    row = case(kind)
    with pytest.raises(Invalid, match=r"Chưa nhập số văn bản chuyển đơn"):
        actions.transfer(row, Target(stage.department()), " ", by=cast.clerk(), at=NOW)
    made = actions.transfer(row, Target(stage.department()), "45/PC-TCD", by=cast.clerk(), at=NOW)
    row.refresh_from_db()
    assert (row.state, made.paper, row.answered_at) == (State.TRANSFERRED, "45/PC-TCD", None)


@pytest.mark.parametrize("kind", [K, T])
def test_without_a_board_complaints_and_denunciations_are_guided(kind: str) -> None:
    row = case(kind, cast.commune(), created_by=stage.commune_clerk())
    with pytest.raises(Refused, match=r"hướng dẫn công dân đến cơ quan có thẩm quyền"):
        actions.transfer(row, Target(stage.department()), "45/PC", by=stage.commune_clerk(), at=NOW)


def test_opinions_are_transferred_everywhere() -> None:
    row = case(P, cast.commune(), created_by=stage.commune_clerk())
    assert actions.transfer(row, Target(stage.department()), "45/PC", by=stage.commune_clerk(), at=NOW).pk


@pytest.mark.parametrize("state", [State.PROPOSED, State.APPROVED, State.PLANNED, State.REFUSED])
def test_a_case_on_another_way_is_neither_guided_nor_transferred(state: str) -> None:
    row = case(state=state)
    with pytest.raises(Refused):
        actions.guide(row, Target(name="Tòa án"), "Khởi kiện.", by=cast.clerk(), at=NOW)
    with pytest.raises(Refused):
        actions.transfer(row, Target(name="Tòa án"), "45/PC", by=cast.clerk(), at=NOW)
    assert not Handing.objects.exists()


# The clocks of a transferred petition


def transferred(kind: str = K, *, wants_result: bool = True) -> Handing:
    return actions.transfer(
        case(kind), Target(stage.department()), "45/PC-TCD", wants_result=wants_result, by=cast.clerk(), at=NOW
    )


def test_seven_working_days_from_the_settlement_then_five_from_the_notice() -> None:
    """Khoản 2 Điều 27 and khoản 2 Điều 28."""
    row = transferred()
    assert (row.feedback_due, row.citizen_due) == (None, None)
    actions.settled(row, date(2026, 12, 14), by=cast.clerk(), at=NOW + 7 * DAY)
    assert row.feedback_due == date(2026, 12, 23)
    actions.feedback(row, date(2026, 12, 22), "Công nhận khiếu nại.", by=cast.clerk(), at=NOW + 15 * DAY)
    assert row.citizen_due == date(2026, 12, 29)
    actions.tell(row, date(2026, 12, 28), by=cast.clerk(), at=NOW + 21 * DAY)
    row.refresh_from_db()
    assert (row.told_on, row.result) == (date(2026, 12, 28), "Công nhận khiếu nại.")
    assert last().event == "case.result_told"


def test_the_seven_days_are_for_complaints_and_denunciations() -> None:
    row = transferred(P)
    actions.settled(row, TODAY, by=cast.clerk(), at=NOW)
    assert row.feedback_due is None


def test_who_did_not_ask_is_not_owed_the_result() -> None:
    row = transferred(wants_result=False)
    actions.feedback(row, TODAY, "Không công nhận.", by=cast.clerk(), at=NOW)
    assert row.citizen_due is None


def test_days_of_the_clocks_lie_between_the_transfer_and_today() -> None:
    row = transferred()
    for day in (TODAY - DAY, TODAY + DAY):
        with pytest.raises(Invalid, match=r"Ngày không được"):
            actions.settled(row, day, by=cast.clerk(), at=NOW)
    with pytest.raises(Refused, match=r"Chưa nhận được thông báo kết quả"):
        actions.tell(row, TODAY, by=cast.clerk(), at=NOW)
    with pytest.raises(Invalid, match=r"Chưa ghi kết quả"):
        actions.feedback(row, TODAY, " ", by=cast.clerk(), at=NOW)


# The answer within ten working days


@pytest.mark.parametrize("outcome", ["accepted", "extended", "not_accepted", "passed_on"])
def test_an_answer_of_dieu_28_stops_the_clock(outcome: str) -> None:
    row = case()
    actions.answer(row, outcome, "Công văn 88/TCD ngày 07/12/2026.", by=cast.clerk(), at=NOW)
    row.refresh_from_db()
    assert row.answered_at == NOW and row.answer_note.startswith(actions.OUTCOME_LABELS[outcome])
    assert row.handings.get().outcome == outcome


def test_the_clock_stops_once() -> None:
    row = case()
    stale = Case.objects.get()
    actions.answer(row, "accepted", "Trực tiếp.", by=cast.clerk(), at=NOW)
    with pytest.raises(Refused, match=r"Đã ghi nhận trả lời công dân lúc 09:00, thứ Hai 07/12/2026"):
        actions.answer(stale, "accepted", "Trực tiếp.", by=cast.clerk(), at=NOW + DAY)
    assert Case.objects.get().answered_at == NOW
    assert Handing.objects.count() == 1


@pytest.mark.parametrize(("outcome", "note"), [("", "Trực tiếp."), ("khac", "Trực tiếp."), ("accepted", " ")])
def test_an_answer_says_what_and_how(outcome: str, note: str) -> None:
    with pytest.raises(Invalid):
        actions.answer(case(), outcome, note, by=cast.clerk(), at=NOW)
    assert Case.objects.get().answered_at is None


# Closing


def test_a_case_is_closed_when_nothing_is_owed() -> None:
    row = case(state=State.REFUSED)
    with pytest.raises(Refused, match=r"Chưa trả lời công dân"):
        actions.close(row, by=cast.clerk(), at=NOW)
    actions.answer(row, "not_accepted", "Thông báo 01/TB-UBND.", by=cast.clerk(), at=NOW)
    actions.close(row, by=cast.clerk(), at=NOW)
    assert (row.state, last().event) == (State.CLOSED, "case.closed")


def test_a_result_that_is_owed_keeps_the_case_open() -> None:
    row = transferred()
    actions.answer(row.case, "passed_on", "Trực tiếp.", by=cast.clerk(), at=NOW)
    actions.feedback(row, TODAY, "Công nhận.", by=cast.clerk(), at=NOW)
    with pytest.raises(Refused, match=r"Công dân yêu cầu báo kết quả"):
        actions.close(row.case, by=cast.clerk(), at=NOW)
    actions.tell(row, TODAY, by=cast.clerk(), at=NOW)
    actions.close(row.case, by=cast.clerk(), at=NOW)
    assert Case.objects.get().state == State.CLOSED


@pytest.mark.parametrize("state", [State.RECEIVED, State.PROPOSED, State.APPROVED, State.HEARD])
def test_an_open_case_is_not_closed(state: str) -> None:
    with pytest.raises(Refused):
        actions.close(case(state=state, answered_at=NOW), by=cast.clerk(), at=NOW)
