"""What holds for every request and answer: what was typed comes in tidy, refusals become sentences (JSON for the
island, a page for everybody else), and what is shown to one person is kept by no cache."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict

from tiepdan.kernel import errors
from tiepdan.kernel.crossing import CROSSED, is_crossed
from tiepdan.kernel.machine import is_for_machines
from tiepdan.kernel.refusals import Refused
from tiepdan.kernel.text import tidy

log = logging.getLogger(__name__)
PASSWORDS = frozenset({"password", "old", "new", "again"})  # names of the fields that hold one


class PrivateMiddleware:
    """No cache keeps a page of the office, not even the browser's on a shared computer. A view that says otherwise
    (public pages, pieces of a recording) keeps its own words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer


class TidyMiddleware:
    """Words come in without unseen marks, whichever form they stand in: from a PDF, from another machine's keyboard, or
    sent to break a paper or a database. A password is taken as it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Here, since a form is read by the check of its token first."""
        if is_for_machines(view):
            return
        if request.GET:
            request.GET = tidied(request.GET)  # type: ignore[assignment]
        if request.method == "POST" and request.POST:
            request.POST = tidied(request.POST)  # type: ignore[assignment]


def tidied(words: QueryDict) -> QueryDict:
    found = words.copy()
    for name, values in words.lists():
        if name not in PASSWORDS:
            found.setlist(name, [tidy(str(value)) for value in values])
    found._mutable = False
    return found


class RefusalMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponseBase | None:
        if isinstance(problem, Refused):
            return errors.refused(request, problem)
        if is_crossed(problem):
            log.warning("%s %s: %s", request.method, request.path, problem)
            return errors.refused(request, Refused(CROSSED, code="busy"))
        if errors.prefers_json(request):
            if isinstance(problem, Http404):
                return errors.not_found(request)
            if isinstance(problem, PermissionDenied):
                return errors.forbidden(request)
        return None
