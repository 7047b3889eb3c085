"""What the codes of the rule profiles are called in the log."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from tiepdan.audit import words
from tiepdan.law.profiles import Profile, codes, profile


def register() -> None:
    words.register("profile", profiles)
    words.register("ground", refusals)
    words.register("grounds", grounds)


def profiles(_values: Collection[str]) -> Mapping[str, str]:
    return {one.code: one.short for one in _known()}


def grounds(_values: Collection[str]) -> Mapping[str, str]:
    """«nd154.a» as «khoản 1 Điều 20 NĐ 154/2026/NĐ-CP». The same code says the same in every profile that has it."""
    return {ground.code: ground.article for one in _known() for ground in one.grounds}


def refusals(_values: Collection[str]) -> Mapping[str, str]:
    return {ground.code: ground.article for one in _known() for ground in one.refusals}


def _known() -> Iterator[Profile]:
    return (profile(code) for code in codes())
