"""Rule profiles: the values of a law or a pilot, each with its source, read once from TOML.

Pure: no Django, no clock. A reception keeps the code of the profile that it was planned under.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

FOLDER = Path(__file__).with_name("profiles")
DEFAULT = "nd154-2026"
PRACTICE = "practice"


class ProfileError(ValueError):
    """The TOML of a profile is wrong; it is part of the program, so this is a mistake of ours."""


@dataclass(frozen=True)
class Recording:
    article: str
    notice: str  # what the halls are told at the opening
    retention_article: str
    takes: int  # independent takes wanted for one reception
    takes_required: int  # without so many running takes the reception neither opens nor goes on
    gate_seconds: int  # sound and picture of the centre must have grown on disk this long before the opening
    disk_factor: float  # the disk must hold the planned duration this many times
    disk_hours_alarm: float
    pause_seconds: int  # countdown from the loss of the last take to the automatic pause
    segment_seconds: int


@dataclass(frozen=True)
class Preparation:
    notice_workdays: int
    trial_workdays: int
    connected_hours: int
    # Only the pilot has these.
    leaders_report_days: int | None = None
    invitation_days: int | None = None
    second_test_hours: int | None = None


@dataclass(frozen=True)
class Profile:
    code: str
    title: str
    short: str
    valid_from: date
    terms: Mapping[str, str]
    recording: Recording
    preparation: Preparation
    sources: Mapping[str, str]  # "recording.takes" → article, or "practice"
    notes: Mapping[str, str]

    def source(self, path: str) -> str:
        return self.sources[path]

    def is_law(self, path: str) -> bool:
        """A value of the law is enforced; one of practice may be overruled with a reason."""
        return self.sources[path] != PRACTICE


def codes() -> tuple[str, ...]:
    return tuple(sorted(file.stem for file in FOLDER.glob("*.toml")))


@cache
def profile(code: str = DEFAULT) -> Profile:
    if code not in codes():
        raise ProfileError(f"unknown profile {code!r}")
    return build(_merged(code))


def profile_on(day: date) -> Profile:
    """The profile that a new reception of this day gets when nobody chooses: the law in force."""
    law = profile(DEFAULT)
    if day < law.valid_from:
        raise ProfileError(f"{law.code} is not in force on {day}")
    return law


def _merged(code: str) -> dict[str, Any]:
    own = tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
    if own.get("code") != code:
        raise ProfileError(f"{code}.toml holds the code {own.get('code')!r}")
    base = own.pop("extends", None)
    return merge(_merged(base), own) if base else own


def merge(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Own values over those of the base, table by table; a value that has a source is one whole."""
    merged = dict(base)
    for key, value in own.items():
        table = isinstance(value, dict) and "value" not in value and isinstance(base.get(key), dict)
        merged[key] = merge(base[key], value) if table else value
    return merged


def build(data: Mapping[str, Any]) -> Profile:
    sources: dict[str, str] = {}
    notes: dict[str, str] = {}

    def section(name: str) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, item in data[name].items():
            if isinstance(item, dict):
                if not item.get("source"):
                    raise ProfileError(f"{name}.{key} has no source")
                sources[f"{name}.{key}"] = item["source"]
                notes[f"{name}.{key}"] = item.get("note", "")
                values[key] = item["value"]
            else:
                values[key] = item
        return values

    terms = section("terms")
    sources["terms"] = terms.pop("source")
    recording = section("recording")
    sources["recording.article"] = recording["article"]
    return Profile(
        code=data["code"],
        title=data["title"],
        short=data["short"],
        valid_from=data["valid_from"],
        terms=MappingProxyType(terms),
        recording=_fill(Recording, recording),
        preparation=_fill(Preparation, section("preparation")),
        sources=MappingProxyType(sources),
        notes=MappingProxyType(notes),
    )


def _fill(kind: type[Any], values: Mapping[str, Any]) -> Any:
    known = {field.name for field in fields(kind)}
    if values.keys() - known:
        raise ProfileError(f"{kind.__name__}: unknown values {sorted(values.keys() - known)}")
    try:
        return kind(**values)
    except TypeError as problem:
        raise ProfileError(f"{kind.__name__}: {problem}") from problem
