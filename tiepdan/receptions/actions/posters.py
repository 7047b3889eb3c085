"""PDF files of the sheet for the wall, A4 and A3: asked for with each publication, made by the slow worker."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.audit import actions as audit
from tiepdan.documents.word import office
from tiepdan.files.actions import keep
from tiepdan.files.rules import PDF
from tiepdan.kernel.refusals import Refused
from tiepdan.receptions.access import require_desk
from tiepdan.receptions.models import Poster, Reception, Version
from tiepdan.receptions.posters import SIZES, poster
from tiepdan.receptions.publication import newest

UNREADABLE = "LibreOffice không tạo được tệp. Kỹ thuật xem nhật ký máy chủ rồi bấm «Tạo PDF niêm yết»."


def ask_with(version: Version, at: datetime) -> None:
    """Inside the publication; a server without LibreOffice keeps the sentence why there is none."""
    ready = office.available()
    Poster.objects.create(version=version, due_at=at if ready else None, problem=ready.sentence)


@transaction.atomic
def ask_again(reception: Reception, *, by: Person, at: datetime) -> None:
    """«Tạo PDF niêm yết»: of the newest version, when there is none. Asking twice changes nothing.

    Raises:
        Refused: nothing is published, or this server has no LibreOffice.
    """
    require_desk(by, reception, localdate(at))
    last = newest(reception)
    if last is None:
        raise Refused("Chưa công bố lịch nên chưa có gì để niêm yết.", code="not_published")
    ready = office.available()
    if not ready:
        raise Refused(ready.sentence, code="no_office")
    row = Poster.objects.get_or_create(version=last)[0]
    if row.a4_id is not None or row.due_at is not None:
        return
    Poster.objects.filter(pk=row.pk).update(due_at=at, failures=0, problem="")
    audit.record("reception.poster_asked", agency=reception.agency, at=at, by=by, about=reception, version=last.number)


def make(row: Poster, now: datetime) -> None:
    """The worker's handler: both sizes in one run of LibreOffice. What fails is said and not tried again by itself."""
    if row.a4_id is not None:
        return
    version = Version.objects.select_related("reception__agency").get(pk=row.version_id)
    try:
        made = office.convert({size: poster(version, size) for size in SIZES})
    except office.Failed as problem:
        Poster.objects.filter(pk=row.pk).update(problem=str(problem)[:300])
        return
    if set(made) != set(SIZES):
        Poster.objects.filter(pk=row.pk).update(problem=UNREADABLE)
        return
    with transaction.atomic():
        code, agency = version.reception.code, version.reception.agency
        files = {
            size: keep(
                made[size],
                agency=agency,
                by=None,
                at=now,
                name=f"niem-yet-{code}-v{version.number}-{size.upper()}.pdf",
                accepted=(PDF,),
            )
            for size in SIZES
        }
        Poster.objects.filter(pk=row.pk, a4__isnull=True).update(problem="", **files)
