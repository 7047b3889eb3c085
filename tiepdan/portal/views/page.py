"""How a public page is answered: rendered without the request, so that nothing can read a session or set a cookie."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import http_date
from django.views.decorators.http import require_safe

AGE = 60  # seconds: a postponement is read everywhere within a minute
LARGE = "lon"  # ?chu=lon
NOT_FOUND = "Không tìm thấy lịch tiếp công dân này. Xem các buổi tiếp ở trang lịch."

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def public(view: View[P]) -> View[P]:
    """GET and HEAD only; may be kept by any cache for a minute."""

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=AGE)
        return response

    return cast(View[P], answer)


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
