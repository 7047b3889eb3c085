"""The log as a sheet, with what proves each row: the number in its chain, the hash before it, its own, and the text
that its own was made of. Anybody can hash that text again; the hash of the sheet itself goes into the log."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tiepdan.accounts.access import JOURNAL_ROLES, journal_agencies, staff
from tiepdan.accounts.forms import JournalForm
from tiepdan.accounts.journal import Withheld, search, withheld_from
from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import home_agency
from tiepdan.audit import actions as audit
from tiepdan.audit.models import Entry
from tiepdan.audit.rules import canonical
from tiepdan.kernel.refusals import Refused
from tiepdan.sheets import export

MOST = 10_000  # rows in one sheet: some seconds of work
COLUMNS = (
    ("Cơ quan", 30),
    ("Số", 8),
    ("Lúc", 18),
    ("Ai", 28),
    ("Việc", 28),
    ("Đối tượng", 40),
    ("Chi tiết", 60),
    ("Mã băm", 66),
    ("Mã băm dòng trước", 66),
    ("Dòng gốc", 60),
)


@require_safe
@never_cache
@staff(*JOURNAL_ROLES)
def journal(request: HttpRequest, person: Person, form: str) -> HttpResponse:
    """What the filters of the page leave, as Excel or CSV."""
    now = timezone.now()
    today = timezone.localdate(now)
    wanted = JournalForm(request.GET, agencies=journal_agencies(person, today)).filters()
    rows = search(person, wanted, now)
    if rows.values_list("pk")[MOST : MOST + 1]:
        raise Refused(
            f"Có hơn {MOST:,} dòng khớp bộ lọc. Hãy lọc theo ngày, cơ quan hoặc việc rồi tải lại.".replace(",", "."),
            code="too_many",
        )
    found = list(rows.select_related("agency")[:MOST])
    answer = (export.xlsx if form == "xlsx" else export.csv)(
        COLUMNS, _rows(found, withheld_from(person, now)), f"nhat-ky-{today:%Y%m%d}"
    )
    audit.record(
        "audit.exported",
        agency=home_agency(person, today),
        at=now,
        by=person,
        rows=len(found),
        sha256=hashlib.sha256(answer.content).hexdigest(),
    )
    return answer


def _rows(entries: Sequence[Entry], withheld: Withheld) -> Iterator[tuple[Any, ...]]:
    for entry, line in zip(entries, withheld.lines_of(entries), strict=True):
        # The text that was hashed holds every fact, so it stays out where one of them is not for this reader.
        whole = "" if withheld.facts.get(entry.pk) else canonical(audit.content(entry)).decode()
        told = "; ".join(f"{name}: {value}" for name, value in line.facts)
        yield (line.agency, line.seq, line.at, line.by, line.label, line.about, told, line.hash, entry.prev, whole)
