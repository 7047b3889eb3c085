"""What a hall is, what of its equipment is looked at, and what the law needs of it. Pure: no Django, no clock."""

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


class Level(StrEnum):
    PROVINCE = "province"
    DEPARTMENT = "department"
    COMMUNE = "commune"
    OTHER = "other"


LEVEL_LABELS: Mapping[str, str] = {
    Level.PROVINCE: "Cấp tỉnh",
    Level.DEPARTMENT: "Sở, ban, ngành",
    Level.COMMUNE: "Cấp xã",
    Level.OTHER: "Nơi khác",
}


class Line(StrEnum):
    INTERNET = "internet"
    TSLCD = "tslcd"
    PRIVATE = "private"


LINE_LABELS: Mapping[str, str] = {
    Line.INTERNET: "Internet",
    Line.TSLCD: "Mạng TSLCD",
    Line.PRIVATE: "Đường truyền riêng",
}
NO_BACKUP = "none"
BACKUP_LABELS: Mapping[str, str] = {
    NO_BACKUP: "Không có",
    **LINE_LABELS,
    "mobile": "Mạng di động 4G, 5G",
}

# Words that stand in addresses of the room: no hall signs in by one of them.
TAKEN_NAMES = frozenset({"them", "tai-ve", "nang-luc"})

# What Điều 18 NĐ 154/2026 needs at the hall itself. Storing is done by the recorders of the centre, and the battery is
# asked for by the Model alone.
NEEDED: Mapping[str, str] = {
    Part.LINE: "điểm a khoản 2 Điều 18 NĐ 154/2026",
    Part.SOUND: "điểm b khoản 2 Điều 18 NĐ 154/2026",
    Part.SCREEN: "điểm b khoản 2 Điều 18 NĐ 154/2026",
    Part.DECODER: "điểm b khoản 2 Điều 18 NĐ 154/2026",
    Part.SOFTWARE: "điểm b khoản 2 Điều 18 NĐ 154/2026",
    Part.CAMERA: "điểm c khoản 2 Điều 18 NĐ 154/2026",
    Part.LIGHT: "khoản 3 Điều 18 NĐ 154/2026",
}
NO_CAMERA = f"Thiếu camera ghi toàn cảnh: điểm cầu chưa đủ điều kiện theo {NEEDED[Part.CAMERA]}."


def gaps(found: Mapping[str, str], cameras: int | None) -> list[str]:
    """Sentences about what keeps a hall from meeting the law's conditions: `found` is the condition by part."""
    broken = [part for part in NEEDED if found.get(part) == Condition.BROKEN]
    if cameras == 0:
        broken = [part for part in broken if part != Part.CAMERA]
    said = [f"{PART_LABELS[part]} hỏng: điểm cầu chưa đủ điều kiện theo {NEEDED[part]}." for part in broken]
    return [NO_CAMERA, *said] if cameras == 0 else said
