"""Look-up of a case (screen S37), and the citizen's choice of a hall (S36): no account, no session, no cookie."""

from __future__ import annotations

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from tiepdan.cases.models import Case
from tiepdan.kernel.address import client_address
from tiepdan.kernel.refusals import Refused
from tiepdan.portal.actions import look_up
from tiepdan.portal.forms import LookupForm, hall_of
from tiepdan.portal.lookup import progress_of, why_closed
from tiepdan.portal.views.page import page, personal
from tiepdan.receptions.wishes import actions as wishes

SALT = "portal.lookup"
MINUTES = 30  # for which a found case stays open for choosing a hall
OLD = f"Đã quá {MINUTES} phút từ lúc tra cứu. Xin nhập lại mã tra cứu và 4 số cuối rồi chọn điểm cầu."


@sensitive_post_parameters("code", "digits")
@personal("GET", "POST")
def lookup(request: HttpRequest) -> HttpResponse:
    return _asked(request)


@sensitive_post_parameters("code", "digits")
@personal("GET", "POST")
def registration(request: HttpRequest) -> HttpResponse:
    """The same question; the answer begins with the halls."""
    return _asked(request, wants_hall=True)


def _asked(request: HttpRequest, *, wants_hall: bool = False) -> HttpResponse:
    if request.method != "POST":
        return _form(request, LookupForm(), wants_hall)
    form = LookupForm(request.POST)
    if not form.is_valid():
        form.mark()
        return _form(request, form, wants_hall, status=422)
    data, now = form.cleaned_data, timezone.now()
    try:
        case = look_up(data["code"], data["digits"], address=client_address(request), now=now)
    except Refused as refused:
        return _form(request, form, wants_hall, sentence=refused.sentence, status=refused.status)
    return _result(request, case, wants_hall=wants_hall)


@personal("POST")
def choose(request: HttpRequest) -> HttpResponse:
    """The hall, with the seal of a look-up that was just made."""
    try:
        told = signing.loads(request.POST.get("ticket", "")[:400], salt=SALT, max_age=MINUTES * 60)
        case = Case.objects.select_related("agency").filter(pk=told, is_protected=False).first()
    except signing.BadSignature:
        case = None
    if case is None:
        return _form(request, LookupForm(), True, sentence=OLD, status=422)
    now, hall = timezone.now(), hall_of(request.POST)
    announced = progress_of(case, now).told
    try:
        if announced is None:
            raise Refused(wishes.NOT_OPEN, code="closed")
        wish = wishes.ask(announced, hall, address=client_address(request), at=now)
    except Refused as refused:
        return _result(request, case, wants_hall=True, wanted=hall, sentence=refused.sentence, status=refused.status)
    return _result(request, case, wants_hall=True, done=str(wish.hall))


def _form(
    request: HttpRequest, form: LookupForm, wants_hall: bool, *, sentence: str = "", status: int = 200
) -> HttpResponse:
    facts = {"form": form, "wants_hall": wants_hall, "sentence": sentence}
    return page(request, "portal/lookup.html", facts, status=status)


def _result(
    request: HttpRequest,
    case: Case,
    *,
    wants_hall: bool = False,
    wanted: int | None = None,
    done: str = "",
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    progress = progress_of(case, now)
    told = progress.told
    is_open = told is not None and told.is_open(timezone.localdate(now))
    waiting = told.waiting if told else None
    facts = {
        "progress": progress,
        "told": told,
        "is_open": is_open,
        "closed": "" if is_open else why_closed(told),
        "halls": told.halls if told and is_open else [],
        "picked": wanted or (waiting.hall_id if waiting else told.matter.chosen_id if told else None),
        "ticket": signing.dumps(case.pk, salt=SALT),
        "wants_hall": wants_hall,
        "done": done,
        "sentence": sentence,
    }
    return page(request, "portal/result.html", facts, status=status)
