"""Cases in the search of the top bar; citizens stay unnamed there."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.accounts.search import SHOWN, Group, Hit
from tiepdan.cases.access import may_list, may_read
from tiepdan.cases.models import Case, Share
from tiepdan.cases.queries import cases_of, matching, shared_with, with_case
from tiepdan.kernel.text import fold

MOST_SHARED = 200  # dossiers of others that one agency reads at a time


def by_code(person: Person, code: str, now: datetime) -> str | None:
    case = Case.objects.select_related("agency").filter(code=code).first()
    if case is not None and may_read(person, case, localdate(now)):
        return reverse("cases:detail", args=[case.code])
    share = shared_with(person, localdate(now)).filter(case__code=code).first()
    return _shared_address(share) if share else None


def cases(person: Person, words: str, now: datetime) -> Group | None:
    """The keys first: an index that holds the words answers that alone."""
    rows = matching(cases_of(person, now), words).order_by("-received_on", "-pk")
    keys = list(rows.values_list("pk", flat=True)[: SHOWN + 1])
    found = Case.objects.only("code", "summary", "state", "received_on").in_bulk(keys[:SHOWN])
    has_list = len(keys) > SHOWN and may_list(person, localdate(now))
    return Group(
        "Vụ việc",
        [_hit(found[key]) for key in keys[:SHOWN] if key in found],
        f"{reverse('cases:index')}?{urlencode({'q': words})}" if has_list else "",
    )


def shared(person: Person, words: str, now: datetime) -> Group | None:
    """Dossiers that other agencies share with the person's own, by number and summary."""
    rows = with_case(shared_with(person, localdate(now)))[:MOST_SHARED]
    fits = [row for row in rows if all(word in fold(f"{row.case.code} {row.case.summary}") for word in words.split())]
    hits = [Hit(str(row.case), _shared_address(row), f"Chia sẻ đến {row.until:%d/%m/%Y}") for row in fits[:SHOWN]]
    return Group("Hồ sơ được chia sẻ", hits, reverse("cases:shared") if len(fits) > SHOWN else "")


def _hit(case: Case) -> Hit:
    detail = f"{case.get_state_display()} · tiếp nhận {case.received_on:%d/%m/%Y}"
    return Hit(str(case), reverse("cases:detail", args=[case.code]), detail)


def _shared_address(share: Share) -> str:
    return reverse("cases:shared_one", args=[share.pk])
