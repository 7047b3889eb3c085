"""Signing in and out, and the first page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tiepdan.accounts import actions, kept, menu
from tiepdan.accounts.actions import factor
from tiepdan.accounts.forms import SignInForm
from tiepdan.accounts.forms.factor import CodeForm
from tiepdan.accounts.models import Person
from tiepdan.accounts.queries_factor import must_set_up
from tiepdan.accounts.rules_factor import HALF_SIGNED_IN, SET_UP_FIRST
from tiepdan.kernel.address import client_address
from tiepdan.kernel.refusals import Refused

HALF = "half_signed_in"
TOO_LATE = "Đã quá 5 phút từ lúc nhập mật khẩu. Hãy đăng nhập lại từ đầu."


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
    if person.factor_at is not None:
        _remember_half(request, person)
        return _code_page(request, CodeForm(), target)
    return _welcome(request, person, target)


@sensitive_post_parameters("factor_code")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """The second step, for whoever has given the right password here within the last minutes."""
    target = next_address(request)
    if isinstance(request.user, Person):
        return redirect(target)
    now = timezone.now()
    person = _half_signed_in(request, now)
    if request.method != "POST":
        return redirect(settings.LOGIN_URL) if person is None else _code_page(request, CodeForm(), target)
    if person is None:
        return _page(request, SignInForm(), target, TOO_LATE, status=409)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _code_page(request, form, target, status=422)
    code = form.cleaned_data["factor_code"]
    try:
        factor.sign_in_with_code(person, code, address=client_address(request), now=now)
    except Refused as refused:
        return _code_page(request, CodeForm(), target, refused.sentence, refused.status)
    return _welcome(request, person, target)


def _remember_half(request: HttpRequest, person: Person) -> None:
    """No rights are in it: nothing but the second step reads it, and a new password or factor makes it void."""
    request.session.flush()
    until = timezone.now() + HALF_SIGNED_IN
    request.session[HALF] = {
        "person": person.pk,
        "proof": person.get_session_auth_hash(),
        "until": until.timestamp(),
    }


def _half_signed_in(request: HttpRequest, now: datetime) -> Person | None:
    half = request.session.get(HALF)
    if not half or half["until"] < now.timestamp():
        return None
    person = Person.objects.filter(pk=half["person"], is_active=True, factor_at__isnull=False).first()
    is_same = person is not None and constant_time_compare(half["proof"], person.get_session_auth_hash())
    return person if is_same else None


def _welcome(request: HttpRequest, person: Person, target: str) -> HttpResponse:
    request.session.flush()  # whoever used this browser before (a hall, somebody else) is gone
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    must = must_set_up(person, timezone.localdate())
    if must:
        request.session[SET_UP_FIRST] = True
    unsent = kept.unpack(request.POST.get("kept", ""))
    is_free = not person.must_change_password and not must
    return kept.page(request, unsent) if unsent and is_free else redirect(target)


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
    return render(request, "accounts/sign_in.html", _facts(request, form, target, sentence), status=status)


def _code_page(
    request: HttpRequest, form: CodeForm, target: str, sentence: str = "", status: int = 200
) -> HttpResponse:
    return render(request, "accounts/sign_in_code.html", _facts(request, form, target, sentence), status=status)


def _facts(request: HttpRequest, form: Form, target: str, sentence: str) -> dict[str, Any]:
    return {"form": form, "next": target, "sentence": sentence, "kept": request.POST.get("kept", "")}
