"""The receiver's own page behind a link that nobody can guess: no account, nothing but their own letter.

Mail scanners fetch every link of a message. So reading only marks «Đã mở»; an answer is always a POST.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tiepdan.files.web import download
from tiepdan.kernel.refusals import Refused
from tiepdan.notify import access, actions
from tiepdan.notify.forms import ComingForm, NotComingForm
from tiepdan.notify.models import Delivery
from tiepdan.notify.queries import newer_than
from tiepdan.notify.rules import ANSWERED

REPLACED = "Nội dung này đã được thay bằng thông báo mới hơn gửi cho bạn. Hãy mở thư mới nhất để trả lời."


@require_safe
@never_cache
def receive(request: HttpRequest, token: str) -> HttpResponse:
    row = access.delivery_of_token(token)
    if request.method == "GET" and not _is_prefetch(request):
        actions.mark_opened(row, at=timezone.now())
    return _page(request, row)


def _is_prefetch(request: HttpRequest) -> bool:
    """A browser that fetches ahead says so; a mail scanner does not, which is why opening confirms nothing."""
    told = f"{request.headers.get('Sec-Purpose', '')} {request.headers.get('Purpose', '')}"
    return "prefetch" in told.lower()


def _page(request: HttpRequest, row: Delivery, status: int = 200, **facts: Any) -> HttpResponse:
    newer = newer_than(row)
    shown = {
        "row": row,
        "files": row.files.all(),
        "is_answered": row.state in ANSWERED,
        "newer": newer,
        "asks": row.wants_answer and newer is None,
        "coming_form": ComingForm(auto_id="di_%s"),
        "not_coming_form": NotComingForm(auto_id="khong_%s"),
        **facts,
    }
    answer = render(request, "notify/receive.html", shown, status=status)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


@require_POST
@never_cache
def coming(request: HttpRequest, token: str) -> HttpResponse:
    row = _asked(token)
    form = ComingForm(request.POST, auto_id="di_%s")
    if not form.is_valid():
        return _page(request, row, 422, coming_form=form)
    try:
        _open_for_answers(row)
        actions.acknowledge(row, form.cleaned_data["who"], form.answer(), at=timezone.now())
    except Refused as refused:
        row.refresh_from_db()
        return _page(request, row, refused.status, coming_form=form, sentence=refused.sentence)
    return redirect("notify:receive", token=token)


@require_POST
@never_cache
def not_coming(request: HttpRequest, token: str) -> HttpResponse:
    row = _asked(token)
    form = NotComingForm(request.POST, auto_id="khong_%s")
    if not form.is_valid():
        return _page(request, row, 422, not_coming_form=form)
    try:
        _open_for_answers(row)
        actions.decline(row, form.cleaned_data["who"], form.answer(), at=timezone.now())
    except Refused as refused:
        row.refresh_from_db()
        return _page(request, row, refused.status, not_coming_form=form, sentence=refused.sentence)
    return redirect("notify:receive", token=token)


def _asked(token: str) -> Delivery:
    row = access.delivery_of_token(token)
    if not row.wants_answer:
        raise Http404
    return row


def _open_for_answers(row: Delivery) -> None:
    if newer_than(row) is not None:
        raise Refused(REPLACED, code="replaced")


@require_safe
def file(request: HttpRequest, token: str, file: str) -> HttpResponseBase:
    row = access.delivery_of_token(token)
    stored = row.files.filter(pk=int(file)).first()
    if stored is None:
        raise Http404
    return download(stored, inline=True)
