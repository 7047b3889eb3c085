"""The running order (kịch bản): times, totals, and what is wrong with it. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from tiepdan.kernel.text import fold
from tiepdan.receptions.models import AgendaItem, Reception
from tiepdan.receptions.rules import CITIZENS_SIDE, SeatRole, Stage

NO_ITEMS = "Chưa có kịch bản. Bắt đầu từ mẫu 8 mục."
NO_NOTICE = "Thiếu mục thông báo ghi âm, ghi hình."
CONCLUSION_FIRST = "Mục «Kết luận» phải đứng sau mục «Công dân trình bày»."

LAYOUTS: Mapping[str, str] = {
    "": "Như đang hiển thị",
    "grid": "Lưới các điểm cầu",
    "speaker": "Người phát biểu lớn",
    "document": "Tài liệu và người phát biểu",
    "central": "Điểm cầu trung tâm lớn",
}
LONGEST_ITEM = 600  # minutes


@dataclass(frozen=True)
class Line:
    """An item with its computed time. `is_over`: it begins or ends after the planned end of the reception."""

    item: AgendaItem
    number: int
    starts_at: datetime
    ends_at: datetime
    is_over: bool


@dataclass(frozen=True)
class Total:
    """Minutes of the script against those of the reception."""

    minutes: int
    slot: int

    @property
    def is_over(self) -> bool:
        return self.minutes > self.slot

    def __str__(self) -> str:
        return f"{self.minutes} / {self.slot} phút"


@dataclass(frozen=True)
class Budget:
    """Minutes of speech that the script gives to a party."""

    party: str
    minutes: int


def items_of(reception: Reception) -> list[AgendaItem]:
    return list(reception.agenda.select_related("matter__case", "speaker__agency", "hall__point"))


def lines(reception: Reception, items: Iterable[AgendaItem]) -> list[Line]:
    """Start and end of every item: the start of the reception and the minutes before."""
    found = []
    at = reception.starts_at
    for number, item in enumerate(items, start=1):
        end = at + timedelta(minutes=item.minutes)
        found.append(Line(item, number, at, end, end > reception.ends_at))
        at = end
    return found


@dataclass(frozen=True)
class Block:
    """Items on end about one matter, as a page with little room shows them; any other item alone."""

    starts_at: datetime
    minutes: int
    title: str


def blocks(found: Iterable[Line], numbers: Mapping[int, int]) -> list[Block]:
    """`numbers`: matter → its number in the plan."""
    rows = []
    for (matter, _), run in groupby(found, key=lambda line: (line.item.matter_id, line.item.matter_id or line.number)):
        part = list(run)
        stages = ", ".join(f"{line.item.get_stage_display()} {line.item.minutes}" for line in part)
        title = f"Vụ việc {numbers.get(matter, '')}: {stages}" if matter else part[0].item.title
        rows.append(Block(part[0].starts_at, sum(line.item.minutes for line in part), title))
    return rows


def total(reception: Reception, items: Sequence[AgendaItem] | None = None) -> Total:
    if items is None:
        items = list(reception.agenda.all())
    slot = int((reception.ends_at - reception.starts_at).total_seconds()) // 60
    return Total(sum(item.minutes for item in items), slot)


AGENCIES = frozenset({SeatRole.ADVISOR, SeatRole.OFFICER})
_PARTY_OF_STAGE: Mapping[str, str] = {
    Stage.CITIZEN: "Công dân",
    Stage.AGENCY: "Cơ quan",
    Stage.DIALOGUE: "Đối thoại",
    Stage.BREAK: "Nghỉ",
}
_PARTIES = ("Công dân", "Cơ quan", "Đối thoại", "Chủ trì, thư ký", "Nghỉ")


def budgets(items: Iterable[AgendaItem]) -> list[Budget]:
    """Who gets how much time: by the seat of the speaker, and where none is named by the stage."""
    minutes = dict.fromkeys(_PARTIES, 0)
    for item in items:
        minutes[_party(item)] += item.minutes
    return [Budget(party, sum_) for party, sum_ in minutes.items() if sum_ or party in ("Công dân", "Cơ quan")]


def _party(item: AgendaItem) -> str:
    if item.stage in (Stage.BREAK, Stage.DIALOGUE):
        return _PARTY_OF_STAGE[item.stage]
    role = item.speaker.role if item.speaker else ""
    if role in CITIZENS_SIDE:
        return "Công dân"
    if role in AGENCIES:
        return "Cơ quan"
    return _PARTY_OF_STAGE.get(item.stage, "Chủ trì, thư ký")


def problems(items: Sequence[AgendaItem]) -> list[str]:
    """What is wrong with the order of a script, in sentences; empty when it can be followed."""
    if not items:
        return [NO_ITEMS]
    found = []
    if any(_hears_later(item, items[at + 1 :]) for at, item in enumerate(items) if item.stage == Stage.CONCLUSION):
        found.append(CONCLUSION_FIRST)
    if not any(announces_recording(item) for item in items):
        found.append(NO_NOTICE)
    return found


def _hears_later(conclusion: AgendaItem, rest: Iterable[AgendaItem]) -> bool:
    """A citizen speaks about the matter of this conclusion only after it; an item without a matter is about all."""
    return any(
        item.stage == Stage.CITIZEN and (item.matter_id is None or conclusion.matter_id in (None, item.matter_id))
        for item in rest
    )


def announces_recording(item: AgendaItem) -> bool:
    """Whether the item tells the halls that they are recorded (khoản 1 Điều 24 NĐ 154/2026)."""
    said = fold(f"{item.title} {item.words}")
    return "ghi am" in said and "ghi hinh" in said
