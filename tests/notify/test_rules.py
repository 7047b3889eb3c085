"""States, words and times of deliveries."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tiepdan.notify.forms import address_problem, split_person
from tiepdan.notify.rules import (
    CHANNEL_LABELS,
    DELIVERY,
    STATE_LABELS,
    STATE_SHAPES,
    Answer,
    Channel,
    State,
    ask_again_after,
    failed_sentence,
    one_line,
    permanent_reason,
)


@pytest.mark.parametrize(
    ("state", "step", "after"),
    [
        ("draft", "release", "queued"),
        ("draft", "drop", "dropped"),
        ("queued", "send", "sent"),
        ("queued", "fail", "failed"),
        ("sent", "deliver", "delivered"),
        ("sent", "open", "opened"),
        ("opened", "acknowledge", "acknowledged"),
        ("acknowledged", "decline", "declined"),
        ("acknowledged", "acknowledge", "acknowledged"),  # other people come
        ("declined", "acknowledge", "acknowledged"),
        ("failed", "retry", "queued"),
        ("failed", "hand_over", "delivered"),
        ("failed", "acknowledge", "acknowledged"),
        ("draft", "acknowledge", None),
        ("draft", "send", None),
        ("dropped", "release", None),
        ("acknowledged", "open", None),
        ("sent", "drop", None),
        ("sent", "send", None),
    ],
)
def test_the_table(state: str, step: str, after: str | None) -> None:
    assert DELIVERY.after(state, step) == after


def test_every_state_has_a_word_and_a_shape() -> None:
    assert set(STATE_LABELS) == set(STATE_SHAPES) == set(State) and set(CHANNEL_LABELS) == set(Channel)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("một\r\nhai\tba", "một hai ba"),
        ("a\x00b\u2028c", "a b c"),
        ("  Trần  Văn 😀 ", "Trần Văn 😀"),
        ("\u202eđảo", "đảo"),
    ],
)
def test_a_header_is_one_line(text: str, line: str) -> None:
    assert one_line(text) == line


@pytest.mark.parametrize(
    ("code", "words", "reason"),
    [
        (550, "5.1.1 unknown", "hộp thư không tồn tại"),
        (552, "5.2.2 full", "hộp thư đã đầy"),
        (550, "5.7.1 denied", "máy chủ nhận từ chối thư"),
        (554, "no", "máy chủ nhận từ chối thư"),
        (553, "bad", "hộp thư không tồn tại hoặc không nhận thư"),
        (599, "what", "máy chủ thư không nhận"),
    ],
)
def test_why_a_server_refused(code: int, words: str, reason: str) -> None:
    assert permanent_reason(code, words) == f"{reason} ({code} {words})"


def test_the_sentence_of_the_storyboard() -> None:
    said = failed_sentence("a@b.test", "hộp thư đã đầy", "23:59, thứ Năm 10/12/2026")
    wanted = "Gửi không được tới a@b.test: hộp thư đã đầy. Gửi bằng cách khác trước 23:59, thứ Năm 10/12/2026."
    assert said == wanted


@pytest.mark.parametrize(
    ("since", "wait"),
    [
        (timedelta(0), timedelta(seconds=30)),
        (timedelta(minutes=5), timedelta(minutes=2)),
        (timedelta(hours=2), timedelta(minutes=10)),
        (timedelta(hours=24), None),
    ],
)
def test_how_long_a_gateway_is_asked(since: timedelta, wait: timedelta | None) -> None:
    assert ask_again_after(since) == wait


def test_what_an_answer_says() -> None:
    assert Answer(True, "A", (("B", "Giám đốc"), ("C", ""))).text == "B (Giám đốc); C"
    assert Answer(False, "A", reason="ốm", substitute="D").text == "Lý do: ốm. Dự thay: D"


@pytest.mark.parametrize(
    ("channel", "address", "is_good"),
    [
        ("email", "a@b.vn", True),
        ("email", "a@b", False),
        ("email", "", False),
        ("sms", "0912 345 678", True),
        ("sms", "+84 912.345.678", True),
        ("sms", "0912 abc 678", False),
        ("sms", "113", False),
        ("paper", "", True),
    ],
)
def test_addresses(channel: str, address: str, is_good: bool) -> None:
    assert (address_problem(channel, address) == "") is is_good


def test_a_line_of_the_list_of_people() -> None:
    assert split_person("Nguyễn Văn A, Chánh Thanh tra, tỉnh") == ("Nguyễn Văn A", "Chánh Thanh tra, tỉnh")
    assert split_person("Nguyễn Văn A") == ("Nguyễn Văn A", "")
