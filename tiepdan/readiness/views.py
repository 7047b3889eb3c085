"""The device check of a hall, before it enters the room."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from tiepdan.audit import actions as audit
from tiepdan.kernel.refusals import Forbidden, Invalid
from tiepdan.readiness.forms import ResultForm
from tiepdan.receptions.access import credential_of


@require_GET
def prepare(request: HttpRequest) -> HttpResponse:
    credential = credential_of(request, timezone.now())
    if credential is None:
        return redirect("receptions:point_sign_in")
    reception = credential.hall.reception
    config = {
        "csrf": get_token(request),
        "reception": {
            "code": reception.code,
            "title": reception.title,
            "starts_at": reception.starts_at.isoformat(),
        },
        "hall_name": credential.hall.point.name,
        "phone": reception.help_phone,
        "urls": {"room": reverse("live:room", args=[reception.code]), "result": reverse("readiness:result")},
    }
    return render(
        request, "readiness/prepare.html", {"config": config, "reception": reception, "hall": credential.hall}
    )


@require_POST
def result(request: HttpRequest) -> JsonResponse:
    """Keep what the hall saw and heard of its own devices, with the time, in the audit log."""
    now = timezone.now()
    credential = credential_of(request, now)
    if credential is None:
        raise Forbidden("Phiên làm việc đã hết. Đăng nhập lại bằng tài khoản điểm cầu.", code="signed_out")
    form = ResultForm(request.POST)
    if not form.is_valid():
        raise Invalid("Kết quả kiểm tra thiết bị chưa đủ camera, micro và loa. Làm lại bước còn thiếu.", code="form")
    hall = credential.hall
    audit.record(
        "readiness.checked",
        agency=hall.reception.agency,
        at=now,
        by_label=f"Điểm cầu {hall}",
        about=hall.reception,
        hall=hall.key,
        **form.cleaned_data,
    )
    return JsonResponse({"saved": True})
