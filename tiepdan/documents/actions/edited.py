"""A paper that was edited in Word and comes back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from tiepdan.accounts.models import Person
from tiepdan.audit import actions as audit
from tiepdan.documents.actions.drafting import builtin, forget_pdf, keep_word
from tiepdan.documents.kinds import kind_of
from tiepdan.documents.models import Document
from tiepdan.documents.rules import DOCUMENT, State
from tiepdan.documents.uploads import bytes_of
from tiepdan.documents.word import safety
from tiepdan.documents.word.compare import Comparison, compare
from tiepdan.files import store
from tiepdan.files.rules import MEGABYTE
from tiepdan.kernel.refusals import Invalid, Refused

LARGEST = 20 * MEGABYTE


@transaction.atomic
def upload_edited(
    document: Document, upload: UploadedFile[Any] | bytes, *, by: Person, at: datetime, name: str = ""
) -> Comparison:
    """Take the edited file when every fact still stands in it; words outside the facts may differ and are kept as
    `document.differences`.

    Raises:
        Refused: the paper is issued or signed already.
        Invalid: not a Word file, not a safe one, or facts were changed («Bản tải lên khác dữ liệu ở 2 chỗ: …»).
    """
    if document.state not in (State.DRAFT, State.NUMBERED):
        label = DOCUMENT.label(document.state)
        raise Refused(
            f"Văn bản đang ở trạng thái «{label}» nên không thay được bản Word. Hãy lập bản thay thế.", code="state"
        )
    if document.signed_id is not None:
        raise Refused("Văn bản đã có bản ký số nên không thay được bản Word. Hãy lập bản thay thế.", code="signed")
    edited, name = bytes_of(upload, largest=LARGEST, name=name)
    problems = safety.problems_of(edited)
    if problems:
        raise Invalid(" ".join(problems), code="unsafe")
    result = compare(kind_of(document.kind), template_of(document), document.facts, edited)
    if result.changed:
        raise Invalid(sentence(result), code="differs")
    stored = keep_word(document, edited, by, at)
    forget_pdf(document, at)
    document.docx, document.is_edited = stored, True
    document.differences = [list(edit) for edit in result.edits]
    fields = ("docx", "is_edited", "differences", "pdf", "pdf_problem", "due_at", "failures")
    same = Document.objects.filter(pk=document.pk, state=document.state, signed__isnull=True)
    if not same.update(**{field: getattr(document, field) for field in fields}):
        raise Refused("Nội dung này vừa được người khác thay đổi. Hãy tải lại trang để xem bản mới.", code="faster")
    audit.record(
        "document.edited",
        agency=document.agency,
        at=at,
        by=by,
        about=document,
        edits=len(result.edits),
        sha256=stored.sha256,
    )
    return result


def template_of(document: Document) -> bytes:
    """What the paper was made from."""
    return store.read(document.template.file) if document.template else builtin(document.kind)


def sentence(result: Comparison) -> str:
    places = ", ".join(str(one) for one in result.changed[:6])
    more = f" và {len(result.changed) - 6} chỗ nữa" if len(result.changed) > 6 else ""
    return f"Bản tải lên khác dữ liệu ở {len(result.changed)} chỗ: {places}{more}. Sửa bản Word hoặc sửa kế hoạch."
