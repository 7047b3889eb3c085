"""What the views of a case share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tiepdan.cases.models import Case, Petitioner
from tiepdan.cases.rules import Standing
from tiepdan.cases.rules.identity import masked_address, masked_number, masked_phone
from tiepdan.kernel.text import masked_name


@dataclass(frozen=True)
class Masked:
    """Somebody of a case as the page shows them; the full identity needs a reason."""

    pk: int
    name: str
    number: str
    paper: str
    address: str
    phone: str
    standing: str
    is_main: bool
    is_representative: bool
    is_missing_paper: bool
    missing_reason: str
    proof: str


def masked(person: Petitioner) -> Masked:
    return Masked(
        pk=person.pk,
        name=masked_name(person.full_name),
        number=masked_number(person.paper_number),
        paper=person.get_paper_display(),
        address=masked_address(person.address),
        phone=masked_phone(person.phone),
        standing=person.get_standing_display() if person.standing != Standing.SELF else "",
        is_main=person.is_main,
        is_representative=person.is_representative,
        is_missing_paper=not person.paper_number,
        missing_reason=person.paper_missing_reason,
        proof="có giấy tờ chứng minh" if person.proof else "",
    )


def masked_people(case: Case) -> list[Masked]:
    return [masked(person) for person in case.petitioners.all()]


def giver_label(person: Any) -> str:
    """In a list to choose from: «N.V.T. · 0360••••1234 · người đứng đơn»."""
    parts = [
        masked_name(person.full_name),
        masked_number(person.paper_number),
        "người đứng đơn" if person.is_main else "",
    ]
    return " · ".join(part for part in parts if part)
