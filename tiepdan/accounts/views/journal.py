"""The page of the log, for administrators and inspectors (S41)."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tiepdan.accounts import access
from tiepdan.accounts.actions.chains import verify_chains as verify
from tiepdan.accounts.forms import JournalForm
from tiepdan.accounts.journal import last_verified, search, withheld_from
from tiepdan.accounts.models import Person
from tiepdan.audit.models import Entry
from tiepdan.kernel.paging import slice_of


@require_safe
@never_cache
@access.staff(*access.JOURNAL_ROLES)
def journal(request: HttpRequest, person: Person) -> HttpResponse:
    now = timezone.now()
    agencies = access.journal_agencies(person, timezone.localdate(now)).order_by("name")
    form = JournalForm(request.GET, agencies=agencies)
    found = slice_of(search(person, form.filters(), now), request.GET.get("page"), load=_shown)
    kept = request.GET.copy()
    kept.pop("page", None)
    facts = {
        "form": form,
        "page": found,
        "lines": withheld_from(person, now).lines_of(found.rows),
        "query": kept.urlencode(),
        "verified": last_verified(person, now),
    }
    return render(request, "accounts/journal.html", facts)


def _shown(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    return entries.select_related("agency").defer("search", "prev")


@require_POST
@access.staff(*access.JOURNAL_ROLES)
def verify_chains(request: HttpRequest, person: Person) -> HttpResponse:
    """Reads every chain that the person may see from its beginning, and writes down that it was done."""
    now = timezone.now()
    rows = verify(person, now)
    broken = [report for _, report in rows if not report.intact]
    facts = {"rows": rows, "broken": broken, "at": now}
    return render(request, "accounts/journal_verified.html", facts)
