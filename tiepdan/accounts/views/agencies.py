"""The tree of agencies: list, one agency with its history, and its changes (S39)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tiepdan.accounts import access, queries
from tiepdan.accounts.actions import agencies as actions
from tiepdan.accounts.forms.agencies import (
    AgencyEditForm,
    AgencyFilter,
    AgencyForm,
    EndForm,
    MergeForm,
    RenameForm,
)
from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.rules import Kind, Role
from tiepdan.accounts.web import FormPage, form_page
from tiepdan.kernel.refusals import Forbidden

PER_PAGE = 50
FROM_ABOVE = "Việc này do quản trị viên của cơ quan cấp trên làm."


@require_safe
@never_cache
@access.staff(Role.ADMIN)
def index(request: HttpRequest, person: Person) -> HttpResponse:
    today = timezone.localdate()
    form = AgencyFilter(request.GET)
    branches = queries.tree(access.governed(person, today), today, **form.filters())
    page = Paginator(branches, PER_PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    facts = {"form": form, "page": page, "query": kept.urlencode(), "today": today}
    return render(request, "accounts/agencies.html", facts)


@require_safe
@never_cache
@access.staff(Role.ADMIN)
def detail(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    today = timezone.localdate()
    ids = access.governed(person, today)
    agency = access.agency_for(ids, pk)
    facts = {
        "agency": agency,
        "kind": Kind(agency.kind),
        "names": agency.names.all(),
        "predecessors": agency.predecessors.order_by("-valid_to"),
        "children": agency.children.order_by("name"),
        "may_end": access.may_end(ids, agency),
        "from_above": FROM_ABOVE,
        "has_ended": agency.valid_to is not None and agency.valid_to < today,
    }
    return render(request, "accounts/agency.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@access.staff(Role.ADMIN)
def add(request: HttpRequest, person: Person) -> HttpResponse:
    now, today = _moment()
    parents = _offered(access.governed(person, today), today)
    first = request.GET.get("cap-tren") or parents.values_list("pk", flat=True).first()
    form = AgencyForm(request.POST or None, parents=parents, initial={"parent": first, "valid_from": today})
    page = FormPage("Thêm cơ quan", "Thêm cơ quan", reverse("accounts:agencies"))

    def act(values: dict[str, Any]) -> HttpResponse:
        agency = actions.add_agency(**values, by=person, at=now)
        return redirect("accounts:agency", agency.pk)

    return form_page(request, form, page, act)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@access.staff(Role.ADMIN)
def edit(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    now, today = _moment()
    ids = access.governed(person, today)
    agency = access.agency_for(ids, pk)
    parents = None
    if access.may_end(ids, agency):
        parents = Agency.objects.filter(pk__in=ids - queries.with_below([agency])).order_by("name")
    kept = {name: getattr(agency, name) for name in ("kind", "parent", "phone", "address")}
    form = AgencyEditForm(request.POST or None, parents=parents, initial=kept)
    page = FormPage(f"Sửa thông tin {agency.name}", "Lưu thay đổi", _page_of(agency))

    def act(values: dict[str, Any]) -> HttpResponse:
        actions.edit_agency(agency, **{"parent": agency.parent, **values}, by=person, at=now)
        return redirect("accounts:agency", agency.pk)

    return form_page(request, form, page, act)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@access.staff(Role.ADMIN)
def rename(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    now, today = _moment()
    agency = access.agency_for(access.governed(person, today), pk)
    kept = {"name": agency.name, "short_name": agency.short_name, "since": today}
    form = RenameForm(request.POST or None, initial=kept)
    lead = "Tên cũ vẫn đứng trong các văn bản đã có. Sửa lỗi gõ: chọn ngày cơ quan bắt đầu mang tên hiện nay."
    page = FormPage(f"Đổi tên {agency.name}", "Đổi tên", _page_of(agency), lead)

    def act(values: dict[str, Any]) -> HttpResponse:
        actions.rename_agency(agency, **values, by=person, at=now)
        return redirect("accounts:agency", agency.pk)

    return form_page(request, form, page, act)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@access.staff(Role.ADMIN)
def end(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    now, today = _moment()
    agency = _ending(person, today, pk)
    form = EndForm(request.POST or None, initial={"last_day": agency.valid_to or today})
    page = FormPage(
        f"Đặt ngày hết hiệu lực của {agency.name}",
        "Đặt ngày hết hiệu lực",
        _page_of(agency),
        "Sau ngày này cơ quan không nhận vụ việc, người dùng mới; các vai trò tại đó hết hiệu lực. Hồ sơ giữ nguyên.",
        f"Đặt ngày hết hiệu lực của {agency.name}?",
        is_danger=True,
    )

    def act(values: dict[str, Any]) -> HttpResponse:
        actions.end_agency(agency, **values, by=person, at=now)
        return redirect("accounts:agency", agency.pk)

    return form_page(request, form, page, act)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@access.staff(Role.ADMIN)
def merge(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    now, today = _moment()
    agency = _ending(person, today, pk)
    ids = access.governed(person, today)
    form = MergeForm(
        request.POST or None, successors=_offered(ids, today).exclude(pk=agency.pk), today=today + timedelta(days=1)
    )
    page = FormPage(
        f"Sáp nhập {agency.name}",
        "Sáp nhập",
        _page_of(agency),
        "Cơ quan cũ hết hiệu lực và ghi rõ cơ quan kế thừa. Hồ sơ, nhật ký, tên cũ được giữ nguyên.",
        f"Sáp nhập {agency.name} vào cơ quan đã chọn?",
        is_danger=True,
    )

    def act(values: dict[str, Any]) -> HttpResponse:
        actions.merge_agency(agency, **values, by=person, at=now)
        return redirect("accounts:agency", agency.pk)

    return form_page(request, form, page, act)


@require_POST
@access.staff(Role.ADMIN)
def delete(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    now, today = _moment()
    actions.delete_agency(_ending(person, today, pk), by=person, at=now)
    return redirect("accounts:agencies")


def _moment() -> tuple[datetime, date]:
    now = timezone.now()
    return now, timezone.localdate(now)


def _offered(ids: set[int], on: date) -> QuerySet[Agency]:
    return queries.agencies_on(on).filter(pk__in=ids).order_by("name")


def _page_of(agency: Agency) -> str:
    return reverse("accounts:agency", args=[agency.pk])


def _ending(person: Person, today: date, pk: int) -> Agency:
    ids = access.governed(person, today)
    agency = access.agency_for(ids, pk)
    if not access.may_end(ids, agency):
        raise Forbidden(FROM_ABOVE, code="from_above")
    return agency
