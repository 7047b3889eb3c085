"""Who has which form of a case open: a gentle hint. That nothing is overwritten is the versions' business."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from tiepdan.accounts.models import Person
from tiepdan.cases.models import Case
from tiepdan.cases.models_desk import Editor

PARTS = re.compile(r"noi-dung|dai-dien|can-cu|(nguoi|tu-choi|bien-ban)-\d{1,12}")
PULSE = 20  # seconds between two words of an open page
GONE = timedelta(seconds=3 * PULSE)
FORGOTTEN = timedelta(hours=1)  # rows of pages that were closed


def seen(case: Case, part: str, *, by: Person, at: datetime) -> None:
    """The page is still open. Not in the log: nothing of the case is touched."""
    Editor.objects.filter(seen_at__lt=at - FORGOTTEN).delete()
    Editor.objects.update_or_create(case=case, part=part, person=by, defaults={"seen_at": at})


def others(case: Case, part: str, *, by: Person, at: datetime) -> list[Person]:
    rows = case.editors.filter(part=part, seen_at__gt=at - GONE).exclude(person=by)
    return [row.person for row in rows.select_related("person").order_by("person__full_name")]
