"""The bell: how many, and the page that says what."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tiepdan.accounts import access, news
from tiepdan.accounts.actions.news import mark_seen
from tiepdan.accounts.models import Person


@require_safe
@never_cache
@access.staff()
def index(request: HttpRequest, person: Person) -> HttpResponse:
    rows = news.news_for(person, timezone.now())
    facts = {"rows": rows, "fresh": sum(row.is_new for row in rows), "days": news.SPAN.days}
    return render(request, "accounts/news.html", facts)


@require_safe
@never_cache
@access.staff()
def count(request: HttpRequest, person: Person) -> HttpResponse:
    """The bell by itself: every page asks for it after it was shown, so that no page waits for the log."""
    return render(request, "accounts/bell.html", {"count": news.unseen(person, timezone.now()), "most": news.MOST})


@require_POST
@access.staff()
def seen(request: HttpRequest, person: Person) -> HttpResponse:
    mark_seen(person, at=timezone.now())
    return redirect("accounts:news")
