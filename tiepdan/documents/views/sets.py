"""Sets of papers in the making, and all papers about a thing in one file."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tiepdan.accounts.access import staff
from tiepdan.accounts.models import Person
from tiepdan.documents import access, actions
from tiepdan.documents.models import Document
from tiepdan.documents.rules import CURRENT
from tiepdan.files.archive import packed
from tiepdan.kernel.refusals import Refused


@require_safe
@never_cache
@staff()
def batch(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """The fragment that a waiting page asks for each second; without script a small page of its own."""
    found = access.batch_for(person, pk, timezone.now())
    facts = {"batch": found, "about": access.address_of(found.about_kind, found.about_id)}
    if not request.headers.get("HX-Request"):
        return render(request, "documents/batch_page.html", facts)
    answer = render(request, "documents/batch.html", facts)
    if not found.is_running:
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
@staff()
def cancel(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    now = timezone.now()
    found = access.batch_for(person, pk, now, to_change=True)
    try:
        actions.cancel_batch(found, by=person, at=now)
        messages.success(request, "Đã dừng. Những văn bản đã tạo vẫn còn.")
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    return redirect(access.address_of(found.about_kind, found.about_id) or "/")


@require_safe
@never_cache
@staff()
def everything(request: HttpRequest, person: Person, about_kind: str, about_id: str) -> FileResponse:
    """A ZIP of the current papers: Word, PDF and signed PDF."""
    now = timezone.now()
    if not access.may_read(person, about_kind, about_id, now):
        raise Http404
    papers = Document.objects.filter(about_kind=about_kind, about_id=about_id, state__in=CURRENT)
    papers = papers.select_related("docx", "pdf", "signed").order_by("kind", "part", "pk")
    found = [paper for paper in papers if access.may_open(person, paper, now)]
    files = [(file.name, file) for paper in found for file in (paper.docx, paper.pdf, paper.signed) if file]
    if not files:
        raise Http404
    return packed(files).answer("van-ban.zip")
