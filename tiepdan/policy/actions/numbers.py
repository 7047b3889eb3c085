"""Every write of the office's own rules."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from tiepdan.policy.models import Sequence


def next_number(key: str) -> int:
    """The next number of a book: 1, 2, 3 … without a hole, inside the caller's transaction."""
    with transaction.atomic():
        Sequence.objects.bulk_create([Sequence(key=key)], ignore_conflicts=True)
        Sequence.objects.filter(key=key).update(last=F("last") + 1)
        return Sequence.objects.values_list("last", flat=True).get(key=key)


def take_number(key: str, number: int) -> int:
    """A number that was given outside: the book goes on behind it. That it stands once is the caller's constraint."""
    with transaction.atomic():
        Sequence.objects.bulk_create([Sequence(key=key)], ignore_conflicts=True)
        Sequence.objects.filter(key=key, last__lt=number).update(last=number)
        return number
