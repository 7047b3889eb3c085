"""Facts of the log whose value is a code, in words: «khoản 1 Điều 20 NĐ 154/2026» instead of «nd154.a».

The log keeps codes, which never change; rooms above say how theirs are read, in AppConfig.ready.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from tiepdan.audit.models import Entry

# Of all values on a page at once, so that words which stand in a table cost one query; what it leaves out stays.
Sayer = Callable[[Collection[str]], Mapping[str, str]]

_sayers: dict[str, Sayer] = {}
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})")


def register(fact: str, sayer: Sayer) -> None:
    """`fact` is a name, or «event:name» where one event means another thing by it."""
    if _sayers.setdefault(fact, sayer) is not sayer:
        raise ValueError(f"the fact {fact} already has its words")


def listed(words: Mapping[str, str]) -> Sayer:
    """A sayer of a fixed list, as rooms keep of their states and kinds."""

    def say(_values: Collection[str]) -> Mapping[str, str]:
        return words

    return say


class Words:
    """What the codes of some entries are called."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        values: defaultdict[str, set[str]] = defaultdict(set)
        for entry in entries:
            for name, value in entry.facts.items():
                if key := _key(entry.event, name):
                    values[key].update(_texts(value))
        self._said = {key: _sayers[key](found) for key, found in values.items() if found}

    def of(self, event: str, name: str, value: str) -> str:
        words = self._said.get(_key(event, name), {}).get(value)
        return words if words is not None else plain_words(value)


def plain_words(value: str) -> str:
    """Days and moments as people write them; any other text as it stands."""
    if found := _DAY.fullmatch(value):
        year, month, day = found.groups()
        return f"{day}/{month}/{year}"
    if _MOMENT.fullmatch(value):
        return f"{localtime(datetime.fromisoformat(value)):%H:%M %d/%m/%Y}"
    return value


def _key(event: str, name: str) -> str:
    own = f"{event}:{name}"
    return own if own in _sayers else name if name in _sayers else ""


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, int) and not isinstance(value, bool):
        yield str(value)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
