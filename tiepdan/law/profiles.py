"""Rule profiles: the values of a law or a pilot, each with its source, read once from TOML.

Pure: no Django, no clock. A reception keeps the code of the profile that it was planned under.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tiepdan.law import reading
from tiepdan.law.reading import PRACTICE, ProfileError
from tiepdan.law.sections import (
    Approval,
    Deadlines,
    Form,
    Ground,
    Group,
    Handling,
    HeadDays,
    Limit,
    MilestoneRule,
    Participants,
    Period,
    Recording,
    RefusalGround,
    Refusing,
    Retention,
)

__all__ = ["DEFAULT", "PRACTICE", "Profile", "ProfileError", "build", "codes", "merge", "profile", "profile_on"]

FOLDER = Path(__file__).with_name("profiles")
DEFAULT = "nd154-2026"
# A profile that extends another may put its own list instead of the base's only where the list is a permission.
PERMISSIONS = {"grounds"}


@dataclass(frozen=True)
class Profile:
    code: str
    title: str
    short: str
    cited: str  # as a paper names it the first time (điểm b khoản 6 Mục II Phần I Phụ lục I NĐ 30/2020)
    valid_from: date
    valid_to: date | None
    bases: tuple[str, ...]  # codes of the profiles that it stands on, nearest first
    terms: Mapping[str, str]
    milestones: tuple[MilestoneRule, ...]
    approval: Approval
    grounds: tuple[Ground, ...]
    refusals: tuple[RefusalGround, ...]
    refusing: Refusing
    group: Group
    participants: Participants
    deadlines: Deadlines
    head_days: Mapping[str, HeadDays]
    handling: tuple[Handling, ...]
    forms: Mapping[str, Form]
    periods: tuple[Period, ...]
    retention: tuple[Retention, ...]
    recording: Recording
    limits: Mapping[str, Limit]  # every number of the profile by its path, "milestones.notice"
    sources: Mapping[str, str]  # path → article, or "practice"
    notes: Mapping[str, str]

    def source(self, path: str) -> str:
        return self.sources[path]

    def is_law(self, path: str) -> bool:
        """A value of the law is enforced; one of practice may be overruled with a reason."""
        return self.sources[path] != PRACTICE

    def limit(self, path: str) -> Limit:
        return self.limits[path]

    def milestone(self, code: str) -> MilestoneRule | None:
        return next((rule for rule in self.milestones if rule.code == code), None)

    def ground(self, code: str) -> Ground | None:
        return next((ground for ground in self.grounds if ground.code == code), None)

    def refusal(self, code: str) -> RefusalGround | None:
        return next((ground for ground in self.refusals if ground.code == code), None)

    def head_days_of(self, kind: str) -> HeadDays:
        """Of the head of an agency of this kind; one that is neither office nor commune counts as a public unit."""
        return self.head_days.get(kind, self.head_days["unit"])

    def handling_options(self, kind: str, competence: str = "") -> tuple[Handling, ...]:
        """What may be done with a case of this kind; `competence`: own, other, below, settled (empty: any)."""
        wanted = {competence, "any"}
        return tuple(row for row in self.handling if kind in row.kinds and (not competence or row.competence in wanted))


def codes() -> tuple[str, ...]:
    """The law first, then the others by name."""
    found = sorted(file.stem for file in FOLDER.glob("*.toml"))
    return tuple(sorted(found, key=lambda code: (code != DEFAULT, code)))


@cache
def profile(code: str = DEFAULT) -> Profile:
    """Raises ProfileError when there is no such profile."""
    if code not in codes():
        raise ProfileError(f"unknown profile {code!r}")
    return build(_merged(code))


def profile_on(day: date) -> Profile:
    """The profile that a new reception of this day gets when nobody chooses: the law in force."""
    law = profile(DEFAULT)
    if day < law.valid_from:
        raise ProfileError(f"{law.code} is not in force on {day}")
    return law


@lru_cache(maxsize=256)
def stricter(code: str, values: tuple[tuple[str, float], ...]) -> Profile:
    """The profile with an office's own numbers; a number that is not stricter than the base's is left out."""
    base = profile(code)
    data = _merged(code)
    for path, value in values:
        limit = base.limits.get(path)
        if limit is not None and limit.stricter and not limit.loosens(value):
            whole = isinstance(limit.value, int)
            data = _with_value(data, path.split("."), int(value) if whole else value)
    return build(data)


def _with_value(data: Mapping[str, Any], keys: list[str], value: float) -> dict[str, Any]:
    first, *rest = keys
    inner = _with_value(data[first], rest, value) if rest else {**data[first], "value": value}
    return {**data, first: inner}


@cache
def _merged(code: str) -> dict[str, Any]:
    own = tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
    if own.get("code") != code:
        raise ProfileError(f"{code}.toml holds the code {own.get('code')!r}")
    base = own.pop("extends", None)
    if not base:
        return own
    below = _merged(base)
    instead = set(own.pop("instead", ()))
    if instead - PERMISSIONS:
        raise ProfileError(f"{code} takes away from {base}: {sorted(instead - PERMISSIONS)}")
    kept = {key: value for key, value in below.items() if key not in instead}
    merged = merge(kept, own)
    merged["bases"] = [base, *below.get("bases", [])]
    return merged


def merge(base: Mapping[str, Any], own: Mapping[str, Any], path: str = "") -> dict[str, Any]:
    """Own values over those of the base, table by table; a value that has a source is one whole.

    Raises ProfileError when a number of the law would become looser.
    """
    merged = dict(base)
    for key, value in own.items():
        where = f"{path}.{key}" if path else key
        old = base.get(key)
        if isinstance(value, dict) and isinstance(old, dict) and "value" not in value:
            merged[key] = merge(old, value, where)
            continue
        if isinstance(old, dict) and "value" in old:
            _keep_the_law(where, old, value)
        merged[key] = value
    return merged


def _keep_the_law(path: str, old: Mapping[str, Any], new: Any) -> None:
    if old.get("source") == PRACTICE or not isinstance(old["value"], int | float):
        return
    if not isinstance(new, dict) or new.get("unit") != old.get("unit"):
        raise ProfileError(f"{path}: a value of the law is counted in its own unit")
    if not old.get("stricter"):
        if new["value"] != old["value"]:
            raise ProfileError(f"{path}: the law leaves no other value than {old['value']}")
    elif reading.limit(path, old).loosens(new["value"]):
        raise ProfileError(f"{path}: {new['value']} is looser than the law's {old['value']}")


def build(data: Mapping[str, Any]) -> Profile:
    """Raises ProfileError when a value has no source, a name is unknown or a value is missing."""
    book = reading.Book(data)
    return Profile(
        code=data["code"],
        title=data["title"],
        short=data["short"],
        cited=data.get("cited", data["title"]),
        valid_from=data["valid_from"],
        valid_to=data.get("valid_to"),
        bases=tuple(data.get("bases", ())),
        terms=book.terms(),
        milestones=book.milestones(),
        approval=book.approval(),
        grounds=book.grounds(),
        refusals=book.refusals(),
        refusing=book.refusing(),
        group=book.filled(Group, "group"),
        participants=book.participants(),
        deadlines=book.filled(Deadlines, "deadlines"),
        head_days=book.head_days(),
        handling=book.handling(),
        forms=book.forms(),
        periods=book.periods(),
        retention=book.retention(),
        recording=book.filled(Recording, "recording"),
        limits=MappingProxyType(book.limits),
        sources=MappingProxyType(book.sources),
        notes=MappingProxyType(book.notes),
    )
