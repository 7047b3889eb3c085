"""Turns refusals into answers: JSON for the island, a page for everybody else."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from tiepdan.kernel import errors
from tiepdan.kernel.refusals import Refused


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
