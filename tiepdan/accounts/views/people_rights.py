"""«Rà soát quyền năm», and letting in at once who typed a wrong password too often (S39)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from tiepdan.accounts import access
from tiepdan.accounts.actions import people as actions
from tiepdan.accounts.views.governing import Desk, governing
from tiepdan.accounts.views.people import FROM_ABOVE, account, page_of
from tiepdan.kernel.refusals import Forbidden


@require_POST
@governing
def review(desk: Desk) -> HttpResponse:
    """Everybody who was ticked; `ve` leads back to the page of one person."""
    chosen = {int(word) for word in desk.request.POST.getlist("nguoi") if word.isdecimal() and len(word) < 19}
    people = list(access.people_of(desk.ids).filter(pk__in=chosen).prefetch_related("posts").order_by("pk"))
    if not all(access.governs(desk.ids, person, desk.today) for person in people):
        raise Forbidden(FROM_ABOVE, code="from_above")
    done = actions.review(people, by=desk.person, at=desk.now)
    if done:
        messages.success(desk.request, f"Đã ghi nhận rà soát quyền năm {desk.today.year} của {done} người.")
    else:
        messages.warning(desk.request, "Chưa chọn người nào để rà soát.")
    if desk.request.POST.get("ve") == "nguoi" and len(people) == 1:
        return redirect(page_of(people[0]))
    return redirect(f"{reverse('accounts:people')}?state=unreviewed")


@require_POST
@governing
def end_lockout(desk: Desk, pk: int) -> HttpResponse:
    other = account(desk, pk)
    actions.end_lockout(other, by=desk.person, at=desk.now)
    messages.success(desk.request, f"{other.full_name} đăng nhập được ngay. Nếu quên mật khẩu, hãy cấp lại.")
    return redirect(page_of(other))
