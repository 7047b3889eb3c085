"""The office's own templates."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max

from tiepdan.accounts.models import Agency, Person
from tiepdan.audit import actions as audit
from tiepdan.documents.actions.drafting import builtin, subject_of
from tiepdan.documents.kinds import kind_of
from tiepdan.documents.models import Template
from tiepdan.documents.queries import template_in_use
from tiepdan.documents.uploads import bytes_of
from tiepdan.documents.word import office
from tiepdan.documents.word.render import render
from tiepdan.documents.word.template_checks import check
from tiepdan.files import actions as files
from tiepdan.files import store
from tiepdan.files.rules import DOCX, MEGABYTE
from tiepdan.kernel.refusals import Invalid, Refused

LARGEST = 10 * MEGABYTE


class Unfit(Invalid):
    """A template that cannot be used; `faults` are its sentences."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(" ".join(faults), code="unfit")
        self.faults = faults

    def __reduce__(self) -> tuple[type[Unfit], tuple[list[str]]]:  # type: ignore[override]
        return type(self), (self.faults,)


@transaction.atomic
def accept_template(
    agency: Agency, kind: str, upload: UploadedFile[Any] | bytes, *, note: str, by: Person, at: datetime, name: str = ""
) -> Template:
    """Take a changed template into use for the papers drafted from now on.

    Raises:
        Unfit (Invalid): every fault that was found, each in a sentence.
    """
    data, name = bytes_of(upload, largest=LARGEST, name=name)
    faults = check(kind_of(kind), data)
    if faults:
        raise Unfit(faults)
    stored = files.keep(data, agency=agency, by=by, at=at, name=f"mau-{kind}.docx", accepted=(DOCX,), largest=LARGEST)
    newest = Template.objects.filter(agency=agency, kind=kind).aggregate(newest=Max("version"))["newest"] or 0
    row = Template.objects.create(
        agency=agency, kind=kind, version=newest + 1, file=stored, note=note[:300], uploaded_at=at, uploaded_by=by
    )
    audit.record(
        "template.accepted",
        agency=agency,
        at=at,
        by=by,
        about=row,
        name=kind_of(kind).label,
        version=row.version,
        sha256=stored.sha256,
    )
    return row


@transaction.atomic
def withdraw_template(agency: Agency, kind: str, *, by: Person, at: datetime) -> None:
    """Back to the built-in template; the office's versions stay in the list."""
    current = template_in_use(agency, kind)
    if current is None:
        raise Refused("Cơ quan đang dùng mẫu gốc của loại văn bản này.", code="builtin")
    Template.objects.filter(agency=agency, kind=kind, withdrawn_at__isnull=True).update(withdrawn_at=at)
    audit.record(
        "template.withdrawn",
        agency=agency,
        at=at,
        by=by,
        about=current,
        name=kind_of(kind).label,
        version=current.version,
    )


def try_upload(kind: str, upload: UploadedFile[Any] | bytes, *, pdf: bool = False, name: str = "") -> bytes:
    """A changed template with invented facts before it is taken into use; nothing is kept.

    Raises:
        Unfit (Invalid): every fault that was found, each in a sentence.
    """
    data, _name = bytes_of(upload, largest=LARGEST, name=name)
    if faults := check(kind_of(kind), data):
        raise Unfit(faults)
    return try_template(data, kind, pdf=pdf)


def try_template(template: bytes | None, kind: str, *, pdf: bool = False) -> bytes:
    """The paper with invented facts, as Word or PDF.

    Raises:
        Refused: PDF was asked for and cannot be made.
    """
    one = kind_of(kind)
    facts = one.sample()
    facts["trich_yeu"] = subject_of(one, facts)
    if one.abbreviation:
        facts["so_ky_hieu"] = f"05/{one.abbreviation}-UBND"
    word = render(template if template is not None else builtin(kind), facts, title=one.heading)
    if not pdf:
        return word
    try:
        made = office.convert({"try": word})
    except office.Failed as problem:
        raise Refused(str(problem), code="no_office") from problem
    if "try" not in made:
        raise Refused("LibreOffice không đọc được mẫu này. Hãy mở bằng Word, lưu lại rồi tải lên.", code="no_pdf")
    return made["try"]


def template_bytes(agency: Agency, kind: str) -> bytes:
    """The template in use."""
    own = template_in_use(agency, kind)
    return store.read(own.file) if own else builtin(kind)
