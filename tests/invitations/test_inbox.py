"""«Giấy mời» of an invited agency when the schedule changed after its letter (S14, J4)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import case_cast, cast
from tests import schedule_cast as stage
from tests.invitations import letters_cast as post
from tiepdan.invitations.actions import answers, sending
from tiepdan.invitations.inbox import seen
from tiepdan.invitations.queries import joined
from tiepdan.kernel.dates import moment_text
from tiepdan.kernel.refusals import Refused
from tiepdan.notify.models import Delivery
from tiepdan.notify.rules import Answer
from tiepdan.receptions.actions import publication, schedule
from tiepdan.receptions.models import Reception

pytestmark = pytest.mark.django_db
COMING = {"who": "Bùi Thu Hằng", "attendees": "Bùi Thu Hằng, Phó Giám đốc"}


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def of(now: datetime) -> Reception:
    return post.sent(now, start=now + timedelta(days=30))


def officer() -> Client:
    return cast.browser(case_cast.department_officer())


def page(of: Reception, rest: str = "") -> str:
    return f"/giay-moi/{post.office(of).pk}/{rest}"


def text(of: Reception) -> str:
    return officer().get(page(of)).content.decode()


def move(of: Reception, now: datetime, days: int = 1) -> datetime:
    """Another day, public at once; the notices of it lie in the outbox."""
    row, by = stage.fresh(of), timedelta(days=days)
    slot = schedule.Slot(row.starts_at + by, row.ends_at + by, row.place)
    schedule.change(row, slot, "Trùng lịch họp", by=cast.clerk(), at=now)
    return slot.starts_at


def let_go(of: Reception, now: datetime) -> None:
    sending.send_all(stage.fresh(of), by=cast.clerk(), at=now)
    for row in Delivery.objects.filter(channel="email", state="queued"):
        post.deliver(row, now)


def test_another_time_is_told_at_once_and_answered_when_the_notice_came(of: Reception, now: datetime) -> None:
    assert "Lịch đã thay đổi" not in text(of)
    start = move(of, now)
    words = text(of)
    assert "Lịch đã thay đổi sau thư này." in words and "Thời gian: " in words and moment_text(start) in words
    assert "Thông báo chính thức đang chờ gửi; xin trả lời khi nhận được." in words
    assert "Xác nhận tham dự</button>" not in words
    listed = officer().get("/giay-moi/").content.decode()
    assert "Lịch đã thay đổi" in listed and moment_text(start) in listed and "Chờ thông báo thay đổi" in listed
    let_go(of, now)
    words = text(of)
    assert "Lịch đã thay đổi sau thư này." not in words and "Xác nhận tham dự</button>" in words
    assert officer().post(page(of, "xac-nhan/"), COMING).status_code == 302


def test_an_answer_that_crosses_the_change_is_refused_with_what_was_typed(of: Reception, now: datetime) -> None:
    move(of, now)
    answer = officer().post(page(of, "xac-nhan/"), COMING)
    words = answer.content.decode()
    assert answer.status_code == 409 and "đã thay đổi sau thư này nên chưa ghi nhận trả lời" in words
    assert COMING["attendees"] in words and post.office(of).attendees == []
    letter = Delivery.objects.get(about_id=str(post.office(of).pk), topic="invitation")
    stranger = Client().post(f"/nhan/{letter.token}/xac-nhan/", COMING)
    assert stranger.status_code == 409 and "đã thay đổi sau thư này" in stranger.content.decode()


def test_a_notice_that_the_clerk_dropped_keeps_nobody_from_answering(of: Reception, now: datetime) -> None:
    move(of, now)
    Delivery.objects.filter(topic="change").update(state="dropped")
    words = text(of)
    assert "Lịch đã thay đổi sau thư này." in words and "đang chờ gửi" not in words
    assert officer().post(page(of, "xac-nhan/"), COMING).status_code == 302


def test_what_is_not_public_yet_is_told_to_nobody(of: Reception, now: datetime) -> None:
    row = stage.fresh(of)
    later = row.starts_at + timedelta(hours=1)
    Reception.objects.filter(pk=of.pk).update(starts_at=later, title="Nội dung khác")
    for words in (text(of), officer().get("/giay-moi/").content.decode()):
        assert moment_text(row.starts_at) in words and moment_text(later) not in words
        assert "Nội dung khác" not in words and "Lịch đã thay đổi" not in words


def test_a_change_in_the_hall_of_others_is_none_for_this_agency(of: Reception, now: datetime) -> None:
    stage.seat(of.halls.get(point__slug="xa-thanh-loc"), "Vũ Thị Lan", "officer", agency=cast.commune())
    publication.publish_version(stage.fresh(of), "Thêm người dự", by=cast.clerk(), at=now)
    assert "Lịch đã thay đổi" not in text(of)
    theirs = seen([post.office(of, "thanh-loc")])[0]
    assert theirs.is_changed and "Vũ Thị Lan" in theirs.changes[0]["after"]


def test_other_people_may_come_than_were_registered_first(of: Reception) -> None:
    officer().post(page(of, "xac-nhan/"), COMING)
    words = text(of)
    assert "Đổi trả lời" in words and f">\n{COMING['attendees']}</textarea>" in words
    again = {**COMING, "attendees": "Trần Văn Bảy, Giám đốc"}
    assert officer().post(page(of, "xac-nhan/"), again).status_code == 302
    assert [one["full_name"] for one in post.office(of).attendees] == ["Trần Văn Bảy"]
    message = Delivery.objects.get(about_id=str(post.office(of).pk))
    assert (message.state, message.answer) == ("acknowledged", "Trần Văn Bảy (Giám đốc)")


def test_no_answer_is_asked_for_once_the_reception_is_off(of: Reception, now: datetime) -> None:
    schedule.cancel(stage.fresh(of), "Công dân rút đơn", by=cast.clerk(), at=now)
    assert "Xác nhận tham dự</button>" not in text(of)
    assert "Không tổ chức" in officer().get("/giay-moi/").content.decode()


def test_papers_are_sent_into_the_dossier_that_is_shared(of: Reception) -> None:
    assert "Chưa có hồ sơ nào được chia sẻ với cơ quan cho buổi tiếp này." in text(of)


def test_an_old_letter_is_not_sent_again_while_its_change_waits(of: Reception, now: datetime) -> None:
    move(of, now)
    assert not post.row_of(of, post.office(of), now).may_resend
    with pytest.raises(Refused, match="Còn thông báo thay đổi chưa gửi"):
        sending.resend(post.office(of), by=cast.clerk(), at=now)


def test_there_and_back_is_no_change(of: Reception, now: datetime) -> None:
    move(of, now)
    move(of, now, days=-1)
    assert "Lịch đã thay đổi" not in text(of)
    assert not Delivery.objects.filter(topic="change", state="draft").exists()


def test_answers_before_the_change_count_again_when_nothing_changed(of: Reception, now: datetime) -> None:
    answers.record_call(post.office(of), Answer(True, "Bùi Thu Hằng"), by=cast.clerk(), at=now)
    move(of, now)
    assert post.row_of(of, post.office(of), now).state_label == "Đã gửi"
    move(of, now, days=-1)
    assert post.row_of(of, post.office(of), now).state_label == "Đã xác nhận"


def change(what: str, before: str, after: str) -> dict[str, Any]:
    return {"what": what, "before": before, "after": after, "touches": "all"}


@pytest.mark.parametrize(
    ("rows", "left"),
    [
        ([], []),
        ([("a", "1", "2")], [("a", "1", "2")]),
        ([("a", "1", "2"), ("a", "2", "3")], [("a", "1", "3")]),
        ([("a", "1", "2"), ("b", "1", "2"), ("a", "2", "1")], [("b", "1", "2")]),
        ([("a", "1", "2"), ("a", "8", "9")], [("a", "1", "2"), ("a", "8", "9")]),  # two of one name
    ],
)
def test_changes_of_several_versions_are_joined(rows: list[Any], left: list[Any]) -> None:
    found = joined(change(*row) for row in rows)
    assert [(row["what"], row["before"], row["after"]) for row in found] == left
