"""Receptions and halls in the search of the top bar."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.timezone import localtime

from tiepdan.accounts.models import Person
from tiepdan.accounts.search import SHOWN, Group, Hit
from tiepdan.kernel.text import fold
from tiepdan.points.models import Point
from tiepdan.receptions.models import Reception, ReceptionPoint
from tiepdan.receptions.queries import receptions_of
from tiepdan.receptions.schedule import Wanted, filtered


def by_code(person: Person, code: str, now: datetime) -> str | None:
    found = receptions_of(person, now).filter(code=code).exists()
    return reverse("receptions:detail", args=[code]) if found else None


def receptions(person: Person, words: str, now: datetime) -> Group | None:
    """The newest first, as people search for what is near."""
    rows = filtered(receptions_of(person, now), Wanted(words=words)).order_by("-starts_at", "code")
    found = list(rows[: SHOWN + 1])
    hits = [Hit(str(row), reverse("receptions:detail", args=[row.code]), _when(row)) for row in found[:SHOWN]]
    more = f"{reverse('receptions:index')}?{urlencode({'q': words})}" if len(found) > SHOWN else ""
    return Group("Buổi tiếp", hits, more)


def halls(person: Person, words: str, now: datetime) -> Group | None:
    """Each hall with the latest reception of the person's in which it takes part: there stand its people and phones.

    A province has some hundred halls: they are read, and folded here.
    """
    names = Point.objects.filter(is_active=True).values_list("pk", "name", "agency__name", "slug")
    fits = [pk for pk, *texts in names if all(word in fold(" ".join(texts)) for word in words.split())]
    hits: list[Hit] = []
    mine = receptions_of(person, now).order_by().values("pk")
    for pk in fits[: 2 * SHOWN]:
        rows = ReceptionPoint.objects.filter(point=pk, reception__in=mine).select_related("reception", "point")
        hall = rows.order_by("-reception__starts_at").first()
        if hall is not None and len(hits) < SHOWN:
            address = f"{reverse('receptions:halls', args=[hall.reception.code])}"
            hits.append(Hit(hall.point.name, address, f"Gần nhất: {hall.reception.code} · {_when(hall.reception)}"))
    return Group("Điểm cầu", hits)


def _when(reception: Reception) -> str:
    return f"{reception.get_state_display()} · {localtime(reception.starts_at):%H:%M, %d/%m/%Y}"
