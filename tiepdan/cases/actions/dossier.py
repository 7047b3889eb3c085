"""Papers of a dossier: taken in, taken out as mistakes, receipted by 02/TCD, read, carried away as one file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max

from tiepdan.accounts.models import Person
from tiepdan.audit import actions as audit
from tiepdan.cases.actions.twice import require_new_papers
from tiepdan.cases.models import Case, Item, Petitioner, Receipt
from tiepdan.cases.rules import Condition, ItemKind
from tiepdan.documents import actions as documents
from tiepdan.files import actions as files
from tiepdan.kernel.refusals import Invalid, Refused

INCOMPLETE = "Mỗi tài liệu phải có số trang và tình trạng."


@dataclass(frozen=True, kw_only=True)
class PaperFacts:
    """A paper as it is entered; `item` is set when it stands in the dossier already."""

    title: str
    kind: str = ItemKind.EVIDENCE
    pages: int | None = None
    condition: str = Condition.COPY
    upload: UploadedFile[Any] | None = None
    item: Item | None = None


@transaction.atomic
def add_papers(
    case: Case, papers: Sequence[PaperFacts], *, is_from_citizen: bool = True, by: Person, at: datetime
) -> list[Item]:
    """Put papers into the dossier; of a citizen's paper pages and condition are known.

    Raises:
        Invalid: nothing was entered, or a paper has no pages or condition, or a file is not taken.
    """
    if not papers:
        raise Invalid("Chưa nhập tài liệu nào.", code="nothing")
    if is_from_citizen and any(not one.pages or not one.condition for one in papers):
        raise Invalid(INCOMPLETE, code="incomplete")
    require_new_papers(case, [(one.title, one.pages) for one in papers], is_from_citizen=is_from_citizen)
    items = [_keep(case, one, is_from_citizen, by, at) for one in papers]
    for item in items:
        audit.record(
            "case.item_added",
            agency=case.agency,
            at=at,
            by=by,
            about=case,
            kind=item.get_kind_display(),
            pages=item.pages,
            sha256=item.file.sha256 if item.file else None,
        )
    return items


def _keep(case: Case, paper: PaperFacts, is_from_citizen: bool, by: Person, at: datetime) -> Item:
    stored = files.keep(paper.upload, agency=case.agency, by=by, at=at) if paper.upload else None
    return Item.objects.create(
        case=case,
        kind=paper.kind,
        title=paper.title.strip(),
        pages=paper.pages,
        condition=paper.condition,
        is_from_citizen=is_from_citizen,
        file=stored,
        added_at=at,
        added_by=by,
    )


@transaction.atomic
def remove_item(item: Item, reason: str, *, by: Person, at: datetime) -> None:
    """Take out what was entered by mistake. What a receipt names stays: it is corrected by a new receipt."""
    if item.receipt is not None:
        raise Refused(
            f"Tài liệu này đã ghi ở giấy biên nhận số {item.receipt.number:02d}. "
            "Hãy lập giấy biên nhận thay thế không có tài liệu này.",
            code="receipt",
        )
    if not reason.strip():
        raise Invalid("Phải ghi lý do bỏ tài liệu khỏi hồ sơ.", code="reason")
    if not Item.objects.filter(pk=item.pk, removed_at__isnull=True).update(removed_at=at):
        raise Refused("Tài liệu này đã được bỏ khỏi hồ sơ trước đó.", code="faster")
    item.removed_at = at
    case = item.case
    audit.record(
        "case.item_removed",
        agency=case.agency,
        at=at,
        by=by,
        about=case,
        kind=item.get_kind_display(),
        reason=reason.strip(),
        sha256=item.file.sha256 if item.file else None,
    )


@transaction.atomic
def make_receipt(
    case: Case,
    giver: Petitioner,
    place: str,
    papers: Sequence[PaperFacts],
    *,
    waiting: Sequence[Item] = (),
    replaces: Receipt | None = None,
    by: Person,
    at: datetime,
) -> Receipt:
    """A receipt 02/TCD (khoản 4 Điều 15 NĐ 154/2026) for new papers and for those that wait for one.

    With `replaces` the papers of the old receipt that are named in `papers` (`item`) move to the new one, corrected.

    Raises:
        Invalid: no papers, or one without pages or condition.
        Refused: the old receipt has been replaced already.
    """
    if not papers and not waiting:
        raise Invalid("Chưa nhập tài liệu nào.", code="nothing")
    complete = all(one.pages and one.condition for one in papers) and all(
        one.pages and one.condition for one in waiting
    )
    if not complete:
        raise Invalid(INCOMPLETE, code="incomplete")
    if replaces is not None:
        _require_current(replaces)
    require_new_papers(
        case, [(one.title, one.pages) for one in papers if one.item is None], is_from_citizen=True, giver=giver
    )
    last = Case.objects.select_for_update().get(pk=case.pk).receipts.aggregate(last=Max("number"))["last"] or 0
    receipt = Receipt.objects.create(
        case=case, giver=giver, number=last + 1, place=place.strip(), replaces=replaces, made_at=at, made_by=by
    )
    known = [one for one in papers if one.item is not None]
    fresh = [one for one in papers if one.item is None]
    for one in known:
        _correct(case, one, replaces)
    items = [
        *waiting,
        *(one.item for one in known if one.item),
        *(add_papers(case, fresh, by=by, at=at) if fresh else []),
    ]
    if replaces:  # what the new one no longer names waits for a receipt again
        replaces.items.update(receipt=None)
    Item.objects.filter(pk__in=[item.pk for item in items], case=case).update(receipt=receipt)
    receipt.document = documents.draft("receipt", receipt, by=by, at=at)
    receipt.save(update_fields=["document"])
    documents.issue(receipt.document, by=by, at=at)  # it is handed over at once, and never corrected
    replaced: dict[str, Any] = {"replaced": replaces.number} if replaces else {}
    audit.record(
        "case.receipt_replaced" if replaces else "case.receipt_made",
        agency=case.agency,
        at=at,
        by=by,
        about=case,
        number=receipt.number,
        papers=len(items),
        **replaced,
    )
    return receipt


def _require_current(receipt: Receipt) -> None:
    newer = Receipt.objects.filter(replaces=receipt).first()
    if newer:
        raise Refused(
            f"Giấy biên nhận số {receipt.number:02d} đã được thay thế bằng số {newer.number:02d}. "
            "Hãy lập giấy thay thế cho bản mới nhất.",
            code="replaced",
        )


def _correct(case: Case, paper: PaperFacts, replaces: Receipt | None) -> None:
    item = paper.item
    if item is None or replaces is None or item.receipt_id != replaces.pk:
        raise Refused("Tài liệu này không thuộc giấy biên nhận được thay thế.", code="other_receipt")
    item.title, item.pages, item.condition, item.kind = paper.title.strip(), paper.pages, paper.condition, paper.kind
    item.save(update_fields=["title", "pages", "condition", "kind"])


@transaction.atomic
def read_item(item: Item, *, by: Person, at: datetime) -> None:
    case = item.case
    audit.record(
        "case.item_read",
        agency=case.agency,
        at=at,
        by=by,
        about=case,
        kind=item.get_kind_display(),
        sha256=item.file.sha256 if item.file else None,
    )


@transaction.atomic
def carry_away(case: Case, count: int, sha256: str, *, by: Person, at: datetime) -> None:
    """Somebody takes the whole dossier as one file; `sha256` is that of its list of hashes."""
    audit.record("case.exported", agency=case.agency, at=at, by=by, about=case, papers=count, sha256=sha256)
