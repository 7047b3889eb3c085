"""The card of a hall: what it is, its equipment with the history, where it is used; on paper too."""

from __future__ import annotations

from datetime import date

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from tiepdan.accounts.access import staff
from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import heir
from tiepdan.files.web import download
from tiepdan.points import usage
from tiepdan.points.access import READERS, check_for, may_change, may_check, may_manage, point_for
from tiepdan.points.models import EquipmentCheck, Point
from tiepdan.points.queries import equipment_of, gaps_of, history
from tiepdan.points.rules import NEEDED, PART_LABELS
from tiepdan.points.views.common import page

DOOR = "/dang-nhap/diem-cau/"


@require_safe
@staff(*READERS)
def detail(request: HttpRequest, person: Person, slug: str) -> HttpResponse:
    now = timezone.now()
    today = timezone.localdate(now)
    point = point_for(person, slug, today)
    equipment = equipment_of([point.pk])[point.pk]
    retirements = list(point.retirements.select_related("made_by", "back_by"))
    handovers = list(point.handovers.select_related("source", "target", "made_by"))
    facts = {
        "point": point,
        "keeper": heir(point.agency, today),
        "equipment": equipment,
        "lines": [(label, equipment.checks.get(part), NEEDED.get(part, "")) for part, label in PART_LABELS.items()],
        "gaps": gaps_of(point, equipment),
        "occasions": history(point),
        "out": next((row for row in retirements if row.holds_on(today)), None),
        "coming_out": next((row for row in retirements if row.first_day > today and row.back_on is None), None),
        "lasting": next((row for row in retirements if row.back_on is None), None),
        "retirements": retirements,
        "handovers": handovers,
        "planned": next((row for row in handovers if row.begun_at is None), None),
        "uses": usage.uses(person, point, now),
        "count": usage.counts([point.pk], today.year)[point.pk],
        "may_change": may_change(person, point, today),
        "may_check": may_check(person, point, today),
        "may_manage": may_manage(person, point, today),
        "today": today,
    }
    return page(request, "detail", facts)


@require_safe
@staff(*READERS)
def photo(request: HttpRequest, person: Person, slug: str, check: int) -> HttpResponseBase:
    row = check_for(point_for(person, slug, timezone.localdate()), check)
    if row.photo is None:
        raise Http404
    return download(row.photo, inline=True)


@require_safe
@staff(*READERS)
def sheet(request: HttpRequest, person: Person, slug: str) -> HttpResponse:
    """«Phiếu kiểm tra thiết bị»: what was last found; `?lan=` one occasion; `?trong=1` to fill in by hand."""
    today = timezone.localdate()
    point = point_for(person, slug, today)
    facts = {
        "point": point,
        "keeper": heir(point.agency, today),
        "is_blank": "trong" in request.GET,
        "now": timezone.now(),
        **_found(request, point, today),
    }
    return page(request, "sheet", facts)


def _found(request: HttpRequest, point: Point, today: date) -> dict[str, object]:
    rows: dict[str, EquipmentCheck] = {}
    wanted = request.GET.get("lan", "")
    occasion = next((one for one in history(point) if str(one.pk) == wanted), None)
    if wanted and occasion is None:
        raise Http404
    if occasion is not None:
        rows = {row.part: row for row in occasion.rows}
    elif "trong" not in request.GET:
        rows = equipment_of([point.pk])[point.pk].checks
    return {
        "occasion": occasion,
        "lines": [(label, rows.get(part)) for part, label in PART_LABELS.items()],
        "gaps": [] if occasion or not rows else gaps_of(point),
    }


@require_safe
@staff(*READERS)
def sign(request: HttpRequest, person: Person, slug: str) -> HttpResponse:
    """«Thẻ điểm cầu»: the address at which the hall signs in, to be scanned; no password stands on it."""
    point = point_for(person, slug, timezone.localdate())
    door = request.build_absolute_uri(DOOR)
    # Our own drawing from our own address; the hall's name in it is a slug.
    picture = mark_safe(
        segno.make(f"{door}?ten={point.slug}", error="m").svg_inline(scale=6, svgclass="qr", lineclass=None)
    )
    return page(request, "sign", {"point": point, "door": door, "picture": picture, "now": timezone.now()})
