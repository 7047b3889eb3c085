"""«Tìm số vụ việc, tên buổi tiếp, điểm cầu»: the one box of the top bar.

Higher rooms register what they hold, in AppConfig.ready; each shows only what the person may open anyway.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tiepdan.accounts.models import Person
from tiepdan.kernel.text import fold

SHOWN = 8  # of one group; the rest is in the room's own list
SHORTEST = 2
LONGEST = 100


@dataclass(frozen=True)
class Hit:
    title: str
    address: str
    detail: str = ""


@dataclass(frozen=True)
class Group:
    label: str
    hits: list[Hit]
    more: str = ""  # address of the room's own list with these words


GroupFinder = Callable[[Person, str, datetime], Group | None]
CodeFinder = Callable[[Person, str, datetime], str | None]

_groups: list[GroupFinder] = []
_codes: list[CodeFinder] = []


def add_group(finder: GroupFinder) -> None:
    """`finder(person, words, now)`: the words are folded (no marks, lower case)."""
    if finder not in _groups:
        _groups.append(finder)


def add_code(finder: CodeFinder) -> None:
    """`finder(person, code, now)` gives the address of the thing with exactly this number, in capitals, or None."""
    if finder not in _codes:
        _codes.append(finder)


def exact(person: Person, text: str, now: datetime) -> str | None:
    code = text.strip().upper()
    return next((address for finder in _codes if code and (address := finder(person, code, now))), None)


def groups(person: Person, text: str, now: datetime) -> list[Group]:
    words = fold(text[:LONGEST])
    if len(words) < SHORTEST:
        return []
    found = [finder(person, words, now) for finder in _groups]
    return [group for group in found if group is not None and group.hits]
