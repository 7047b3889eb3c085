"""Signing in and out, and the first page."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tiepdan.accounts import actions, kept, menu
from tiepdan.accounts.forms import SignInForm
from tiepdan.accounts.models import Person
from tiepdan.kernel.address import client_address
from tiepdan.kernel.refusals import Refused


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """«/» leads to the visitor's own first page."""
    staff = settings.STAFF_HOME if isinstance(request.user, Person) else settings.LOGIN_URL
    return redirect(menu.home_of(request) or staff)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    target = next_address(request)
    if request.method != "POST":
        if isinstance(request.user, Person):
            return redirect(target)
        return _page(request, SignInForm(), target)
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _page(request, form, target, status=422)
    try:
        person = actions.sign_in(
            form.cleaned_data["username"],
            form.cleaned_data["password"],
            address=client_address(request),
            now=timezone.now(),
        )
    except Refused as refused:
        return _page(request, form, target, refused.sentence, refused.status)
    request.session.flush()  # whoever used this browser before (a hall, somebody else) is gone
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    unsent = kept.unpack(request.POST.get("kept", ""))
    return kept.page(request, unsent) if unsent and not person.must_change_password else redirect(target)


@require_safe
@never_cache
def session(request: HttpRequest) -> JsonResponse:
    """Asked by a page before it sends what was typed: whether anybody is signed in here, and today's token."""
    return JsonResponse({"signed_in": isinstance(request.user, Person), "token": get_token(request)})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    if isinstance(request.user, Person):
        actions.signed_out(request.user, address=client_address(request), now=timezone.now())
    logout(request)
    return redirect(settings.LOGIN_URL)


def next_address(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else settings.LOGIN_REDIRECT_URL


def _page(request: HttpRequest, form: SignInForm, target: str, sentence: str = "", status: int = 200) -> HttpResponse:
    facts = {"form": form, "next": target, "sentence": sentence, "kept": request.POST.get("kept", "")}
    return render(request, "accounts/sign_in.html", facts, status=status)
