"""The book of cases: the list, the candidates for an online reception, the same as Excel."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tiepdan.accounts.access import staff
from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import home_agency
from tiepdan.audit import actions as audit
from tiepdan.cases.access import LIST_ROLES, clerk_agencies, may_list
from tiepdan.cases.forms.listing import ListForm
from tiepdan.cases.models import Case
from tiepdan.cases.queries import cases_of
from tiepdan.cases.queries_list import by_priority, filtered, for_list, in_order, shown
from tiepdan.kernel.paging import slice_of
from tiepdan.sheets import export

CANDIDATES = "ung-vien"
MOST_EXPORTED = 20_000
COLUMNS = [
    ("Số", 14),
    ("Ngày tiếp nhận", 14),
    ("Loại", 12),
    ("Lĩnh vực", 18),
    ("Tóm tắt", 60),
    ("Công dân", 20),
    ("Số người", 9),
    ("Xã, phường", 24),
    ("Trạng thái", 24),
    ("Hạn gần nhất", 14),
    ("Cán bộ phụ trách", 22),
    ("Cơ quan", 28),
]


@require_safe
@never_cache
@staff()
def index(request: HttpRequest, person: Person) -> HttpResponse:
    today = timezone.localdate()
    if not may_list(person, today):
        raise PermissionDenied
    form = ListForm(request.GET)
    page = slice_of(_rows(request, person, form, today), request.GET.get("page"), load=for_list)
    kept = request.GET.copy()
    kept.pop("page", None)
    facts = {
        "form": form,
        "page": page,
        "rows": shown(page.rows, today),
        "query": kept.urlencode(),
        "is_filtered": any(value for name, value in kept.items() if name != "xem"),
        "is_candidates": request.GET.get("xem") == CANDIDATES,
        "may_receive": bool(clerk_agencies(person, today)),
        "most_exported": MOST_EXPORTED,
    }
    return render(request, "cases/index.html", facts)


@require_safe
@never_cache
@staff(*LIST_ROLES)
def download(request: HttpRequest, person: Person) -> HttpResponse:
    """The filtered list as Excel; citizens stay masked."""
    now = timezone.now()
    today = timezone.localdate(now)
    rows = shown(for_list(_rows(request, person, ListForm(request.GET), today))[:MOST_EXPORTED], today)
    audit.record("case.listed", agency=home_agency(person, today), at=now, by=person, rows=len(rows))
    lines = (
        (
            row.case.code,
            row.case.received_on,
            row.case.get_kind_display(),
            row.case.field,
            row.case.summary,
            row.who,
            row.case.people_count,
            row.case.place.name if row.case.place else "",
            row.case.get_state_display(),
            row.case.next_due,
            row.case.officer.full_name if row.case.officer else "",
            row.case.agency.name,
        )
        for row in rows
    )
    return export.xlsx(COLUMNS, lines, f"so-vu-viec-{today:%Y%m%d}")


def _rows(request: HttpRequest, person: Person, form: ListForm, today: date) -> QuerySet[Case]:
    wanted = form.filters()
    rows = filtered(cases_of(person, timezone.now()), wanted, person_id=person.pk, today=today)
    return by_priority(rows, today.year) if request.GET.get("xem") == CANDIDATES else in_order(rows)
