"""Running orders to begin with: the eight stages, and the templates that an office keeps.

Makes items and plain data, and saves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, TypedDict

from tiepdan.law.profiles import profile
from tiepdan.receptions.agenda import LONGEST_ITEM, total
from tiepdan.receptions.models import AgendaItem, Matter, Reception, Seat
from tiepdan.receptions.rules import STAGE_LABELS, SeatRole, Stage


class Pattern(TypedDict):
    """An item of a template: an item without people and halls."""

    stage: str
    title: str
    minutes: int
    layout: str
    papers: str
    words: str
    per_matter: bool


OPENING_MINUTES, IDENTITY_MINUTES, CLOSING_MINUTES = 5, 10, 5
# Shares of one matter; together the hundred minutes that it gets when there is room.
_PER_MATTER = (
    (Stage.CITIZEN, 20),
    (Stage.AGENCY, 20),
    (Stage.DIALOGUE, 35),
    (Stage.CONCLUSION, 15),
    (Stage.READBACK, 10),
)
_WORDS: Mapping[str, str] = {
    Stage.IDENTITY: "Đề nghị thư ký giới thiệu thành phần tại từng điểm cầu và xác định nhân thân người trình bày "
    "(Điều 12, khoản 4 Điều 21 NĐ 154/2026).",
    Stage.CITIZEN: "Mời công dân trình bày. Đề nghị trình bày đúng nội dung, trong thời gian đã dự kiến.",
    Stage.AGENCY: "Mời cơ quan được giao tham mưu báo cáo quá trình giải quyết và quan điểm xử lý.",
    Stage.DIALOGUE: "Mời các bên trao đổi từng nội dung; ai được mời phát biểu thì bật micro.",
    Stage.CONCLUSION: "Người chủ trì kết luận: nội dung, cơ quan thực hiện, thời hạn, người liên hệ.",
    Stage.READBACK: "Thư ký đọc lại nội dung ghi chép; công dân nghe, ký xác nhận hoặc điểm chỉ.",
    Stage.CLOSING: "Người chủ trì cảm ơn các điểm cầu và kết thúc buổi tiếp.",
}
_LAYOUT_OF_STAGE: Mapping[str, str] = {
    Stage.OPENING: "central",
    Stage.IDENTITY: "grid",
    Stage.CITIZEN: "speaker",
    Stage.AGENCY: "document",
    Stage.DIALOGUE: "speaker",
    Stage.CONCLUSION: "central",
    Stage.READBACK: "document",
    Stage.CLOSING: "grid",
}


def eight_stages(reception: Reception, matters: Sequence[Matter]) -> list[AgendaItem]:
    """Unsaved items: opening and identity, five stages for each matter, closing (8 for one matter)."""
    notice = profile(reception.profile).recording.notice
    free = total(reception, ()).slot - OPENING_MINUTES - IDENTITY_MINUTES - CLOSING_MINUTES
    opening = _pattern(Stage.OPENING, "Khai mạc; thông báo việc ghi âm, ghi hình", OPENING_MINUTES, notice)
    patterns: list[tuple[Pattern, Matter | None]] = [
        (opening, None),
        (_pattern(Stage.IDENTITY, "Xác định thành phần tham dự, nhân thân công dân", IDENTITY_MINUTES), None),
    ]
    of_all = sum(matter.minutes for matter in matters) or 1
    each: Sequence[Matter | None] = matters or [None]
    for matter in each:
        share = min(100, free * matter.minutes // of_all if matter else free)
        for stage, part in _PER_MATTER:
            minutes = max(5, part * share // 100 // 5 * 5)
            patterns.append((_pattern(stage, STAGE_LABELS[stage], minutes), matter))
    patterns.append((_pattern(Stage.CLOSING, "Kết thúc buổi tiếp", CLOSING_MINUTES), None))
    return _placed(reception, patterns)


def _pattern(stage: Stage, title: str, minutes: int, words: str = "") -> Pattern:
    per_matter = stage in dict(_PER_MATTER)
    layout = _LAYOUT_OF_STAGE.get(stage, "")
    said = words or _WORDS.get(stage, "")
    return Pattern(
        stage=stage, title=title, minutes=minutes, layout=layout, papers="", words=said, per_matter=per_matter
    )


def standard_words(stage: str) -> str:
    """What is said at a stage where nobody wrote anything of their own; of the opening the notice of the recording."""
    return _WORDS.get(stage, "") if stage != Stage.OPENING else profile().recording.notice


def from_template(
    reception: Reception, saved: Iterable[Mapping[str, Any]], matters: Sequence[Matter]
) -> list[AgendaItem]:
    """Unsaved items of a saved template: a run of items about a matter is repeated for every matter."""
    patterns: list[tuple[Pattern, Matter | None]] = []
    rows = [_read(row) for row in saved]
    for per_matter, run in groupby(rows, key=lambda row: row["per_matter"]):
        block = list(run)
        each: Sequence[Matter | None] = matters if per_matter and matters else [None]
        patterns += [(row, matter) for matter in each for row in block]
    return _placed(reception, patterns)


def _read(row: Mapping[str, Any]) -> Pattern:
    stage = str(row.get("stage", ""))
    minutes = row.get("minutes")
    return Pattern(
        stage=stage if stage in STAGE_LABELS else Stage.DIALOGUE,
        title=str(row.get("title", ""))[:300],
        minutes=minutes if isinstance(minutes, int) and 0 <= minutes <= LONGEST_ITEM else 10,
        layout=str(row.get("layout", ""))[:12],
        papers=str(row.get("papers", ""))[:300],
        words=str(row.get("words", "")),
        per_matter=bool(row.get("per_matter")),
    )


def as_template(items: Sequence[AgendaItem]) -> list[Pattern]:
    """Items as a template keeps them: of several matters the first one's, to be repeated; no people, no halls."""
    first = next((item.matter_id for item in items if item.matter_id is not None), None)
    return [
        Pattern(
            stage=item.stage,
            title=_bare(item),
            minutes=item.minutes,
            layout=item.layout,
            papers="",
            words=item.words,
            per_matter=item.matter_id is not None,
        )
        for item in items
        if item.matter_id in (None, first)
    ]


