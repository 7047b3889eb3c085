"""Buttons of the plan's first page: approval, milestones, warnings, readiness. Each is one POST."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from tiepdan.accounts.models import Person
from tiepdan.accounts.signing import SigningForm
from tiepdan.files.actions import keep
from tiepdan.files.web import download
from tiepdan.kernel.refusals import Forbidden, Invalid, Refused
from tiepdan.receptions import decision_sheets
from tiepdan.receptions.access import plan_for, require_writer
from tiepdan.receptions.actions import approval, milestones
from tiepdan.receptions.forms.plan import NoteForm, ProofForm, WaiverForm
from tiepdan.receptions.models import Reception
from tiepdan.receptions.views.common import blame, person_at
from tiepdan.receptions.views.plan import show

DONE = {
    "submit": "Đã trình duyệt kế hoạch.",
    "withdraw": "Đã rút kế hoạch về dự thảo.",
    "approve": "Đã duyệt kế hoạch.",
    "return": "Đã trả lại kế hoạch để bổ sung.",
    "revise": "Kế hoạch đã về dự thảo; sửa xong phải trình duyệt lại.",
    "confirm": "Đã xác nhận đủ điều kiện. Buổi tiếp «Sẵn sàng».",
    "doubt": "Đã bỏ xác nhận. Buổi tiếp trở về «Đã công bố».",
}
NOTED: dict[str, Callable[..., None]] = {
    "submit": approval.submit,
    "approve": approval.approve,
    "return": approval.send_back,
    "revise": approval.revise,
    "doubt": approval.doubt,
}
PLAIN: dict[str, Callable[..., None]] = {"withdraw": approval.withdraw, "confirm": approval.confirm}


@login_required
@require_POST
def decide(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """One step of the plan; a step that needs words keeps them when it is refused."""
    now, person = timezone.now(), person_at(request)
    reception = plan_for(person, code, now)
    approval.require_right(reception, step, by=person, at=now)
    form, signing = NoteForm(request.POST), SigningForm(request.POST, person=person)
    if not form.is_valid():
        return show(request, person, reception, now=now, status=422, note_form=form)
    note = form.cleaned_data["note"]
    try:
        if step in approval.DECISIONS:
            signing.act(lambda how: NOTED[step](reception, note, by=person, at=now, proved_by=how), at=now)
        elif step in NOTED:
            NOTED[step](reception, note, by=person, at=now)
        else:
            PLAIN[step](reception, by=person, at=now)
    except Invalid as refused:
        if not signing.errors:
            form.add_error("note", refused.sentence)
        return show(request, person, reception, now=now, status=422, note_form=form, signing=signing)
    messages.success(request, DONE[step])
    return redirect("receptions:detail", code=code)


@login_required
@require_safe
def sheet(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """«Phiếu xử lý» of one decision, to read and to print."""
    reception = plan_for(person_at(request), code, timezone.now())
    decision = get_object_or_404(reception.decisions.select_related("reception__agency", "by", "on_behalf_of"), pk=pk)
    return render(request, "decision_sheet.html", {"sheet": decision_sheets.sheet_of(decision)})


@login_required
@require_POST
def meet(request: HttpRequest, code: str, milestone: str) -> HttpResponse:
    """«Ghi nhận đã thực hiện», with the proof in words and, if there is one, as a file."""
    now, person = timezone.now(), person_at(request)
    reception = plan_for(person, code, now)
    form = ProofForm(request.POST, request.FILES)
    _require_right(reception, milestone, person, now)
    if not form.is_valid():
        return show(request, person, reception, now=now, status=422, proof_form=form, proof_for=milestone)
    try:
        milestones.may_record(reception, milestone, by=person, at=now)
        with transaction.atomic():
            upload = form.cleaned_data["file"]
            kept = keep(upload, agency=reception.agency, by=person, at=now) if upload else None
            milestones.meet_by_hand(reception, milestone, form.cleaned_data["proof"], by=person, at=now, file=kept)
    except Refused as refused:
        status = blame(form, refused)
        return show(request, person, reception, now=now, status=status, proof_form=form, proof_for=milestone)
    messages.success(request, "Đã ghi nhận.")
    return redirect("receptions:detail", code=code)


def _require_right(reception: Reception, milestone: str, person: Person, now: datetime) -> None:
    """Who never records it is told so before anything else; what is only too early is told beside the form."""
    try:
        milestones.may_record(reception, milestone, by=person, at=now)
    except Forbidden:
        raise
    except Refused:
        return


@login_required
@require_GET
def proof(request: HttpRequest, code: str, milestone: str) -> HttpResponseBase:
    """The file that proves a milestone."""
    reception = plan_for(person_at(request), code, timezone.now())
    met = reception.met.select_related("file").filter(code=milestone, file__isnull=False).first()
    if met is None or met.file is None:
        raise Http404
    return download(met.file, inline=True)


@login_required
@require_POST
def waive(request: HttpRequest, code: str) -> HttpResponse:
    """«Chấp nhận, ghi lý do» beside a warning."""
    now, person = timezone.now(), person_at(request)
    reception = plan_for(person, code, now)
    require_writer(person, reception, now)
    form = WaiverForm(request.POST)
    if not form.is_valid():
        return show(request, person, reception, now=now, status=422, waiver_form=form)
    try:
        milestones.waive(reception, form.cleaned_data["code"], form.cleaned_data["reason"], by=person, at=now)
    except Refused as refused:
        status = blame(form, refused)
        return show(request, person, reception, now=now, status=status, waiver_form=form)
    messages.success(request, "Đã ghi lý do.")
    return redirect("receptions:detail", code=code)
