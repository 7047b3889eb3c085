"""The running order of a reception (screen S11)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tiepdan.accounts.models import Person
from tiepdan.kernel.refusals import Refused
from tiepdan.law.profiles import profile
from tiepdan.receptions import agenda as script
from tiepdan.receptions.access import is_desk, knows_citizens, may_edit_plan, plan_for, require_writable, require_writer
from tiepdan.receptions.actions import agenda as actions
from tiepdan.receptions.forms.agenda import ItemForm, OrderForm, ReasonForm, StartForm, TemplateForm, initial_of
from tiepdan.receptions.models import AgendaItem, AgendaTemplate, Reception
from tiepdan.receptions.rules import is_last_half_hour
from tiepdan.receptions.views.common import person_at


@login_required
@require_GET
def agenda(request: HttpRequest, code: str) -> HttpResponse:
    now = timezone.now()
    reception = plan_for(person_at(request), code, now)
    return _page(request, reception, now)


@login_required
@require_POST
def start(request: HttpRequest, code: str) -> HttpResponse:
    now, person, reception = _writing(request, code)
    form = StartForm(request.POST, reception=reception)
    if not form.is_valid():
        return _page(request, reception, now, start_form=form, status=422)
    try:
        template, replace = form.cleaned_data["template"], form.cleaned_data["replace"]
        actions.start(reception, template, replace=replace, by=person, at=now, reason=_reason(request))
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _page(request, reception, now, start_form=form, status=refused.status)
    return redirect("receptions:agenda", code=code)


@login_required
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, code: str) -> HttpResponse:
    now, person, reception = _writing(request, code)
    if request.method == "GET":
        form = ItemForm(initial={"minutes": 10, "stage": "dialogue"}, reception=reception)
        return _item_page(request, reception, form, now)
    form = ItemForm(request.POST, reception=reception)
    if not form.is_valid():
        return _item_page(request, reception, form, now, status=422)
    try:
        actions.add_item(reception, form.facts, by=person, at=now, reason=_reason(request))
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _item_page(request, reception, form, now, status=refused.status)
    return redirect("receptions:agenda", code=code)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str, item: int) -> HttpResponse:
    now, person, reception = _writing(request, code)
    row = _item(reception, item)
    if request.method == "GET":
        form = ItemForm(initial=initial_of(row) | {"seen": actions.stamp(row)}, reception=reception)
        return _item_page(request, reception, form, now, row)
    form = ItemForm(request.POST, reception=reception)
    if not form.is_valid():
        return _item_page(request, reception, form, now, row, status=422)
    try:
        seen = form.cleaned_data["seen"]
        actions.edit_item(row, form.facts, by=person, at=now, reason=_reason(request), seen=seen)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _item_page(request, reception, form, now, row, status=refused.status)
    return redirect("receptions:agenda", code=code)


@login_required
@require_POST
def move(request: HttpRequest, code: str, item: int, way: str) -> HttpResponse:
    now, person, reception = _writing(request, code)
    up = {"len": True, "xuong": False}.get(way)
    if up is None:
        raise Http404
    actions.move_item(_item(reception, item), up=up, by=person, at=now, reason=_reason(request))
    return _back_to(reception, item)


@login_required
@require_POST
def order(request: HttpRequest, code: str) -> HttpResponse:
    """The rows as they were drawn; of two people the second sees the new order and who was faster."""
    now, person, reception = _writing(request, code)
    form = OrderForm(request.POST)
    if not form.is_valid():
        return _page(request, reception, now, order_problem=form.sentence, status=422)
    data = form.cleaned_data
    try:
        actions.put_in_order(
            reception,
            data["order"],
            seen=data["seen"],
            moved=data["moved"],
            by=person,
            at=now,
            reason=_reason(request),
        )
    except Refused as refused:
        return _page(request, reception, now, order_problem=refused.sentence, status=refused.status)
    return _back_to(reception, data["moved"])


@login_required
@require_POST
def add_break(request: HttpRequest, code: str, item: int) -> HttpResponse:
    now, person, reception = _writing(request, code)
    made = actions.add_break(_item(reception, item), by=person, at=now, reason=_reason(request))
    return _back_to(reception, made.pk)


@login_required
@require_POST
def delete(request: HttpRequest, code: str, item: int) -> HttpResponse:
    now, person, reception = _writing(request, code)
    actions.delete_item(_item(reception, item), by=person, at=now, reason=_reason(request))
    return redirect("receptions:agenda", code=code)


@login_required
@require_POST
def save_template(request: HttpRequest, code: str) -> HttpResponse:
    now, person, reception = _opened(request, code)
    _require_desk(person, reception, now)
    form = TemplateForm(request.POST)
    if not form.is_valid():
        return _page(request, reception, now, template_form=form, status=422)
    try:
        template = actions.save_template(reception, form.cleaned_data["name"], by=person, at=now)
    except Refused as refused:
        form.add_error("name", refused.sentence)
        return _page(request, reception, now, template_form=form, status=refused.status)
    messages.success(request, f"Đã lưu mẫu «{template.name}» cho {reception.agency}.")
    return redirect("receptions:agenda", code=code)


@login_required
@require_POST
def delete_template(request: HttpRequest, code: str, template: int) -> HttpResponse:
    now, person, reception = _opened(request, code)
    _require_desk(person, reception, now)
    row = AgendaTemplate.objects.filter(agency=reception.agency, pk=template).first()
    if row is None:
        raise Http404
    actions.delete_template(row, reception, by=person, at=now)
    messages.success(request, f"Đã xóa mẫu «{row.name}».")
    return redirect("receptions:agenda", code=code)


@login_required
@require_GET
def chair(request: HttpRequest, code: str) -> HttpResponse:
    """«Xem như người chủ trì»: the order as the chair follows it."""
    return _for_chair(request, code, "receptions/agenda/chair.html")


@login_required
@require_GET
def slips(request: HttpRequest, code: str) -> HttpResponse:
    """«Phiếu lời dẫn chữ lớn», to be printed."""
    return _for_chair(request, code, "receptions/agenda/slips.html")


def _for_chair(request: HttpRequest, code: str, template: str) -> HttpResponse:
    now, person, reception = _opened(request, code)
    items = script.items_of(reception)
    facts = {
        "reception": reception,
        "lines": script.lines(reception, items),
        "total": script.total(reception, items),
        "notice": profile(reception.profile).recording.notice,
        "knows_citizens": knows_citizens(person, reception, timezone.localdate(now)),
        "tab": "receptions:agenda",
    }
    return render(request, template, facts)


def _opened(request: HttpRequest, code: str) -> tuple[datetime, Person, Reception]:
    now, person = timezone.now(), person_at(request)
    return now, person, plan_for(person, code, now)


def _writing(request: HttpRequest, code: str) -> tuple[datetime, Person, Reception]:
    """The right comes before everything that was typed, and before the form itself."""
    now, person, reception = _opened(request, code)
    require_writer(person, reception, now)
    return now, person, reception


def _item(reception: Reception, pk: int) -> AgendaItem:
    row = reception.agenda.select_related("reception__agency", "speaker__hall", "hall", "matter").filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _require_desk(person: Person, reception: Reception, now: datetime) -> None:
    if not is_desk(person, reception, timezone.localdate(now)):
        raise Http404


def _back_to(reception: Reception, item: int) -> HttpResponse:
    """The row that was moved: its name in the address brings the page and the focus there."""
    return redirect(f"{reverse('receptions:agenda', args=[reception.code])}#muc-{item}")


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "").strip()[:300]


def _closed(person: Person, reception: Reception, now: datetime) -> str:
    """Why the person cannot write here now; empty when they can."""
    try:
        require_writable(person, reception, now, reason="có")
    except Refused as refused:
        return refused.sentence
    return ""


def _page(
    request: HttpRequest, reception: Reception, now: datetime, *, status: int = 200, **forms: Any
) -> HttpResponse:
    person = person_at(request)
    items = script.items_of(reception)
    facts = {
        "reception": reception,
        "lines": script.lines(reception, items),
        "total": script.total(reception, items),
        "budgets": script.budgets(items),
        "problems": script.problems(items) if items else [],
        "layouts": script.LAYOUTS,
        "closed": _closed(person, reception, now),
        "is_writer": may_edit_plan(person, reception, timezone.localdate(now)),
        "is_desk": is_desk(person, reception, timezone.localdate(now)),
        "knows_citizens": knows_citizens(person, reception, timezone.localdate(now)),
        "needs_reason": is_last_half_hour(reception.starts_at, now),
        "start_form": StartForm(reception=reception),
        "template_form": TemplateForm(),
        "templates": AgendaTemplate.objects.filter(agency=reception.agency),
        "tab": "receptions:agenda",
        **forms,
    }
    return render(request, "receptions/agenda/index.html", facts, status=status)


def _item_page(
    request: HttpRequest,
    reception: Reception,
    form: ItemForm,
    now: datetime,
    item: AgendaItem | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    closed = _closed(person_at(request), reception, now)
    facts = {
        "reception": reception,
        "form": form,
        "reason_form": ReasonForm(request.POST or None),
        "needs_reason": is_last_half_hour(reception.starts_at, now),
        "item": item,
        "closed": closed,
        "tab": "receptions:agenda",
    }
    return render(request, "receptions/agenda/item.html", facts, status=status)
