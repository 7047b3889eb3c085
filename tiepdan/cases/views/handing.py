"""Classifying, guiding, transferring, answering, closing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods

from tiepdan.accounts.access import staff
from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import agencies_of
from tiepdan.accounts.rules import Role
from tiepdan.cases import pages
from tiepdan.cases.access import editable_case
from tiepdan.cases.actions import handing as actions
from tiepdan.cases.forms.base import above
from tiepdan.cases.forms.handing import (
    AnswerForm,
    ClassifyForm,
    FeedbackForm,
    SettledForm,
    TargetForm,
    ToldForm,
    TransferForm,
)
from tiepdan.cases.models import Case, Handing
from tiepdan.kernel.refusals import Refused

HERE = "cases:detail"
PAGE = 50


@require_http_methods(["GET", "POST"])
@staff()
def classify(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    """«Phân loại, xử lý»: whose competence, then one of the ways that the law has for it."""
    now = timezone.now()
    case = editable_case(person, code, now)

    def act(form: Form) -> str:
        data = form.cleaned_data
        competence, _, handling = data["way"].partition(":")
        actions.classify(case, competence, handling, seen=data["seen"], by=person, at=now)
        return "Đã ghi hướng xử lý."

    on = localdate(now)
    ways = {key: actions.options(case, key, on) for key in actions.COMPETENCE_LABELS}
    extra = {
        "table": [
            (label, [(f"{key}:{way.code}", way) for way in ways[key]])
            for key, label in actions.COMPETENCE_LABELS.items()
        ],
    }
    chosen = actions.way_of(case)
    form = ClassifyForm(_bound(request), initial={"way": chosen, "seen": chosen})
    return _answer(request, person, case, form, act, "cases/decisions/classify.html", now, extra)


@require_http_methods(["GET", "POST"])
@staff()
def guide(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    now = timezone.now()
    case = editable_case(person, code, now)
    form = TargetForm(localdate(now), _bound(request))

    def act(form: Form) -> str:
        assert isinstance(form, TargetForm)
        data = form.cleaned_data
        actions.guide(case, form.target, data["note"], data["paper"], by=person, at=now)
        return f"Đã ghi hướng dẫn công dân đến {form.target.label}."

    extra = {
        "title": "Hướng dẫn công dân đến cơ quan có thẩm quyền",
        "article": "điểm b khoản 1 Điều 26 Luật Tiếp công dân; khoản 2 Điều 15 NĐ 154/2026",
        "button": "Ghi nhận hướng dẫn",
    }
    return _answer(request, person, case, form, act, "cases/decisions/target.html", now, extra)


@require_http_methods(["GET", "POST"])
@staff()
def transfer(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    now = timezone.now()
    case = editable_case(person, code, now)
    form = TransferForm(localdate(now), _bound(request))

    def act(form: Form) -> str:
        assert isinstance(form, TransferForm)
        data = form.cleaned_data
        actions.transfer(
            case, form.target, data["paper"], data["note"], wants_result=data["wants_result"], by=person, at=now
        )
        return f"Đã chuyển đơn đến {form.target.label}. Còn phải trả lời công dân."

    extra = {
        "title": "Chuyển đơn đến cơ quan có thẩm quyền",
        "article": "điểm b khoản 2 Điều 26 Luật Tiếp công dân; điểm b khoản 3 Điều 6 NĐ 154/2026",
        "button": "Ghi nhận chuyển đơn",
    }
    return _answer(request, person, case, form, act, "cases/decisions/target.html", now, extra)


@require_http_methods(["GET", "POST"])
@staff()
def answer(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    now = timezone.now()
    case = editable_case(person, code, now)

    def act(form: Form) -> str:
        data = form.cleaned_data
        actions.answer(case, data["outcome"], data["note"], by=person, at=now)
        return "Đã ghi trả lời công dân; thời hạn 10 ngày làm việc đã đạt."

    return _answer(request, person, case, AnswerForm(_bound(request)), act, "cases/decisions/answer.html", now)


@require_http_methods(["GET", "POST"])
@staff()
def close(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    """The second step of an irreversible button."""
    now = timezone.now()
    case = editable_case(person, code, now)

    def act(form: Form) -> str:
        actions.close(case, by=person, at=now)
        return f"{case.code}: đã kết thúc theo dõi."

    return _answer(request, person, case, Form(_bound(request)), act, "cases/decisions/close.html", now)


@require_http_methods(["GET", "POST"])
@staff()
def transfer_result(request: HttpRequest, person: Person, code: str, pk: int) -> HttpResponse:
    """The way of a transferred petition: settled there, notice received here, citizen told."""
    now = timezone.now()
    case = editable_case(person, code, now)
    row = case.handings.select_related("case__agency", "to_agency", "made_by").filter(pk=pk, kind=actions.TRANSFER)
    found = row.first()
    if found is None:
        raise Http404
    step = request.POST.get("step", "")
    makers: dict[str, type[Form]] = {"settled": SettledForm, "feedback": FeedbackForm, "told": ToldForm}
    # The three stand on one page, each with ids of its own.
    forms = {
        name: maker(request.POST if name == step else None, auto_id=f"{name}_%s") for name, maker in makers.items()
    }

    def act(form: Form) -> str:
        data = form.cleaned_data
        if step == "settled":
            actions.settled(found, data["day"], by=person, at=now)
        elif step == "feedback":
            actions.feedback(found, data["day"], data["result"], by=person, at=now)
        else:
            actions.tell(found, data["day"], by=person, at=now)
        return "Đã ghi."

    form = forms.get(step) or Form()
    extra = {"row": found, "forms": forms}
    return _answer(request, person, case, form, act, "cases/decisions/transfer.html", now, extra)


@require_GET
@staff(Role.CLERK)
def transfers(request: HttpRequest, person: Person) -> HttpResponse:
    """Petitions that were sent away and have no result yet."""
    now = timezone.now()
    desks = agencies_of(person, localdate(now), Role.CLERK)
    rows = (
        Handing.objects.filter(kind=actions.TRANSFER, told_on__isnull=True, case__agency__in=desks)
        .exclude(feedback_on__isnull=False, citizen_due__isnull=True)
        .select_related("case", "to_agency")
        .order_by("made_at", "pk")
    )
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    answer = render(request, "cases/decisions/transfers.html", {"page": page, "query": "", "now": now})
    answer["Cache-Control"] = "private, no-store"
    return answer


def _bound(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _answer(
    request: HttpRequest,
    person: Person,
    case: Case,
    form: Form,
    act: Callable[[Form], str],
    template: str,
    now: datetime,
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show the form; or do it and go back to the case; or show it again with what was entered."""
    sentence, status = "", 200
    if request.method == "POST":
        if form.is_valid():
            try:
                messages.success(request, act(form))
                return redirect(HERE, code=case.code)
            except Refused as problem:
                case.refresh_from_db()
                sentence, status = above(form, problem), problem.status
        else:
            status = 422
    page = {"form": form, "sentence": sentence, **(extra or {})}
    return pages.page(request, person, case, template, page, here=HERE, now=now, status=status)
