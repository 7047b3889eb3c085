"""Reads of receptions that have more than one caller."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import agencies_of
from tiepdan.accounts.rules import Role
from tiepdan.receptions.models import Credential, Reception, ReceptionPoint

# Roles that see every reception of their agency; everybody else sees those in which they have a part.
OVERSEERS = frozenset({Role.CLERK, Role.TECHNICIAN, Role.INSPECTOR, Role.ARCHIVIST, Role.ADMIN, Role.APPROVER})


def receptions_of(person: Person, now: datetime) -> QuerySet[Reception]:
    """Receptions that `person` may see: those where they have a part, and their agency's for the roles that oversee."""
    part = Q(chair=person) | Q(secretary=person) | Q(technician=person)
    overseen = agencies_of(person, timezone.localdate(now), *OVERSEERS)
    part |= Q(agency__in=overseen)
    return Reception.objects.filter(part).select_related("agency", "chair", "secretary", "technician").distinct()


def halls_of(reception: Reception) -> list[ReceptionPoint]:
    """All halls of a reception, the central one first."""
    return list(reception.halls.select_related("point__agency"))


def working_credential(hall: ReceptionPoint) -> Credential | None:
    return hall.credentials.filter(revoked_at__isnull=True).first()
