"""Equipment of a hall: what is looked at, and what may be found. Pure: no Django, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Part(StrEnum):
    """The checklist of the Model (mục V.II.1); what Điều 18 NĐ 154/2026 asks for stands in it."""

    LIGHT = "light"
    LINE = "line"
    SOUND = "sound"
    SCREEN = "screen"
    DECODER = "decoder"
    SOFTWARE = "software"
    CAMERA = "camera"
    STORAGE = "storage"
    POWER = "power"


PART_LABELS: Mapping[str, str] = {
    Part.LIGHT: "Chiếu sáng",
    Part.LINE: "Đường truyền và thiết bị mạng",
    Part.SOUND: "Âm thanh",
    Part.SCREEN: "Màn hình",
    Part.DECODER: "Thiết bị giải mã",
    Part.SOFTWARE: "Phần mềm",
    Part.CAMERA: "Camera ghi toàn cảnh",
    Part.STORAGE: "Thiết bị lưu trữ",
    Part.POWER: "Lưu điện",
}


class Condition(StrEnum):
    GOOD = "good"
    CARE = "care"
    BROKEN = "broken"


CONDITION_LABELS: Mapping[str, str] = {
    Condition.GOOD: "Đạt",
    Condition.CARE: "Cần chú ý",
    Condition.BROKEN: "Hỏng",
}
# Shape and colour of a state: templates show them with the word.
SHAPES: Mapping[str, tuple[str, str]] = {
    Condition.GOOD: ("✓", "good"),
    Condition.CARE: ("▲", "care"),
    Condition.BROKEN: ("■", "bad"),
    "": ("○", "none"),
}


def worst(found: Iterable[str]) -> str:
    """The condition of a hall as a whole; empty when nothing was looked at."""
    seen = set(found)
    return next((one for one in (Condition.BROKEN, Condition.CARE, Condition.GOOD) if one in seen), "")
