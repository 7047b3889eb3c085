"""Which kinds a person may bring in, for which agency, and whose uploads they see."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.queries import agencies_of, posted_agencies, roles_of
from tiepdan.sheets.importers import Importer, importer, importers_for
from tiepdan.sheets.models import Upload


def importers_of(person: Person, on: date) -> list[Importer]:
    found = importers_for(roles_of(person, on))
    return [one for one in found if not one.is_for_top or agencies_for(person, one, on).exists()]


def importer_for(person: Person, code: str, on: date) -> Importer:
    """Http404 for an unknown kind and for one of other roles."""
    found = importer(code)
    if found is None or found not in importers_of(person, on):
        raise Http404
    return found


def agencies_for(person: Person, kind: Importer, on: date) -> QuerySet[Agency]:
    """For which a sheet may be brought in."""
    found = posted_agencies(person, on, *kind.roles).order_by("name")
    return found.filter(parent__isnull=True) if kind.is_for_top else found


def uploads_for(person: Person, kind: Importer, on: date) -> QuerySet[Upload]:
    """Uploads of this kind in the person's agencies, the newest first."""
    agencies = agencies_of(person, on, *kind.roles).values("pk")
    return Upload.objects.filter(kind=kind.code, agency__in=agencies).select_related("agency", "file", "by")


def upload_for(person: Person, kind: Importer, pk: int, on: date) -> Upload:
    found = uploads_for(person, kind, on).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
