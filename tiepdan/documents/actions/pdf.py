"""PDF files: asked for here, made by the worker."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tiepdan.accounts.models import Person
from tiepdan.audit import actions as audit
from tiepdan.documents.actions.drafting import file_name
from tiepdan.documents.models import Document
from tiepdan.documents.word import office
from tiepdan.files import actions as files
from tiepdan.files import store
from tiepdan.files.rules import PDF
from tiepdan.kernel.refusals import Refused


@transaction.atomic
def request_pdf(document: Document, *, by: Person | None, at: datetime) -> None:
    """Ask the worker for the PDF of the Word file as it stands. Asking twice changes nothing.

    Raises:
        Refused: this server has no LibreOffice or no font, or there is nothing to convert.
    """
    ready = office.available()
    if not ready:
        raise Refused(ready.sentence, code="no_office")
    if document.docx_id is None:
        raise Refused("Văn bản chưa có bản Word nên chưa tạo được PDF.", code="no_word")
    if document.pdf_id is not None or document.due_at is not None:
        return
    Document.objects.filter(pk=document.pk, pdf__isnull=True).update(due_at=at, failures=0, pdf_problem="")
    document.due_at, document.pdf_problem = at, ""
    audit.record("document.pdf_asked", agency=document.agency, at=at, by=by, about=document)


UNREADABLE = "LibreOffice không đọc được tệp Word này. Hãy mở bằng Word, lưu lại rồi tải lên."


def make_pdf(document: Document, now: datetime) -> None:
    """The worker's handler. A Word file that does not convert is not tried again by itself: the page says why."""
    if document.docx is None or document.pdf_id is not None:
        return
    try:
        made = office.convert({"paper": store.read(document.docx)})
    except office.Failed as problem:
        no_pdf(document, str(problem))
        return
    if "paper" not in made:
        no_pdf(document, UNREADABLE)
        return
    keep_pdf(document, made["paper"], now)


@transaction.atomic
def keep_pdf(document: Document, pdf: bytes, now: datetime) -> bool:
    """Store the PDF, unless the Word file changed while it was made."""
    stored = files.keep(pdf, agency=document.agency, by=None, at=now, name=file_name(document, "pdf"), accepted=(PDF,))
    same = Document.objects.filter(pk=document.pk, docx=document.docx_id, pdf__isnull=True)
    done = same.update(pdf=stored, pdf_problem="")
    if done:
        document.pdf, document.pdf_problem = stored, ""
    return bool(done)


def no_pdf(document: Document, sentence: str) -> None:
    """Say on the paper why the last try made no PDF."""
    Document.objects.filter(pk=document.pk, docx=document.docx_id).update(pdf_problem=sentence[:300])
    document.pdf_problem = sentence[:300]
