"""The papers of a reception: one set from the data, and all of them in one file (screen S12)."""

from __future__ import annotations

import zipfile
from tempfile import TemporaryFile

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from tiepdan.documents.access import may_open
from tiepdan.documents.actions import draft_set
from tiepdan.documents.queries import batch_of, documents_about
from tiepdan.files import store
from tiepdan.files.rules import free_name
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
    target = TemporaryFile()  # noqa: SIM115 – the answer closes it
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as parts:
        taken: set[str] = set()
        for paper in documents_about(reception):
            if not may_open(person, paper, now):
                continue
            for file in filter(None, (paper.docx, paper.signed or paper.pdf)):
                name = free_name(file.name, taken)
                taken.add(name)
                parts.writestr(name, store.read(file))
    if not taken:
        target.close()
        raise Refused("Chưa tạo văn bản.", code="empty")
    target.seek(0)
    answer = FileResponse(target, as_attachment=True, filename=f"{reception.code}-van-ban.zip")
    answer["Cache-Control"] = "private, no-store"
    return answer
