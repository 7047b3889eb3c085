"""«Hướng dẫn» (S42): read beside the work, found without accents."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from tiepdan.accounts import access
from tiepdan.accounts import guides as reads
from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import roles_of


@require_safe
@access.staff()
def index(request: HttpRequest, person: Person) -> HttpResponse:
    words = request.GET.get("tu", "").strip()
    facts = {"found": reads.guides(roles_of(person, timezone.localdate()), words), "words": words}
    return render(request, "accounts/guides.html", facts)


@require_safe
@access.staff()
def detail(request: HttpRequest, person: Person, page: str) -> HttpResponse:
    found = reads.guide(page)
    if found is None:
        raise Http404
    # Made by the renderer from our own pages, where HTML does not count.
    text = mark_safe(reads.html(found))
    return render(request, "accounts/guide.html", {"guide": found, "text": text})
