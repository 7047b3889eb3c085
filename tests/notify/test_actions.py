"""The outbox, what people do by hand, and what receivers answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests import cast
from tests.notify.letters import NOW, draft, events, fresh, later, queued, run
from tiepdan.accounts.tasks import tasks_for
from tiepdan.audit.models import Entry
from tiepdan.kernel.refusals import Invalid, Refused
from tiepdan.notify import access, actions
from tiepdan.notify.models import Delivery
from tiepdan.notify.rules import Answer

pytestmark = pytest.mark.django_db


def by_clerk() -> dict[str, Any]:
    return {"by": cast.clerk(), "at": NOW}


def test_a_draft_waits_and_a_reminder_does_not() -> None:
    row = draft()
    assert (row.state, row.due_at, len(row.token)) == ("draft", None, 64)
    skipped = draft(2, topic="reminder", release=True, by=None)
    assert (skipped.state, skipped.due_at, skipped.released_by) == ("queued", NOW, None)


def test_releasing_names_who_has_no_address_and_sends_nothing() -> None:
    rows = [draft(1), draft(2, address="", receiver="UBND phường Hòa Bình")]
    with pytest.raises(Invalid, match="chưa có địa chỉ của UBND phường Hòa Bình"):
        actions.release(rows, **by_clerk())
    assert {fresh(row).state for row in rows} == {"draft"}
    paper = draft(3, channel="paper", address="")
    assert actions.release([paper], **by_clerk()) == 1 and fresh(paper).due_at is None


def test_of_two_people_who_send_the_same_one_wins() -> None:
    first, second = draft(), fresh(draft())
    actions.release([first], **by_clerk())
    with pytest.raises(Refused):
        actions.release([second], **by_clerk())
    assert events().count("delivery.released") == 1


def test_what_was_let_go_is_not_written_anew() -> None:
    row = queued()
    again = draft(subject="Khác")
    assert again.pk == row.pk and again.subject != "Khác"


def test_dropping() -> None:
    row = queued()
    actions.drop(row, **by_clerk())
    assert (fresh(row).state, fresh(row).due_at) == ("dropped", None)
    with pytest.raises(Refused):
        actions.drop(fresh(row), **by_clerk())


def test_a_message_under_way_is_neither_dropped_nor_redirected() -> None:
    row = queued()
    Delivery.objects.filter(pk=row.pk).update(sending_at=NOW)
    with pytest.raises(Refused, match="đang được gửi"):
        actions.drop(fresh(row), **by_clerk())
    with pytest.raises(Refused):
        actions.change_address(fresh(row), channel="email", address="x@y.vn", **by_clerk())


def test_a_failed_mail_goes_by_hand() -> None:
    row = queued()
    Delivery.objects.filter(pk=row.pk).update(state="failed", problem="Gửi không được")
    row = fresh(row)
    with pytest.raises(Invalid):
        actions.hand_over(row, "  ", None, **by_clerk())
    actions.hand_over(row, "bà Mai\nvăn thư", None, **by_clerk())
    row = fresh(row)
    assert (row.state, row.handed_note, row.problem, row.delivered_at) == ("delivered", "bà Mai văn thư", "", NOW)


def test_what_the_offices_own_system_sent_is_written_down() -> None:
    row = queued(channel="axis", address="")
    assert (row.state, row.due_at) == ("queued", None)  # nothing for the worker
    assert run() == 0 and fresh(row).state == "queued"
    sent = {"number": "05/GM-UBND", "sent_at": NOW - timedelta(minutes=20)}
    with pytest.raises(Invalid, match="Chưa nhập số văn bản"):
        actions.record_sent(row, " ", NOW, **by_clerk())
    with pytest.raises(Invalid, match="ở sau lúc này"):
        actions.record_sent(row, "05/GM-UBND", later(minutes=1), **by_clerk())
    with pytest.raises(Refused, match="không gửi qua trục"):
        actions.record_sent(queued(2), "05/GM-UBND", NOW, **by_clerk())
    actions.record_sent(row, **sent, **by_clerk())
    row = fresh(row)
    assert (row.state, row.sent_at, row.message_id, row.due_at) == ("sent", sent["sent_at"], "05/GM-UBND", None)
    with pytest.raises(Refused):
        actions.record_sent(row, **sent, **by_clerk())
    assert events().count("delivery.sent_by_axis") == 1
    actions.acknowledge(row, "Lý Văn Tám", at=later(hours=1))


def test_a_failed_mail_and_a_draft_go_by_the_axis_too() -> None:
    failed, bare = queued(), draft(2, channel="axis")
    Delivery.objects.filter(pk=failed.pk).update(state="failed", problem="Gửi không được")
    failed = fresh(failed)
    actions.change_address(failed, channel="axis", address="H42.12", **by_clerk())
    for row in (failed, bare):
        actions.record_sent(row, "05/GM-UBND", NOW, **by_clerk())
        assert (fresh(row).state, fresh(row).problem) == ("sent", "")


def test_answers() -> None:
    row = queued()
    actions.acknowledge(row, "Lý Văn Tám", Answer(True, "Lý Văn Tám", (("A", "B"),)), at=NOW)
    row = fresh(row)
    assert (row.state, row.acknowledged_by, row.answer) == ("acknowledged", "Lý Văn Tám", "A (B)")
    assert row.due_at is None  # who has answered need not be written to
    actions.decline(row, "Lý Văn Tám", "ốm", at=later(hours=1))
    assert (fresh(row).state, fresh(row).answer) == ("declined", "Lý do: ốm")
    with pytest.raises(Invalid):
        actions.acknowledge(fresh(row), " ", at=NOW)
    with pytest.raises(Refused):
        actions.acknowledge(draft(2), "ai đó", at=NOW)


def test_the_room_above_may_refuse_an_answer_and_is_told_when_something_moved() -> None:
    said: list[str] = []

    def answered(row: Delivery, answer: Answer, at: Any) -> None:
        if not answer.is_coming:
            raise Refused("hãy cử người thay")
        said.append(answer.who)

    kind = "accounts.agency"
    access.register(
        kind, lambda *_: False, lambda about: f"/co-quan/{about}/", answered, lambda row, at: said.append(row.state)
    )
    try:
        row = queued()
        assert access.address_of(row) == f"/co-quan/{row.about_id}/"
        with pytest.raises(Refused, match="cử người thay"):
            actions.decline(row, "Tám", "bận", at=NOW)
        assert fresh(row).state == "queued"
        actions.acknowledge(row, "Tám", at=NOW)
        assert said == ["Tám", "acknowledged"]
    finally:
        access._owners.pop(kind)


def test_opening_counts_once_and_only_what_was_sent() -> None:
    row = queued()
    actions.mark_opened(row, at=NOW)
    assert fresh(row).opened_at is None
    Delivery.objects.filter(pk=row.pk).update(state="sent")
    for hour in (1, 2):
        actions.mark_opened(fresh(row), at=later(hours=hour))
    assert (fresh(row).state, fresh(row).opened_at) == ("opened", later(hours=1))


def test_the_log_holds_no_name_no_address_and_no_link() -> None:
    row = queued(receiver="Nguyễn Thị Bí Mật", address="bimat@x.test", body="Nguyễn Thị Bí Mật")
    actions.hand_over(row, "đưa bà Bí Mật", None, **by_clerk())
    actions.acknowledge(row, "bà Bí Mật", at=NOW)
    for entry in Entry.objects.filter(event__startswith="delivery."):
        text = f"{entry.about_label} {entry.facts} {entry.search}".lower()
        assert "mật" not in text and "bimat" not in text and row.token.lower() not in text


def test_tasks_of_clerk_and_administrator() -> None:
    draft(1)
    bad = queued(2)
    Delivery.objects.filter(pk=bad.pk).update(state="failed")
    verbs = [task.verb for task in tasks_for(cast.clerk(), NOW) if task.key.startswith("notify")]
    assert set(verbs) == {"1 thư gửi không được: gửi bằng cách khác", "Xem lại rồi gửi 1 thư"}
    verbs = [task.verb for task in tasks_for(cast.admin(), NOW) if task.key.startswith("notify")]
    assert verbs == ["1 thư gửi không được: gửi bằng cách khác"]
    assert [task for task in tasks_for(cast.outsider(), NOW) if task.key.startswith("notify")] == []
