"""«Xác thực hai lớp»: one's own page – turning it on and off, moving it to another telephone, codes on paper."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from tiepdan.accounts import access
from tiepdan.accounts.actions import factor as actions
from tiepdan.accounts.forms.factor import ProveForm, SetUpForm
from tiepdan.accounts.models import Person
from tiepdan.accounts.queries_factor import recovery_codes_left, roles_that_require
from tiepdan.accounts.rules_factor import FEW_LEFT, SET_UP_FIRST
from tiepdan.accounts.views.door import next_address
from tiepdan.accounts.web import FormPage, form_page

SECRETS = ("password", "factor_code", "code", "old_code", "drawn")
MUST = "Vai trò {roles} của bạn bắt buộc có xác thực hai lớp. Hãy bật ngay bây giờ, chừng hai phút, rồi làm việc tiếp."


@require_safe
@never_cache
@access.staff()
def index(request: HttpRequest, person: Person) -> HttpResponse:
    roles = [role.label for role in roles_that_require(person, timezone.localdate())]
    left = recovery_codes_left(person)
    facts = {
        "person": person,
        "roles": roles,
        "left": left,
        "is_few": left <= FEW_LEFT,
        "why_not": actions.why_not_off(roles) if roles else "",
    }
    return render(request, "accounts/factor/index.html", facts)


@sensitive_post_parameters(*SECRETS)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@access.staff()
def set_up(request: HttpRequest, person: Person) -> HttpResponse:
    is_moving = person.factor_at is not None
    data = request.POST if request.method == "POST" else None
    form = SetUpForm(data, person=person, target=next_address(request))
    roles = [f"«{role.label}»" for role in roles_that_require(person, timezone.localdate())]
    must = bool(roles) and not is_moving
    page = FormPage(
        "Chuyển xác thực hai lớp sang máy khác" if is_moving else "Bật xác thực hai lớp",
        "Chuyển sang máy này" if is_moving else "Bật xác thực hai lớp",
        "" if must else reverse("accounts:factor"),
        MUST.format(roles=", ".join(roles)) if must else "",
        template="accounts/factor/set_up.html",
    )

    def act(values: dict[str, Any]) -> HttpResponse:
        codes = actions.set_up(
            person,
            key=form.key,
            code=values["code"],
            password=values["password"],
            old_code=values.get("old_code", ""),
            at=timezone.now(),
        )
        return _codes(request, person, codes)

    return form_page(request, form, page, act)


@sensitive_post_parameters(*SECRETS)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@access.staff()
def codes(request: HttpRequest, person: Person) -> HttpResponse:
    if person.factor_at is None:
        return redirect("accounts:factor")
    page = FormPage(
        "Tạo bộ mã dự phòng mới",
        "Tạo bộ mã mới",
        reverse("accounts:factor"),
        "Mười mã mới thay cho bộ đang có; mã cũ hết dùng được ngay.",
    )

    def act(values: dict[str, Any]) -> HttpResponse:
        made = actions.renew_codes(person, password=values["password"], code=values["factor_code"], at=timezone.now())
        return _codes(request, person, made)

    return form_page(request, ProveForm(request.POST or None), page, act)


@sensitive_post_parameters(*SECRETS)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@access.staff()
def turn_off(request: HttpRequest, person: Person) -> HttpResponse:
    if person.factor_at is None:
        return redirect("accounts:factor")
    page = FormPage(
        "Tắt xác thực hai lớp",
        "Tắt xác thực hai lớp",
        reverse("accounts:factor"),
        "Từ lần đăng nhập sau chỉ còn mật khẩu bảo vệ tài khoản. Bộ mã dự phòng hết dùng được.",
        is_danger=True,
    )

    def act(values: dict[str, Any]) -> HttpResponse:
        actions.turn_off(person, password=values["password"], code=values["factor_code"], at=timezone.now())
        update_session_auth_hash(request, person)
        messages.success(request, "Đã tắt xác thực hai lớp.")
        return redirect("accounts:factor")

    return form_page(request, ProveForm(request.POST or None), page, act)


def _codes(request: HttpRequest, person: Person, made: list[str]) -> HttpResponse:
    """The only page that ever shows them. This browser stays signed in, all others do not."""
    request.session.pop(SET_UP_FIRST, None)
    update_session_auth_hash(request, person)
    facts = {"codes": made, "person": person, "next": next_address(request), "at": timezone.now()}
    return render(request, "accounts/factor/codes.html", facts)
