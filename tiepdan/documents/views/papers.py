"""A paper's page, its files, and how far its PDF is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tiepdan.accounts.access import staff
from tiepdan.accounts.models import Person
from tiepdan.documents import access
from tiepdan.documents.forms import NumberForm, UploadForm
from tiepdan.documents.kinds import kind_of
from tiepdan.documents.models import Document
from tiepdan.documents.queries import history_of
from tiepdan.documents.rules import Standing, State, reasons
from tiepdan.documents.shown import lines_of
from tiepdan.documents.word import office
from tiepdan.files.web import download
from tiepdan.kernel.text import fold

_FILES = {"word": "docx", "pdf": "pdf", "ban-ky": "signed"}


@require_safe
@never_cache
@staff()
def page(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    now = timezone.now()
    return show(request, access.document_for(person, pk, now), person, now)


def show(
    request: HttpRequest,
    document: Document,
    person: Person,
    now: datetime,
    *,
    status: int = 200,
    refused: str = "",
    number: NumberForm | None = None,
) -> HttpResponse:
    """The page, perhaps with the sentence of a step that was refused."""
    signatures = list(document.signatures.all())
    why = reasons(standing(document, person, now))
    facts: dict[str, Any] = {
        "document": document,
        "kind": kind_of(document.kind),
        "lines": lines_of(document),
        "signatures": signatures,
        "other_signer": other_signer(document, [one.signer for one in signatures]),
        "history": history_of(document),
        "about": access.address_of(document.about_kind, document.about_id),
        "why": why,
        "primary": primary(document, why),
        "office": office.available().sentence,
        "number_form": number or NumberForm(initial={"dated": timezone.localdate(now)}),
        "edited_form": UploadForm(auto_id="edited_%s"),
        "signed_form": UploadForm(auto_id="signed_%s"),
        "refused": refused,
    }
    return render(request, "documents/paper.html", facts, status=status)


def standing(document: Document, person: Person, now: datetime) -> Standing:
    return Standing(
        state=document.state,
        is_numbered_kind=kind_of(document.kind).is_numbered,
        has_pdf=document.pdf_id is not None,
        is_pdf_due=document.due_at is not None,
        is_signed=document.signed_id is not None,
        office=office.available().sentence,
        may_write=access.may_write(person, document.about_kind, document.about_id, now),
    )


def primary(document: Document, why: dict[str, str]) -> str:
    """The one step that comes next; "" when nothing is left to do."""
    wanted = ("number", "issue") if document.state == State.DRAFT else ("issue",)
    return next((step for step in wanted if not why[step]), "")


def other_signer(document: Document, signers: list[str]) -> bool:
    """Whether none of the certificates carries the name that stands under the paper."""
    name = fold(str(document.facts.get("nguoi_ky", "")))
    return bool(signers and name) and not any(name in fold(signer) for signer in signers)


@require_safe
@staff()
def file(request: HttpRequest, person: Person, pk: int, which: str) -> HttpResponseBase:
    now = timezone.now()
    document = access.document_for(person, pk, now)
    access.require_open(person, document, now)
    stored = getattr(document, _FILES[which]) if which in _FILES else None
    if stored is None:
        raise Http404
    return download(stored, inline=which != "word" and "xem" in request.GET)


@require_safe
@never_cache
@staff()
def pdf_state(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """The fragment that a waiting page asks for each second; once the PDF stands the page is loaded anew."""
    now = timezone.now()
    document = access.document_for(person, pk, now)
    why = reasons(standing(document, person, now))
    answer = render(request, "documents/pdf.html", {"document": document, "why": why})
    if document.due_at is None:
        answer["HX-Refresh"] = "true"
    return answer
