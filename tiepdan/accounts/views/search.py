"""What the box of the top bar finds."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tiepdan.accounts import access, search
from tiepdan.accounts.models import Person


@require_safe
@never_cache
@access.staff()
def results(request: HttpRequest, person: Person) -> HttpResponse:
    """A number leads straight to its page; words give groups."""
    now, text = timezone.now(), request.GET.get("q", "").strip()
    address = search.exact(person, text, now)
    if address:
        return redirect(address)
    facts = {"q": text, "groups": search.groups(person, text, now), "shortest": search.SHORTEST}
    return render(request, "accounts/search.html", facts)