def _bare(item: AgendaItem) -> str:
    """The title without the matter that stands behind it."""
    tail = f" – {item.matter.public_title}" if item.matter else ""
    return item.title.removesuffix(tail) if tail else item.title


def _placed(reception: Reception, patterns: Iterable[tuple[Pattern, Matter | None]]) -> list[AgendaItem]:
    """Items with the seats that speak and the halls where they sit."""
    seats = list(
        Seat.objects.filter(hall__reception=reception)
        .select_related("hall", "petitioner")
        .order_by("hall", "order", "pk")
    )
    patterns = list(patterns)
    is_single = len({matter.pk for _, matter in patterns if matter}) < 2
    found = []
    for order, (pattern, matter) in enumerate(patterns):
        speaker = _speaker(pattern["stage"], matter, seats)
        title = pattern["title"] if matter is None or is_single else f"{pattern['title']} – {matter.public_title}"
        hall = speaker.hall if speaker else (matter.chosen if matter and pattern["stage"] == Stage.CITIZEN else None)
        found.append(
            AgendaItem(
                reception=reception,
                order=order,
                stage=pattern["stage"],
                title=title[:300],
                minutes=pattern["minutes"],
                matter=matter,
                speaker=speaker,
                hall=hall,
                layout=pattern["layout"],
                papers=pattern["papers"],
                words=pattern["words"],
            )
        )
    return found


def _speaker(stage: str, matter: Matter | None, seats: Sequence[Seat]) -> Seat | None:
    def first(*roles: SeatRole) -> Seat | None:
        return next((seat for role in roles for seat in seats if seat.role == role and not seat.absence), None)

    if stage == Stage.CITIZEN and matter is not None:
        own = [seat for seat in seats if seat.petitioner is not None and seat.petitioner.case_id == matter.case_id]
        return own[0] if own else None
    if stage == Stage.AGENCY and matter is not None:
        own = [seat for seat in seats if seat.agency_id and seat.agency_id == matter.case.advising_agency_id]
        return own[0] if own else first(SeatRole.ADVISOR)
    if stage in (Stage.IDENTITY, Stage.READBACK):
        return first(SeatRole.SECRETARY, SeatRole.CHAIR)
    if stage == Stage.BREAK:
        return None
    return first(SeatRole.CHAIR) if stage != Stage.CITIZEN else first(SeatRole.CITIZEN, SeatRole.PROXY)
