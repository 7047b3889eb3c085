"""The working-day table: days of a year, changes with their effect, confirmation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tiepdan.accounts.access import staff
from tiepdan.accounts.models import Person
from tiepdan.kernel.refusals import Refused
from tiepdan.policy import access, actions, impact
from tiepdan.policy.forms import ConfirmForm, DayForm, LinesForm, RemoveForm, UnconfirmForm
from tiepdan.policy.lines import DayRow, read
from tiepdan.policy.models import Day, Year
from tiepdan.policy.queries import calendar_with, year_of
from tiepdan.policy.rules import FIRST_YEAR, LAST_YEAR, DayChange, is_closed

Form = DayForm | LinesForm | RemoveForm | ConfirmForm | UnconfirmForm


@require_safe
@staff()
def index(request: HttpRequest, person: Person) -> HttpResponse:
    return _year_page(request, person, _number(request.GET.get("nam", ""), timezone.localdate()))


def _year_page(
    request: HttpRequest,
    person: Person,
    number: int,
    *,
    confirm_form: ConfirmForm | None = None,
    unconfirm_form: UnconfirmForm | None = None,
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    year = year_of(number)
    days = list(Day.objects.filter(year=year).select_related("entered_by")) if year else []
    known = dict(Year.objects.annotate(count=Count("days")).values_list("year", "count"))
    facts = {
        "number": number,
        "year_before": number - 1,
        "year": year,
        "days": days,
        "years": sorted({*known, number, today.year - 1, today.year, today.year + 1}, reverse=True),
        "is_closed": is_closed(number, bool(year and year.confirmed_at), today),
        "may_edit": access.calendar_office(person, today) is not None,
        "why_not": access.ONLY_TOP,
        "confirm_form": confirm_form or ConfirmForm(),
        "unconfirm_form": unconfirm_form or UnconfirmForm(),
        "unconfirming": unconfirm_form is not None,
    }
    return render(request, "policy/holidays.html", facts, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff()
def add(request: HttpRequest, person: Person) -> HttpResponse:
    return _day_page(request, person, None)


@require_http_methods(["GET", "HEAD", "POST"])
@staff()
def edit(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    return _day_page(request, person, access.day_for(person, pk))


def _day_page(request: HttpRequest, person: Person, old: Day | None) -> HttpResponse:
    now = timezone.now()
    office = access.require_calendar_office(person, timezone.localdate(now))
    initial = {name: getattr(old, name) for name in ("day", "kind", "name", "source")} if old else None
    form = DayForm(request.POST or None, initial=initial)
    facts = {"form": form, "old": old, "remove_form": RemoveForm()}
    if request.method != "POST":
        return render(request, "policy/day.html", facts)
    if not form.is_valid():
        return render(request, "policy/day.html", facts, status=422)
    row = form.row()
    if old is not None and row.day != old.day:
        form.add_error("day", "Không đổi ngày của dòng này được. Bỏ dòng này rồi thêm ngày khác.")
        return render(request, "policy/day.html", facts, status=422)
    touched = _touched([row])
    if request.POST.get("step") == "preview":
        return render(request, "policy/day.html", {**facts, "touched": touched, "previewed": True})
    try:
        actions.set_day(row, agency=office, by=person, at=now)
    except Refused as refused:
        return _refused(request, "policy/day.html", facts, form, refused)
    _tell(request, f"Đã ghi ngày {row.day:%d/%m/%Y}.", touched)
    return _to_year(row.day.year)


@require_POST
@staff()
def remove(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    now = timezone.now()
    office = access.require_calendar_office(person, timezone.localdate(now))
    day = access.day_for(person, pk)
    form = RemoveForm(request.POST)
    initial = {name: getattr(day, name) for name in ("day", "kind", "name", "source")}
    facts = {"form": DayForm(initial=initial), "old": day, "remove_form": form, "removing": True}
    if not form.is_valid():
        return render(request, "policy/day.html", facts, status=422)
    touched = impact.of_calendar(calendar_with([DayChange(day.day, "")]))
    if request.POST.get("step") == "preview":
        return render(request, "policy/day.html", {**facts, "touched": touched, "previewed": True})
    try:
        actions.remove_day(day, source=form.cleaned_data["source"], agency=office, by=person, at=now)
    except Refused as refused:
        return _refused(request, "policy/day.html", facts, form, refused)
    _tell(request, f"Đã bỏ ngày {day.day:%d/%m/%Y} khỏi bảng.", touched)
    return _to_year(day.day.year)


@require_http_methods(["GET", "HEAD", "POST"])
@staff()
def paste(request: HttpRequest, person: Person) -> HttpResponse:
    """Days pasted from a notice or a sheet: looked at first, then written all together or not at all."""
    now = timezone.now()
    office = access.require_calendar_office(person, timezone.localdate(now))
    form = LinesForm(request.POST or None)
    facts: dict[str, Any] = {"form": form}
    if request.method != "POST":
        return render(request, "policy/day_import.html", facts)
    if not form.is_valid():
        return render(request, "policy/day_import.html", facts, status=422)
    found = read(form.cleaned_data["lines"])
    for problem in found.problems:
        form.add_error("lines", problem)
    facts["rows"] = found.rows
    if found.problems:
        return render(request, "policy/day_import.html", facts, status=422)
    touched = _touched(found.rows)
    if request.POST.get("step") == "preview":
        return render(request, "policy/day_import.html", {**facts, "touched": touched, "previewed": True})
    try:
        count = actions.import_days(found.rows, agency=office, by=person, at=now)
    except Refused as refused:
        return _refused(request, "policy/day_import.html", facts, form, refused)
    _tell(request, f"Đã ghi {count} ngày.", touched)
    return _to_year(found.rows[0].day.year)


@require_POST
@staff()
def confirm(request: HttpRequest, person: Person, number: int) -> HttpResponse:
    now = timezone.now()
    office = access.require_calendar_office(person, timezone.localdate(now))
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return _year_page(request, person, number, confirm_form=form, status=422)
    actions.confirm_year(number, form.cleaned_data["source"], agency=office, by=person, at=now)
    messages.success(request, f"Đã xác nhận lịch nghỉ năm {number}. Các mốc trong năm không còn là tạm tính.")
    return _to_year(number)


@require_POST
@staff()
def unconfirm(request: HttpRequest, person: Person, number: int) -> HttpResponse:
    now = timezone.now()
    office = access.require_calendar_office(person, timezone.localdate(now))
    form = UnconfirmForm(request.POST)
    if not form.is_valid():
        return _year_page(request, person, number, unconfirm_form=form, status=422)
    actions.unconfirm_year(number, form.cleaned_data["reason"], agency=office, by=person, at=now)
    messages.success(request, f"Đã bỏ xác nhận lịch nghỉ năm {number}. Các mốc trong năm là tạm tính.")
    return _to_year(number)


@require_POST
@staff()
def suggest(request: HttpRequest, person: Person, number: int) -> HttpResponse:
    """Fill an empty year with what the system suggests."""
    now = timezone.now()
    office = access.require_calendar_office(person, timezone.localdate(now))
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise Refused(f"Năm {number} nằm ngoài bảng ngày làm việc.", code="year")
    count = actions.seed_year(number, at=now, by=person, agency=office)
    if count:
        messages.success(request, f"Đã lập {count} ngày gợi ý. Hãy đối chiếu với thông báo nghỉ rồi xác nhận.")
    else:
        messages.warning(request, f"Năm {number} đã có lịch nghỉ; hệ thống không thay đổi gì.")
    return _to_year(number)


def _touched(rows: Iterable[DayRow]) -> list[impact.Touched]:
    return impact.of_calendar(calendar_with(DayChange(row.day, row.kind) for row in rows))


def _tell(request: HttpRequest, done: str, touched: Sequence[impact.Touched]) -> None:
    messages.success(request, done)
    if touched:
        more = f" và {len(touched) - 10} việc khác" if len(touched) > 10 else ""
        names = "; ".join(one.label for one in touched[:10])
        messages.warning(request, f"Có {len(touched)} việc đang mở có mốc thay đổi: {names}{more}.")


def _refused(request: HttpRequest, template: str, facts: dict[str, Any], form: Form, refused: Refused) -> HttpResponse:
    form.add_error(refused.code if refused.code in form.fields else None, refused.sentence)
    return render(request, template, facts, status=refused.status)


def _number(text: str, today: date) -> int:
    wanted = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else today.year
    return wanted if FIRST_YEAR <= wanted <= LAST_YEAR else today.year


def _to_year(number: int) -> HttpResponse:
    return redirect(f"{reverse('policy:holidays')}?nam={number}")
