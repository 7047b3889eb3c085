"""A paper that was signed digitally elsewhere and comes back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from tiepdan.accounts.models import Person
from tiepdan.audit import actions as audit
from tiepdan.documents import signatures
from tiepdan.documents.actions.drafting import file_name
from tiepdan.documents.kinds import kind_of
from tiepdan.documents.models import Document, Signature
from tiepdan.documents.rules import DOCUMENT, State
from tiepdan.documents.uploads import bytes_of
from tiepdan.files import actions as files
from tiepdan.files import store
from tiepdan.files.rules import MEGABYTE, PDF
from tiepdan.kernel.refusals import Invalid, Refused

LARGEST = 50 * MEGABYTE


@transaction.atomic
def upload_signed(
    document: Document, upload: UploadedFile[Any] | bytes, *, by: Person, at: datetime, name: str = ""
) -> list[Signature]:
    """Take the PDF when it is ours, byte for byte, and every signature in it holds.

    Raises:
        Refused: the paper is not ready to be signed.
        Invalid: «Chữ ký số không hợp lệ: {lý do}. Bản tải lên chưa được nhận.»
    """
    _require_ready(document)
    assert document.pdf is not None
    signed, name = bytes_of(upload, largest=LARGEST, name=name)
    try:
        found = signatures.check(signed, store.read(document.pdf), at)
    except signatures.NotValid as problem:
        raise Invalid(f"Chữ ký số không hợp lệ: {problem}. Bản tải lên chưa được nhận.", code="signature") from problem
    stored = files.keep(
        signed, agency=document.agency, by=by, at=at, name=file_name(document, "pdf", "da ky"), accepted=(PDF,)
    )
    same = Document.objects.filter(pk=document.pk, pdf=document.pdf_id, state=document.state)
    if not same.update(signed=stored):
        raise Refused("Nội dung này vừa được người khác thay đổi. Hãy tải lại trang để xem bản mới.", code="faster")
    document.signed = stored
    document.signatures.all().delete()
    rows = Signature.objects.bulk_create(
        Signature(
            document=document,
            signer=one.signer[:300],
            issuer=one.issuer[:300],
            serial=one.serial[:80],
            signed_at=one.signed_at,
            is_trusted=one.is_trusted,
            checked_at=at,
        )
        for one in found
    )
    audit.record(
        "document.signed",
        agency=document.agency,
        at=at,
        by=by,
        about=document,
        signers=[one.signer for one in found],
        trusted=all(one.is_trusted for one in found),
        sha256=stored.sha256,
    )
    return rows


def _require_ready(document: Document) -> None:
    kind = kind_of(document.kind)
    if document.state not in (State.DRAFT, State.NUMBERED, State.ISSUED):
        label = DOCUMENT.label(document.state)
        raise Refused(f"Văn bản đang ở trạng thái «{label}» nên không nhận bản ký.", code="state")
    if kind.is_numbered and document.state == State.DRAFT:
        raise Refused("Chưa nhận bản ký: văn bản chưa cấp số. Hãy cấp số, tạo PDF rồi ký bản đó.", code="no_number")
    if document.pdf_id is None:
        raise Refused(
            "Chưa nhận bản ký: chưa có PDF của văn bản để đối chiếu. Hãy bấm «Tạo PDF», tải về, ký rồi tải lên.",
            code="no_pdf",
        )
