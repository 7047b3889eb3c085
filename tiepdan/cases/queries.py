"""Reads of cases that have more than one caller."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.queries import agencies_of, heir, kept_by
from tiepdan.cases.access import RECEIVERS, reach_of
from tiepdan.cases.deadlines import CaseDeadline, deadlines, rules_of
from tiepdan.cases.models import Case, Item, Petitioner, Receipt, Share
from tiepdan.cases.rules import State
from tiepdan.cases.rules.identity import tidy_number
from tiepdan.cases.rules.screening import alike
from tiepdan.kernel.text import fold

_CODE = re.compile(r"[a-zA-Z]{2}-\d{4}-\d+")
_NUMBER = re.compile(r"[A-Z]?\d{8,12}|[A-Z]\d{7}")
LONGEST_SEARCH = 2000  # bytes: it stands in an index, and PostgreSQL keeps at most 2700 in one


def cases_of(person: Person, now: datetime) -> QuerySet[Case]:
    """Cases that the person reads: of the agencies of their posts, and for inspectors of all below; whoever has no
    such post reads those they are in charge of."""
    on = localdate(now)
    reach = reach_of(person, on)
    if reach.is_everything:
        return Case.objects.all()
    if len(reach.agencies) == 1:  # not IN: so the index gives the order of the list too
        return Case.objects.filter(agency=next(iter(reach.agencies)))
    if reach.agencies:
        return Case.objects.filter(agency__in=reach.agencies)
    return Case.objects.filter(officer=person, agency__in=agencies_of(person, on))


def candidates(agency: Agency, on: date) -> QuerySet[Case]:
    """Approved for an online reception and not yet in the plan of one; those of merged agencies too."""
    agencies = kept_by([heir(agency, on).pk], on)
    return Case.objects.filter(agency__in=agencies, state=State.APPROVED).select_related("advising_agency", "place")


def deadlines_of(case: Case) -> list[CaseDeadline]:
    return deadlines(case, *rules_of(case))


def main_petitioner(case: Case) -> Petitioner | None:
    return case.petitioners.filter(is_main=True).first()


def items_of(case: Case) -> QuerySet[Item]:
    """Papers that stand in the dossier (not those removed as mistakes), the oldest first."""
    return case.items.filter(removed_at__isnull=True).select_related("file", "receipt", "from_agency", "added_by")


def receipts_of(case: Case) -> QuerySet[Receipt]:
    """All receipts with their papers, the newest first; a replaced one names its successor (`replaced_by`)."""
    rows = case.receipts.select_related("document", "replaces", "replaced_by", "made_by", "giver")
    return rows.prefetch_related("items")


def possible_duplicates(
    agencies: Collection[int], *, number: str, name: str, summary: str, most: int = 5
) -> list[Case]:
    """Cases of the same person: by the number of the paper, or by the name with a summary that is much alike.

    Cases of protected denouncers are left out: a hint would tell that somebody denounced.
    """
    rows = Case.objects.filter(agency__in=agencies, is_protected=False).order_by("-pk")
    number, folded = tidy_number(number), fold(name)
    found: dict[int, Case] = {}
    if len(number) >= 6:
        found = {case.pk: case for case in rows.filter(petitioners__paper_number=number).distinct()[:most]}
    if " " in folded and summary.strip():
        named = rows.filter(petitioners__search=folded).distinct()[:100]
        found |= {case.pk: case for case in named if alike(fold(case.summary), fold(summary))}
    return sorted(found.values(), key=lambda case: case.pk, reverse=True)[:most]


def search_words(case: Case) -> str:
    """What the list finds a case by; names of a protected denouncer are not in it."""
    names = [] if case.is_protected else list(case.petitioners.values_list("full_name", flat=True))
    words = fold(" ".join([case.code, case.summary, case.field, *names])).encode()
    return words[:LONGEST_SEARCH].decode(errors="ignore")


def matching(rows: QuerySet[Case], text: str) -> QuerySet[Case]:
    """All words of the text, without marks. The number of a case may be typed from its beginning; that of an identity
    paper must be typed in full."""
    number = tidy_number(text)
    if _CODE.fullmatch(text.strip()):
        code = text.strip().upper()
        return rows.filter(code__gte=code, code__lt=f"{code}~")
    if _NUMBER.fullmatch(number):
        return rows.filter(petitioners__paper_number=number, is_protected=False).distinct()
    found = Q()
    for word in fold(text).split():
        found &= Q(search__contains=word)
    return rows.filter(found)


def shared_with(person: Person, on: date) -> QuerySet[Share]:
    """Dossiers that an agency of the person may read today, the earliest end first."""
    agencies = agencies_of(person, on, *RECEIVERS)
    rows = Share.objects.filter(agency__in=agencies, withdrawn_at__isnull=True, until__gte=on, case__is_protected=False)
    return rows.order_by("until", "pk")


def with_case(shares: QuerySet[Share]) -> QuerySet[Share]:
    return shares.select_related("case__agency", "agency")
