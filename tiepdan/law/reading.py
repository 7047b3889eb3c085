"""Reads the tables of a profile and collects, on the way, every source, note and number with its path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import Any, TypeVar

from tiepdan.law.sections import (
    DAYS,
    HOURS,
    UNIT_WORDS,
    WORKDAYS,
    Approval,
    Form,
    Ground,
    Handling,
    HeadDays,
    Limit,
    MilestoneRule,
    Participants,
    Period,
    RefusalGround,
    Refusing,
    Retention,
)

PRACTICE = "practice"
ORAL_ARTICLE = "khoản 2 Điều 4 NĐ 154/2026/NĐ-CP"
HOW = {"oral": False, "written": True}

Section = TypeVar("Section")


class ProfileError(ValueError):
    """The TOML of a profile is wrong; it is part of the program, so this is a mistake of ours."""


def limit(path: str, item: Mapping[str, Any]) -> Limit:
    unit = item.get("unit", "")
    if unit and unit not in UNIT_WORDS:
        raise ProfileError(f"{path}: unknown unit {unit!r}")
    if item.get("stricter", "") not in ("", "more", "less"):
        raise ProfileError(f"{path}: stricter is «more» or «less»")
    return Limit(
        path=path,
        label=item.get("label") or path.rsplit(".", 1)[-1],
        value=item["value"],
        unit=unit,
        source=item["source"],
        stricter=item.get("stricter", ""),
        note=item.get("note", ""),
    )


class Book:
    """The tables of one profile while they are read."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.sources: dict[str, str] = {}
        self.notes: dict[str, str] = {}
        self.limits: dict[str, Limit] = {}

    def filled(self, kind: type[Section], name: str) -> Section:
        """A section whose items are plain values, or tables with a value and its source."""
        values = {key: self._value(f"{name}.{key}", item) for key, item in self._table(name).items()}
        if article := values.get("article"):
            self.sources[f"{name}.article"] = article
        known = {field.name for field in fields(kind)}  # type: ignore[arg-type]
        if values.keys() - known:
            raise ProfileError(f"{kind.__name__}: unknown values {sorted(values.keys() - known)}")
        return self._made(kind, values)

    def terms(self) -> Mapping[str, str]:
        words = dict(self._table("terms"))
        self.sources["terms"] = words.pop("source")
        return MappingProxyType(words)

    def milestones(self) -> tuple[MilestoneRule, ...]:
        found = []
        for code, item in self._table("milestones").items():
            path = f"milestones.{code}"
            amount = self._value(path, item)
            if item.get("unit") not in (WORKDAYS, DAYS, HOURS) or not item.get("asks"):
                raise ProfileError(f"{path}: a milestone names its unit and what it asks")
            found.append(MilestoneRule(code, amount, item["unit"], item["asks"], self.sources[path], self.notes[path]))
        return tuple(found)

    def approval(self) -> Approval:
        item = self._table("approval")
        return Approval(item["text"], self._noted("approval", item))

    def grounds(self) -> tuple[Ground, ...]:
        return tuple(
            self._made(
                Ground,
                {
                    "code": code,
                    "text": item["text"],
                    "article": article,
                    "allows": tuple(item["allows"]),
                    "needs": tuple(item.get("needs", ())),
                    "papers": tuple(item.get("papers", ())),
                    "least_reason": self._value(f"grounds.{code}.least_reason", item.get("least_reason", 0)),
                    "note": item.get("note", ""),
                },
            )
            for code, item, article in self._rows("grounds")
        )

    def refusals(self) -> tuple[RefusalGround, ...]:
        found = []
        notice = self._table("deadlines")["refusal_workdays"]
        for code, item, article in self._rows("refusals"):
            is_written = HOW[item["how"]]
            found.append(
                RefusalGround(
                    code=code,
                    text=item["text"],
                    article=article,
                    is_written=is_written,
                    days=notice["value"] if is_written else 0,
                    how_article=notice["source"] if is_written else ORAL_ARTICLE,
                    proofs=tuple(item.get("proofs", ())),
                    facts=tuple(item.get("facts", ())),
                    kinds=tuple(item.get("kinds", ())),
                    note=item.get("note", ""),
                )
            )
        return tuple(found)

    def refusing(self) -> Refusing:
        table = self._table("refusing")
        return Refusing(
            least_reason=self._value("refusing.least_reason", table["least_reason"]),
            violations=tuple(self._value("refusing.violations", table["violations"])),
            violations_article=self.sources["refusing.violations"],
        )

    def participants(self) -> Participants:
        table = self._table("participants")
        return Participants(
            central=tuple(self._value("participants.central", table["central"])),
            central_article=self.sources["participants.central"],
            component=tuple(self._value("participants.component", table["component"])),
            component_article=self.sources["participants.component"],
            choice_article=table["choice_article"],
            group_article=table["group_article"],
        )

    def head_days(self) -> Mapping[str, HeadDays]:
        found = {}
        for level, item in self._table("head_days").items():
            days = self._value(f"head_days.{level}", item)
            found[level] = HeadDays(level, days, self.sources[f"head_days.{level}"])
        return MappingProxyType(found)

    def handling(self) -> tuple[Handling, ...]:
        return tuple(
            Handling(code, item["label"], item["text"], tuple(item["kinds"]), item["competence"], article)
            for code, item, article in self._rows("handling")
        )

    def forms(self) -> Mapping[str, Form]:
        found = {
            code: Form(code, item["title"], article, item.get("note", ""))
            for code, item, article in self._rows("forms")
        }
        return MappingProxyType(found)

    def periods(self) -> tuple[Period, ...]:
        found = []
        for code, item, source in self._rows("periods"):
            first, last = tuple(item["first"]), tuple(item["last"])
            found.append(Period(code, item["label"], first, last, first > last, source, item.get("note", "")))
        return tuple(found)

    def retention(self) -> tuple[Retention, ...]:
        return tuple(
            Retention(code, item["label"], item.get("years"), article, item.get("note", ""))
            for code, item, article in self._rows("retention")
        )

    def _table(self, name: str) -> Mapping[str, Any]:
        try:
            table: Mapping[str, Any] = self.data[name]
        except KeyError:
            raise ProfileError(f"the profile has no section {name}") from None
        return table

    def _rows(self, name: str) -> Iterator[tuple[str, Mapping[str, Any], str]]:
        """(code, item, source) of a section whose items are texts."""
        for code, item in self._table(name).items():
            try:
                yield code, item, self._noted(f"{name}.{code}", item)
            except KeyError as problem:
                raise ProfileError(f"{name}.{code}: {problem}") from problem

    def _value(self, path: str, item: Any) -> Any:
        if not isinstance(item, dict):
            return item
        self._noted(path, item)
        if isinstance(item["value"], int | float):
            self.limits[path] = limit(path, item)
        return item["value"]

    def _noted(self, path: str, item: Mapping[str, Any]) -> str:
        source: str = item.get("source", "")
        if not source:
            raise ProfileError(f"{path} has no source")
        self.sources[path] = source
        self.notes[path] = item.get("note", "")
        return source

    @staticmethod
    def _made(kind: type[Section], values: Mapping[str, Any]) -> Section:
        try:
            return kind(**values)
        except TypeError as problem:
            raise ProfileError(f"{kind.__name__}: {problem}") from problem
