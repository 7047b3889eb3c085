"""«Giấy mời» of an agency that was invited: read, answer, send papers (screen S14, officer)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tiepdan.accounts.models import Person
from tiepdan.cases.models import Share
from tiepdan.files.web import download
from tiepdan.invitations.access import invited, invited_for
from tiepdan.invitations.actions import answers
from tiepdan.invitations.forms import InvitedFilterForm
from tiepdan.invitations.inbox import Seen, newest, seen
from tiepdan.invitations.models import Invitation
from tiepdan.invitations.queries import grouped
from tiepdan.kernel.refusals import Refused
from tiepdan.kernel.text import fold
from tiepdan.notify import actions as notify
from tiepdan.notify.forms import ComingForm, NotComingForm
from tiepdan.notify.rules import ANSWERED
from tiepdan.notify.rules import State as Sent
from tiepdan.receptions.views.common import person_at

PER_PAGE = 50


@require_safe
@never_cache
@login_required
def index(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    form = InvitedFilterForm(request.GET)
    rows = _matching(invited(person_at(request), now), **form.filters())
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    facts = {
        "form": form,
        "page": page,
        "rows": seen(page.object_list),
        "query": kept.urlencode(),
    }
    return render(request, "invitations/invited.html", facts)


def _matching(rows: QuerySet[Invitation], *, q: str, answer: str) -> QuerySet[Invitation]:
    for word in fold(q).split():
        rows = rows.filter(reception__search__contains=word)
    if answer:
        wanted = {"du": (Sent.ACKNOWLEDGED,), "khong": (Sent.DECLINED,)}.get(answer, ANSWERED)
        told = {about: newest(sent) for about, sent in grouped(rows).items()}
        ids = [int(about) for about, one in told.items() if one is not None and one.state in wanted]
        rows = rows.exclude(pk__in=ids) if answer == "chua" else rows.filter(pk__in=ids)
    return rows.order_by("-reception__starts_at", "pk")


@require_safe
@never_cache
@login_required
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    one = _seen(person_at(request), pk, now)
    if request.method == "GET":
        notify.mark_opened(one.letter, at=now)
    return _page(request, one, now)


def _seen(person: Person, pk: int, now: datetime) -> Seen:
    one = seen([invited_for(person, pk, now)])[0]
    if one.message is None:
        raise Http404
    return one


def _page(request: HttpRequest, one: Seen, now: datetime, status: int = 200, **facts: Any) -> HttpResponse:
    person = person_at(request)
    row, mine = one.row, {"who": person.full_name}
    people = [", ".join(filter(None, (each["full_name"], each["title"]))) for each in row.attendees]
    shares = Share.objects.filter(
        agency=row.agency, case__matters__reception=row.reception, withdrawn_at__isnull=True, until__gte=localdate(now)
    ).select_related("case")
    shown = {
        "one": one,
        "row": row,
        "reception": row.reception,
        "message": one.letter,
        "files": one.letter.files.all(),
        "shares": shares.distinct(),
        "coming_form": ComingForm(initial={**mine, "attendees": "\n".join(people)}, auto_id="di_%s"),
        "not_coming_form": NotComingForm(initial={**mine, "attendees": "\n".join(people)}, auto_id="khong_%s"),
        **facts,
    }
    return render(request, "invitations/invited_one.html", shown, status=status)


@require_POST
@login_required
def coming(request: HttpRequest, pk: int) -> HttpResponse:
    return _answered(request, pk, ComingForm(request.POST, auto_id="di_%s"), "coming_form")


@require_POST
@login_required
def not_coming(request: HttpRequest, pk: int) -> HttpResponse:
    return _answered(request, pk, NotComingForm(request.POST, auto_id="khong_%s"), "not_coming_form")


def _answered(request: HttpRequest, pk: int, form: ComingForm | NotComingForm, name: str) -> HttpResponse:
    now, person = timezone.now(), person_at(request)
    one = _seen(person, pk, now)
    if not one.letter.wants_answer:
        raise Http404
    if not form.is_valid():
        return _page(request, one, now, 422, **{name: form})
    try:
        answers.reply(one.letter, form.answer(), by=person, at=now)
    except Refused as refused:
        return _page(request, _seen(person, pk, now), now, refused.status, sentence=refused.sentence, **{name: form})
    return redirect("invitations:invited_one", pk=pk)


@require_safe
@login_required
def file(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    stored = _seen(person_at(request), pk, timezone.now()).letter.files.filter(pk=file).first()
    if stored is None:
        raise Http404
    return download(stored, inline=True)
