"""The papers of a reception: one set from the data, and all of them in one file (screen S12)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from tiepdan.documents.access import may_open
from tiepdan.documents.actions import draft_set
from tiepdan.documents.queries import batch_of, documents_about
from tiepdan.files.archive import packed
from tiepdan.kernel.refusals import Refused
from tiepdan.receptions.access import is_desk, plan_for, require_desk
from tiepdan.receptions.audience import audience
from tiepdan.receptions.papers import wanted
from tiepdan.receptions.rules import FINISHED, Phase
from tiepdan.receptions.views.common import person_at

_CLOSED = (*FINISHED, Phase.CANCELLED)


@login_required
@require_GET
def papers(request: HttpRequest, code: str) -> HttpResponse:
    now, person = timezone.now(), person_at(request)
    reception = plan_for(person, code, now)
    facts = {
        "reception": reception,
        "documents": documents_about(reception),
        "batch": batch_of(reception),
        "is_desk": is_desk(person, reception, timezone.localdate(now)),
        "closed": reception.state in _CLOSED,
        "tab": "receptions:papers",
    }
    return render(request, "receptions/papers/index.html", facts)


@login_required
@require_POST
def make(request: HttpRequest, code: str) -> HttpResponse:
    """«Tạo bộ văn bản»: the worker makes them; the page shows how far it is."""
    now, person = timezone.now(), person_at(request)
    reception = plan_for(person, code, now)
    require_desk(person, reception, timezone.localdate(now))
    if reception.state in _CLOSED:
        raise Refused(f"Buổi tiếp «{reception.get_state_display()}» nên không tạo văn bản nữa.", code="state")
    audience().renew(reception, at=now)  # each citizen who will be told gets a paper
    draft_set(reception, wanted(reception), by=person, at=now)
    return redirect("receptions:papers", code=code)


@login_required
@require_GET
def archive(request: HttpRequest, code: str) -> FileResponse:
    """All current papers, Word and PDF (the signed one where there is one), in one ZIP."""
    person, now = person_at(request), timezone.now()
    reception = plan_for(person, code, now)
    found = [paper for paper in documents_about(reception) if may_open(person, paper, now)]
    files = [(file.name, file) for paper in found for file in (paper.docx, paper.signed or paper.pdf) if file]
    if not files:
        raise Refused("Chưa tạo văn bản.", code="empty")
    return packed(files).answer(f"{reception.code}-van-ban.zip")
