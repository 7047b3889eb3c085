"""What is done with a hall: registered, corrected, checked, taken out of use and back, handed over."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tiepdan.accounts.access import staff
from tiepdan.accounts.models import Person
from tiepdan.accounts.web import FormPage, form_page
from tiepdan.kernel.refusals import Refused
from tiepdan.points import actions
from tiepdan.points.access import (
    MANAGERS,
    READERS,
    offered,
    point_for,
    require_changer,
    require_checker,
    require_manager,
)
from tiepdan.points.actions.checks import marker as check_marker
from tiepdan.points.actions.halls import marker
from tiepdan.points.forms.equipment import CheckForm
from tiepdan.points.forms.hall import (
    HallForm,
    HandoverForm,
    NewHallForm,
    RetireForm,
    TakeBackForm,
    blame,
    entered,
)
from tiepdan.points.models import Point
from tiepdan.points.queries import equipment_of
from tiepdan.points.views.common import page

both = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@both
@staff(*MANAGERS)
def add(request: HttpRequest, person: Person) -> HttpResponse:
    """«Thêm điểm cầu»"""
    now = timezone.now()
    agencies = offered(person, timezone.localdate(now))
    data = request.POST if request.method == "POST" else None
    form = NewHallForm(data, agencies=agencies)
    if request.method != "POST":
        return _hall_page(request, form)
    if not form.is_valid():
        return _hall_page(request, form, status=422)
    told = form.cleaned_data
    try:
        point = actions.add_point(agency=told["agency"], slug=told["slug"], facts=form.facts(), by=person, at=now)
    except Refused as refused:
        return _hall_page(request, form, status=blame(form, refused))
    messages.success(request, f"Đã thêm điểm cầu {point}. Kiểm tra thiết bị trước khi dùng.")
    return redirect("points:detail", slug=point.slug)


@never_cache
@both
@staff(*READERS)
def change(request: HttpRequest, person: Person, slug: str) -> HttpResponse:
    """«Sửa thông tin»"""
    now = timezone.now()
    point = point_for(person, slug, timezone.localdate(now))
    require_changer(person, point, timezone.localdate(now))
    if request.method != "POST":
        return _hall_page(request, HallForm(initial={**entered(point), "seen": marker(point)}), point)
    form = HallForm(request.POST)
    if not form.is_valid():
        return _hall_page(request, form, point, 422)
    try:
        changed = actions.change_point(point, form.facts(), by=person, at=now, seen=form.cleaned_data["seen"])
    except Refused as refused:
        return _hall_page(request, form, point, blame(form, refused))
    messages.success(request, f"Đã sửa: {', '.join(changed)}." if changed else "Không có gì thay đổi.")
    return redirect("points:detail", slug=slug)


def _hall_page(
    request: HttpRequest, form: NewHallForm | HallForm, point: Point | None = None, status: int = 200
) -> HttpResponse:
    return page(request, "hall", {"form": form, "point": point}, status)


@never_cache
@both
@staff(*READERS)
def check(request: HttpRequest, person: Person, slug: str) -> HttpResponse:
    """«Kiểm tra thiết bị»"""
    now = timezone.now()
    today = timezone.localdate(now)
    point = point_for(person, slug, today)
    require_checker(person, point, today)
    if request.method != "POST":
        return _check_page(request, point, CheckForm(today=today, initial={"seen": check_marker(point)}))
    form = CheckForm(request.POST, request.FILES, today=today)
    if not form.is_valid():
        return _check_page(request, point, form, 422)
    told = form.cleaned_data
    try:
        actions.check_equipment(point, form.found(), on=told["checked_on"], by=person, at=now, seen=told["seen"])
    except Refused as refused:
        return _check_page(request, point, form, blame(form, refused))
    messages.success(request, f"Đã ghi kết quả kiểm tra thiết bị của {point}.")
    return redirect("points:detail", slug=slug)


def _check_page(request: HttpRequest, point: Point, form: CheckForm, status: int = 200) -> HttpResponse:
    lines = form.lines(equipment_of([point.pk])[point.pk])
    had_photos = bool(request.FILES)
    return page(request, "check", {"point": point, "form": form, "lines": lines, "had_photos": had_photos}, status)


@never_cache
@both
@staff(*READERS)
def retire(request: HttpRequest, person: Person, slug: str) -> HttpResponse:
    """«Ngừng sử dụng»"""
    now = timezone.now()
    point = _managed(person, slug, timezone.localdate(now))
    form = RetireForm(_sent(request), initial={"first_day": timezone.localdate(now)})
    words = FormPage(
        f"Ngừng sử dụng {point}",
        "Ngừng sử dụng",
        _card(slug),
        lead="Từ ngày này điểm cầu không còn trong danh sách để chọn. Lịch sử, văn bản và bản ghi cũ giữ nguyên.",
    )

    def act(told: dict[str, Any]) -> HttpResponse:
        row = actions.retire(point, told["first_day"], told["reason"], by=person, at=now)
        messages.success(request, f"Điểm cầu {point} ngừng sử dụng từ {row.first_day:%d/%m/%Y}.")
        return redirect(words.back)

    return form_page(request, form, words, act)


@never_cache
@both
@staff(*READERS)
def take_back(request: HttpRequest, person: Person, slug: str) -> HttpResponse:
    """«Dùng lại»"""
    now = timezone.now()
    today = timezone.localdate(now)
    point = _managed(person, slug, today)
    lasting = point.retirements.filter(back_on__isnull=True).first()
    first = max(today, lasting.first_day) if lasting else today
    form = TakeBackForm(_sent(request), initial={"back_on": first})
    lead = f"Ngừng sử dụng từ {lasting.first_day:%d/%m/%Y}: {lasting.reason}" if lasting else ""
    words = FormPage(f"Dùng lại {point}", "Dùng lại", _card(slug), lead=lead)

    def act(told: dict[str, Any]) -> HttpResponse:
        actions.take_back(point, told["back_on"], told["reason"], by=person, at=now)
        messages.success(request, f"Điểm cầu {point} được dùng lại từ {told['back_on']:%d/%m/%Y}.")
        return redirect(words.back)

    return form_page(request, form, words, act)


@never_cache
@both
@staff(*READERS)
def hand_over(request: HttpRequest, person: Person, slug: str) -> HttpResponse:
    """«Chuyển cơ quan quản lý»"""
    now = timezone.now()
    today = timezone.localdate(now)
    point = _managed(person, slug, today)
    targets = offered(person, today).exclude(pk=point.agency_id)
    form = HandoverForm(_sent(request), agencies=targets, today=today)
    lead = f"Đang quản lý: {point.agency}. Cơ quan sáp nhập thì không phải chuyển: cơ quan kế thừa quản lý ngay."
    words = FormPage(f"Chuyển cơ quan quản lý {point}", "Chuyển cơ quan quản lý", _card(slug), lead=lead)

    def act(told: dict[str, Any]) -> HttpResponse:
        row = actions.hand_over(point, told["target"], told["since"], told["reason"], by=person, at=now)
        messages.success(request, f"{row.target} quản lý điểm cầu {point} từ {row.since:%d/%m/%Y}.")
        return redirect(words.back)

    return form_page(request, form, words, act)


@require_POST
@staff(*READERS)
def withdraw(request: HttpRequest, person: Person, slug: str) -> HttpResponse:
    """«Bỏ lần chuyển»"""
    now = timezone.now()
    point = _managed(person, slug, timezone.localdate(now))
    actions.withdraw_handover(point, by=person, at=now)
    messages.success(request, f"Đã bỏ lần chuyển; {point.agency} tiếp tục quản lý điểm cầu.")
    return redirect(_card(slug))


def _managed(person: Person, slug: str, on: date) -> Point:
    point = point_for(person, slug, on)
    require_manager(person, point.agency, on)
    return point


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _card(slug: str) -> str:
    return reverse("points:detail", args=[slug])
