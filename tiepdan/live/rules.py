"""Who may speak, and what everybody is told. Pure: no Django, no clock."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from tiepdan.media.port import Rights
from tiepdan.receptions.rules import FINISHED, Phase

PAUSE_REASONS: tuple[str, ...] = ("Nghỉ", "Kỹ thuật", "Bảo đảm trật tự", "Hội ý")
TECHNICAL_PAUSE = "Kỹ thuật"


@dataclass(frozen=True)
class HallFacts:
    """What decides the publishing rights of a hall."""

    is_central: bool
    has_floor: bool
    locked: bool
    removed: bool


def rights_of_hall(hall: HallFacts, phase: str) -> Rights:
    """Camera always on; microphone for the centre, and for the hall with the floor while the reception is open.

    Khoản 2 Điều 21 NĐ 154/2026/NĐ-CP: the camera stays open, the microphone opens only when asked to speak.
    """
    if phase in FINISHED or hall.removed:
        return Rights(camera=False, microphone=False, hidden=False, subscribe=False)
    may_speak = hall.is_central or (hall.has_floor and phase == Phase.OPEN)
    return Rights(camera=True, microphone=may_speak and not hall.locked, hidden=False, subscribe=True)


STATION_RIGHTS = Rights(camera=False, microphone=False, hidden=False, subscribe=True)


@dataclass(frozen=True)
class RecordingFacts:
    """What the gate and the alarms look at: takes that write, proof of the central hall, hours of disk."""

    running: int
    wanted: int
    required: int
    missing_seconds: float
    hours_left: float | None
    hours_needed: float
    article: str


def gate_sentence(facts: RecordingFacts) -> str:
    """Why the reception may not open yet; empty when it may."""
    if facts.missing_seconds > 0 or facts.running < facts.required:
        wait = f"Chờ {max(1, math.ceil(facts.missing_seconds))} giây hoặc gọi kỹ thuật."
        return (
            f"Chưa thể khai mạc: máy ghi chưa ghi được hình và tiếng của điểm cầu trung tâm ({facts.article}). {wait}"
        )
    if facts.hours_left is not None and facts.hours_left < facts.hours_needed:
        return (
            f"Chưa thể khai mạc: máy ghi chỉ còn ghi được {hours_text(facts.hours_left)}; cần ít nhất "
            f"{hours_text(facts.hours_needed)}, gấp đôi thời lượng buổi tiếp. Gọi kỹ thuật để giải phóng ổ đĩa."
        )
    return ""


def hours_text(hours: float) -> str:
    """`2,5 giờ`; below one hour in minutes, since `0,1 giờ` says nothing to a person."""
    if hours < 1:
        return f"{int(hours * 60)} phút"
    return f"{hours:.1f} giờ".replace(".", ",")


@dataclass(frozen=True)
class Alarm:
    level: str
    sentence: str


def alarms(
    phase: str,
    facts: RecordingFacts,
    alarm_hours: float,
    lost_at: datetime | None,
    countdown: timedelta,
    now: datetime,
) -> list[Alarm]:
    """What the room is warned of, most serious first."""
    if phase not in (Phase.OPEN, Phase.PAUSED):
        return []
    found: list[Alarm] = []
    if facts.running == 0:
        left = countdown - (now - lost_at) if lost_at else countdown
        until = f"Buổi tiếp sẽ tạm dừng sau {max(0, round(left.total_seconds()))} giây ({facts.article})."
        if phase == Phase.PAUSED:
            until = f"Chưa tiếp tục được buổi tiếp cho đến khi máy ghi chạy lại ({facts.article})."
        found.append(Alarm("danger", f"Không còn bản ghi nào đang chạy. {until}"))
    elif facts.running < facts.wanted:
        found.append(
            Alarm(
                "warning",
                f"Một máy ghi đã dừng, {facts.running}/{facts.wanted} máy đang ghi. Buổi tiếp vẫn được ghi đủ; "
                "hệ thống đang khởi động lại máy kia.",
            )
        )
    if facts.hours_left is not None and facts.hours_left < alarm_hours:
        found.append(
            Alarm(
                "warning",
                f"Ổ đĩa của máy ghi còn ghi được {hours_text(facts.hours_left)}. Cán bộ kỹ thuật cần giải phóng ổ đĩa.",
            )
        )
    return found


def hall_of(identity: str) -> tuple[str, int] | None:
    """Hall key and connection id of an engine identity `p7.12`; None for stations and recorders."""
    hall, _, connection = identity.partition(".")
    if not hall.startswith("p") or not hall[1:].isdigit() or not connection.isdigit():
        return None
    return hall, int(connection)
