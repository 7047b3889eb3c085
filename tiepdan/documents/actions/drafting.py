"""Making papers from data, and dropping drafts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from string import Formatter
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.timezone import localdate

from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.queries import heir
from tiepdan.audit import actions as audit
from tiepdan.documents import layout
from tiepdan.documents.kinds import Kind, kind_of
from tiepdan.documents.letterheads import head_of, house_facts
from tiepdan.documents.models import Document, Template
from tiepdan.documents.queries import template_in_use
from tiepdan.documents.rules import CURRENT, DOCUMENT, State, symbol
from tiepdan.documents.sources import RECEIVERS, key_of, source_of
from tiepdan.documents.word import office
from tiepdan.documents.word.render import Broken, clean, render
from tiepdan.documents.word.stamp import restamp
from tiepdan.files import actions as files
from tiepdan.files import store
from tiepdan.files.models import StoredFile
from tiepdan.files.rules import DOCX
from tiepdan.kernel.refusals import Refused
from tiepdan.kernel.rows import move
from tiepdan.kernel.text import fold

LONGEST_NAME = 120  # letters of a file's name, without its ending


def draft(kind: str, about: Model, part: str = "", *, by: Person | None, at: datetime, pdf: bool = True) -> Document:
    """A paper of `kind` about a row, from the facts of now, as a Word file; its PDF falls due for the worker.

    An unnumbered draft of the same kind and part is made anew in place; one that was edited in Word is dropped
    instead. A numbered or issued paper stays, and the new draft names it as the one that it `replaces`.

    Raises:
        Refused: the office's own template cannot be filled.
    """
    about_kind, about_id = key_of(about)
    source = source_of(kind, about_kind)
    agency = heir(source.agency(about), localdate(at))  # one that was merged issues nothing any more
    return _draft(kind_of(kind), agency, about_kind, about_id, part, source.facts(about, part, at), by, at, pdf)


@transaction.atomic
def _draft(
    kind: Kind,
    agency: Agency,
    about_kind: str,
    about_id: str,
    part: str,
    facts: Mapping[str, Any],
    by: Person | None,
    at: datetime,
    pdf: bool,
) -> Document:
    today = localdate(at)
    head = head_of(agency, today)
    own_facts = clean(facts)
    more = own_facts.pop(RECEIVERS, ())
    whole = house_facts(head, kind, None, None, today, more) | kind.complete(own_facts)
    whole.setdefault("trich_yeu", subject_of(kind, whole))
    own = template_in_use(agency, kind.code)
    file, used = filled(own, kind, whole)
    same = Document.objects.filter(
        kind=kind.code, about_kind=about_kind, about_id=about_id, part=part, state__in=CURRENT
    ).order_by("-pk")
    old = next((paper for paper in same if paper.state == State.DRAFT), None)
    standing = next((paper for paper in same if paper.state != State.DRAFT), None)
    if old is not None and old.is_edited:
        drop(old, by=by, at=at)
        old = None
    paper = old or Document(kind=kind.code, about_kind=about_kind, about_id=about_id, part=part, replaces=standing)
    paper.agency = agency
    paper.title = whole["trich_yeu"][:300]
    paper.receiver = str(whole.get(kind.receiver, ""))[:200] if kind.receiver else ""
    paper.symbol = symbol(kind.abbreviation, head.suffix)
    paper.facts, paper.template = whole, used
    paper.created_at, paper.created_by = at, by
    paper.docx = keep_word(paper, file, by, at)
    forget_pdf(paper, at if pdf else None)
    paper.save()
    audit.record("document.drafted", agency=agency, at=at, by=by, about=paper, kind=kind.label, part=part)
    return paper


def filled(own: Template | None, kind: Kind, facts: Mapping[str, Any]) -> tuple[bytes, Template | None]:
    """The Word file from the office's template or the built-in one."""
    template = store.read(own.file) if own else builtin(kind.code)
    try:
        return render(template, facts, title=f"{kind.heading} {facts.get('trich_yeu', '')}".strip()), own
    except Broken as problem:
        whose = f"Mẫu «{kind.label}» phiên bản {own.version} của cơ quan" if own else f"Mẫu gốc «{kind.label}»"
        raise Refused(
            f"{whose} không điền được: {problem}. Quản trị sửa mẫu hoặc dùng lại mẫu gốc ở trang «Mẫu văn bản».",
            code="template",
        ) from problem


