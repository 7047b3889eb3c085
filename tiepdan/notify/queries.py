"""Reads of deliveries that have more than one caller."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from tiepdan.kernel.due import SHOWN_AFTER
from tiepdan.kernel.text import fold
from tiepdan.notify.models import Delivery
from tiepdan.notify.rules import State

PROBLEMS = "van-de"  # the filter «Cần xử lý»: failed, unsure, or failing again and again
# Every part names the state: an index over it then finds the few that still wait.
NEEDS_CARE = Q(state=State.FAILED) | Q(state=State.QUEUED) & (Q(is_unsure=True) | Q(failures__gte=SHOWN_AFTER))
WAITING = (State.DRAFT, State.QUEUED, State.FAILED)


def newer_than(row: Delivery) -> Delivery | None:
    """A later message to the same receiver about the same thing, which stands in the place of this one."""
    later = Delivery.objects.filter(
        about_kind=row.about_kind, about_id=row.about_id, receiver_agency=row.receiver_agency_id, pk__gt=row.pk
    )
    return later.exclude(state__in=(State.DRAFT, State.DROPPED)).order_by("-pk").first()


def matching(rows: QuerySet[Delivery], *, state: str = "", topic: str = "", q: str = "") -> QuerySet[Delivery]:
    """Those of a state (or `PROBLEMS`), of a topic, with all words of `q` in receiver, address or subject."""
    if state == PROBLEMS:
        rows = rows.filter(NEEDS_CARE)
    elif state:
        rows = rows.filter(state=state, is_unsure=False)
    if topic:
        rows = rows.filter(topic=topic)
    for word in fold(q).split():
        rows = rows.filter(search__contains=word)
    return rows.order_by("-prepared_at", "-pk")


def counts(rows: QuerySet[Delivery]) -> dict[str, int]:
    """Number of messages per state, and of those that need somebody under `PROBLEMS`."""
    found = {state: n for state, n in rows.order_by().values_list("state").annotate(n=Count("pk"))}
    return {**found, PROBLEMS: rows.filter(NEEDS_CARE).count()}


def waiting(rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """What lies in the outbox for one look before it is sent."""
    return rows.filter(state=State.DRAFT).order_by("pk")
