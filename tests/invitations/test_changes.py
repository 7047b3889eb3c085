"""What a change of the schedule does to those who were told, and to those who were not (J4)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests import case_cast, cast
from tests import schedule_cast as stage
from tests.invitations import letters_cast as post
from tests.schedule_cast import NOW
from tiepdan.invitations.actions import answers, sending
from tiepdan.invitations.board import board_of
from tiepdan.kernel.refusals import Refused
from tiepdan.notify.models import Delivery
from tiepdan.notify.rules import Answer
from tiepdan.receptions.actions import publication, schedule
from tiepdan.receptions.models import Seat

pytestmark = pytest.mark.django_db


def clerk() -> dict[str, Any]:
    return {"by": cast.clerk(), "at": NOW}


def moved(of: Any, **fields: Any) -> Any:
    slot = schedule.Slot(stage.START + timedelta(days=1), stage.END + timedelta(days=1), of.place)
    return schedule.change(stage.fresh(of), slot, "Trùng lịch họp", by=cast.clerk(), at=NOW + timedelta(hours=2))


def test_another_time_is_told_to_everybody_and_confirmed_rows_are_sent_rows_again() -> None:
    of = post.sent()
    office = post.office(of)
    answers.record_call(office, Answer(True, "Bùi Thu Hằng", (("Bùi Thu Hằng", ""),)), **clerk())
    assert post.states(of)["Sở Nông nghiệp và Môi trường"] == "Đã xác nhận"
    moved(of)
    drafts = Delivery.objects.filter(topic="change")
    assert drafts.count() == 4 and {row.state for row in drafts} == {"draft"}
    note = drafts.get(receiver="Sở Nông nghiệp và Môi trường")
    assert note.key == f"invitation:{office.pk}:v2:email" and note.wants_answer
    assert "08:30–11:00, thứ Năm 17/12/2026 → 08:30–11:00, thứ Sáu 18/12/2026" in note.body
    assert post.states(of)["Sở Nông nghiệp và Môi trường"] == "Đã gửi"
    assert board_of(stage.fresh(of), NOW).confirmed == 0
    assert sending.send_all(stage.fresh(of), **clerk()) == 4
    assert post.office(of).version == 2


def test_a_change_in_one_hall_is_told_to_that_hall_only() -> None:
    of = post.sent()
    hall = of.halls.get(point__slug="so-nnmt")
    stage.seat(hall, "Vũ Thị Lan", "officer", title="Chuyên viên", agency=case_cast.department())
    publication.publish_version(stage.fresh(of), "Thêm người dự", by=cast.clerk(), at=NOW)
    assert [row.receiver for row in Delivery.objects.filter(topic="change")] == ["Sở Nông nghiệp và Môi trường"]
    assert "Vũ Thị Lan" in Delivery.objects.get(topic="change").body


def test_a_notice_that_never_left_is_told_with_the_next_one_and_not_twice() -> None:
    of = post.sent()
    moved(of)
    type(of).objects.filter(pk=of.pk).update(help_phone="0299 000 111")
    publication.publish_version(stage.fresh(of), "Đổi số", by=cast.clerk(), at=NOW + timedelta(hours=3))
    waiting = Delivery.objects.filter(topic="change", state="draft", receiver="UBND xã Thanh Lộc")
    note = waiting.get()
    assert note.key.endswith(":v3:email")
    assert "thứ Sáu 18/12/2026" in note.body and "0299 000 111" in note.body
    assert Delivery.objects.filter(topic="change", state="dropped", receiver="UBND xã Thanh Lộc").count() == 1


def test_who_was_never_told_gets_no_change_notice_but_a_letter_as_it_is_now() -> None:
    of = post.published()
    moved(of)
    assert Delivery.objects.count() == 0
    assert set(of.invitations.values_list("version", flat=True)) == {2}


def test_a_hall_that_is_taken_out_hears_it() -> None:
    of = post.sent()
    hall = of.halls.get(point__slug="so-nnmt")
    matter = of.matters.get()
    type(matter.case).objects.filter(pk=matter.case_id).update(advising_agency=cast.commune())
    Seat.objects.filter(agency=case_cast.department()).delete()
    of.agenda.update(hall=None, speaker=None)
    stage.seat(of.halls.get(is_central=True), "Lý Văn Tám", "advisor", agency=cast.commune())
    hall.delete()
    publication.publish_version(stage.fresh(of), "Bỏ điểm cầu", by=cast.clerk(), at=NOW)
    note = Delivery.objects.get(topic="change", receiver="Sở Nông nghiệp và Môi trường")
    assert note.subject.startswith("Thôi mời") and not note.wants_answer
    row = next(row for row in board_of(stage.fresh(of), NOW).rows if row.invitation.receiver.startswith("Sở"))
    assert not row.is_wanted and board_of(stage.fresh(of), NOW).total == 3


@pytest.mark.parametrize("how", ["postpone", "cancel"])
def test_a_postponed_or_cancelled_reception_tells_everybody(how: str) -> None:
    of = post.sent()
    if how == "postpone":
        schedule.postpone(stage.fresh(of), "Bão số 9", date(2026, 12, 24), by=cast.clerk(), at=NOW)
    else:
        schedule.cancel(stage.fresh(of), "Công dân rút đơn", by=cast.clerk(), at=NOW)
    notes = Delivery.objects.filter(topic="change")
    assert notes.count() == 4 and not notes.filter(wants_answer=True).exists()
    words = "thứ Năm 24/12/2026" if how == "postpone" else "Công dân rút đơn"
    assert all(words in row.body for row in notes)
    assert sending.send_all(stage.fresh(of), **clerk()) == 4


def test_who_was_never_told_is_not_told_of_the_end_and_stops_nobody() -> None:
    of = post.ready()
    sending.hand_over(post.office(of), "bà Hằng", None, **clerk())
    schedule.cancel(stage.fresh(of), "Công dân rút đơn", by=cast.clerk(), at=NOW)
    assert sending.send_all(stage.fresh(of), **clerk()) == 1
    assert not Delivery.objects.filter(topic="change").exclude(receiver__startswith="Sở").exists()


def test_a_letter_that_is_not_ready_does_not_hold_up_the_notices_of_others() -> None:
    """The letter that could not be sent has to be made anew for the new day; who was told hears of it at once."""
    of = post.sent()
    Delivery.objects.filter(receiver="UBND xã Thanh Lộc").update(state="failed")
    moved(of)
    board = board_of(stage.fresh(of), NOW)
    assert [row.invitation.receiver for row in board.blocked] == ["UBND xã Thanh Lộc"]
    assert sending.send_all(stage.fresh(of), **clerk()) == 3
    with pytest.raises(Refused, match="Giấy mời khác kế hoạch hiện nay"):
        sending.send_all(stage.fresh(of), **clerk())
