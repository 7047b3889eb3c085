"""«Hộp gửi»: what waits for one look before it is sent, and what became of what was sent."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tiepdan.accounts.access import staff
from tiepdan.accounts.models import Person
from tiepdan.accounts.rules import Role
from tiepdan.kernel.numbers import id_of
from tiepdan.kernel.refusals import Invalid, Refused
from tiepdan.notify import access, actions, mail, sms
from tiepdan.notify.forms import FilterForm
from tiepdan.notify.models import Delivery
from tiepdan.notify.queries import counts, matching, waiting
from tiepdan.notify.rules import CHANNEL_LABELS, NO_GATEWAY, NO_MAIL_SERVER, Channel, State
from tiepdan.sheets import export

PER_PAGE = 50
COLUMNS = [
    ("Loại", 22),
    ("Người nhận", 32),
    ("Cách gửi", 16),
    ("Địa chỉ nhận", 32),
    ("Tiêu đề", 48),
    ("Trạng thái", 20),
    ("Hạn", 18),
    ("Đã gửi lúc", 18),
    ("Đã mở lúc", 18),
    ("Trả lời lúc", 18),
    ("Người trả lời", 28),
    ("Trả lời", 40),
    ("Lỗi", 48),
]


@require_safe
@never_cache
@staff(Role.CLERK, Role.ADMIN)
def outbox(request: HttpRequest, person: Person) -> HttpResponse:
    return _page(request, person, timezone.now())


def _page(request: HttpRequest, person: Person, now: datetime, sentence: str = "", status: int = 200) -> HttpResponse:
    rows = access.visible(person, now)
    form = FilterForm(request.GET)
    page = Paginator(matching(rows, **form.filters()), PER_PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    clerk_of = set(access.outbox_agencies(person, localdate(now)).values_list("pk", flat=True))
    facts = {
        "form": form,
        "page": page,
        "rows": [(row, row.agency_id in clerk_of) for row in page.object_list],
        "query": kept.urlencode(),
        "counts": counts(rows),
        "drafts": _drafts(request, person, now).count(),
        "warnings": _warnings(rows),
        "is_clerk": bool(clerk_of),
        "sentence": sentence,
    }
    return render(request, "notify/outbox.html", facts, status=status)


def _warnings(rows: QuerySet[Delivery]) -> list[str]:
    """Why messages wait although somebody let them go."""
    queued = set(rows.filter(state=State.QUEUED).order_by().values_list("channel", flat=True).distinct())
    found = []
    if Channel.EMAIL in queued and not mail.is_configured():
        found.append(NO_MAIL_SERVER)
    if Channel.SMS in queued and not sms.is_configured():
        found.append(NO_GATEWAY)
    return found


def _drafts(request: HttpRequest, person: Person, now: datetime) -> QuerySet[Delivery]:
    """Drafts of the filter that is on the screen, of agencies where the person is a clerk."""
    form = FilterForm(request.GET)
    own = Delivery.objects.filter(agency__in=access.outbox_agencies(person, localdate(now)))
    return waiting(matching(own, **{**form.filters(), "state": ""}).select_related("agency"))


@require_POST
@staff(Role.CLERK)
def release(request: HttpRequest, person: Person) -> HttpResponse:
    """The ticked ones, or with `all` every draft of the filter."""
    now = timezone.now()
    try:
        with transaction.atomic():
            count = actions.release(_chosen(request, person, now), by=person, at=now)
    except Refused as refused:
        return _page(request, person, now, refused.sentence, refused.status)
    messages.success(request, f"Đã cho gửi {count} thư. Trạng thái cập nhật ngay khi máy chủ nhận.")
    return redirect(_back(request))


@require_POST
@staff(Role.CLERK)
def drop(request: HttpRequest, person: Person) -> HttpResponse:
    now = timezone.now()
    try:
        with transaction.atomic():
            rows = _chosen(request, person, now)
            for row in rows:
                actions.drop(row, by=person, at=now, reason="Bỏ trong hộp gửi")
    except Refused as refused:
        return _page(request, person, now, refused.sentence, refused.status)
    messages.success(request, f"Đã bỏ {len(rows)} thư khỏi hộp gửi.")
    return redirect(_back(request))


def _chosen(request: HttpRequest, person: Person, now: datetime) -> list[Delivery]:
    """Locked until the end of the transaction. Raises: Invalid when nothing is chosen."""
    if request.POST.get("all"):
        rows = _drafts(request, person, now)
    else:
        wanted = [pk for text in request.POST.getlist("pk") if (pk := id_of(text)) is not None]
        own = Delivery.objects.filter(agency__in=access.outbox_agencies(person, localdate(now)))
        rows = own.filter(pk__in=wanted).order_by("pk")
    found = list(rows.select_related(None).select_for_update())
    if not found:
        raise Invalid("Chưa chọn thư nào. Đánh dấu ít nhất một dòng rồi bấm lại.", code="none")
    return found


def _back(request: HttpRequest) -> str:
    kept = request.GET.urlencode()
    return reverse("notify:outbox") + (f"?{kept}" if kept else "")


@require_safe
@never_cache
@staff(Role.CLERK)
def sheet(request: HttpRequest, person: Person) -> HttpResponse:
    """The list of the filter as Excel."""
    now = timezone.now()
    own = Delivery.objects.filter(agency__in=access.outbox_agencies(person, localdate(now)))
    rows = matching(own, **FilterForm(request.GET).filters())
    return export.xlsx(COLUMNS, (_line(row) for row in rows.iterator()), "hop-gui")


def _line(row: Delivery) -> list[object]:
    return [
        row.topic_label,
        row.receiver,
        CHANNEL_LABELS[Channel(row.channel)],
        row.address,
        row.subject,
        row.state_label,
        row.deadline,
        row.sent_at,
        row.opened_at,
        row.acknowledged_at,
        row.acknowledged_by,
        row.answer,
        row.problem,
    ]
