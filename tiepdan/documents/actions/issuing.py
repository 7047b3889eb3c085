"""Numbers and issuing."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import heir
from tiepdan.audit import actions as audit
from tiepdan.documents.actions.drafting import forget_pdf, refill
from tiepdan.documents.kinds import kind_of
from tiepdan.documents.letterheads import head_of
from tiepdan.documents.models import Document
from tiepdan.documents.rules import COMMON_BOOK, DOCUMENT, State, number_problem
from tiepdan.kernel.refusals import Invalid, Refused
from tiepdan.kernel.rows import move
from tiepdan.policy.actions import next_number, take_number


def book_of(document: Document, on: date) -> str:
    """The book whose numbers it takes: of its kind («GM»), or the one book of an office that keeps only one."""
    return COMMON_BOOK if head_of(document.agency, on).one_book else kind_of(document.kind).abbreviation


def newest_date(document: Document, book: str, year: int) -> date | None:
    rows = Document.objects.filter(agency=document.agency, book=book, year=year, number__isnull=False)
    found: date | None = rows.aggregate(newest=Max("dated"))["newest"]
    return found


@transaction.atomic
def assign_number(
    document: Document, *, by: Person | None, at: datetime, dated: date | None = None, taken: int | None = None
) -> None:
    """Give the next number of its book in the year of `dated` (default: today) and write both into the paper.

    `taken` is a number that the office's clerical desk has given in its own book: it is written as it is, and the
    numbers given here go on behind it.

    Raises:
        Refused: it has a number, its kind carries none, or its agency was merged before that day.
        Invalid: the date lies in a closed year, before the newest number, or after today; a number taken elsewhere does
            not stand in the order of the days.
    """
    kind = kind_of(document.kind)
    if not kind.is_numbered:
        raise Refused(f"«{kind.label}» không đánh số. Có thể phát hành ngay.", code="no_number")
    if document.state != State.DRAFT:
        code = f" số {document.code}" if document.code else ""
        raise Refused(f"Văn bản này đang ở trạng thái «{DOCUMENT.label(document.state)}»{code}.", code="state")
    today = localdate(at)
    day = dated or today
    successor = heir(document.agency, day)
    if successor != document.agency:
        raise Refused(
            f"«{document.agency.name}» đã sáp nhập vào «{successor.name}» nên không cấp số cho ngày {day:%d/%m/%Y}. "
            "Bấm «Soạn lại từ dữ liệu» để văn bản mang tên cơ quan kế thừa.",
            code="merged",
        )
    book = book_of(document, today)
    key = f"doc:{document.agency_id}:{book}:{day.year}"
    # First of all: from here on nobody else numbers in this book, and its newest day stays what it is.
    number = next_number(key) if taken is None else take_number(key, taken)
    problem = number_problem(day, today, newest_date(document, book, day.year) if taken is None else None)
    if problem:
        raise Invalid(problem, code="date")
    if taken is not None:
        _require_order(document, book, day, taken)
    document.facts = dict(document.facts)
    refill(document, number=number, dated=day, by=by, at=at)
    forget_pdf(document, at)
    try:
        with transaction.atomic():
            move(
                document,
                DOCUMENT,
                "number",
                number=number,
                book=book,
                year=day.year,
                dated=day,
                facts=document.facts,
                docx=document.docx,
                pdf=None,
                pdf_problem="",
                due_at=document.due_at,
                failures=0,
            )
    except IntegrityError as problem_:
        raise Refused(f"Số {number:02d} của sổ {book} năm {day.year} đã có văn bản khác.", code="taken") from problem_
    by_hand: dict[str, Any] = {"by_hand": True} if taken is not None else {}
    audit.record(
        "document.numbered",
        agency=document.agency,
        at=at,
        by=by,
        about=document,
        number=document.code,
        dated=f"{day:%d/%m/%Y}",
        **by_hand,
    )


def _require_order(document: Document, book: str, day: date, number: int) -> None:
    """Numbers and days of a book grow together (khoản 1 Điều 15 NĐ 30/2020), also when one comes from outside."""
    rows = Document.objects.filter(agency=document.agency, book=book, year=day.year)
    before = rows.filter(number__lt=number, dated__gt=day).order_by("number").last()
    after = rows.filter(number__gt=number, dated__lt=day).order_by("number").first()
    wrong = before or after
    if wrong is not None and wrong.dated is not None:
        raise Invalid(
            f"Số {number:02d} ngày {day:%d/%m/%Y} không theo thứ tự của sổ {book}: số {wrong.number:02d} đã ghi ngày "
            f"{wrong.dated:%d/%m/%Y}. Hãy kiểm tra lại số và ngày ở sổ văn thư.",
            code="order",
        )


@transaction.atomic
def issue(document: Document, *, by: Person | None, at: datetime) -> None:
    """The paper goes out as it stands; one that it replaces ends here.

    Raises:
        Refused: it has no number yet, or is not in a state to be issued.
    """
    if kind_of(document.kind).is_numbered and document.state == State.DRAFT:
        raise Refused("Chưa phát hành được: văn bản chưa cấp số. Hãy bấm «Cấp số» trước.", code="no_number")
    move(document, DOCUMENT, "issue", issued_at=at, issued_by=by)
    audit.record(
        "document.issued", agency=document.agency, at=at, by=by, about=document, signed=bool(document.signed_id)
    )
    old = document.replaces
    if old is not None and old.state in (State.NUMBERED, State.ISSUED):
        move(old, DOCUMENT, "replace")
        audit.record("document.replaced", agency=old.agency, at=at, by=by, about=old, code=document.code)
