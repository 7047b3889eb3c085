"""Head and foot of an agency's papers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from tiepdan.accounts.models import Agency, Person
from tiepdan.audit import actions as audit
from tiepdan.documents.models import Letterhead
from tiepdan.documents.word.render import clean


@transaction.atomic
def change_letterhead(agency: Agency, values: Mapping[str, Any], *, by: Person, at: datetime) -> Letterhead:
    """Counts for papers drafted from now on; those that stand keep what they were made with."""
    values = {name: clean(value).strip() if isinstance(value, str) else value for name, value in values.items()}
    row, _ = Letterhead.objects.update_or_create(agency=agency, defaults={**values, "changed_at": at, "changed_by": by})
    audit.record(
        "letterhead.changed",
        agency=agency,
        at=at,
        by=by,
        about=row,
        name=row.name,
        suffix=row.suffix,
        signer=row.signer,
        title=row.title,
    )
    return row
