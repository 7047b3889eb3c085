"""States of a delivery and the ways in which it travels. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from tiepdan.kernel.flow import Flow


class Channel(StrEnum):
    EMAIL = "email"
    SMS = "sms"
    PAPER = "paper"  # printed and handed over, or by post


CHANNEL_LABELS: Mapping[str, str] = {
    Channel.EMAIL: "Thư điện tử",
    Channel.SMS: "Tin nhắn",
    Channel.PAPER: "Giấy, giao tay",
}


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

_ON_THE_WAY = (State.SENT, State.DELIVERED, State.OPENED)

DELIVERY = Flow(
    name="delivery",
    states=STATE_LABELS,
    table={
        (State.DRAFT, "release"): State.QUEUED,
        (State.DRAFT, "drop"): State.DROPPED,
        (State.QUEUED, "drop"): State.DROPPED,
        (State.QUEUED, "send"): State.SENT,
        (State.QUEUED, "fail"): State.FAILED,
        (State.FAILED, "retry"): State.QUEUED,
        (State.SENT, "deliver"): State.DELIVERED,
        (State.SENT, "open"): State.OPENED,
        (State.DELIVERED, "open"): State.OPENED,
        # Handing a paper over is sending and delivering in one; it may follow a failed mail.
        **{(old, "hand_over"): State.DELIVERED for old in (State.DRAFT, State.QUEUED, State.SENT, State.FAILED)},
        **{(old, "acknowledge"): State.ACKNOWLEDGED for old in (*_ON_THE_WAY, State.DECLINED)},
        **{(old, "decline"): State.DECLINED for old in (*_ON_THE_WAY, State.ACKNOWLEDGED)},
        **{(old, "fail"): State.FAILED for old in (State.QUEUED, State.SENT)},
    },
)
