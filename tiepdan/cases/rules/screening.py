"""What makes a case fit for an online reception, how alike two are, when it is late. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from tiepdan.cases.rules import CROWD

LONG_YEARS = 2  # «kéo dài»
MANY_AGENCIES = 2
CANDIDATE_FIELDS = (  # whatever `queries_list.by_priority` asks and sorts by: the index of candidates holds it
    "state",
    "agency",
    "people_count",
    "since_year",
    "agencies_count",
    "is_remote",
    "is_policy",
    "is_frail",
    "wishes_online",
    "is_protected",
    "received_on",
    "id",
)
ALIKE = 0.5  # share of common words from which two summaries are taken for the same matter


@dataclass(frozen=True)
class Facts:
    people_count: int
    since_year: int | None
    agencies_count: int
    is_remote: bool
    is_policy: bool
    is_frail: bool
    wishes_online: bool
    receptions_before: int


def reasons(facts: Facts, year: int) -> list[str]:
    """«đông người · kéo dài 3 năm · 4 cơ quan · vùng xa»: the words by which the list is ordered (khoản 1 Điều 26)."""
    found = []
    if facts.people_count >= CROWD:
        found.append(f"đông người ({facts.people_count})")
    if facts.since_year and year - facts.since_year >= LONG_YEARS:
        found.append(f"kéo dài {year - facts.since_year} năm")
    if facts.agencies_count >= MANY_AGENCIES:
        found.append(f"{facts.agencies_count} cơ quan")
    if facts.receptions_before:
        found.append(f"đã tiếp {facts.receptions_before} lần")
    if facts.is_remote:
        found.append("vùng xa")
    if facts.is_policy:
        found.append("đối tượng chính sách")
    if facts.is_frail:
        found.append("người già yếu, khuyết tật")
    if facts.wishes_online:
        found.append("có nguyện vọng")
    return found


def alike(one: str, other: str) -> bool:
    """Two folded summaries share at least half of all their words."""
    mine, theirs = set(one.split()), set(other.split())
    return bool(mine and theirs) and len(mine & theirs) / len(mine | theirs) >= ALIKE
