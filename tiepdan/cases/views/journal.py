"""Tab «Nhật ký»: what was written into the log about this case."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tiepdan.accounts.access import staff
from tiepdan.accounts.models import Person
from tiepdan.audit.models import Entry
from tiepdan.cases import access
from tiepdan.cases.pages import page
from tiepdan.cases.withheld import withheld
from tiepdan.kernel.paging import slice_of


@require_safe
@never_cache
@staff()
def index(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    now = timezone.now()
    case = access.case_for(person, code, now)
    hidden = withheld(person, now, case)
    rows = hidden.left(Entry.objects.filter(about_kind="cases.case", about_id=str(case.pk)).order_by("-pk"))
    found = slice_of(rows, request.GET.get("page"), load=lambda entries: entries.select_related("agency"))
    facts = {"page": found, "lines": hidden.lines_of(found.rows), "query": ""}
    return page(request, person, case, "cases/journal.html", facts, here="cases:journal", now=now)
