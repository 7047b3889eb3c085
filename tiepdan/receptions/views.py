"""Receptions of the desk, the credentials of their halls, and the sign-in of a hall."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tiepdan.accounts.models import Person
from tiepdan.kernel.address import client_address
from tiepdan.kernel.errors import prefers_json
from tiepdan.kernel.refusals import Forbidden, Refused
from tiepdan.law.profiles import profile
from tiepdan.receptions import actions
from tiepdan.receptions.access import (
    CREDENTIAL_KEY,
    credential_of,
    may_manage_credentials,
    person_of,
    reception_for,
)
from tiepdan.receptions.forms import PointSignInForm
from tiepdan.receptions.models import Credential, Reception, ReceptionPoint
from tiepdan.receptions.queries import receptions_of, working_credential
from tiepdan.receptions.rules import FINISHED


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The desk's receptions: today's first, then those to come, then the past."""
    now = timezone.now()
    person = _person(request)
    today = timezone.localdate(now)
    rows = list(receptions_of(person, now)[:200])
    day = {row.pk: timezone.localdate(row.starts_at) for row in rows}
    groups = (
        ("Hôm nay", [row for row in rows if day[row.pk] == today]),
        ("Sắp tới", sorted((row for row in rows if day[row.pk] > today), key=lambda row: row.starts_at)),
        ("Đã qua", [row for row in rows if day[row.pk] < today]),
    )
    return render(request, "receptions/index.html", {"groups": [group for group in groups if group[1]], "now": now})


@login_required
@require_GET
def detail(request: HttpRequest, code: str) -> HttpResponse:
    now = timezone.now()
    reception = reception_for(request, code, now)
    return render(request, "receptions/detail.html", _detail(request, reception, now))


def _detail(request: HttpRequest, reception: Reception, now: datetime) -> dict[str, object]:
    halls = reception.halls.select_related("point__agency").prefetch_related("seats", "credentials")
    return {
        "reception": reception,
        "profile": profile(reception.profile),
        "halls": [(hall, working_credential(hall)) for hall in halls],
        "may_manage_credentials": may_manage_credentials(_person(request), reception),
        "is_finished": reception.state in FINISHED,
        "now": now,
    }


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
        {"reception": place.reception, "hall": place, "credential": credential, "password": password},
    )
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_POST
def revoke(request: HttpRequest, code: str, hall: int) -> HttpResponse:
    now = timezone.now()
    place, person = _managed_hall(request, code, hall, now)
    credential = working_credential(place)
    if credential is None:
        raise Refused("Điểm cầu này không có tài khoản nào đang dùng.", code="stale")
    actions.revoke_credential(credential, by=person, now=now)
    return redirect("receptions:detail", code=code)


def _managed_hall(request: HttpRequest, code: str, hall: int, now: datetime) -> tuple[ReceptionPoint, Person]:
    reception = reception_for(request, code, now)
    person = _person(request)
    if not may_manage_credentials(person, reception):
        raise Forbidden(
            "Chỉ cán bộ kỹ thuật của buổi tiếp được cấp, thu hồi tài khoản điểm cầu (khoản 2 Điều 23 NĐ 154/2026).",
            code="forbidden",
        )
    place = reception.halls.select_related("point", "reception__agency").filter(pk=hall).first()
    if place is None:
        raise Http404
    return place, person


def _person(request: HttpRequest) -> Person:
    person = person_of(request)
    assert person is not None, "login_required stands before"
    return person


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def point_sign_in(request: HttpRequest) -> HttpResponse:
    """A hall signs in with the name and password of its slip, and goes to its device check."""
    now = timezone.now()
    if request.method == "GET":
        if _signed_in_hall(request, now) is not None:
            return redirect("readiness:prepare")
        return render(request, "receptions/point_sign_in.html", {"form": PointSignInForm()})
    form = PointSignInForm(request.POST)
    if not form.is_valid():
        return _sign_in_answer(request, form, 422, str(next(iter(form.errors.values()))[0]), "form")
    try:
        credential = actions.sign_in_point(
            form.cleaned_data["name"],
            form.cleaned_data["password"],
            address=client_address(request),
            now=now,
        )
    except Refused as refusal:
        return _sign_in_answer(request, form, refusal.status, refusal.sentence, refusal.code)
    # One browser is either a person's or a hall's: signing in as a hall ends a person's session.
    logout(request)
    request.session[CREDENTIAL_KEY] = credential.pk
    if prefers_json(request):
        room = reverse("live:room", args=[credential.hall.reception.code])
        return JsonResponse({"next": reverse("readiness:prepare"), "room": room})
    return redirect("readiness:prepare")


def _signed_in_hall(request: HttpRequest, now: datetime) -> Credential | None:
    try:
        return credential_of(request, now)
    except Refused:
        return None


def _sign_in_answer(request: HttpRequest, form: PointSignInForm, status: int, sentence: str, code: str) -> HttpResponse:
    if prefers_json(request):
        return JsonResponse({"sentence": sentence, "code": code}, status=status)
    return render(request, "receptions/point_sign_in.html", {"form": form, "sentence": sentence}, status=status)


@require_POST
def point_sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("receptions:point_sign_in")
