"""Receptions and halls in the search of the top bar."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.timezone import localdate, localtime

from tiepdan.accounts.models import Person
from tiepdan.accounts.search import SHOWN, Group, Hit
from tiepdan.kernel.text import fold
from tiepdan.points.access import points_of
from tiepdan.points.queries import usable
from tiepdan.receptions.models import Reception, ReceptionPoint
from tiepdan.receptions.queries import receptions_of
from tiepdan.receptions.schedule import Wanted, filtered

BACK = timedelta(days=365)  # halls are searched for what is near


def by_code(person: Person, code: str, now: datetime) -> str | None:
    found = receptions_of(person, now).filter(code=code).exists()
    return reverse("receptions:detail", args=[code]) if found else None


def receptions(person: Person, words: str, now: datetime) -> Group | None:
    """The newest first, as people search for what is near."""
    rows = filtered(receptions_of(person, now), Wanted(words=words)).order_by("-starts_at")
    found = list(rows[: SHOWN + 1])
    hits = [Hit(str(row), reverse("receptions:detail", args=[row.code]), _when(row)) for row in found[:SHOWN]]
    more = f"{reverse('receptions:index')}?{urlencode({'q': words})}" if len(found) > SHOWN else ""
    return Group("Buổi tiếp", hits, more)


def halls(person: Person, words: str, now: datetime) -> Group | None:
    """The page of a hall for those who have it; for the others the latest reception of theirs that it takes part in,
    where its people and phones stand.

    A province has some hundred halls: they are read, and folded here.
    """
    rows = usable(localdate(now)).values_list("pk", "name", "agency__name", "slug")
    fits = [row for row in rows if all(word in fold(" ".join(row[1:])) for word in words.split())][: 2 * SHOWN]
    ids = [pk for pk, *_ in fits]
    own = set(points_of(person, localdate(now)).filter(pk__in=ids).values_list("pk", flat=True))
    mine = receptions_of(person, now).order_by().values("pk")
    hits = []
    for pk, name, office, slug in fits:
        if pk in own:
            hits.append(Hit(name, reverse("points:detail", args=[slug]), office))
            continue
        taken = ReceptionPoint.objects.filter(point=pk, reception__starts_at__gte=now - BACK, reception__in=mine)
        hall = taken.select_related("reception").order_by("-reception__starts_at").first()
        if hall is not None:
            address = reverse("receptions:halls", args=[hall.reception.code])
            hits.append(Hit(name, address, f"{office} · {hall.reception.code}, {_when(hall.reception)}"))
    return Group("Điểm cầu", hits[:SHOWN])


def _when(reception: Reception) -> str:
    return f"{reception.get_state_display()} · {localtime(reception.starts_at):%H:%M, %d/%m/%Y}"
