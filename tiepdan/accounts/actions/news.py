"""What a person has seen of the bell. No act of the office: it leaves no row in the log."""

from __future__ import annotations

from datetime import datetime

from tiepdan.accounts.models import NewsMark, Person


def mark_seen(person: Person, *, at: datetime) -> None:
    NewsMark.objects.update_or_create(person=person, defaults={"seen_at": at})
