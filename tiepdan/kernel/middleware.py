"""What holds for every answer: refusals become sentences (JSON for the island, a page for everybody else), and what
is shown to one person is kept by no cache."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from tiepdan.kernel import errors
from tiepdan.kernel.refusals import Refused


class PrivateMiddleware:
    """No cache keeps a page of the office, not even the browser's on a shared computer. A view that says otherwise
    (public pages, pieces of a recording) keeps its own words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer


class RefusalMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponseBase | None:
        if isinstance(problem, Refused):
            return errors.refused(request, problem)
        if errors.prefers_json(request):
            if isinstance(problem, Http404):
                return errors.not_found(request)
            if isinstance(problem, PermissionDenied):
                return errors.forbidden(request)
        return None
