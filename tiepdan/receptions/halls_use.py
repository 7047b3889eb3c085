"""What the register of halls is told of receptions: which hold a hall, how often each was used, and where."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from tiepdan.accounts.models import Person
from tiepdan.points import usage
from tiepdan.points.models import Point
from tiepdan.receptions.models import Reception, ReceptionPoint
from tiepdan.receptions.queries import receptions_of
from tiepdan.receptions.rules import FINISHED, TAKING, Phase
from tiepdan.receptions.schedule import moment

HELD = (Phase.OPEN, Phase.PAUSED, *FINISHED)
SHOWN_PAST = 30


def taken(point: Point, since: date) -> list[str]:
    rows = Reception.objects.filter(halls__point=point, state__in=TAKING, ends_at__gte=moment(since))
    return list(rows.order_by("starts_at", "code").values_list("code", flat=True))


def counts(points: Collection[int], year: int) -> dict[int, int]:
    rows = ReceptionPoint.objects.filter(
        point__in=points,
        reception__state__in=HELD,
        reception__starts_at__gte=moment(date(year, 1, 1)),
        reception__starts_at__lt=moment(date(year + 1, 1, 1)),
    )
    return dict(rows.order_by().values_list("point").annotate(number=Count("pk")))


def uses(person: Person, point: Point, now: datetime) -> usage.Uses:
    """Only receptions that the person may open; of the others to come, how many there are."""
    coming = Q(reception__state__in=TAKING, reception__ends_at__gte=now)
    rows = ReceptionPoint.objects.filter(Q(point=point) | Q(spare=point)).select_related("reception")
    mine = rows.filter(reception__in=receptions_of(person, now).order_by().values("pk"))
    next_ones = mine.filter(coming).order_by("reception__starts_at", "pk")
    past = mine.exclude(coming).order_by("-reception__starts_at", "-pk")
    seen = [row.reception_id for row in next_ones]
    return usage.Uses(
        coming=_told(next_ones, point),
        past=_told(past[:SHOWN_PAST], point),
        hidden=rows.filter(coming).exclude(reception__in=seen).count(),
    )


def _told(rows: QuerySet[ReceptionPoint], point: Point) -> list[usage.Use]:
    return [
        usage.Use(
            code=row.reception.code,
            title=row.reception.title,
            part=_part(row, point),
            starts_at=row.reception.starts_at,
            state=row.reception.get_state_display(),
            address=reverse("receptions:halls", args=[row.reception.code]),
        )
        for row in rows
    ]


def _part(row: ReceptionPoint, point: Point) -> str:
    return row.kind_word.capitalize() if row.point_id == point.pk else "Dự phòng"


SOURCE = usage.Source(taken, counts, uses)
