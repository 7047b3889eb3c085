"""Reads of papers, sets and templates."""

from __future__ import annotations

from django.db.models import Case, IntegerField, Model, QuerySet, Value, When

from tiepdan.accounts.models import Agency
from tiepdan.documents.kinds import KINDS
from tiepdan.documents.models import Batch, Document, Template
from tiepdan.documents.rules import CURRENT
from tiepdan.documents.sources import key_of


def documents_about(row: Model, kind: str = "") -> QuerySet[Document]:
    """The current papers about a row, neither dropped nor replaced, in the order in which the kinds are worked off."""
    about_kind, about_id = key_of(row)
    found = Document.objects.filter(about_kind=about_kind, about_id=about_id, state__in=CURRENT)
    if kind:
        found = found.filter(kind=kind)
    places = [When(kind=code, then=Value(place)) for place, code in enumerate(KINDS)]
    return (
        found.annotate(place=Case(*places, default=Value(len(places)), output_field=IntegerField()))
        .order_by("place", "part", "-pk")
        .select_related("docx", "pdf", "signed", "agency")
        .prefetch_related("signatures")
    )


def history_of(document: Document) -> QuerySet[Document]:
    """Every paper of the same kind and part about the same thing, the newest first."""
    return (
        Document.objects.filter(
            kind=document.kind,
            about_kind=document.about_kind,
            about_id=document.about_id,
            part=document.part,
        )
        .select_related("created_by")
        .order_by("-pk")
    )


def batch_of(row: Model) -> Batch | None:
    """The newest set of papers about a row."""
    about_kind, about_id = key_of(row)
    return Batch.objects.filter(about_kind=about_kind, about_id=about_id).order_by("-created_at", "-pk").first()


def template_in_use(agency: Agency, kind: str) -> Template | None:
    """The office's own template of a kind; None: the built-in one."""
    found = Template.objects.filter(agency=agency, kind=kind, withdrawn_at__isnull=True)
    return found.select_related("file").order_by("-version").first()


def templates_in_use(agency: Agency) -> dict[str, Template]:
    """The office's own templates by kind, in one query."""
    rows = Template.objects.filter(agency=agency, withdrawn_at__isnull=True).select_related("file", "uploaded_by")
    return {row.kind: row for row in rows.order_by("version")}
