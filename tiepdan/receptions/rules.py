"""What may happen to a reception and to the credential of a point. Pure: no Django, no clock."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tiepdan.kernel.flow import Flow


class Phase(StrEnum):
    """State of a reception, from the moment that its preparation is confirmed."""

    READY = "ready"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"
    SEALED = "sealed"


PHASE_LABELS: Mapping[str, str] = {
    Phase.READY: "Sẵn sàng",
    Phase.OPEN: "Đang tiếp",
    Phase.PAUSED: "Tạm dừng",
    Phase.CLOSED: "Đã kết thúc",
    Phase.SEALED: "Đã niêm phong",
}

RECEPTION = Flow(
    name="reception",
    states=PHASE_LABELS,
    table={
        (Phase.READY, "open"): Phase.OPEN,
        (Phase.OPEN, "suspend"): Phase.PAUSED,
        (Phase.PAUSED, "resume"): Phase.OPEN,
        (Phase.OPEN, "close"): Phase.CLOSED,
        (Phase.PAUSED, "close"): Phase.CLOSED,
        (Phase.CLOSED, "seal"): Phase.SEALED,
    },
)

RUNNING: tuple[str, ...] = (Phase.READY, Phase.OPEN, Phase.PAUSED)
FINISHED: tuple[str, ...] = (Phase.CLOSED, Phase.SEALED)

# A credential works from the day of the tests until some hours after the planned end: sessions run over.
CREDENTIAL_LEAD = timedelta(days=2)
CREDENTIAL_TAIL = timedelta(hours=12)

# Without 0/O, 1/I/L, 5/S, 2/Z, 8/B and the vowels: it can be read out on the telephone and spells no word.
PASSWORD_LETTERS = "CDFGHJKMNPQRTVWXY34679"


def new_password() -> str:
    """A password of 3 groups of 4 letters without look-alikes (53 bits)."""
    return "-".join("".join(secrets.choice(PASSWORD_LETTERS) for _ in range(4)) for _ in range(3))


def typed_password(raw: str) -> str:
    """The password as issued, whatever the case, spaces or dashes that the operator typed."""
    letters = "".join(letter for letter in raw.upper() if letter.isalnum())
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


@dataclass(frozen=True)
class CredentialFacts:
    valid_from: datetime
    valid_to: datetime
    revoked_at: datetime | None


def credential_problem(facts: CredentialFacts, now: datetime) -> str:
    """Code of the reason why a credential does not work at `now`; empty when it works."""
    if facts.revoked_at is not None and facts.revoked_at <= now:
        return "revoked"
    if now < facts.valid_from:
        return "not_yet"
    if now > facts.valid_to:
        return "expired"
    return ""
