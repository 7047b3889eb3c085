"""What the world outside says about a message: shared words of the mail server and the gateway."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Attachment:
    name: str
    kind: str  # media type
    content: bytes


@dataclass(frozen=True)
class Mail:
    message_id: str  # with its angle brackets; the same at every try
    address: str
    subject: str
    body: str
    sender: str  # name of the agency
    at: datetime
    attachments: tuple[Attachment, ...] = field(default=())


@dataclass(frozen=True)
class Accepted:
    """The gateway took the message; `is_delivered` when it knows already that it has arrived."""

    id: str
    is_delivered: bool = False


class NotNow(Exception):
    """It was not sent, and may go later. The text holds no address. `is_line`: nothing can leave now, not only this."""

    def __init__(self, reason: str, is_line: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_line = is_line


class Never(Exception):
    """It was not sent and will not be: `reason` in Vietnamese."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unsure(Exception):
    """The whole message was handed over and the answer was lost: it may have been sent."""
