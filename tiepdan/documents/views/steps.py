"""What is done with a paper: number, PDF, uploads, issuing, dropping, making anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from tiepdan.accounts.access import staff
from tiepdan.accounts.models import Person
from tiepdan.documents import access, actions
from tiepdan.documents.forms import NumberForm, UploadForm
from tiepdan.documents.models import Document
from tiepdan.documents.sources import source_of
from tiepdan.documents.views.papers import show
from tiepdan.kernel.refusals import Refused

Step = Callable[[Document, datetime], str]
Upload = Callable[[Document, datetime, Any], str]


@require_POST
@staff()
def number(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    now = timezone.now()
    document = access.document_to_change(person, pk, now)
    form = NumberForm(request.POST)
    if not form.is_valid():
        return show(request, document, person, now, status=422, number=form)
    try:
        values = form.cleaned_data
        actions.assign_number(document, by=person, at=now, dated=values["dated"], taken=values["taken"])
    except Refused as refusal:
        return _refused(request, document, person, now, refusal, form)
    return _done(request, document, f"Đã cấp số {document.code}.")


@require_POST
@staff()
def ask_pdf(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    def step(document: Document, now: datetime) -> str:
        actions.request_pdf(document, by=person, at=now)
        return "Đang tạo PDF; thường xong trong vài giây."

    return _step(request, person, pk, step)


@require_POST
@staff()
def issue(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    def step(document: Document, now: datetime) -> str:
        actions.issue(document, by=person, at=now)
        return f"Đã phát hành {document.code or document.label}."

    return _step(request, person, pk, step)


@require_POST
@staff()
def drop(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    def step(document: Document, now: datetime) -> str:
        actions.drop(document, by=person, at=now)
        return "Đã bỏ dự thảo."

    return _step(request, person, pk, step)


@require_POST
@staff()
def edited(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    def step(document: Document, now: datetime, file: Any) -> str:
        result = actions.upload_edited(document, file, by=person, at=now)
        if not result.edits:
            return "Đã nhận bản Word. Nội dung giống bản tạo từ dữ liệu."
        return f"Đã nhận bản Word đã sửa: {len(result.edits)} chỗ sửa lời văn, số liệu giữ nguyên."

    return _upload(request, person, pk, step, "edited")


@require_POST
@staff()
def signed(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    def step(document: Document, now: datetime, file: Any) -> str:
        rows = actions.upload_signed(document, file, by=person, at=now)
        return f"Đã nhận bản ký số của {', '.join(row.signer for row in rows)}."

    return _upload(request, person, pk, step, "signed")


@require_POST
@staff()
def again(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """Make the paper anew from the data of now; a numbered one gets a draft that will replace it."""
    now = timezone.now()
    document = access.document_to_change(person, pk, now)
    about = source_of(document.kind, document.about_kind).load(document.about_id)
    try:
        fresh = actions.draft(document.kind, about, document.part, by=person, at=now)
    except Refused as refusal:
        return _refused(request, document, person, now, refusal)
    text = "Đã soạn lại từ dữ liệu." if fresh.replaces_id is None else "Đã lập dự thảo thay thế."
    return _done(request, fresh, text)


def _step(request: HttpRequest, person: Person, pk: int, step: Step) -> HttpResponse:
    now = timezone.now()
    document = access.document_to_change(person, pk, now)
    try:
        sentence = step(document, now)
    except Refused as refusal:
        return _refused(request, document, person, now, refusal)
    return _done(request, document, sentence)


def _upload(request: HttpRequest, person: Person, pk: int, step: Upload, which: str) -> HttpResponse:
    now = timezone.now()
    document = access.document_to_change(person, pk, now)
    form = UploadForm(request.POST, request.FILES, auto_id=f"{which}_%s")
    if not form.is_valid():
        return show(request, document, person, now, status=422, refused=" ".join(map(str, form["file"].errors)))
    try:
        sentence = step(document, now, form.cleaned_data["file"])
    except Refused as refusal:
        return _refused(request, document, person, now, refusal)
    return _done(request, document, sentence)


def _refused(
    request: HttpRequest,
    document: Document,
    person: Person,
    now: datetime,
    refusal: Refused,
    number_form: NumberForm | None = None,
) -> HttpResponse:
    fresh = access.document_for(person, document.pk, now)
    return show(request, fresh, person, now, status=refusal.status, refused=refusal.sentence, number=number_form)


def _done(request: HttpRequest, document: Document, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("documents:paper", document.pk)
