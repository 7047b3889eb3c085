"""Whoever got a password from somebody else chooses an own one before anything else, and whose role asks for a second
factor sets it up; whoever is signed out while writing loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate

from tiepdan.accounts import kept
from tiepdan.accounts.models import Person
from tiepdan.accounts.queries_factor import must_set_up
from tiepdan.accounts.rules_factor import SET_UP_FIRST
from tiepdan.kernel import errors


class FirstThingsMiddleware:
    """An own password, then the second factor that a role asks for: until then no other page answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        first = _first_thing(request)
        if first is None:
            return self.get_response(request)
        if request.headers.get("HX-Request") and not request.headers.get("HX-Boosted"):
            # A part of a page that asks for itself, such as the bell: it stays as it is, and no alarm is shown.
            return HttpResponse(status=204) if request.method == "GET" else HttpResponse(first.sentence, status=403)
        if errors.prefers_json(request):
            return errors.answer(request, 403, first.sentence, first.page)
        wanted = request.get_full_path() if request.method == "GET" and request.path != "/" else ""
        return redirect(reverse(f"accounts:{first.page}") + (f"?{urlencode({'next': wanted})}" if wanted else ""))


@dataclass(frozen=True)
class First:
    page: str
    sentence: str


OWN_PASSWORD = First("own_password", "Hãy đổi mật khẩu được cấp trước khi làm việc khác.")
OWN_FACTOR = First("factor_set_up", "Hãy bật xác thực hai lớp trước khi làm việc khác.")


def _first_thing(request: HttpRequest) -> First | None:
    if request.path.startswith((settings.STATIC_URL, *settings.PUBLIC_PAGES)):
        return None  # read without a session, also by whoever has one
    free = (*(reverse(f"accounts:{name}") for name in ("own_password", "sign_out", "session")), settings.LOGIN_URL)
    if request.path.startswith(free) or not isinstance(request.user, Person):
        return None
    if request.user.must_change_password:
        return OWN_PASSWORD
    if request.path.startswith(reverse("accounts:factor")):
        return None
    is_asked = request.session.get(SET_UP_FIRST, False) and must_set_up(request.user, localdate())
    return OWN_FACTOR if is_asked else None


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
