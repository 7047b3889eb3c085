"""The register of halls: the list, the same as Excel, and how many at once were tried."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tiepdan.accounts.access import staff
from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.queries import home_agency, posted_agencies, roles_of
from tiepdan.accounts.rules import Role
from tiepdan.audit import actions as audit
from tiepdan.kernel.paging import slice_of
from tiepdan.kernel.refusals import Refused
from tiepdan.points.access import MANAGERS, READERS, points_of, read_agencies
from tiepdan.points.actions import record_capacity
from tiepdan.points.forms.equipment import CapacityForm
from tiepdan.points.forms.hall import ListForm, blame
from tiepdan.points.models import Capacity, Point
from tiepdan.points.queries import capacities
from tiepdan.points.queries_list import Row, Wanted, filtered, shown
from tiepdan.points.views.common import page
from tiepdan.sheets import export

MOST_EXPORTED = 5000
BATCH = 500
EARLIER_TRIALS = 20
COLUMNS = [
    ("Điểm cầu", 28),
    ("Tên đăng nhập", 18),
    ("Cơ quan quản lý", 34),
    ("Cấp", 14),
    ("Hội trường, phòng", 24),
    ("Địa chỉ", 36),
    ("Số chỗ ngồi", 9),
    ("Số màn hình (TV)", 9),
    ("Số camera", 9),
    ("Đường truyền", 18),
    ("Đường truyền dự phòng", 18),
    ("Bộ lưu điện", 10),
    ("Người vận hành", 22),
    ("Điện thoại", 16),
    ("Thiết bị", 30),
    ("Kiểm tra gần nhất", 14),
    ("Số buổi đã tiếp trong năm", 12),
    ("Ngừng sử dụng từ ngày", 14),
]


@require_safe
@staff(*READERS)
def index(request: HttpRequest, person: Person) -> HttpResponse:
    today = timezone.localdate()
    form = _form(request, person, today)
    found = slice_of(
        _rows(person, form, today), request.GET.get("page"), load=lambda rows: rows.select_related("agency")
    )
    kept = request.GET.copy()
    kept.pop("page", None)
    facts = {
        "form": form,
        "page": found,
        "rows": shown(found.rows, today),
        "query": kept.urlencode(),
        "is_filtered": any(kept.values()),
        "capacities": capacities(posted_agencies(person, today, *READERS)),
        "may_manage": bool(roles_of(person, today) & MANAGERS),
        "today": today,
    }
    return page(request, "index", facts)


@require_safe
@staff(*READERS)
def download(request: HttpRequest, person: Person) -> HttpResponse:
    """The filtered list as Excel, with the operators and their telephones: the log knows who took it."""
    now = timezone.now()
    today = timezone.localdate(now)
    rows = _rows(person, _form(request, person, today), today)
    points = list(rows.select_related("agency")[:MOST_EXPORTED])
    audit.record("point.listed", agency=home_agency(person, today), at=now, by=person, rows=len(points))
    return export.xlsx(COLUMNS, _lines(points, today), f"diem-cau-{today:%Y%m%d}")


def _lines(points: list[Point], today: date) -> Iterator[tuple[Any, ...]]:
    for start in range(0, len(points), BATCH):
        for row in shown(points[start : start + BATCH], today):
            yield _line(row)


def _line(row: Row) -> tuple[Any, ...]:
    point = row.point
    return (
        point.name,
        point.slug,
        point.agency.name,
        point.get_level_display(),
        point.room,
        point.address,
        point.seats,
        point.screens,
        point.cameras,
        point.get_line_display(),
        point.get_backup_line_display(),
        point.has_ups,
        point.contact_name,
        point.phone,
        row.equipment.words,
        row.equipment.last,
        row.uses,
        row.out.first_day if row.out else None,
    )


def _form(request: HttpRequest, person: Person, today: date) -> ListForm:
    reach = Agency.objects.filter(pk__in=read_agencies(person, today)).order_by("name")
    return ListForm(request.GET, agencies=reach)


def _rows(person: Person, form: ListForm, today: date) -> QuerySet[Point]:
    return filtered(points_of(person, today), Wanted(**form.filters()), today)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*READERS)
def capacity(request: HttpRequest, person: Person) -> HttpResponse:
    """«Năng lực đã thử» of the offices; the technician tells of a new trial."""
    now = timezone.now()
    today = timezone.localdate(now)
    tested = posted_agencies(person, today, Role.TECHNICIAN)
    if request.method != "POST":
        form = CapacityForm(agencies=tested, initial={"tested_on": today, "agency": tested.first()})
        return _capacity(request, person, form, today)
    form = CapacityForm(request.POST, agencies=tested)
    if not form.is_valid():
        if "agency" in form.errors:
            raise Http404
        return _capacity(request, person, form, today, 422)
    data = form.cleaned_data
    try:
        record_capacity(data["agency"], data["halls"], data["note"], on=data["tested_on"], by=person, at=now)
    except Refused as refused:
        return _capacity(request, person, form, today, blame(form, refused))
    messages.success(request, f"Đã ghi: thử được {data['halls']} điểm cầu cùng lúc.")
    return redirect("points:capacity")


def _capacity(request: HttpRequest, person: Person, form: CapacityForm, today: date, status: int = 200) -> HttpResponse:
    offices = posted_agencies(person, today, *READERS)
    facts = {
        "form": form,
        "capacities": capacities(offices),
        "earlier": Capacity.objects.filter(agency__in=offices).select_related("agency", "made_by")[:EARLIER_TRIALS],
        "may_test": list(posted_agencies(person, today, Role.TECHNICIAN)),
    }
    return page(request, "capacity", facts, status)
