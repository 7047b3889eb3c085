"""Tab «Giấy mời» of a plan (screen S14): the board, the preview and what concerns all receivers at once."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tiepdan.documents.rules import State as Paper
from tiepdan.invitations import letters
from tiepdan.invitations.access import sees_people
from tiepdan.invitations.actions import sending as actions
from tiepdan.invitations.board import NOT_MADE, Board, Row, board_of, file_of
from tiepdan.invitations.rules import AFTER_APPROVAL, ENDED, OPEN_FOR_LETTERS
from tiepdan.kernel.refusals import Refused
from tiepdan.notify import mail, sms
from tiepdan.notify.rules import NO_GATEWAY, NO_MAIL_SERVER, Channel
from tiepdan.receptions.access import is_desk, plan_for
from tiepdan.receptions.models import Reception
from tiepdan.receptions.plan import plan_of
from tiepdan.receptions.rules import Phase
from tiepdan.receptions.views.common import person_at
from tiepdan.sheets import export

COLUMNS = [
    ("Người nhận", 36),
    ("Điểm cầu", 28),
    ("Cách gửi", 16),
    ("Địa chỉ nhận", 32),
    ("Giấy mời số", 16),
    ("Trạng thái", 20),
    ("Đã gửi lúc", 18),
    ("Đã mở lúc", 18),
    ("Trả lời lúc", 18),
    ("Người trả lời", 28),
    ("Người tham dự", 48),
    ("Dự thay", 28),
]


@require_safe
@never_cache
@login_required
def board(request: HttpRequest, code: str) -> HttpResponse:
    now = timezone.now()
    return _page(request, plan_for(person_at(request), code, now), now)


def _page(
    request: HttpRequest, reception: Reception, now: datetime, sentence: str = "", status: int = 200
) -> HttpResponse:
    person = person_at(request)
    found = board_of(reception, now)
    facts = {
        "reception": reception,
        "board": found,
        "is_desk": is_desk(person, reception, localdate(now)),
        "sees_people": sees_people(person, reception, localdate(now)),
        "refusal": found.refusal or _state_refusal(reception),
        "to_issue": _to_issue(found),
        "may_issue": reception.state in AFTER_APPROVAL,
        "is_unmade": found.total > 0 and found.is_unmade and not found.is_off,
        "warnings": _warnings(found),
        "sentence": sentence,
        "tab": "invitations:board",
    }
    return render(request, "invitations/board.html", facts, status=status)


def _state_refusal(reception: Reception) -> str:
    if reception.state in (*OPEN_FOR_LETTERS, *ENDED):
        return ""
    if reception.state in (Phase.DRAFT, Phase.SUBMITTED, Phase.APPROVED):
        return "Công bố lịch trước, rồi mới gửi giấy mời."
    return "Buổi tiếp đã bắt đầu nên không gửi giấy mời nữa."


def _to_issue(found: Board) -> int:
    """Papers of the board that wait for number and issue."""
    return sum(row.paper is not None and row.paper.state in (Paper.DRAFT, Paper.NUMBERED) for row in found.wanted)


def _warnings(found: Board) -> list[str]:
    ways = {row.invitation.channel for row in found.wanted}
    missing = []
    if Channel.EMAIL in ways and not mail.is_configured():
        missing.append(NO_MAIL_SERVER)
    if Channel.SMS in ways and not sms.is_configured():
        missing.append(NO_GATEWAY)
    return missing


@require_safe
@never_cache
@login_required
def preview(request: HttpRequest, code: str) -> HttpResponse:
    """«Xem trước»: every letter as it would leave now."""
    now, person = timezone.now(), person_at(request)
    reception = plan_for(person, code, now)
    if not is_desk(person, reception, localdate(now)):
        raise Http404
    found, plan = board_of(reception, now), plan_of(reception)

    def letter(row: Row) -> letters.Letter:
        if row.waiting is not None:
            return letters.Letter(row.waiting.subject, row.waiting.body)
        return letters.first(reception, row.invitation, plan, row.paper.code if row.paper else "")

    shown = [(row, letter(row), file_of(row.paper)) for row in found.rows if row.waiting is not None or row.is_unsent]
    facts = {
        "reception": reception,
        "letters": shown,
        "refusal": found.refusal or _state_refusal(reception),
        "count": len(found.sendable),
        "tab": "invitations:board",
    }
    return render(request, "invitations/preview.html", facts)


@require_POST
@login_required
def send_all(request: HttpRequest, code: str) -> HttpResponse:
    now, person = timezone.now(), person_at(request)
    reception = plan_for(person, code, now)
    try:
        count = actions.send_all(reception, by=person, at=now)
    except Refused as refused:
        return _page(request, reception, now, refused.sentence, refused.status)
    messages.success(request, f"Đã cho gửi {count} giấy mời, thông báo.")
    left = board_of(reception, now).blocked
    if left:
        messages.warning(request, f"Còn {len(left)} giấy mời chưa gửi. {left[0].paper_problem}")
    return redirect("invitations:board", code=code)


@require_POST
@login_required
def issue(request: HttpRequest, code: str) -> HttpResponse:
    now, person = timezone.now(), person_at(request)
    reception = plan_for(person, code, now)
    try:
        count = actions.issue_papers(reception, by=person, at=now)
    except Refused as refused:
        return _page(request, reception, now, refused.sentence, refused.status)
    messages.success(request, f"Đã cấp số và phát hành {count} văn bản.")
    return redirect("invitations:board", code=code)


@require_safe
@never_cache
@login_required
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """«Bảng theo dõi» as Excel, for the desk."""
    now, person = timezone.now(), person_at(request)
    reception = plan_for(person, code, now)
    if not is_desk(person, reception, localdate(now)):
        raise Http404
    return export.xlsx(COLUMNS, (_line(row) for row in board_of(reception, now).rows), f"giay-moi-{code}")


def _line(row: Row) -> list[object]:
    one, sent = row.invitation, row.message
    return [
        one.receiver,
        str(one.hall) if one.hall else "",
        row.channel_label,
        row.address,
        row.paper.code if row.paper else NOT_MADE,
        row.state_label,
        sent.sent_at if sent else None,
        sent.opened_at if sent else None,
        sent.acknowledged_at if sent else None,
        sent.acknowledged_by if sent else "",
        "; ".join(row.names),
        one.substitute,
    ]