def builtin(kind: str) -> bytes:
    return layout.place(kind).read_bytes()


def subject_of(kind: Kind, facts: Mapping[str, Any]) -> str:
    """The trích yếu: the kind's words with the facts in their places."""
    pieces = [text + (str(facts.get(name, "")) if name else "") for text, name, _, _ in Formatter().parse(kind.subject)]
    return " ".join("".join(pieces).split())


def keep_word(paper: Document, file: bytes, by: Person | None, at: datetime, code: str = "") -> StoredFile:
    name = file_name(paper, "docx", code=code)
    return files.keep(file, agency=paper.agency, by=by, at=at, name=name, accepted=(DOCX,))


def file_name(paper: Document, ending: str, *more: str, code: str = "") -> str:
    """«05-GM-UBND giay moi xa Thanh Loc.docx»: as it goes to its receiver, in plain letters that every system keeps.

    No citizen's name and nothing of our own bookkeeping (`part`) stands in it. `code` is a number that is just being
    given.
    """
    kind = kind_of(paper.kind)
    whose = "" if kind.names_citizen else paper.receiver
    words = fold(" ".join([kind.label.split(" (")[0], whose, *more]))
    plain = re.sub(r"[^a-z0-9 -]+", " ", words)
    stem = " ".join([(code or paper.code).replace("/", "-"), *plain.split()]).strip()
    return f"{stem[:LONGEST_NAME].strip()}.{ending}"


def forget_pdf(paper: Document, due: datetime | None) -> None:
    """The Word file changed: the PDF of before is none of it any more; the worker makes a new one when it can."""
    paper.pdf, paper.pdf_problem = None, ""
    paper.due_at = due if due and office.available() else None
    paper.failures, paper.last_error = 0, ""


def refill(paper: Document, *, number: int | None, dated: date | None, by: Person | None, at: datetime) -> None:
    """Put number and date into the facts and make the Word file anew with the template that it was drafted with."""
    kind = kind_of(paper.kind)
    fresh = house_facts(head_of(paper.agency, localdate(at)), kind, number, dated, localdate(at))
    old, new = paper.facts, paper.facts | {name: fresh[name] for name in ("so_ky_hieu", "ngay_van_ban")}
    if paper.is_edited and paper.docx is not None:
        changes = {str(old[name]): str(new[name]) for name in ("so_ky_hieu", "ngay_van_ban") if old[name] != new[name]}
        file, lost = restamp(store.read(paper.docx), changes)
        if lost:
            raise Refused(
                f"Không tìm thấy chỗ ghi «{lost[0].strip()}» trong bản Word đã sửa nên chưa cấp số được. Hãy khôi phục "
                "dòng đó trong bản Word rồi tải lên lại.",
                code="no_place",
            )
    else:
        file, _ = filled(paper.template, kind, new)
    paper.facts = new
    paper.docx = keep_word(paper, file, by, at, fresh["so_ky_hieu"] if number else "")


@transaction.atomic
def drop(document: Document, *, by: Person | None, at: datetime) -> None:
    """A draft that nobody needs; numbers are never dropped, they are replaced."""
    if document.state != State.DRAFT:
        raise Refused(
            f"Không bỏ được văn bản «{DOCUMENT.label(document.state)}»: số đã cấp không được bỏ trống trong sổ. "
            "Hãy lập bản thay thế.",
            code="state",
        )
    move(document, DOCUMENT, "drop", due_at=None)
    audit.record("document.dropped", agency=document.agency, at=at, by=by, about=document)
