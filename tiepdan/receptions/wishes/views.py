"""What a clerk answers to a hall that a citizen asked for on the public page (tab «Điểm cầu & thành phần»)."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from tiepdan.receptions.access import plan_for, require_writer
from tiepdan.receptions.models import HallWish, Reception
from tiepdan.receptions.views.common import person_at
from tiepdan.receptions.wishes import actions


@login_required
@require_POST
def confirm(request: HttpRequest, code: str, wish: int) -> HttpResponse:
    now, person = timezone.now(), person_at(request)
    reception = plan_for(person, code, now)
    row = _wish(reception, wish)
    require_writer(person, reception, now, desk_only=True)
    actions.confirm(row, by=person, at=now, reason=request.POST.get("reason", ""))
    messages.success(request, f"Đã xác nhận {row.hall}. Công dân đọc được khi tra cứu.")
    return _back(code)


@login_required
@require_POST
def decline(request: HttpRequest, code: str, wish: int) -> HttpResponse:
    now, person = timezone.now(), person_at(request)
    reception = plan_for(person, code, now)
    row = _wish(reception, wish)
    actions.decline(row, request.POST.get("note", ""), by=person, at=now)
    messages.success(request, "Đã ghi lý do. Công dân đọc được khi tra cứu.")
    return _back(code)


def _wish(reception: Reception, pk: int) -> HallWish:
    rows = HallWish.objects.select_related("matter__case", "matter__reception__agency", "hall__point")
    found = rows.filter(matter__reception=reception, pk=pk).first()
    if found is None:
        raise Http404
    return found


def _back(code: str) -> HttpResponse:
    return redirect(f"{reverse('receptions:halls', args=[code])}#nguyen-vong")
