"""The page of the log, for administrators and inspectors."""

from __future__ import annotations

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tiepdan.accounts import access
from tiepdan.accounts.forms import JournalForm
from tiepdan.accounts.journal import withheld_from
from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import home_agency
from tiepdan.audit import actions as audit
from tiepdan.audit.queries import ChainReport, matching, verify
from tiepdan.audit.rules import SYSTEM, chain_key

PER_PAGE = 50


@require_safe
@never_cache
@access.staff(*access.JOURNAL_ROLES)
def journal(request: HttpRequest, person: Person) -> HttpResponse:
    now = timezone.now()
    form = JournalForm(request.GET)
    filters, withheld = form.filters(), withheld_from(person, now)
    entries = matching(access.journal_for(person, timezone.localdate(now)), **filters)
    entries = withheld.left(entries, by_words=bool(filters["text"]))
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    lines = [withheld.line(entry) for entry in page.object_list]
    facts = {"form": form, "page": page, "lines": lines, "query": kept.urlencode()}
    return render(request, "accounts/journal.html", facts)


@require_POST
@access.staff(*access.JOURNAL_ROLES)
def verify_chains(request: HttpRequest, person: Person) -> HttpResponse:
    """Reads every chain that the person may see from its beginning, and writes down that it was done."""
    now = timezone.now()
    today = timezone.localdate(now)
    rows = _reports(person, today)
    audit.record(
        "audit.verified",
        agency=home_agency(person, today),
        at=now,
        by=person,
        chains=len(rows),
        broken=[report.chain for _, report in rows if not report.intact],
    )
    facts = {"rows": rows, "broken": sum(not report.intact for _, report in rows), "at": now}
    return render(request, "accounts/journal_verified.html", facts)


def _reports(person: Person, today: date) -> list[tuple[str, ChainReport]]:
    rows = [(agency.name, verify(chain_key(agency.pk))) for agency in access.journal_agencies(person, today)]
    if access.journal_has_system(person, today):
        rows.append(("Hệ thống", verify(SYSTEM)))
    return rows
