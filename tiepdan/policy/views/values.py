"""Stricter values of an office, with the day from which they hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from tiepdan.accounts.access import staff
from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.queries import home_agency
from tiepdan.kernel.refusals import Forbidden, Refused
from tiepdan.law.profiles import codes, profile, stricter
from tiepdan.law.sections import quantity
from tiepdan.policy import access, actions, impact
from tiepdan.policy.forms import ValueForm
from tiepdan.policy.models import OfficeValue
from tiepdan.policy.queries import office_values
from tiepdan.policy.rules import value_problem
from tiepdan.policy.views.profiles import tabs

PER_PAGE = 50
NOT_YOURS = "Chỉ quản trị của cơ quan được đặt giá trị chặt hơn cho cơ quan mình và cấp dưới."


@dataclass(frozen=True)
class Line:
    row: OfficeValue
    profile: str
    label: str
    base: str
    value: str
    article: str
    begins_later: bool
    may_remove: bool


@require_http_methods(["GET", "HEAD", "POST"])
@staff()
def index(request: HttpRequest, person: Person) -> HttpResponse:
    today = timezone.localdate()
    offices = access.value_offices(person, today)
    form = ValueForm(
        request.POST or None, agencies=offices, initial={"agency": home_agency(person, today), "valid_from": today}
    )
    if request.method != "POST":
        return _page(request, person, today, form)
    if not offices.exists():
        raise Forbidden(NOT_YOURS, code="forbidden")
    if not form.is_valid():
        return _page(request, person, today, form, status=422)
    code, path = form.code_and_path()
    values = form.cleaned_data
    agency, number, since = values["agency"], values["value"], values["valid_from"]
    if problem := value_problem(profile(code).limits.get(path), float(number)):
        form.add_error("value", problem)
        return _page(request, person, today, form, status=422)
    touched = _touched(agency, code, path, number, since)
    if request.POST.get("step") == "preview":
        return _page(request, person, today, form, touched=touched, previewed=True)
    try:
        actions.set_value(
            agency, code, path, number, valid_from=since, reason=values["reason"], by=person, at=timezone.now()
        )
    except Refused as refused:
        form.add_error(refused.code if refused.code in form.fields else None, refused.sentence)
        return _page(request, person, today, form, status=refused.status)
    messages.success(request, f"Đã ghi giá trị mới, có hiệu lực từ {since:%d/%m/%Y}.")
    if touched:
        messages.warning(request, f"Có {len(touched)} việc đang mở có mốc thay đổi: {_labels(touched)}.")
    return redirect("policy:values")


@require_POST
@staff()
def remove(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    now = timezone.now()
    actions.remove_value(access.value_for(person, pk, timezone.localdate(now)), by=person, at=now)
    messages.success(request, "Đã bỏ giá trị chưa có hiệu lực.")
    return redirect("policy:values")


def _touched(agency: Agency, code: str, path: str, number: Decimal, since: date) -> list[impact.Touched]:
    """What would move, in the profile and in those that stand on it."""
    found: list[impact.Touched] = []
    for one in codes():
        base = profile(one)
        if code != one and code not in base.bases:
            continue
        now = office_values(agency, base, since)
        then = {**now, path: float(number)}
        before, after = (stricter(one, tuple(sorted(values.items()))) for values in (now, then))
        found += impact.of_values(impact.NewValues(agency, one, before, after, since))
    return found


def _labels(touched: list[impact.Touched]) -> str:
    more = f" và {len(touched) - 10} việc khác" if len(touched) > 10 else ""
    return "; ".join(one.label for one in touched[:10]) + more


def _page(
    request: HttpRequest,
    person: Person,
    today: date,
    form: ValueForm,
    *,
    touched: list[impact.Touched] | None = None,
    previewed: bool = False,
    status: int = 200,
) -> HttpResponse:
    rows = access.values_for(person, today).order_by("agency__name", "profile", "path", "-valid_from", "-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    offices = set(access.value_offices(person, today).values_list("pk", flat=True))
    facts = {
        "tabs": tabs(),
        "here": "values",
        "form": form,
        "page": page,
        "lines": [_line(row, today, offices) for row in page.object_list],
        "may_set": bool(offices),
        "why_not": NOT_YOURS,
        "touched": touched,
        "previewed": previewed,
        "query": "",
    }
    return render(request, "policy/values.html", facts, status=status)


def _line(row: OfficeValue, today: date, offices: set[int]) -> Line:
    base = profile(row.profile) if row.profile in codes() else None
    limit = base.limits.get(row.path) if base else None
    later = row.valid_from > today
    return Line(
        row=row,
        profile=base.short if base else row.profile,
        label=limit.label if limit else row.path,
        base=limit.text if limit else "",
        value=quantity(float(row.value), limit.unit) if limit else f"{row.value:g}",
        article=limit.source if limit else "",
        begins_later=later,
        may_remove=later and row.agency_id in offices,
    )
