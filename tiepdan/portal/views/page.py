"""How a public page is answered: rendered without the request, so that nothing can read a session or set a cookie."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

AGE = 60  # seconds: a postponement is read everywhere within a minute
LARGE = "lon"  # ?chu=lon
FOREIGN = "Trang khác đã gửi yêu cầu này. Xin nhập lại mã tra cứu ở trang công khai."
NOT_FOUND = "Không tìm thấy lịch tiếp công dân này. Xem các buổi tiếp ở trang lịch."

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def public(view: View[P]) -> View[P]:
    """GET and HEAD only; may be kept by any cache for a minute. No token is asked for, so none comes as a cookie."""

    @csrf_exempt
    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=AGE)
        return response

    return cast(View[P], answer)


def personal(*methods: str) -> Callable[[View[P]], View[P]]:
    """What is about one person's case: kept by no cache, found by no search engine.

    Without a cookie there is nothing that another site could borrow, so there is no token to compare; that the form
    was ours is told by the browser itself.
    """

    def wrap(view: View[P]) -> View[P]:
        @csrf_exempt
        @require_http_methods(methods if "POST" in methods and "GET" not in methods else [*methods, "HEAD"])
        @wraps(view)
        def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method == "POST" and _is_foreign(request):
                response = page(request, "portal/not_found.html", {"sentence": FOREIGN}, status=403)
            else:
                response = view(request, *args, **kwargs)
            response["Cache-Control"] = "private, no-store"
            response["X-Robots-Tag"] = "noindex"
            return response

        return cast(View[P], answer)

    return wrap


def _is_foreign(request: HttpRequest) -> bool:
    """Posted by a page of another site. A browser that tells neither is older than both headers."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin", "")
    return bool(origin) and urlsplit(origin).netloc != request.get_host()


def page(request: HttpRequest, template: str, facts: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """A page of the portal. `?chu=lon` is the large type: it stands in the address, because there is no cookie."""
    large = request.GET.get("chu") == LARGE
    rest = request.GET.copy()
    rest.pop("chu", None)
    if not large:
        rest["chu"] = LARGE
    shared = {
        "is_large": large,
        "suffix": f"?chu={LARGE}" if large else "",
        "toggle": f"{request.path}?{rest.urlencode()}" if rest else request.path,
        "help_phone": settings.HELP_PHONE,
        "path": request.path,
        "now": timezone.now(),
    }
    return HttpResponse(render_to_string(template, {**shared, **facts}), status=status)


def not_found(request: HttpRequest) -> HttpResponse:
    """The portal's own answer: the office's error page belongs to people who may sign in."""
    return page(request, "portal/not_found.html", {"sentence": NOT_FOUND}, status=404)


def dated(response: HttpResponse, at: datetime | None) -> HttpResponse:
    if at is not None:
        response["Last-Modified"] = http_date(at.timestamp())
    return response
