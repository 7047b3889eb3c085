"""«Đổi mật khẩu»: wanted by oneself, or asked for after somebody else gave one out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tiepdan.accounts import access
from tiepdan.accounts.actions import people as actions
from tiepdan.accounts.forms.people import PasswordForm
from tiepdan.accounts.models import Person
from tiepdan.accounts.views.door import next_address
from tiepdan.accounts.web import FormPage, form_page

GIVEN = "Mật khẩu đang dùng do người khác cấp. Hãy đặt mật khẩu của riêng bạn rồi làm việc tiếp."


@sensitive_post_parameters("old", "new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@access.staff()
def own_password(request: HttpRequest, person: Person) -> HttpResponse:
    target = next_address(request)
    is_given = person.must_change_password
    page = FormPage("Đổi mật khẩu", "Đổi mật khẩu", "" if is_given else target, GIVEN if is_given else "")

    def act(values: dict[str, Any]) -> HttpResponse:
        actions.change_password(person, old=values["old"], new=values["new"], at=timezone.now())
        update_session_auth_hash(request, person)  # this browser stays signed in, all others do not
        messages.success(request, "Đã đổi mật khẩu. Các máy khác đang dùng mật khẩu cũ phải đăng nhập lại.")
        return redirect(target)

    return form_page(request, PasswordForm(request.POST or None), page, act)
