"""«Quản trị»: the cards that lead to every page of administration."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tiepdan.accounts import access, menu
from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import roles_of
from tiepdan.accounts.queries_people import lonely_tops
from tiepdan.accounts.rules import Role


@require_safe
@never_cache
@access.staff(Role.ADMIN)
def index(request: HttpRequest, person: Person) -> HttpResponse:
    today = timezone.localdate()
    facts = {
        "pages": menu.admin_pages_for(roles_of(person, today)),
        "lonely": lonely_tops(access.governed(person, today), today),
    }
    return render(request, "accounts/administration.html", facts)
