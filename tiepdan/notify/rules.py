"""States of a delivery, the ways in which it travels, and the words for what went wrong. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from tiepdan.kernel.flow import Flow


class Channel(StrEnum):
    EMAIL = "email"
    SMS = "sms"
    PAPER = "paper"  # printed and handed over, or by post
    AXIS = "axis"  # trục liên thông văn bản quốc gia: sent from the office's own system, recorded here by hand


CHANNEL_LABELS: Mapping[str, str] = {
    Channel.EMAIL: "Thư điện tử",
    Channel.SMS: "Tin nhắn",
    Channel.PAPER: "Giấy, giao tay",
    Channel.AXIS: "Trục văn bản",
}
# What people do themselves and then write down: nothing falls due for the worker.
BY_HAND: tuple[str, ...] = (Channel.PAPER, Channel.AXIS)


class State(StrEnum):
    DRAFT = "draft"  # lies in the outbox until somebody has looked at it
    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    OPENED = "opened"
    ACKNOWLEDGED = "acknowledged"
    DECLINED = "declined"
    FAILED = "failed"
    DROPPED = "dropped"  # taken out of the outbox before it was sent


STATE_LABELS: Mapping[str, str] = {
    State.DRAFT: "Chờ xem lại",
    State.QUEUED: "Chờ gửi",
    State.SENT: "Đã gửi",
    State.DELIVERED: "Đã đến nơi",
    State.OPENED: "Đã mở",
    State.ACKNOWLEDGED: "Đã xác nhận",
    State.DECLINED: "Báo không dự",
    State.FAILED: "Gửi không được",
    State.DROPPED: "Đã bỏ",
}

TOPIC_LABELS: Mapping[str, str] = {
    "invitation": "Giấy mời",
    "citizen_notice": "Thông báo cho công dân",
    "change": "Thông báo thay đổi",
    "reminder": "Nhắc việc",
}

# Shape of a state on the screen (screens.md b.4): class of the style sheet and sign.
STATE_SHAPES: Mapping[str, tuple[str, str]] = {
    State.DRAFT: ("none", "○"),
    State.QUEUED: ("none", "○"),
    State.SENT: ("live", "◆"),
    State.DELIVERED: ("live", "◆"),
    State.OPENED: ("live", "◆"),
    State.ACKNOWLEDGED: ("good", "✓"),
    State.DECLINED: ("care", "▲"),
    State.FAILED: ("bad", "■"),
    State.DROPPED: ("none", "○"),
}

# Handed to the mail server, to the gateway or into a hand: the receiver counts as told.
TOLD: tuple[str, ...] = (State.SENT, State.DELIVERED, State.OPENED, State.ACKNOWLEDGED, State.DECLINED)
ANSWERED: tuple[str, ...] = (State.ACKNOWLEDGED, State.DECLINED)

_ON_THE_WAY = (State.SENT, State.DELIVERED, State.OPENED)
# Somebody may answer by telephone or at their own desk before the letter has left, or when it cannot.
_ANSWERABLE = (State.QUEUED, State.FAILED, *_ON_THE_WAY)

DELIVERY = Flow(
    name="delivery",
    states=STATE_LABELS,
    table={
        (State.DRAFT, "release"): State.QUEUED,
        (State.DRAFT, "drop"): State.DROPPED,
        (State.QUEUED, "drop"): State.DROPPED,
        (State.FAILED, "drop"): State.DROPPED,
        (State.QUEUED, "send"): State.SENT,
        (State.FAILED, "retry"): State.QUEUED,
        (State.SENT, "deliver"): State.DELIVERED,
        (State.SENT, "open"): State.OPENED,
        (State.DELIVERED, "open"): State.OPENED,
        # Handing a paper over is sending and delivering in one; it may follow a failed mail.
        **{(old, "hand_over"): State.DELIVERED for old in (State.DRAFT, State.QUEUED, State.SENT, State.FAILED)},
        # An answer may be given anew: other people come, or another reason holds.
        **{(old, "acknowledge"): State.ACKNOWLEDGED for old in (*_ANSWERABLE, *ANSWERED)},
        **{(old, "decline"): State.DECLINED for old in (*_ANSWERABLE, *ANSWERED)},
        **{(old, "fail"): State.FAILED for old in (State.QUEUED, State.SENT)},
    },
)


@dataclass(frozen=True)
class Answer:
    """What a receiver says to an invitation, from their own link, from their desk, or by telephone."""

    is_coming: bool
    who: str  # the person who answers
    attendees: tuple[tuple[str, str], ...] = ()  # (full name, title) of those who come
    reason: str = ""  # why nobody comes
    substitute: str = ""  # who comes instead

    @property
    def text(self) -> str:
        """What the board shows: «Nguyễn Văn A (Chánh Thanh tra); Trần B»."""
        if self.is_coming:
            return "; ".join(f"{name} ({title})" if title else name for name, title in self.attendees)
        said = [
            f"Lý do: {self.reason}" if self.reason else "",
            f"Dự thay: {self.substitute}" if self.substitute else "",
        ]
        return ". ".join(filter(None, said))


def one_line(text: str) -> str:
    """A header of a message: no line ends and no control signs, single spaces."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


