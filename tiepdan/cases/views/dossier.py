"""Tab «Hồ sơ»: papers, receipts 02/TCD, the index, the whole dossier as one file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tiepdan.accounts.access import staff
from tiepdan.accounts.models import Person
from tiepdan.cases import access
from tiepdan.cases.actions import dossier
from tiepdan.cases.bundle import bundle
from tiepdan.cases.forms.base import blame
from tiepdan.cases.forms.dossier import CorrectedRows, OfficeRows, PaperRows, ReceiptForm, RemoveForm, filled
from tiepdan.cases.models import Case, Item, Receipt
from tiepdan.cases.pages import page
from tiepdan.cases.queries import items_of, receipts_of
from tiepdan.cases.views.common import giver_label
from tiepdan.files.web import download
from tiepdan.kernel.refusals import Refused

HERE = "cases:dossier"


@require_safe
@never_cache
@staff()
def index(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    now = timezone.now()
    case = access.case_for(person, code, now)
    today = timezone.localdate(now)
    may_see = access.may_see_people(person, case, today)
    receipts = list(receipts_of(case)) if may_see else []
    items = list(items_of(case)) if may_see else []
    facts = {
        "items": items,
        "has_unreceipted": any(item.is_from_citizen and item.receipt_id is None for item in items),
        "receipts": [(receipt, [receipt.document] if receipt.document else []) for receipt in receipts],
        "shares": case.shares.select_related("agency", "shared_by").prefetch_related("items") if may_see else [],
        "today": today,
    }
    return page(request, person, case, "cases/dossier.html", facts, here=HERE, now=now)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff()
def record(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    """«Ghi nhận tài liệu»: what the citizen handed in, and the receipt for it."""
    now = timezone.now()
    case = access.case_with_people(person, code, now)
    waiting = items_of(case).filter(is_from_citizen=True, receipt__isnull=True)
    data, uploads = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ReceiptForm(data, case=case, label=giver_label, waiting=waiting)
    rows = PaperRows(data, uploads, prefix="giay")
    if request.method != "POST":
        return _record(request, person, case, now, form, rows, waiting)
    if not (form.is_valid() & rows.is_valid()):
        return _record(request, person, case, now, form, rows, waiting, status=422)
    papers, values = filled(list(rows)), form.cleaned_data
    try:
        if "only_keep" in request.POST:
            dossier.add_papers(case, papers, by=person, at=now)
            messages.success(request, "Đã đưa tài liệu vào hồ sơ. Chưa lập giấy biên nhận.")
        else:
            receipt = dossier.make_receipt(
                case, values["giver"], values["place"], papers, waiting=list(values["waiting"]), by=person, at=now
            )
            messages.success(request, f"Đã lập giấy biên nhận số {receipt.number:02d}, in thành 2 bản.")
    except Refused as refused:
        blame(form, refused)
        return _record(request, person, case, now, form, rows, waiting, status=refused.status)
    return redirect(HERE, case.code)


def _record(
    request: HttpRequest,
    person: Person,
    case: Case,
    now: datetime,
    form: ReceiptForm,
    rows: Any,
    waiting: Any,
    *,
    replaces: Receipt | None = None,
    status: int = 200,
) -> HttpResponse:
    ticked = {str(pk) for pk in form.data.getlist("waiting")} if form.is_bound else None  # type: ignore[attr-defined]
    facts = {
        "form": form,
        "rows": rows,
        "waiting": [(item, ticked is None or str(item.pk) in ticked) for item in waiting],
        "replaces": replaces,
        "is_wrong": status != 200,
    }
    return page(request, person, case, "cases/record.html", facts, here=HERE, now=now, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff()
def replace(request: HttpRequest, person: Person, code: str, pk: int) -> HttpResponse:
    """A receipt is corrected only by a new one in its place."""
    now = timezone.now()
    case = access.case_with_people(person, code, now)
    old = access.receipt_of_case(person, case, pk, now)
    known = {item.pk: item for item in old.items.all()}
    data, uploads = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ReceiptForm(
        data,
        case=case,
        label=giver_label,
        waiting=Item.objects.none(),
        initial={"giver": old.giver_id, "place": old.place},
    )
    start = [
        {"title": one.title, "kind": one.kind, "pages": one.pages, "condition": one.condition, "item": one.pk}
        for one in known.values()
    ]
    rows = CorrectedRows(data, uploads, prefix="giay", initial=start)
    if request.method != "POST":
        return _record(request, person, case, now, form, rows, [], replaces=old)
    if not (form.is_valid() & rows.is_valid()):
        return _record(request, person, case, now, form, rows, [], replaces=old, status=422)
    papers = filled(list(rows), known)
    try:
        receipt = dossier.make_receipt(
            case, form.cleaned_data["giver"], form.cleaned_data["place"], papers, replaces=old, by=person, at=now
        )
    except Refused as refused:
        blame(form, refused)
        return _record(request, person, case, now, form, rows, [], replaces=old, status=refused.status)
    messages.success(request, f"Đã lập giấy biên nhận số {receipt.number:02d}, thay thế số {old.number:02d}.")
    return redirect(HERE, case.code)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff()
def add(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    """Papers of offices: earlier decisions, reports, opinions; no receipt."""
    now = timezone.now()
    case = access.case_with_people(person, code, now)
    data, uploads = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    rows = OfficeRows(data, uploads, prefix="giay")
    status, sentence = (422 if request.method == "POST" else 200), ""
    if request.method == "POST" and rows.is_valid():
        try:
            dossier.add_papers(case, filled(list(rows)), is_from_citizen=False, by=person, at=now)
        except Refused as refused:
            status, sentence = refused.status, refused.sentence
        else:
            messages.success(request, "Đã đưa văn bản vào hồ sơ.")
            return redirect(HERE, case.code)
    facts = {"rows": rows, "sentence": sentence}
    return page(request, person, case, "cases/add_papers.html", facts, here=HERE, now=now, status=status)


@require_safe
@never_cache
@staff()
def paper(request: HttpRequest, person: Person, code: str, pk: int) -> HttpResponseBase:
    now = timezone.now()
    item = access.item_of_case(person, access.case_for(person, code, now), pk, now)
    if item.file is None:
        raise Http404
    dossier.read_item(item, by=person, at=now)
    return download(item.file, inline=True)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff()
def remove(request: HttpRequest, person: Person, code: str, pk: int) -> HttpResponse:
    now = timezone.now()
    case = access.case_with_people(person, code, now)
    item = access.item_of_case(person, case, pk, now)
    form = RemoveForm(request.POST or None)
    status = 200 if request.method != "POST" else 422
    if request.method == "POST" and form.is_valid():
        try:
            dossier.remove_item(item, form.cleaned_data["reason"], by=person, at=now)
        except Refused as refused:
            blame(form, refused)
            status = refused.status
        else:
            messages.success(request, f"Đã bỏ «{item.title}» khỏi hồ sơ.")
            return redirect(HERE, case.code)
    return page(
        request, person, case, "cases/remove_item.html", {"form": form, "item": item}, here=HERE, now=now, status=status
    )


@require_safe
@never_cache
@staff()
def contents(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    """«Mục lục hồ sơ», to be printed."""
    now = timezone.now()
    case = access.case_for(person, code, now)
    access.require_people(person, case, now)
    return render(request, "cases/contents.html", {"case": case, "items": items_of(case), "now": now})


@require_POST
@staff()
def carry_away(request: HttpRequest, person: Person, code: str) -> HttpResponseBase:
    """The dossier as a ZIP with the list of hashes; logged with the hash of that list."""
    now = timezone.now()
    case = access.case_for(person, code, now)
    access.require_people(person, case, now)
    made = bundle(case, list(items_of(case)), now)
    dossier.carry_away(case, made.count, made.sha256, by=person, at=now)
    return made.answer(f"{case.code}-ho-so.zip")
