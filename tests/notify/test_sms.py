"""Short messages through a real HTTP gateway (docs/notices.md)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.notify.letters import NOW, fresh, later, queued, run
from tests.notify.servers import Gateway, closed_port, silent
from tiepdan.notify.models import Delivery

pytestmark = pytest.mark.django_db


def text(**fields: Any) -> Delivery:
    facts = {"channel": "sms", "address": "0912 345 678", "subject": "Mời họp", "body": "08:30 & <17/12> 😀"}
    return queued(**{**facts, **fields})


def test_a_message_leaves_with_id_token_and_link_and_arrives(texts: Gateway, settings: Any) -> None:
    settings.PUBLIC_URL = "https://tiepdan.minhchau.test"
    row = text(wants_answer=True)
    run()
    row = fresh(row)
    assert (row.state, row.sent_at, row.due_at) == ("sent", NOW, later(seconds=30))
    (body,) = texts.sent.values()
    assert body["to"] == "0912 345 678" and body["id"] == row.message_id
    assert body["text"] == f"Mời họp. 08:30 & <17/12> 😀 https://tiepdan.minhchau.test/nhan/{row.token}/"
    run(later(seconds=30))
    assert fresh(row).state == "sent"
    texts.states[row.message_id] = "delivered"
    run(later(seconds=60))
    row = fresh(row)
    assert (row.state, row.delivered_at, row.due_at) == ("delivered", later(seconds=60), None)


def test_a_gateway_that_knows_at_once(texts: Gateway) -> None:
    row = text()
    texts.answers.append((200, {"id": "x-1", "state": "delivered"}))
    run()
    assert (fresh(row).state, fresh(row).message_id) == ("delivered", "x-1")


def test_the_line_broke_after_the_gateway_took_it_and_it_is_still_sent_once(texts: Gateway) -> None:
    """The id makes it safe to ask again: nobody has to decide."""
    row = text()
    texts.answers.append((0, None))
    run()
    assert (fresh(row).state, fresh(row).is_unsure) == ("queued", False)
    run(later(seconds=1))
    assert fresh(row).state == "sent" and texts.asked == 2 and len(texts.sent) == 1


@pytest.mark.parametrize(
    ("code", "answer", "reason"),
    [(422, {"problem": "số không có thật"}, "số không có thật"), (400, {}, "cổng tin nhắn không nhận (400)")],
)
def test_a_number_that_is_refused_fails(texts: Gateway, code: int, answer: Any, reason: str) -> None:
    row = text()
    texts.answers.append((code, answer))
    run()
    assert fresh(row).state == "failed" and f"Gửi không được tới 0912 345 678: {reason}." in fresh(row).problem


def test_a_message_that_did_not_arrive_is_shown(texts: Gateway) -> None:
    row = text()
    run()
    texts.states[fresh(row).message_id] = "failed"
    run(later(seconds=30))
    assert fresh(row).state == "failed"


@pytest.mark.parametrize(
    "answer", [(503, {}), (200, b"khong phai json"), (200, ["khong"]), (302, {}), (200, {"error": "hết tiền"})]
)
def test_what_is_not_an_answer_is_tried_again(texts: Gateway, answer: tuple[int, Any]) -> None:
    row = text()
    texts.answers.append(answer)
    run()
    assert fresh(row).state == "queued" and fresh(row).due_at == later(seconds=1)
    run(later(seconds=1))
    assert fresh(row).state == "sent" and len(texts.sent) == 1


def test_a_wrong_token_and_a_gateway_that_is_down_wait(texts: Gateway, settings: Any) -> None:
    settings.SMS_TOKEN = "sai"
    row = text()
    run()
    assert "không nhận mã truy cập" in fresh(row).problem and fresh(row).state == "queued"
    settings.SMS_URL = f"http://127.0.0.1:{closed_port()}/tin"
    run(later(seconds=5))
    assert "không kết nối được cổng tin nhắn" in fresh(row).problem
    with silent() as port:
        settings.SMS_URL, settings.SMS_TIMEOUT = f"http://127.0.0.1:{port}/tin", 0.2
        run(later(seconds=30))
    assert fresh(row).failures == 3 and fresh(row).is_stuck


def test_after_a_day_nobody_asks_any_more(texts: Gateway) -> None:
    row = text()
    run()
    Delivery.objects.filter(pk=row.pk).update(due_at=NOW + timedelta(hours=25))
    run(later(hours=25))
    assert (fresh(row).state, fresh(row).due_at) == ("sent", None)


def test_without_a_gateway_messages_wait(settings: Any) -> None:
    settings.SMS_URL = ""
    row = text()
    run()
    assert fresh(row).state == "queued" and fresh(row).problem.startswith("Chưa cấu hình cổng tin nhắn")
