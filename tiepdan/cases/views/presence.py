"""What an open form says every twenty seconds, and what it hears: who else has it open."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tiepdan.accounts.access import staff
from tiepdan.accounts.models import Person
from tiepdan.cases import access
from tiepdan.cases.actions import presence


@require_POST
@never_cache
@staff()
def editing(request: HttpRequest, person: Person, code: str, part: str) -> HttpResponse:
    now = timezone.now()
    case = access.editable_case(person, code, now)
    if not presence.PARTS.fullmatch(part):
        raise Http404
    presence.seen(case, part, by=person, at=now)
    return render(request, "cases/editors.html", {"editors": presence.others(case, part, by=person, at=now)})
