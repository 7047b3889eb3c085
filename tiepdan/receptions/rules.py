"""What may happen to a reception and to the credential of a point. Pure: no Django, no clock."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tiepdan.kernel.flow import Flow


class Kind(StrEnum):
    """Kinds of reception (Điều 12, Điều 18 Luật Tiếp công dân)."""

    REGULAR = "regular"
    PERIODIC = "periodic"
    ADHOC = "adhoc"


KIND_LABELS: Mapping[str, str] = {
    Kind.REGULAR: "Thường xuyên",
    Kind.PERIODIC: "Định kỳ",
    Kind.ADHOC: "Đột xuất",
}


class SeatRole(StrEnum):
    CHAIR = "chair"
    ADVISOR = "advisor"  # of the agency that advises on the matter: must sit at the central point
    SECRETARY = "secretary"
    TECHNICIAN = "technician"
    OFFICER = "officer"
    CITIZEN = "citizen"
    PROXY = "proxy"
    LAWYER = "lawyer"
    INTERPRETER = "interpreter"
    OBSERVER = "observer"
    OTHER = "other"


SEAT_LABELS: Mapping[str, str] = {
    SeatRole.CHAIR: "Người chủ trì",
    SeatRole.ADVISOR: "Cơ quan tham mưu",
    SeatRole.SECRETARY: "Thư ký",
    SeatRole.TECHNICIAN: "Kỹ thuật",
    SeatRole.OFFICER: "Cơ quan liên quan",
    SeatRole.CITIZEN: "Công dân",
    SeatRole.PROXY: "Người đại diện, người được ủy quyền",
    SeatRole.LAWYER: "Luật sư, trợ giúp viên pháp lý",
    SeatRole.INTERPRETER: "Người phiên dịch",
    SeatRole.OBSERVER: "Quan sát, báo chí",
    SeatRole.OTHER: "Thành phần khác",
}


# The citizens and those who come with them: their names are personal data of a case.
CITIZENS_SIDE = frozenset({SeatRole.CITIZEN, SeatRole.PROXY, SeatRole.LAWYER, SeatRole.INTERPRETER})


class Stage(StrEnum):
    """What an item of the running order is (screens S11)."""

    OPENING = "opening"
    IDENTITY = "identity"
    CITIZEN = "citizen"
    AGENCY = "agency"
    DIALOGUE = "dialogue"
    CONCLUSION = "conclusion"
    READBACK = "readback"
    CLOSING = "closing"
    BREAK = "break"


STAGE_LABELS: Mapping[str, str] = {
    Stage.OPENING: "Khai mạc",
    Stage.IDENTITY: "Xác định thành phần",
    Stage.CITIZEN: "Công dân trình bày",
    Stage.AGENCY: "Cơ quan báo cáo",
    Stage.DIALOGUE: "Đối thoại",
    Stage.CONCLUSION: "Kết luận",
    Stage.READBACK: "Đọc lại, ký",
    Stage.CLOSING: "Kết thúc",
    Stage.BREAK: "Nghỉ",
}


class Phase(StrEnum):
    """State of a reception, from the first draft of its plan to the sealed recording."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    PUBLISHED = "published"
    READY = "ready"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"
    SEALED = "sealed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


PHASE_LABELS: Mapping[str, str] = {
    Phase.DRAFT: "Dự thảo",
    Phase.SUBMITTED: "Đã trình",
    Phase.APPROVED: "Đã duyệt",
    Phase.PUBLISHED: "Đã công bố",
    Phase.READY: "Sẵn sàng",
    Phase.OPEN: "Đang tiếp",
    Phase.PAUSED: "Tạm dừng",
    Phase.CLOSED: "Đã kết thúc",
    Phase.SEALED: "Đã niêm phong",
    Phase.POSTPONED: "Hoãn",
    Phase.CANCELLED: "Hủy",
}

_BEFORE_THE_DAY = (Phase.DRAFT, Phase.SUBMITTED, Phase.APPROVED, Phase.PUBLISHED, Phase.READY)

