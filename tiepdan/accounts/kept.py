"""A form that was sent after the session had ended, or from a page older than the present session: nothing that was
typed is lost. It travels, signed, through the sign-in page, and is sent on by whoever wrote it with one press."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tiepdan.accounts.forms import SignInForm
from tiepdan.accounts.models import Person
from tiepdan.accounts.rules_factor import CODE_FIELD
from tiepdan.kernel import errors

SIGNED_OUT = "Phiên làm việc đã hết. Đăng nhập lại; phần đang soạn được giữ nguyên."
SALT = "accounts.kept"
LONGEST = timedelta(hours=12)
MOST = 1_000_000  # characters; what is longer came as a file
TOKEN = "csrfmiddlewaretoken"


@dataclass(frozen=True)
class Kept:
    path: str
    fields: list[tuple[str, str]]
    files: list[str]  # names: a browser sends a file only when somebody chooses it again


def of(request: HttpRequest) -> Kept | None:
    """What a form of ours brought; None when another site sent it, or when it held nothing but passwords and codes."""
    if request.method != "POST" or not _is_ours(request) or request.path in _doors():
        return None
    fields = [
        (name, str(value))
        for name, values in request.POST.lists()
        for value in values
        if name not in (TOKEN, CODE_FIELD) and "password" not in name
    ]
    files = [one.name or "" for _, many in request.FILES.lists() for one in many]
    if not fields or sum(len(value) for _, value in fields) > MOST:
        return None
    return Kept(request.get_full_path(), fields, files)


def _is_ours(request: HttpRequest) -> bool:
    """Every browser says where a form stood that it posts; another site's form is never shown as somebody's own."""
    origin = urlsplit(request.headers.get("Origin", ""))
    return origin.netloc == request.get_host()


def _doors() -> tuple[str, ...]:
    names = ("sign_in_code", "own_password", "sign_out", "factor_set_up", "factor_codes", "factor_off")
    return settings.LOGIN_URL, *(reverse(f"accounts:{name}") for name in names)


def pack(kept: Kept) -> str:
    return signing.dumps(asdict(kept), salt=SALT, compress=True)


def unpack(text: str) -> Kept | None:
    try:
        facts = signing.loads(text, salt=SALT, max_age=LONGEST)
    except signing.BadSignature:
        return None
    return Kept(facts["path"], [(name, value) for name, value in facts["fields"]], facts["files"])


def sign_in_page(request: HttpRequest, kept: Kept) -> HttpResponse:
    facts = {"form": SignInForm(), "next": "/", "sentence": SIGNED_OUT, "kept": pack(kept)}
    return render(request, "accounts/sign_in.html", facts, status=403)


def page(request: HttpRequest, kept: Kept, status: int = 200) -> HttpResponse:
    """One press sends it on; nothing is sent by itself, because somebody else may have signed in."""
    return render(request, "accounts/kept.html", {"kept": kept}, status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A page from before the last sign-in has an old token."""
    kept = None if errors.prefers_json(request) else of(request)
    if kept is None:
        return errors.csrf_failure(request, reason)
    if not isinstance(request.user, Person):
        return sign_in_page(request, kept)
    return page(request, kept, status=403)
