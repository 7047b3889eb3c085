"""«Việc của tôi hôm nay» of an agency with which a dossier was shared to be read (with a request: tasks.py)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import agencies_of
from tiepdan.accounts.tasks import Task
from tiepdan.cases.access import RECEIVERS
from tiepdan.cases.models import Share

MOST = 20


def to_read(person: Person, now: datetime) -> Iterator[Task]:
    """Until somebody of the agency has opened it."""
    today = localdate(now)
    agencies = agencies_of(person, today, *RECEIVERS).values("pk")
    rows = Share.objects.filter(
        agency__in=agencies,
        withdrawn_at__isnull=True,
        until__gte=today,
        opened_at__isnull=True,
        note="",
        case__is_protected=False,
    )
    for share in rows.select_related("case").order_by("until", "pk")[:MOST]:
        yield Task(
            key=f"cases.read:{share.pk}",
            subject=str(share.case),
            verb="Xem hồ sơ được chia sẻ",
            address=reverse("cases:shared_one", args=[share.pk]),
            due=share.until,
            changed_at=share.shared_at,
        )
