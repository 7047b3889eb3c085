"""Names and passwords of the halls of one reception (screen S15)."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from tiepdan.accounts.models import Person
from tiepdan.files.rules import DOCX
from tiepdan.kernel.refusals import Forbidden, Refused
from tiepdan.receptions import actions
from tiepdan.receptions.access import may_manage_credentials, reception_for
from tiepdan.receptions.models import Credential, ReceptionPoint
from tiepdan.receptions.queries import prints_passwords, working_credential
from tiepdan.receptions.rules import FINISHED
from tiepdan.receptions.views.common import page, person_at


@login_required
@require_GET
def accounts(request: HttpRequest, code: str) -> HttpResponse:
    now = timezone.now()
    reception = reception_for(request, code, now)
    halls = reception.halls.select_related("point__agency").prefetch_related("credentials")
    person = person_at(request)
    facts = {
        "halls": [(hall, _working(hall)) for hall in halls],
        "may_manage_credentials": may_manage_credentials(person, reception),
        "is_finished": reception.state in FINISHED,
        "tab": "receptions:accounts",
    }
    return page(request, person, reception, "receptions/accounts.html", facts, now=now)


def _working(hall: ReceptionPoint) -> Credential | None:
    return next((row for row in hall.credentials.all() if row.revoked_at is None), None)


@login_required
@require_POST
def issue(request: HttpRequest, code: str, hall: int) -> HttpResponse:
    """Give a hall its name and password, shown on this answer only."""
    now = timezone.now()
    place, person = _managed_hall(request, code, hall, now)
    credential, password = actions.issue_credential(place, by=person, now=now)
    response = render(
        request,
        "receptions/slip.html",
        {
            "reception": place.reception,
            "hall": place,
            "credential": credential,
            "password": password,
            "prints_passwords": prints_passwords(place.reception),
        },
    )
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_POST
def letter(request: HttpRequest, code: str, hall: int) -> HttpResponse:
    """«In mật khẩu trong giấy mời», from the page that shows the password once."""
    now = timezone.now()
    place, person = _managed_hall(request, code, hall, now)
    file = actions.letter_with_password(place, request.POST.get("password", ""), by=person, now=now)
    answer = HttpResponse(file, content_type=DOCX.kind)
    answer["Content-Disposition"] = f'attachment; filename="giay-moi-{place.point.slug}.docx"'
    answer["Cache-Control"] = "no-store"
    return answer


@login_required
@require_POST
def revoke(request: HttpRequest, code: str, hall: int) -> HttpResponse:
    now = timezone.now()
    place, person = _managed_hall(request, code, hall, now)
    credential = working_credential(place)
    if credential is None:
        raise Refused("Điểm cầu này không có tài khoản nào đang dùng.", code="stale")
    actions.revoke_credential(credential, by=person, now=now)
    return redirect("receptions:accounts", code=code)


def _managed_hall(request: HttpRequest, code: str, hall: int, now: datetime) -> tuple[ReceptionPoint, Person]:
    reception = reception_for(request, code, now)
    person = person_at(request)
    if not may_manage_credentials(person, reception):
        raise Forbidden(
            "Chỉ cán bộ kỹ thuật của buổi tiếp được cấp, thu hồi tài khoản điểm cầu (khoản 2 Điều 23 NĐ 154/2026).",
            code="forbidden",
        )
    place = reception.halls.select_related("point", "reception__agency").filter(pk=hall).first()
    if place is None:
        raise Http404
    return place, person
