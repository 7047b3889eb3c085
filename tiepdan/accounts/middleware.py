"""Whoever got a password from somebody else chooses an own one before anything else; whoever is signed out while
writing loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from tiepdan.accounts import kept
from tiepdan.accounts.models import Person
from tiepdan.kernel import errors

CHOOSE_FIRST = "Hãy đổi mật khẩu được cấp trước khi làm việc khác."


class OwnPasswordMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not self._must_choose(request):
            return self.get_response(request)
        if errors.prefers_json(request):
            return errors.answer(request, 403, CHOOSE_FIRST, "own_password")
        wanted = request.get_full_path() if request.method == "GET" and request.path != "/" else ""
        return redirect(reverse("accounts:own_password") + (f"?{urlencode({'next': wanted})}" if wanted else ""))

    def _must_choose(self, request: HttpRequest) -> bool:
        if request.path.startswith((settings.STATIC_URL, *settings.PUBLIC_PAGES)):
            return False  # read without a session, also by whoever has one
        free = (*(reverse(f"accounts:{name}") for name in ("own_password", "sign_out", "session")), settings.LOGIN_URL)
        if request.path.startswith(free):
            return False
        return isinstance(request.user, Person) and request.user.must_change_password


class SignedOutMiddleware:
    """A view that sends a stranger to the sign-in page: a form that came with the request is kept on the way, and a
    part of a page that asks for itself (htmx) is told so, instead of getting a sign-in page into its place."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        if answer.status_code != 302 or isinstance(request.user, Person):
            return answer
        if not answer.headers["Location"].startswith(f"{settings.LOGIN_URL}?next="):
            return answer
        if request.headers.get("HX-Request"):
            return HttpResponse(kept.SIGNED_OUT, status=401)
        unsent = kept.of(request)
        return kept.sign_in_page(request, unsent) if unsent else answer
