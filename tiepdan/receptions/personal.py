"""The people of cases, as the check of public texts wants them."""

from __future__ import annotations

from collections.abc import Iterable

from tiepdan.cases.models import Case
from tiepdan.receptions.privacy import Human, Text, found


def people_of(cases: Iterable[Case]) -> list[Human]:
    """All petitioners of the cases (prefetch `petitioners` for many)."""
    return [
        Human(one.full_name, one.address, one.paper_number, one.phone, one.email)
        for case in cases
        for one in case.petitioners.all()
    ]


def personal_words(texts: Iterable[str], cases: Iterable[Case]) -> list[str]:
    """Pieces of personal data of these cases that stand in the texts."""
    return found([Text(text) for text in texts if text], people_of(cases))
