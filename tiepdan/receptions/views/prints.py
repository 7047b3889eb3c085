"""Pages made for paper: the schedule of a month, a plan on one page, who sits where, name cards (S08–S10)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from tiepdan.accounts.queries import posted_agencies
from tiepdan.kernel.refusals import Forbidden
from tiepdan.law.profiles import profile
from tiepdan.receptions import agenda, schedule
from tiepdan.receptions.access import knows_citizens, plan_for
from tiepdan.receptions.forms.index import IndexForm
from tiepdan.receptions.head_days import month_span
from tiepdan.receptions.models import Reception
from tiepdan.receptions.plan import plan_of
from tiepdan.receptions.queries import milestone_rows, receptions_of
from tiepdan.receptions.views.common import person_at
from tiepdan.sheets import export

LAST_DECISIONS = 4  # on the one page of a plan; all stand on its screen
NO_CARDS = (
    "Biển tên ghi họ tên công dân: chỉ cán bộ tiếp dân, người chủ trì, thư ký, kỹ thuật của buổi tiếp "
    "và người duyệt kế hoạch được in."
)


@login_required
@require_GET
def month(request: HttpRequest, month: str) -> HttpResponse:
    """«Bản in lịch tháng»: what the month's page shows, with its filters, as a table."""
    now, person = timezone.now(), person_at(request)
    rows, first, is_filtered = _month(request, month)
    facts = {
        "rows": rows,
        "agencies": posted_agencies(person, timezone.localdate(now)).distinct().order_by("name"),
        "month": first,
        "is_filtered": is_filtered,
        "filters": request.GET.urlencode(),
    }
    return _paper(request, "month", facts)


SHEET = (
    ("Ngày", 14),
    ("Bắt đầu", 10),
    ("Kết thúc", 10),
    ("Số", 16),
    ("Nội dung", 48),
    ("Loại", 14),
    ("Hình thức", 14),
    ("Người chủ trì", 26),
    ("Ủy quyền", 10),
    ("Nơi tiếp", 36),
    ("Điểm cầu", 48),
    ("Trạng thái", 16),
)


@login_required
@require_GET
def month_sheet(request: HttpRequest, month: str) -> HttpResponse:
    """The same as a table for Excel."""
    rows, _, _ = _month(request, month)
    return export.xlsx(SHEET, (_line(row) for row in rows), f"lich-tiep-cong-dan-{month}")


def _line(row: Reception) -> list[Any]:
    start, end = timezone.localtime(row.starts_at), timezone.localtime(row.ends_at)
    halls = "; ".join(hall.point.name for hall in row.halls.all())
    return [
        start.date(),
        f"{start:%H:%M}",
        f"{end:%H:%M}",
        row.code,
        row.title,
        row.get_kind_display(),
        "Trực tuyến",
        row.chair.full_name,
        "có" if row.is_delegated else "",
        row.place,
        halls,
        row.get_state_display(),
    ]


def _month(request: HttpRequest, month: str) -> tuple[QuerySet[Reception], date, bool]:
    """What the month's page shows, with its filters; the month; whether a filter holds something back."""
    first = schedule.day_of(month, date.min)
    if first == date.min:
        raise Http404
    start, end = month_span(first)
    wanted = IndexForm(request.GET).wanted()
    rows = schedule.filtered(receptions_of(person_at(request), timezone.now()), wanted)
    found = rows.filter(starts_at__gte=start, starts_at__lt=end).prefetch_related("halls__point")
    return found.order_by("starts_at", "code"), first.replace(day=1), wanted != schedule.Wanted()


@login_required
@require_GET
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """«Bản in kế hoạch một trang»"""
    now = timezone.now()
    reception = plan_for(person_at(request), code, now)
    whole = plan_of(reception)
    items = agenda.items_of(reception)
    facts = {
        "plan": whole,
        "reception": reception,
        "profile": profile(reception.profile),
        "milestones": milestone_rows(reception, now, table=whole.table, rules=whole.rules),
        "blocks": agenda.blocks(
            agenda.lines(reception, items), {matter.pk: place for place, matter in enumerate(whole.matters, start=1)}
        ),
        "total": agenda.total(reception, items),
        "decisions": [*reception.decisions.select_related("by", "on_behalf_of")[:LAST_DECISIONS]][::-1],
    }
    return _paper(request, "plan", facts)


@login_required
@require_GET
def seats(request: HttpRequest, code: str) -> HttpResponse:
    """«Danh sách chỗ ngồi»: a sheet for each hall, with room to sign."""
    now, person = timezone.now(), person_at(request)
    reception = plan_for(person, code, now)
    facts = {
        "plan": plan_of(reception),
        "reception": reception,
        "knows_citizens": knows_citizens(person, reception, timezone.localdate(now)),
    }
    return _paper(request, "seats", facts)


@login_required
@require_GET
def cards(request: HttpRequest, code: str) -> HttpResponse:
    """«Biển tên» of those who come, hall by hall."""
    now, person = timezone.now(), person_at(request)
    reception = plan_for(person, code, now)
    if not knows_citizens(person, reception, timezone.localdate(now)):
        raise Forbidden(NO_CARDS, code="forbidden")
    halls = [(hall, [seat for seat in hall.seats.all() if not seat.absence]) for hall in plan_of(reception).halls]
    return _paper(request, "cards", {"halls": halls, "reception": reception})


def _paper(request: HttpRequest, name: str, facts: dict[str, Any]) -> HttpResponse:
    answer = render(request, f"receptions/print/{name}.html", {**facts, "now": timezone.now()})
    answer["Cache-Control"] = "private, no-store"
    return answer
