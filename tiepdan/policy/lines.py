"""Days off pasted from a sheet or a notice: «02/01/2026; nghỉ; Nghỉ hoán đổi; Thông báo 12345». Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tiepdan.kernel.text import fold
from tiepdan.policy.rules import OFF, WORK, day_problem

MOST_LINES = 200
KINDS = {"nghi": OFF, "off": OFF, "lam bu": WORK, "work": WORK}


@dataclass(frozen=True)
class DayRow:
    """One row of the table, as somebody wants it to be."""

    day: date
    kind: str
    name: str
    source: str = ""


@dataclass(frozen=True)
class Read:
    rows: tuple[DayRow, ...]
    problems: tuple[str, ...]  # «Dòng 3: …»


def read(text: str) -> Read:
    """Every line as a row, or a sentence that says what is wrong with it. Empty lines are passed over."""
    rows: dict[date, DayRow] = {}
    problems: list[str] = []
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if len(lines) > MOST_LINES:
        return Read((), (f"Nhiều nhất {MOST_LINES} dòng một lần; đang có {len(lines)} dòng.",))
    for number, line in lines:
        row = _row([cell.strip() for cell in re.split(r"[;\t]", line)])
        if isinstance(row, str):
            problems.append(f"Dòng {number}: {row}")
        elif row.day in rows:
            problems.append(f"Dòng {number}: ngày {row.day:%d/%m/%Y} đã có ở dòng trên.")
        else:
            rows[row.day] = row
    if not lines:
        problems.append("Chưa nhập dòng nào.")
    return Read(tuple(rows[day] for day in sorted(rows)), tuple(problems))


def written(rows: Iterable[DayRow]) -> str:
    """The lines that `read` understands."""
    words = {OFF: "nghỉ", WORK: "làm bù"}
    return "\n".join(f"{row.day:%d/%m/%Y}; {words[row.kind]}; {row.name}; {row.source}".rstrip("; ") for row in rows)


def _row(cells: list[str]) -> DayRow | str:
    if len(cells) < 3 or not cells[2]:
        return "cần ba phần: ngày; nghỉ hoặc làm bù; tên ngày."
    day = _day(cells[0])
    if day is None:
        return f"«{cells[0]}» không phải một ngày (ngày/tháng/năm)."
    kind = KINDS.get(fold(cells[1]))
    if kind is None:
        return f"«{cells[1]}» không phải «nghỉ» hay «làm bù»."
    if problem := day_problem(day, kind):
        return problem
    name, source = cells[2], cells[3] if len(cells) > 3 else ""
    if len(name) > 200 or len(source) > 300:
        return "tên ngày dài quá 200 ký tự, hoặc căn cứ dài quá 300 ký tự."
    return DayRow(day, kind, name, source)


def _day(text: str) -> date | None:
    found = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text)
    numbers = [int(part) for part in found.groups()][::-1] if found else None
    if numbers is None and (found := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text)):
        numbers = [int(part) for part in found.groups()]
    try:
        return date(*numbers) if numbers else None
    except ValueError:
        return None
