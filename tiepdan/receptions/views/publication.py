"""The versions of a schedule: publishing, changing, postponing, cancelling (screen S12)."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tiepdan.accounts.models import Person
from tiepdan.documents.word import office
from tiepdan.kernel.refusals import Forbidden, Refused
from tiepdan.receptions.access import is_desk, may_release, plan_for, require_writer
from tiepdan.receptions.actions import publication as actions
from tiepdan.receptions.actions import schedule
from tiepdan.receptions.actions.posters import ask_again
from tiepdan.receptions.audience import audience
from tiepdan.receptions.differences import EVERYBODY, summary, word_pieces
from tiepdan.receptions.forms.publication import CancelForm, NoteForm, PostponeForm, SlotForm, slot_on
from tiepdan.receptions.models import Poster, Reception, Version
from tiepdan.receptions.publication import next_number, pending, personal_data, snapshot
from tiepdan.receptions.rules import RECEPTION, Phase
from tiepdan.receptions.schedule import proposed_day
from tiepdan.receptions.views.common import person_at
from tiepdan.receptions.warnings import blocking_sentence, warnings

TAB = "receptions:versions"


@login_required
@require_GET
def versions(request: HttpRequest, code: str) -> HttpResponse:
    now, person, reception = _opened(request, code)
    return _page(request, reception, person, now)


@login_required
@require_POST
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """«Công bố lịch»"""
    now, person, reception = _opened(request, code)
    try:
        version = actions.publish(reception, by=person, at=now)
    except Refused as refused:
        return _page(
            request, plan_for(person, code, now), person, now, sentence=refused.sentence, status=refused.status
        )
    messages.success(
        request, f"Đã công bố lịch, phiên bản {version.number}. Giấy mời và thông báo chờ trong «Hộp gửi»."
    )
    return redirect(TAB, code=code)


@login_required
@require_POST
def publish_version(request: HttpRequest, code: str) -> HttpResponse:
    """«Công bố phiên bản {n}»"""
    now, person, reception = _writing(request, code)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, reception, person, now, note_form=form, status=422)
    try:
        version = actions.publish_version(reception, form.cleaned_data["note"], by=person, at=now)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        fresh = plan_for(person, code, now)
        return _page(request, fresh, person, now, note_form=form, status=refused.status)
    _said(request, version)
    return redirect(TAB, code=code)


@login_required
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, code: str) -> HttpResponse:
    """«Đổi thời gian, địa điểm»: first what would differ and who must be told, then the new version."""
    now, person, reception = _writing(request, code)
    if request.method == "GET":
        return _slot(request, reception, now)
    form = SlotForm(request.POST)
    if not form.is_valid():
        return _change_page(request, reception, form, status=422)
    try:
        if "confirm" not in request.POST:
            rows = schedule.preview(reception, form.slot, now)
            return _change_page(request, reception, form, rows=rows, blocking=_blocking(reception, form.slot, now))
        version = schedule.change(reception, form.slot, form.cleaned_data["note"], by=person, at=now)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _change_page(request, reception, form, status=refused.status)
    _said(request, version)
    return redirect(TAB, code=code)


def _slot(request: HttpRequest, reception: Reception, now: datetime) -> HttpResponse:
    """The form; with the day to which somebody drew it in the calendar also what would differ, or why it cannot be."""
    first = SlotForm.initial_of(reception)
    day = proposed_day(request.GET.get("ngay"))
    if day is None or day == first["day"] or reception.state not in schedule.MOVABLE:
        return _change_page(request, reception, SlotForm(initial=first))
    form = SlotForm(initial=first | {"day": day})
    try:
        rows = schedule.preview(reception, slot_on(reception, day), now)
    except Refused as refused:
        return _change_page(request, reception, form, proposed=day, problem=refused.sentence)
    blocking = _blocking(reception, slot_on(reception, day), now)
    return _change_page(request, reception, form, rows=rows, proposed=day, blocking=blocking)


def _blocking(reception: Reception, slot: schedule.Slot, now: datetime) -> str:
    """What would keep the new time from being published: a hall, a person that is taken then."""
    row = copy.copy(reception)
    row.starts_at, row.ends_at, row.kept_plan = slot.starts_at, slot.ends_at, None
    return blocking_sentence(warnings(row, now))


@login_required
@require_http_methods(["GET", "POST"])
def postpone(request: HttpRequest, code: str) -> HttpResponse:
    """«Hoãn», with reason and expected day."""

    def act(reception: Reception, data: Mapping[str, Any], person: Person, now: datetime) -> Version | None:
        return schedule.postpone(reception, data["reason"], data["expected"], by=person, at=now)

    return _end(request, code, PostponeForm, act, "receptions/publication/postpone.html", "postpone")


@login_required
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """«Hủy», with the reason."""

    def act(reception: Reception, data: Mapping[str, Any], person: Person, now: datetime) -> Version | None:
        return schedule.cancel(reception, data["reason"], by=person, at=now)

    return _end(request, code, CancelForm, act, "receptions/publication/cancel.html", "cancel")


@login_required
@require_POST
def replan(request: HttpRequest, code: str) -> HttpResponse:
    """«Lập lại kế hoạch» of a postponed reception."""
    now, person, reception = _opened(request, code)
    schedule.replan(reception, by=person, at=now)
    messages.success(request, "Kế hoạch trở lại dự thảo. Đặt ngày mới, trình duyệt rồi công bố lại.")
    return redirect("receptions:detail", code=code)


@login_required
@require_POST
def posters(request: HttpRequest, code: str) -> HttpResponse:
    """«Tạo PDF niêm yết»"""
    now, person, reception = _opened(request, code)
    try:
        ask_again(reception, by=person, at=now)
    except Forbidden:
        raise
    except Refused as refused:
        return _page(request, reception, person, now, sentence=refused.sentence, status=refused.status)
    return redirect(TAB, code=code)


_Act = Callable[[Reception, Mapping[str, Any], Person, datetime], Version | None]


def _end(
    request: HttpRequest, code: str, form_class: type[forms.Form], act: _Act, template: str, step: str
) -> HttpResponse:
    now, person, reception = _writing(request, code)
    form = form_class(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                version = act(reception, form.cleaned_data, person, now)
            except Refused as refused:
                form.add_error(None, refused.sentence)
                status = refused.status
            else:
                _said(request, version)
                return redirect(TAB, code=code)
    facts = {
        "reception": reception,
        "form": form,
        "receivers": audience().affected(reception, [{"touches": EVERYBODY}]),
        "is_public": reception.versions.exists(),
        "matters": reception.matters.select_related("case"),
        "closed": "" if RECEPTION.after(reception.state, step) else _not_now(reception),
        "tab": TAB,
    }
    return render(request, template, facts, status=status)


def _opened(request: HttpRequest, code: str) -> tuple[datetime, Person, Reception]:
    now, person = timezone.now(), person_at(request)
    return now, person, plan_for(person, code, now)


def _writing(request: HttpRequest, code: str) -> tuple[datetime, Person, Reception]:
    """The right comes before everything that was typed, and before the form itself."""
    now, person, reception = _opened(request, code)
    require_writer(person, reception, now, desk_only=True)
    return now, person, reception


def _said(request: HttpRequest, version: Version | None) -> None:
    if version is None:
        messages.success(request, "Đã hủy buổi tiếp. Các vụ việc trở lại danh sách chờ xếp buổi tiếp.")
        return
    waiting = "Giấy mời và thông báo" if version.number == 1 else "Thông báo thay đổi của những nơi liên quan"
    messages.success(request, f"Đã công bố phiên bản {version.number}. {waiting} chờ trong «Hộp gửi».")


def _not_now(reception: Reception) -> str:
    return f"Buổi tiếp đang ở trạng thái «{reception.get_state_display()}» nên không làm được việc này."


def _page(
    request: HttpRequest, reception: Reception, person: Person, now: datetime, *, status: int = 200, **more: Any
) -> HttpResponse:
    waiting = pending(reception) if reception.state in schedule.MOVABLE else []
    by_version = audience().told(reception)
    rows = list(reception.versions.select_related("published_by"))
    public = snapshot(reception)[0] if reception.state in _BEFORE else None
    facts = {
        "reception": reception,
        "versions": [
            (row, summary(row.differences), shown(row.differences), by_version.get(row.number)) for row in rows
        ],
        "waiting": shown(waiting),
        "affected": audience().affected(reception, waiting),
        "next_number": next_number(reception),
        "public": public,
        "personal": personal_data(reception, public) if public else [],
        "notice": audience().notice_state(reception),
        "note_form": NoteForm(),
        "is_desk": is_desk(person, reception, timezone.localdate(now)),
        "may_edit": may_release(person, reception, now),
        "no_office": office.available().sentence if rows else "",
        "poster": Poster.objects.filter(version=rows[0]).first() if rows else None,
        "can_publish": reception.state == Phase.APPROVED,
        "can_move": reception.state in schedule.MOVABLE,
        "can_postpone": RECEPTION.after(reception.state, "postpone") is not None,
        "can_cancel": RECEPTION.after(reception.state, "cancel") is not None,
        "can_replan": RECEPTION.after(reception.state, "replan") is not None,
        "not_approved": actions.NOT_APPROVED,
        "tab": TAB,
        **more,
    }
    return render(request, "receptions/publication/versions.html", facts, status=status)


_BEFORE = (Phase.DRAFT, Phase.SUBMITTED, Phase.APPROVED)


def shown(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Differences with their words marked, for diff.html."""
    return [{**row, "pieces": word_pieces(row["before"], row["after"])} for row in rows]


def _change_page(
    request: HttpRequest,
    reception: Reception,
    form: SlotForm,
    *,
    rows: list[Any] | None = None,
    status: int = 200,
    proposed: date | None = None,
    problem: str = "",
    blocking: str = "",
) -> HttpResponse:
    facts = {
        "blocking": blocking,
        "proposed": proposed,
        "problem": problem,
        "reception": reception,
        "form": form,
        "is_preview": rows is not None,
        "rows": shown(rows or []),
        "affected": audience().affected(reception, rows or []),
        "next_number": next_number(reception),
        "closed": "" if reception.state in schedule.MOVABLE else _not_now(reception),
        "tab": TAB,
    }
    return render(request, "receptions/publication/change.html", facts, status=status)
