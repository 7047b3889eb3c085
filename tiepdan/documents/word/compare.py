"""An edited Word file against the data: which facts no longer stand in it, and which other words changed.

The paper is made once more with every fact between marks, so each word of it knows the fact that it came from. Its
paragraphs are aligned with those of the edited file, then word by word inside what differs.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tiepdan.documents.kinds import Field, Kind
from tiepdan.documents.word.render import CLOSES, NAMED, OPENS, render
from tiepdan.documents.word.text import paragraphs

_WORD = re.compile(r"\w+(?:[:/.,–-]\w+)*|[^\w\s]")
_MARK = re.compile(f"{OPENS}([^{NAMED}]*){NAMED}|{CLOSES}")
STOPS = (["."], [";"])  # what follows a stop that is dropped
SHOWN = 40  # letters of a value that the sentence repeats


@dataclass(frozen=True)
class Changed:
    """A fact that differs: its path and name, the words of the data, the words of the file."""

    path: str
    label: str
    expected: str
    found: str

    def __str__(self) -> str:
        """«giờ (08:30 ≠ 09:00)»; only the name when the words are long or gone."""
        if self.expected and self.found and len(self.expected) <= SHOWN and len(self.found) <= SHOWN:
            return f"{self.label} ({self.expected} ≠ {self.found})"
        return f"{self.label} (không còn trong bản Word)" if not self.found else self.label


@dataclass(frozen=True)
class Comparison:
    changed: list[Changed] = field(default_factory=list)  # facts that must stand
    edits: list[tuple[str, str]] = field(default_factory=list)  # other words: before, after


@dataclass(frozen=True)
class _Word:
    text: str
    path: str


def compare(kind: Kind, template: bytes, facts: Mapping[str, Any], edited: bytes) -> Comparison:
    made = [_words(text) for text in paragraphs(render(template, facts, marking=True))]
    ours = [words for words in made if words]
    theirs = [words for text in paragraphs(edited) if (words := _words(text))]
    left = [" ".join(word.text for word in words) for words in ours]
    right = [" ".join(word.text for word in words) for words in theirs]
    lost: dict[str, list[tuple[str, str]]] = {}
    edits: list[tuple[str, str]] = []
    for step, a, b, c, d in difflib.SequenceMatcher(a=left, b=right, autojunk=False).get_opcodes():
        if step != "equal":
            _inside(
                [word for words in ours[a:b] for word in words],
                [word for words in theirs[c:d] for word in words],
                kind,
                lost,
                edits,
            )
    changed = [
        Changed(
            path, _label(kind, path), " … ".join(old for old, _ in pairs), " … ".join(new for _, new in pairs if new)
        )
        for path, pairs in lost.items()
    ]
    return Comparison(changed, edits)


def _inside(
    ours: Sequence[_Word],
    theirs: Sequence[_Word],
    kind: Kind,
    lost: dict[str, list[tuple[str, str]]],
    edits: list[tuple[str, str]],
) -> None:
    matcher = difflib.SequenceMatcher(a=[word.text for word in ours], b=[word.text for word in theirs], autojunk=False)
    for step, a, b, c, d in _joined([step for step in matcher.get_opcodes() if step[0] != "equal"], ours):
        before, after = _said(ours[a:b]), _said(theirs[c:d])
        paths = dict.fromkeys(word.path for word in ours[a:b] if word.path and not _is_free(kind, word.path))
        if step == "insert" and 0 < a < len(ours) and ours[a - 1].path == ours[a].path:
            inner = ours[a].path  # words put into the middle of a fact
            paths = dict.fromkeys([inner] if inner and not _is_free(kind, inner) else [])
        for path in paths:
            own = _said([word for word in ours[a:b] if word.path == path])
            lost.setdefault(path, []).append((own, after if len(paths) == 1 else ""))
        if not paths:
            edits.append((before, after))


NEAR = 2  # words between two changes of one fact that are said with them: «08 giờ 30 ≠ 09 giờ 00»
_Step = tuple[str, int, int, int, int]


def _joined(steps: Sequence[_Step], ours: Sequence[_Word]) -> list[_Step]:
    """Changes of the same fact that almost touch each other, as one."""
    found: list[_Step] = []
    for step in steps:
        if found and step[1] - found[-1][2] <= NEAR:
            _, a, _, c, _ = found[-1]
            paths = {word.path for word in ours[a : step[2]]}
            if len(paths) == 1 and "" not in paths:
                found[-1] = ("replace", a, step[2], c, step[4])
                continue
        found.append(step)
    return found


def _words(text: str) -> list[_Word]:
    """The words of a paragraph, each with the fact that it stands in ("" outside)."""
    words: list[_Word] = []
    path, place = "", 0
    for mark in _MARK.finditer(text):
        words += _plain(text[place : mark.start()], path)
        path, place = mark.group(1) or "", mark.end()
    return _single(words + _plain(text[place:], path))


def _single(words: list[_Word]) -> list[_Word]:
    """A stop before another stop says nothing, and `word.stops` takes it out of the paper that is drawn."""
    after = [word.text for word in words[1:]]
    return [word for place, word in enumerate(words) if word.text != "." or after[place : place + 1] not in STOPS]


def _plain(text: str, path: str) -> list[_Word]:
    return [_Word(found, path) for found in _WORD.findall(text)]


def _said(words: Sequence[_Word]) -> str:
    text = " ".join(word.text for word in words)
    return re.sub(r"\s+([,.;:)!?])", r"\1", text).replace("( ", "(")


def _fields(kind: Kind, path: str) -> list[Field]:
    """«diem_cau.0.ten» → the fields diem_cau and ten."""
    found: list[Field] = []
    level: Sequence[Field] = kind.all_fields
    for name in path.split("."):
        if name.isdigit():
            continue
        one = next((item for item in level if item.name == name), None)
        if one is None:
            return found
        found.append(one)
        level = one.fields
    return found


def _is_free(kind: Kind, path: str) -> bool:
    return any(one.is_free for one in _fields(kind, path))


def _label(kind: Kind, path: str) -> str:
    """«điểm cầu 2, địa chỉ»"""
    fields = iter(_fields(kind, path))
    words: list[str] = []
    for name in path.split("."):
        if name.isdigit():
            if words:
                words[-1] += f" {int(name) + 1}"
        else:
            one = next(fields, None)
            words.append(_lowered(one.label.split(",")[0].split(" (")[0]) if one else name)
    return ", ".join(words)


def _lowered(label: str) -> str:
    return label[:1].lower() + label[1:]