# The longest that is waited for a gateway to say that a short message has arrived.
ASK_GATEWAY_FOR = timedelta(hours=24)
_ASK_STEPS = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10))


def ask_again_after(since_sent: timedelta) -> timedelta | None:
    """When to ask the gateway next about a message sent so long ago; None: no more."""
    if since_sent >= ASK_GATEWAY_FOR:
        return None
    if since_sent < timedelta(minutes=2):
        return _ASK_STEPS[0]
    return _ASK_STEPS[1] if since_sent < timedelta(minutes=30) else _ASK_STEPS[2]


_REASONS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("5.1.1", "5.1.6", "5.1.10"), "hộp thư không tồn tại"),
    (("5.1.2", "5.1.3", "5.1.8"), "địa chỉ thư không dùng được"),
    (("5.2.1",), "hộp thư đã bị khóa"),
    (("5.2.2",), "hộp thư đã đầy"),
    (("5.2.3", "5.3.4", "552"), "thư quá lớn so với mức máy chủ nhận"),
    (("5.7", "554"), "máy chủ nhận từ chối thư"),
    (("550", "551", "553"), "hộp thư không tồn tại hoặc không nhận thư"),
)


def permanent_reason(code: int, words: str) -> str:
    """Why a server refused for good, in Vietnamese, with its own words behind (RFC 5321, RFC 3463 codes)."""
    said = one_line(words)
    enhanced = re.match(r"5\.\d{1,3}\.\d{1,3}\b", said)
    for marks, reason in _REASONS:
        if any((enhanced and enhanced[0].startswith(mark)) or str(code) == mark for mark in marks):
            return f"{reason} ({code} {said})"[:300]
    return f"máy chủ thư không nhận ({code} {said})"[:300]


def failed_sentence(address: str, reason: str, deadline: str) -> str:
    """`deadline` in words, empty when the message has none."""
    before = f" trước {deadline}" if deadline else ""
    return f"Gửi không được tới {address or 'người nhận'}: {reason}. Gửi bằng cách khác{before}."


UNSURE = (
    "Không rõ đã gửi chưa: kết nối đứt khi thư vừa chuyển xong, máy chủ chưa kịp trả lời. "
    "Hỏi người nhận rồi bấm «Đã đến nơi» hoặc «Gửi lại»."
)
NO_MAIL_SERVER = (
    "Chưa cấu hình máy chủ thư điện tử nên thư còn nằm chờ, sẽ tự gửi khi có máy chủ. "
    "Cần ngay thì in giấy và bấm «Ghi nhận đã giao tay»."
)
NO_GATEWAY = (
    "Chưa cấu hình cổng tin nhắn nên tin còn nằm chờ, sẽ tự gửi khi có cổng. "
    "Cần ngay thì in giấy và bấm «Ghi nhận đã giao tay»."
)