RECEPTION = Flow(
    name="reception",
    states=PHASE_LABELS,
    table={
        (Phase.DRAFT, "submit"): Phase.SUBMITTED,
        (Phase.SUBMITTED, "withdraw"): Phase.DRAFT,
        (Phase.SUBMITTED, "return"): Phase.DRAFT,
        (Phase.SUBMITTED, "approve"): Phase.APPROVED,
        (Phase.APPROVED, "revise"): Phase.DRAFT,
        (Phase.APPROVED, "publish"): Phase.PUBLISHED,
        (Phase.PUBLISHED, "confirm"): Phase.READY,
        (Phase.READY, "doubt"): Phase.PUBLISHED,
        (Phase.PUBLISHED, "postpone"): Phase.POSTPONED,
        (Phase.READY, "postpone"): Phase.POSTPONED,
        (Phase.POSTPONED, "replan"): Phase.DRAFT,
        **{(old, "cancel"): Phase.CANCELLED for old in (*_BEFORE_THE_DAY, Phase.POSTPONED)},
        (Phase.READY, "open"): Phase.OPEN,
        (Phase.OPEN, "suspend"): Phase.PAUSED,
        (Phase.PAUSED, "resume"): Phase.OPEN,
        (Phase.OPEN, "close"): Phase.CLOSED,
        (Phase.PAUSED, "close"): Phase.CLOSED,
        (Phase.CLOSED, "seal"): Phase.SEALED,
    },
)

# The plan may be written in these; after the publication a change becomes public only as a new version.
EDITABLE: tuple[str, ...] = (Phase.DRAFT, Phase.APPROVED, Phase.PUBLISHED, Phase.READY)
# An approved plan goes back to the draft before it is changed, so that what was approved is what is published.
WRITABLE: tuple[str, ...] = (Phase.DRAFT, Phase.PUBLISHED, Phase.READY)
PUBLIC: tuple[str, ...] = (Phase.PUBLISHED, Phase.READY, Phase.OPEN, Phase.PAUSED, Phase.CLOSED, Phase.SEALED)
RUNNING: tuple[str, ...] = (Phase.READY, Phase.OPEN, Phase.PAUSED)
FINISHED: tuple[str, ...] = (Phase.CLOSED, Phase.SEALED)
# The hall, the people and the day are still taken by a reception in one of these.
COMING: tuple[str, ...] = _BEFORE_THE_DAY
TAKING: tuple[str, ...] = (*_BEFORE_THE_DAY, Phase.OPEN, Phase.PAUSED)


def taking_against(state: str) -> tuple[str, ...]:
    """States in which another reception takes hall and people from one in `state`.

    A draft yields to what was put forward, and both to what was approved: a draft that somebody begins must not stop
    what is already announced. Two approved ones stop each other.
    """
    order = {Phase.DRAFT: 0, Phase.SUBMITTED: 1}
    return tuple(other for other in TAKING if order.get(Phase(other), 2) >= order.get(Phase(state), 2))


# Milestones that the desk records by hand, and by whom; the notice and the invitations are met by sending them.
BY_HAND: Mapping[str, str] = {
    "leaders_report": "clerk",
    "trial": "technician",
    "connected": "technician",
    "first_test": "technician",
    "second_test": "technician",
}
# «Kết nối xong trước giờ tiếp» cannot be done on another day.
ON_THE_DAY = frozenset({"connected", "second_test"})

STEP_LABELS: Mapping[str, str] = {
    "submit": "Trình duyệt",
    "withdraw": "Rút lại",
    "return": "Trả lại để bổ sung",
    "approve": "Duyệt kế hoạch",
    "revise": "Sửa kế hoạch",
    "publish": "Công bố lịch",
    "confirm": "Xác nhận đủ điều kiện",
    "doubt": "Bỏ xác nhận",
    "postpone": "Hoãn",
    "replan": "Lập lại kế hoạch",
    "cancel": "Hủy",
    "open": "Khai mạc",
    "suspend": "Tạm dừng",
    "resume": "Tiếp tục",
    "close": "Kết thúc",
    "seal": "Niêm phong",
}


class Wish(StrEnum):
    """Where a citizen asked on the public page to attend (khoản 3 Điều 22 NĐ 154/2026)."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    REPLACED = "replaced"  # by a later one of the same citizen


WISH_LABELS: Mapping[str, str] = {
    Wish.WAITING: "Chờ xác nhận",
    Wish.CONFIRMED: "Đã xác nhận",
    Wish.DECLINED: "Không nhận được",
    Wish.REPLACED: "Đã thay",
}

WISH = Flow(
    name="wish",
    states=WISH_LABELS,
    table={
        (Wish.WAITING, "confirm"): Wish.CONFIRMED,
        (Wish.WAITING, "decline"): Wish.DECLINED,
        (Wish.WAITING, "replace"): Wish.REPLACED,
    },
)

LAST_HALF_HOUR = timedelta(minutes=30)


def is_last_half_hour(starts_at: datetime, now: datetime) -> bool:
    """From half an hour before the planned start on, only the chair and the technician change the plan."""
    return now >= starts_at - LAST_HALF_HOUR


def overlap(first: tuple[datetime, datetime], second: tuple[datetime, datetime]) -> bool:
    """Whether two spans share a moment; one that begins when the other ends does not."""
    return first[0] < second[1] and second[0] < first[1]


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
