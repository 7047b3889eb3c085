"""Sharing a dossier, and the other agency's side of it: «Hồ sơ được chia sẻ»."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tiepdan.accounts.access import staff
from tiepdan.accounts.models import Person
from tiepdan.cases import access
from tiepdan.cases.actions import sharing
from tiepdan.cases.forms.base import blame
from tiepdan.cases.forms.dossier import ShareForm, SuppliedRows, filled
from tiepdan.cases.models import Share
from tiepdan.cases.pages import page
from tiepdan.cases.queries import items_of, shared_with, with_case
from tiepdan.files.web import download
from tiepdan.kernel.paging import slice_of
from tiepdan.kernel.refusals import Refused

HERE = "cases:dossier"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff()
def share(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    now = timezone.now()
    case = access.case_with_people(person, code, now)
    papers = items_of(case)
    form = ShareForm(request.POST or None, papers=papers, today=timezone.localdate(now), own=case.agency)
    status, sentence = (422 if request.method == "POST" else 200), ""
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            sharing.share(
                case, values["agency"], list(values["items"]), values["until"], values["note"], by=person, at=now
            )
        except Refused as refused:
            status = refused.status
            if refused.code in form.fields:
                blame(form, refused)
            else:
                sentence = refused.sentence
        else:
            messages.success(request, f"Đã chia sẻ hồ sơ với {values['agency'].name}.")
            return redirect(HERE, case.code)
    ticked = set(request.POST.getlist("items"))
    facts = {"form": form, "papers": [(one, str(one.pk) in ticked) for one in papers], "sentence": sentence}
    return page(request, person, case, "cases/share.html", facts, here=HERE, now=now, status=status)


@require_POST
@staff()
def withdraw(request: HttpRequest, person: Person, code: str, pk: int) -> HttpResponse:
    now = timezone.now()
    case = access.case_with_people(person, code, now)
    row = get_object_or_404(Share.objects.select_related("case__agency", "agency"), pk=pk, case=case)
    sharing.withdraw(row, by=person, at=now)
    messages.success(request, f"Đã thôi chia sẻ hồ sơ với {row.agency.name}.")
    return redirect(HERE, case.code)


@require_safe
@never_cache
@staff(*access.RECEIVERS)
def shared(request: HttpRequest, person: Person) -> HttpResponse:
    """Dossiers that others share with an agency of the person, as long as their day is not over."""
    found = slice_of(shared_with(person, timezone.localdate()), request.GET.get("page"), load=with_case)
    return render(request, "cases/shared.html", {"page": found, "query": ""})


@require_safe
@never_cache
@staff(*access.RECEIVERS)
def shared_one(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    now = timezone.now()
    row = access.share_for(person, pk, now)
    sharing.read(row, by=person, at=now)
    return _shared_one(request, row)


def _shared_one(request: HttpRequest, row: Share, status: int = 200, **extra: object) -> HttpResponse:
    papers = row.items.filter(removed_at__isnull=True).select_related("file", "from_agency")
    facts = {"share": row, "case": row.case, "items": papers, "rows": SuppliedRows(prefix="giay"), **extra}
    answer = render(request, "cases/shared_one.html", facts, status=status)
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
@never_cache
@staff(*access.RECEIVERS)
def shared_paper(request: HttpRequest, person: Person, pk: int, item: int) -> HttpResponseBase:
    now = timezone.now()
    row = access.share_for(person, pk, now)
    found = row.items.filter(pk=item, removed_at__isnull=True).select_related("file").first()
    if found is None or found.file is None:
        raise Http404
    sharing.read(row, paper=found, by=person, at=now)
    return download(found.file, inline=True)


@require_POST
@staff(*access.RECEIVERS)
def supply(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """«Gửi tài liệu»"""
    now = timezone.now()
    row = access.share_for(person, pk, now)
    rows = SuppliedRows(request.POST, request.FILES, prefix="giay")
    if not rows.is_valid():
        return _shared_one(request, row, 422, rows=rows)
    try:
        sent = sharing.supply(row, filled(list(rows)), by=person, at=now)
    except Refused as refused:
        return _shared_one(request, row, refused.status, rows=rows, sentence=refused.sentence)
    messages.success(request, f"Đã gửi {len(sent)} tài liệu vào hồ sơ {row.case.code}.")
    return redirect("cases:shared_one", row.pk)
