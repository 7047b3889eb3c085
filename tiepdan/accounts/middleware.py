"""Whoever got a password from somebody else chooses an own one before anything else."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

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
        free = (reverse("accounts:own_password"), reverse("accounts:sign_out"), settings.LOGIN_URL)
        if request.path.startswith(free):
            return False
        return isinstance(request.user, Person) and request.user.must_change_password
