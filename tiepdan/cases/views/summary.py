"""Tab «Tóm tắt»: facts, people masked, what was done before; editing, splitting, who is in charge."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tiepdan.accounts.access import staff
from tiepdan.accounts.models import Person
from tiepdan.cases import access
from tiepdan.cases.actions import intake, screening
from tiepdan.cases.actions.common import marker
from tiepdan.cases.forms.base import blame
from tiepdan.cases.forms.intake import CaseForm, HandledForm, SplitForm
from tiepdan.cases.forms.screening import AskForm, AssignForm
from tiepdan.cases.models import Case, Handled
from tiepdan.cases.pages import page, sections_for
from tiepdan.cases.queries_list import screening_facts
from tiepdan.cases.rules import OPEN_STATES
from tiepdan.cases.rules.screening import reasons
from tiepdan.cases.views.common import masked_people
from tiepdan.kernel.refusals import Refused

HERE = "cases:detail"
SHOWN = 4  # people on this tab; the tab «Người đại diện» has all


@require_safe
@never_cache
@staff()
def detail(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    now = timezone.now()
    case = access.case_for(person, code, now)
    return _detail(request, person, case, now)


def _detail(
    request: HttpRequest, person: Person, case: Case, now: datetime, status: int = 200, **extra: Any
) -> HttpResponse:
    may_see = access.may_see_people(person, case, timezone.localdate(now))
    people = masked_people(case) if may_see else []
    facts = {
        "people": people[:SHOWN],
        "more_people": len(people) - SHOWN,
        "history": case.history.all(),
        "history_form": HandledForm(),
        "origin": access.linked(person, case, [case.split_from] if case.split_from else [], now),
        "parts": access.linked(person, case, case.parts.select_related("agency").order_by("pk"), now),
        "reasons": reasons(screening_facts(case), timezone.localdate(now).year),
        "time": case.receptions_before + 1,
        "is_open": case.state in OPEN_STATES,
        "sections": sections_for(case, person, now),
        **extra,
    }
    return page(request, person, case, "cases/detail.html", facts, here=HERE, now=now, status=status)


@sensitive_post_parameters("summary", "content")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff()
def edit(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    now = timezone.now()
    case = access.case_with_people(person, code, now)
    form = CaseForm(request.POST or None, today=timezone.localdate(now), initial=CaseForm.initial_of(case))
    del form.fields["also"]
    status, sentence = 200, ""
    if request.method == "POST" and form.is_valid():
        try:
            changed = intake.edit(case, form.facts(), seen=request.POST.get("seen") or "-", by=person, at=now)
        except Refused as refused:
            status, sentence = refused.status, refused.sentence if refused.code in ("faster", "state") else ""
            if not sentence:
                blame(form, refused)
        else:
            messages.success(request, f"Đã lưu: {', '.join(changed)}." if changed else "Không có gì thay đổi.")
            return redirect(HERE, case.code)
    elif request.method == "POST":
        status = 422
    facts = {"form": form, "seen": request.POST.get("seen") or marker(case), "sentence": sentence}
    return page(request, person, case, "cases/edit.html", facts, here=HERE, now=now, status=status, editing="noi-dung")


@sensitive_post_parameters("summary", "content")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff()
def split(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    now = timezone.now()
    case = access.case_with_people(person, code, now)
    form = SplitForm(request.POST or None)
    status = 200 if request.method != "POST" else 422
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            part = intake.split(case, values["kind"], values["summary"], values["content"], by=person, at=now)
        except Refused as refused:
            blame(form, refused)
            status = refused.status
        else:
            messages.success(request, f"Đã tách thành {part.code}, liên kết với {case.code}.")
            return redirect(HERE, part.code)
    return page(request, person, case, "cases/split.html", {"form": form}, here=HERE, now=now, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff()
def assign(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    now = timezone.now()
    case = access.assignable_case(person, code, now)
    people = access.officers_of(case, timezone.localdate(now))
    form = AssignForm(request.POST or None, people=people, initial={"officer": case.officer_id})
    seen = request.POST.get("seen", str(case.officer_id or ""))
    status, sentence = (422 if request.method == "POST" else 200), ""
    if request.method == "POST" and form.is_valid():
        officer = form.cleaned_data["officer"]
        try:
            screening.assign(case, officer, seen=seen, by=person, at=now)
        except Refused as refused:
            status, sentence = refused.status, refused.sentence
        else:
            said = f"Đã giao {case.code} cho {officer.full_name}." if officer else f"{case.code} chưa giao cho ai."
            messages.success(request, said)
            return redirect(HERE, case.code)
    facts = {"form": form, "seen": seen, "sentence": sentence}
    return page(request, person, case, "cases/assign.html", facts, here=HERE, now=now, status=status)


@require_POST
@staff()
def screen(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    now = timezone.now()
    case = access.editable_case(person, code, now)
    screening.screen(case, by=person, at=now)
    messages.success(request, f"{case.code} đang được sàng lọc.")
    return redirect(HERE, case.code)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff()
def ask(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    now = timezone.now()
    case = access.editable_case(person, code, now)
    form = AskForm(request.POST or None)
    status = 200 if request.method != "POST" else 422
    sentence = ""
    if request.method == "POST" and form.is_valid():
        try:
            screening.ask(case, form.cleaned_data["note"], by=person, at=now)
        except Refused as refused:
            status, sentence = refused.status, refused.sentence
        else:
            messages.success(request, f"{case.code} chờ bổ sung.")
            return redirect(HERE, case.code)
    facts = {"form": form, "sentence": sentence}
    return page(request, person, case, "cases/ask.html", facts, here=HERE, now=now, status=status)


@require_POST
@staff()
def complete(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    now = timezone.now()
    case = access.editable_case(person, code, now)
    screening.complete(case, by=person, at=now)
    messages.success(request, f"{case.code}: hồ sơ đã được bổ sung, tiếp tục sàng lọc.")
    return redirect(HERE, case.code)


@require_POST
@staff()
def add_history(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    now = timezone.now()
    case = access.editable_case(person, code, now)
    form = HandledForm(request.POST)
    if not form.is_valid() or not form.has_changed():
        if not form.has_changed():
            form.add_error("agency_name", "Chưa nhập cơ quan đã giải quyết.")
        return _detail(request, person, case, now, status=422, history_form=form)
    try:
        intake.add_history(case, form.facts(), by=person, at=now)
    except Refused as refused:
        return _detail(request, person, case, now, status=refused.status, history_form=form, sentence=refused.sentence)
    messages.success(request, "Đã ghi vào quá trình đã giải quyết.")
    return redirect(HERE, case.code)


@require_POST
@staff()
def remove_history(request: HttpRequest, person: Person, code: str, pk: int) -> HttpResponse:
    now = timezone.now()
    case = access.editable_case(person, code, now)
    row = get_object_or_404(Handled.objects.select_related("case"), pk=pk, case=case)
    intake.remove_history(row, by=person, at=now)
    messages.success(request, "Đã bỏ dòng đó khỏi quá trình đã giải quyết.")
    return redirect(HERE, case.code)
