"""The tree of agencies: list, one agency with its history, and its changes (S39)."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tiepdan.accounts import access, queries, queries_people
from tiepdan.accounts.actions import agencies as actions
from tiepdan.accounts.forms.agencies import (
    AgencyEditForm,
    AgencyFilter,
    AgencyForm,
    EndForm,
    MergeForm,
    RenameForm,
)
from tiepdan.accounts.models import Agency
from tiepdan.accounts.rules import Kind
from tiepdan.accounts.views.governing import Change, Desk, changing, governing
from tiepdan.accounts.web import FormPage
from tiepdan.kernel.refusals import Forbidden

PER_PAGE = 50
FROM_ABOVE = "Việc này do quản trị viên của cơ quan cấp trên làm."


@require_safe
@governing
def index(desk: Desk) -> HttpResponse:
    form = AgencyFilter(desk.request.GET)
    branches = queries_people.tree(desk.ids, desk.today, **form.filters())
    page = Paginator(branches, PER_PAGE).get_page(desk.request.GET.get("page"))
    kept = desk.request.GET.copy()
    kept.pop("page", None)
    facts = {"form": form, "page": page, "query": kept.urlencode(), "today": desk.today}
    return render(desk.request, "accounts/agencies.html", facts)


@require_safe
@governing
def detail(desk: Desk, pk: int) -> HttpResponse:
    agency = access.agency_for(desk.ids, pk)
    facts = {
        "agency": agency,
        "kind": Kind(agency.kind),
        "names": agency.names.all(),
        "predecessors": agency.predecessors.order_by("-valid_to"),
        "children": agency.children.order_by("name"),
        "may_end": access.may_end(desk.ids, agency),
        "from_above": FROM_ABOVE,
        "has_ended": agency.valid_to is not None and agency.valid_to < desk.today,
    }
    return render(desk.request, "accounts/agency.html", facts)


@changing
def add(desk: Desk) -> Change:
    parents = desk.offered()
    first = desk.request.GET.get("cap-tren") or parents.values_list("pk", flat=True).first()
    form = AgencyForm(desk.data, parents=parents, initial={"parent": first, "valid_from": desk.today})
    page = FormPage("Thêm cơ quan", "Thêm cơ quan", reverse("accounts:agencies"))
    return Change(form, page, actions.add_agency, then=lambda agency: redirect(_page_of(agency)))


@changing
def edit(desk: Desk, pk: int) -> Change:
    agency = access.agency_for(desk.ids, pk)
    parents = None
    if access.may_end(desk.ids, agency):
        parents = Agency.objects.filter(pk__in=desk.ids - queries.with_below([agency])).order_by("name")
    kept = {name: getattr(agency, name) for name in ("kind", "parent", "phone", "address")}
    form = AgencyEditForm(desk.data, parents=parents, initial=kept)
    page = FormPage(f"Sửa thông tin {agency.name}", "Lưu thay đổi", _page_of(agency))

    def act(**values: Any) -> None:
        actions.edit_agency(agency, **{"parent": agency.parent, **values})

    return Change(form, page, act)


@changing
def rename(desk: Desk, pk: int) -> Change:
    agency = access.agency_for(desk.ids, pk)
    form = RenameForm(desk.data, initial={"name": agency.name, "short_name": agency.short_name, "since": desk.today})
    lead = "Tên cũ vẫn đứng trong các văn bản đã có. Sửa lỗi gõ: chọn ngày cơ quan bắt đầu mang tên hiện nay."
    page = FormPage(f"Đổi tên {agency.name}", "Đổi tên", _page_of(agency), lead)
    return Change(form, page, partial(actions.rename_agency, agency))


@changing
def end(desk: Desk, pk: int) -> Change:
    agency = _ending(desk, pk)
    form = EndForm(desk.data, initial={"last_day": agency.valid_to or desk.today})
    page = FormPage(
        f"Đặt ngày hết hiệu lực của {agency.name}",
        "Đặt ngày hết hiệu lực",
        _page_of(agency),
        "Sau ngày này cơ quan không nhận vụ việc, người dùng mới; các vai trò tại đó hết hiệu lực. Hồ sơ giữ nguyên.",
        f"Đặt ngày hết hiệu lực của {agency.name}?",
        is_danger=True,
    )
    return Change(form, page, partial(actions.end_agency, agency))


@changing
def merge(desk: Desk, pk: int) -> Change:
    agency = _ending(desk, pk)
    form = MergeForm(desk.data, successors=desk.offered().exclude(pk=agency.pk), today=desk.today + timedelta(days=1))
    page = FormPage(
        f"Sáp nhập {agency.name}",
        "Sáp nhập",
        _page_of(agency),
        "Cơ quan cũ hết hiệu lực và ghi rõ cơ quan kế thừa. Hồ sơ, nhật ký, tên cũ được giữ nguyên.",
        f"Sáp nhập {agency.name} vào cơ quan đã chọn?",
        is_danger=True,
    )
    return Change(form, page, partial(actions.merge_agency, agency))


@require_POST
@governing
def delete(desk: Desk, pk: int) -> HttpResponse:
    actions.delete_agency(_ending(desk, pk), by=desk.person, at=desk.now)
    return redirect("accounts:agencies")


def _page_of(agency: Agency) -> str:
    return reverse("accounts:agency", args=[agency.pk])


def _ending(desk: Desk, pk: int) -> Agency:
    agency = access.agency_for(desk.ids, pk)
    if not access.may_end(desk.ids, agency):
        raise Forbidden(FROM_ABOVE, code="from_above")
    return agency
