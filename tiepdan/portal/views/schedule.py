"""The public schedule (screen S36): the list, one reception, its sheet for the wall, rules and guidance."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from tiepdan.files import store
from tiepdan.law.profiles import DEFAULT, profile
from tiepdan.portal.queries import last_change, notice_of, poster_of, upcoming
from tiepdan.portal.views.page import dated, not_found, page, public

PER_PAGE = 50


@public
def index(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:100]
    rows = upcoming(timezone.now(), words)
    found = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    facts = {"page": found, "words": words, "query": query.urlencode()}
    return dated(page(request, "portal/index.html", facts), last_change())


@public
def reception(request: HttpRequest, code: str) -> HttpResponse:
    notice = notice_of(code)
    if notice is None:
        return not_found(request)
    is_past = timezone.localdate(notice.ends_at) < timezone.localdate()
    facts = {
        "notice": notice,
        "recording": profile(notice.public["profile"]).recording,
        "terms": profile(notice.public["profile"]).terms,
        "is_past": is_past,
        "may_register": not (is_past or notice.is_postponed or notice.is_cancelled),
    }
    return dated(page(request, "portal/reception.html", facts), notice.published_at)


@public
def posting(request: HttpRequest, code: str) -> HttpResponse:
    """One A4 sheet to be printed and posted at the place (khoản 2 Điều 24 Luật Tiếp công dân)."""
    notice = notice_of(code)
    if notice is None:
        return not_found(request)
    facts = {
        "notice": notice,
        "recording": profile(notice.public["profile"]).recording,
        "host": request.get_host(),
    }
    return dated(page(request, "portal/posting.html", facts), notice.published_at)


@public
def poster(request: HttpRequest, code: str, size: str) -> HttpResponse:
    """The same sheet as a PDF file, A4 or A3, of the newest version."""
    found = poster_of(code, size)
    if found is None:
        return not_found(request)
    answer = HttpResponse(store.read(found), content_type=found.kind)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=found.name) or "attachment"
    return dated(answer, found.created_at)


@public
def rules(request: HttpRequest) -> HttpResponse:
    return page(request, "portal/rules.html", {"recording": profile(DEFAULT).recording})


@public
def guide(request: HttpRequest) -> HttpResponse:
    return page(request, "portal/guide.html", {"recording": profile(DEFAULT).recording})
