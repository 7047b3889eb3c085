"""One receiver of the board: how they are reached, and what the desk does when they do not answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tiepdan.documents import actions as documents
from tiepdan.files.actions import keep
from tiepdan.files.rules import MEGABYTE, SCANS
from tiepdan.invitations.access import invitation_of
from tiepdan.invitations.actions import answers, sending
from tiepdan.invitations.board import row_of
from tiepdan.invitations.forms import CallForm
from tiepdan.invitations.models import Invitation
from tiepdan.invitations.queries import deliveries_of
from tiepdan.invitations.receivers import part_of
from tiepdan.kernel.refusals import Refused
from tiepdan.notify.forms import AddressForm, AxisForm, HandOverForm
from tiepdan.receptions.access import is_desk, plan_for
from tiepdan.receptions.views.common import person_at

LARGEST_PHOTO = 20 * MEGABYTE


@require_safe
@never_cache
@login_required
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    return _page(request, _own(request, code, pk))


def _own(request: HttpRequest, code: str, pk: int) -> Invitation:
    """The receiver for the desk; nobody else learns who was invited how."""
    now, person = timezone.now(), person_at(request)
    reception = plan_for(person, code, now)
    if not is_desk(person, reception, localdate(now)):
        raise Http404
    return invitation_of(reception, pk)


def _page(request: HttpRequest, one: Invitation, status: int = 200, **facts: Any) -> HttpResponse:
    reception = one.reception
    row = row_of(one, timezone.now())
    shown = {
        "reception": reception,
        "row": row,
        "one": one,
        "messages_sent": deliveries_of([one]).order_by("-pk"),
        "way_form": AddressForm(initial={"channel": one.channel, "address": one.address}, auto_id="cach_%s"),
        "hand_over_form": HandOverForm(auto_id="giao_%s"),
        "axis_form": AxisForm(auto_id="truc_%s"),
        "call_form": CallForm(auto_id="goi_%s"),
        "phone": _phone(one),
        "tab": "invitations:board",
        **facts,
    }
    return render(request, "invitations/receiver.html", shown, status=status)


def _phone(one: Invitation) -> str:
    if one.petitioner is not None:
        return one.petitioner.phone
    hall = one.hall.phone or one.hall.point.phone if one.hall else ""
    return hall or (one.agency.phone if one.agency else "")


@require_POST
@login_required
def send(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    return _acted(request, code, pk, sending.send_one, "Đã cho gửi.")


@require_POST
@login_required
def resend(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    return _acted(request, code, pk, sending.resend, "Đã xếp gửi lại.")


@require_POST
@login_required
def take_seats(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    return _acted(request, code, pk, answers.take_seats, "Đã đưa những người đã đăng ký vào danh sách chỗ ngồi.")


def _acted(request: HttpRequest, code: str, pk: int, act: Callable[..., object], done: str) -> HttpResponse:
    one = _own(request, code, pk)
    try:
        act(one, by=person_at(request), at=timezone.now())
    except Refused as refused:
        one.refresh_from_db()
        return _page(request, one, refused.status, sentence=refused.sentence)
    messages.success(request, done)
    return redirect("invitations:receiver", code=code, pk=pk)


@require_POST
@login_required
def set_way(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    one = _own(request, code, pk)
    form = AddressForm(request.POST, auto_id="cach_%s")
    if not form.is_valid():
        return _page(request, one, 422, way_form=form)
    try:
        sending.set_way(one, **form.cleaned_data, by=person_at(request), at=timezone.now())
    except Refused as refused:
        one.refresh_from_db()
        return _page(request, one, refused.status, way_form=form, sentence=refused.sentence)
    messages.success(request, "Đã lưu cách gửi, địa chỉ nhận.")
    return redirect("invitations:receiver", code=code, pk=pk)


@require_POST
@login_required
def hand_over(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    one, now, person = _own(request, code, pk), timezone.now(), person_at(request)
    form = HandOverForm(request.POST, request.FILES, auto_id="giao_%s")
    if not form.is_valid():
        return _page(request, one, 422, hand_over_form=form)
    photo = form.cleaned_data["photo"]
    try:
        with transaction.atomic():
            proof = None
            if photo:
                agency = one.reception.agency
                proof = keep(photo, agency=agency, by=person, at=now, accepted=SCANS, largest=LARGEST_PHOTO)
            sending.hand_over(one, form.cleaned_data["note"], proof, by=person, at=now)
    except Refused as refused:
        one.refresh_from_db()
        return _page(request, one, refused.status, hand_over_form=form, sentence=refused.sentence)
    messages.success(request, f"Đã ghi nhận giao tay cho {one.receiver}.")
    return redirect("invitations:receiver", code=code, pk=pk)


@require_POST
@login_required
def handover_record(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """«Lập biên bản giao»: to be signed where the paper is handed over."""
    one, now, person = _own(request, code, pk), timezone.now(), person_at(request)
    try:
        paper = documents.draft("handover", one.reception, part_of(one), by=person, at=now)
    except Refused as refused:
        return _page(request, one, refused.status, sentence=refused.sentence)
    return redirect("documents:paper", pk=paper.pk)


@require_POST
@login_required
def axis(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """«Ghi nhận đã gửi qua trục»"""
    one = _own(request, code, pk)
    form = AxisForm(request.POST, auto_id="truc_%s")
    if not form.is_valid():
        return _page(request, one, 422, axis_form=form)
    try:
        sending.record_axis(one, **form.cleaned_data, by=person_at(request), at=timezone.now())
    except Refused as refused:
        one.refresh_from_db()
        return _page(request, one, refused.status, axis_form=form, sentence=refused.sentence)
    messages.success(request, f"Đã ghi nhận gửi qua trục văn bản tới {one.receiver}.")
    return redirect("invitations:receiver", code=code, pk=pk)


@require_POST
@login_required
def call(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """«Gọi xác nhận»."""
    one = _own(request, code, pk)
    form = CallForm(request.POST, auto_id="goi_%s")
    if not form.is_valid():
        return _page(request, one, 422, call_form=form)
    try:
        answers.record_call(one, form.heard(), form.note, by=person_at(request), at=timezone.now())
    except Refused as refused:
        one.refresh_from_db()
        return _page(request, one, refused.status, call_form=form, sentence=refused.sentence)
    messages.success(request, "Đã ghi kết quả gọi xác nhận.")
    return redirect("invitations:receiver", code=code, pk=pk)
