"""How many may speak for people who come together about one matter (Điều 29 Luật Tiếp công dân). Pure."""

from __future__ import annotations

from tiepdan.law.profiles import Profile


def is_crowd(n: int, profile: Profile) -> bool:
    """«Đoàn đông người»"""
    return n >= profile.group.crowd_from


def representatives(n: int, profile: Profile) -> tuple[int, int]:
    """(least, most) representatives of n people. Below a crowd the law gives no number: nobody must, everybody may."""
    group = profile.group
    if n < group.crowd_from:
        return 0, 0 if n < 2 else n
    return group.least, group.small_most if n <= group.small_to else group.large_most


def must_send_representatives(n: int) -> bool:
    """In an online reception several people about one matter send representatives (khoản 4 Điều 22 NĐ 154/2026)."""
    return n > 1
