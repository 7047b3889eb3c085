"""Tab «Buổi tiếp» of a case: the receptions in which it is heard, and where it can be put."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from tiepdan.accounts.access import staff
from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import heir, kept_by
from tiepdan.cases import pages
from tiepdan.cases.access import case_for
from tiepdan.cases.rules import State
from tiepdan.receptions.access import desks_of
from tiepdan.receptions.models import Matter, Reception
from tiepdan.receptions.queries import receptions_of
from tiepdan.receptions.rules import Phase

EMPTY = "Vụ việc chưa được xếp vào buổi tiếp nào."


@require_safe
@staff()
def of_case(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    now = timezone.now()
    case = case_for(person, code, now)
    rows = Matter.objects.filter(case=case).select_related("reception__chair", "chosen__point")
    on = localdate(now)
    office = heir(case.agency, on)
    may_plan = office in desks_of(person, on)
    drafts = Reception.objects.none()
    if may_plan and case.state == State.APPROVED and not case.is_protected:
        agencies = kept_by([office.pk], on)
        drafts = Reception.objects.filter(agency__in=agencies, state=Phase.DRAFT, starts_at__gt=now)
    facts = {
        "rows": rows.order_by("-reception__starts_at"),
        "visible": set(receptions_of(person, now).filter(matters__case=case).values_list("pk", flat=True)),
        "drafts": drafts.order_by("starts_at")[:20],
        "may_plan": may_plan and case.state == State.APPROVED and not case.is_protected,
        "empty": EMPTY,
    }
    return pages.page(request, person, case, "receptions/of_case.html", facts, here="receptions:of_case", now=now)
