"""The working-day table of 2026 and 2027 as an office would have confirmed it, written out by hand."""

from __future__ import annotations

from datetime import date

from tiepdan.law.workdays import Calendar


def d(text: str) -> date:
    return date.fromisoformat(text)


OFF = """
2026-01-01 2026-01-02
2026-02-16 2026-02-17 2026-02-18 2026-02-19 2026-02-20
2026-04-26 2026-04-27 2026-04-30 2026-05-01
2026-08-31 2026-09-01 2026-09-02 2026-11-24
2027-01-01
2027-02-04 2027-02-05 2027-02-06 2027-02-07 2027-02-08 2027-02-09 2027-02-10
2027-04-16 2027-04-30 2027-05-01 2027-05-03 2027-09-02 2027-09-03 2027-11-24
"""
WORKED = "2026-01-10 2026-08-22"

TABLE = Calendar(
    off=frozenset(map(d, OFF.split())),
    worked=frozenset(map(d, WORKED.split())),
    confirmed=frozenset({2026, 2027}),
)
