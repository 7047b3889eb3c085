"""The door of the halls: a hall signs in with the name and password of its slip."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tiepdan.kernel.address import client_address
from tiepdan.kernel.errors import prefers_json
from tiepdan.kernel.refusals import Refused
from tiepdan.receptions import actions
from tiepdan.receptions.access import CREDENTIAL_KEY, credential_of
from tiepdan.receptions.forms import PointSignInForm
from tiepdan.receptions.models import Credential


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def point_sign_in(request: HttpRequest) -> HttpResponse:
    """A hall signs in with the name and password of its slip, and goes to its device check."""
    now = timezone.now()
    if request.method == "GET":
        if _signed_in_hall(request, now) is not None:
            return redirect("readiness:prepare")
        # The card on the hall's wall brings the name along.
        form = PointSignInForm(initial={"name": request.GET.get("ten", "")[:60]})
        return render(request, "receptions/point_sign_in.html", {"form": form})
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
