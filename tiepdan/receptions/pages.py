"""Tabs of the plan's pages and the sentence «Việc tiếp theo»; modules of this room and higher apps add theirs.

They register in AppConfig.ready.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tiepdan.accounts.models import Person
from tiepdan.receptions.models import Reception


@dataclass(frozen=True)
class Tab:
    label: str
    url_name: str  # takes the reception's code
    order: int


@dataclass(frozen=True)
class NextStep:
    """What should be done now: a sentence, and the page (or the form's address) with the words of its one button."""

    sentence: str
    address: str = ""
    button: str = ""
    is_post: bool = False  # the button does it, instead of leading there
    confirm: str = ""


Finder = Callable[[Reception, Person, datetime], NextStep | None]

_tabs: dict[str, Tab] = {}
_steps: list[tuple[int, Finder]] = []


def add_tab(label: str, url_name: str, order: int) -> None:
    _tabs[url_name] = Tab(label, url_name, order)


def tabs() -> list[Tab]:
    return sorted(_tabs.values(), key=lambda tab: tab.order)


def add_next_step(finder: Finder, order: int) -> None:
    """The finder tells the next step or None; of several the one with the lowest order is shown."""
    if finder not in [known for _, known in _steps]:
        _steps.append((order, finder))


def next_step(reception: Reception, person: Person, now: datetime) -> NextStep | None:
    found = (finder(reception, person, now) for _, finder in sorted(_steps, key=lambda item: item[0]))
    return next((step for step in found if step is not None), None)
