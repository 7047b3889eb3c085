"""Refusing to receive somebody: explained on the spot, or by the notice 01/TCD that the head issues."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.audit import actions as audit
from tiepdan.cases import queries_decisions as reads
from tiepdan.cases.actions.common import refresh
from tiepdan.cases.actions.decision import NOTE_MISSING, RETURN, behalf, right_to_decide
from tiepdan.cases.models import Case, Item, Refusal
from tiepdan.cases.rules import CASE, ITEM_LABELS, KIND_LABELS, REFUSAL, Condition, ItemKind, RefusalState
from tiepdan.documents import actions as documents
from tiepdan.documents.models import Document
from tiepdan.documents.rules import State as DocumentState
from tiepdan.files import actions as files
from tiepdan.files.rules import SCANS
from tiepdan.kernel.dates import clock_text
from tiepdan.kernel.refusals import Invalid, Refused
from tiepdan.kernel.rows import move
from tiepdan.law import refusals as law
from tiepdan.law.profiles import DEFAULT
from tiepdan.law.refusal_checks import SAID_MISSING, kind_problem, proof_problem, reason_problem
from tiepdan.law.sections import RefusalGround
from tiepdan.policy.queries import calendar, profile_for

DOCUMENT = "refusal"
MARK = b"/ByteRange"
# What the notice prints after «Căn cứ»; the official form and the decree differ by a letter, so it stays editable.
BASIS = {
    "L9.3": "khoản 3 Điều 9 Luật Tiếp công dân và khoản 3 Điều 4 Nghị định số 154/2026/NĐ-CP",
    "N4.h": "điểm h khoản 1 và khoản 3 Điều 4 Nghị định số 154/2026/NĐ-CP",
}


@dataclass(frozen=True)
class Entry:
    """What the clerk wrote in the refusal's form."""

    code: str
    reason: str
    grounds_on: date
    said: str = ""
    basis: str = ""
    earlier: str = ""
    proofs: Collection[int] = ()  # ids of papers of the dossier


@transaction.atomic
def explain(case: Case, entry: Entry, *, by: Person, at: datetime) -> Refusal:
    """Refuse on the spot, with the words that were said (khoản 2 Điều 4): the case ends here, without 01/TCD.

    Raises:
        Invalid: evasive reason, no words, a ground for another kind of petition, a paper missing.
        Refused: the ground wants a written notice, or the case is not in a state that can be refused.
    """
    ground = _checked(case, entry, at)
    if ground.is_written:
        raise Refused(
            f"Căn cứ {ground.code} phải từ chối bằng thông báo 01/TCD do người đứng đầu ban hành "
            f"({ground.how_article}).",
            code="written",
        )
    if not entry.said.strip():
        raise Invalid(SAID_MISSING, code="said")
    papers = _require_proofs(case, ground, entry)
    _require_no_other(case)
    refusal = _new(case, entry, by, at)
    refusal.proofs.set(papers)
    move(refusal, REFUSAL, "explain", decided_at=at, decided_by=by)
    answered: dict[str, Any] = {}
    if case.answered_at is None:
        answered = {"answered_at": at, "answer_note": f"Đã giải thích trực tiếp lý do từ chối tiếp ({ground.code})."}
    move(case, CASE, "refuse", state_since=at, **answered)
    refresh(case)
    _log("refusal.explained", refusal, by, at)
    return refusal


@transaction.atomic
def write(case: Case, entry: Entry, *, by: Person, at: datetime) -> Refusal:
    """«Soạn thông báo 01/TCD»: the draft of the notice, with the day until which it must be issued."""
    ground = _checked(case, entry, at)
    if not ground.is_written:
        raise Refused(
            f"Căn cứ {ground.code} chỉ cần giải thích trực tiếp, không ban hành thông báo 01/TCD "
            f"({ground.how_article}).",
            code="oral",
        )
    if CASE.after(case.state, "refuse") is None:
        raise Refused(f"Không từ chối được khi vụ việc đang ở trạng thái «{CASE.label(case.state)}».", code="state")
    _require_no_other(case)
    refusal = _new(case, entry, by, at)
    _fill(refusal, entry, at)
    _log("refusal.drafted", refusal, by, at)
    return refusal


@transaction.atomic
def revise(refusal: Refusal, entry: Entry, *, seen: str, by: Person, at: datetime) -> None:
    """Change the draft; another written ground is allowed too.

    `seen` is `marker(refusal)` of the page that was filled in: of two people who write, the second is told.
    """
    if refusal.state not in (RefusalState.DRAFT, RefusalState.RETURNED):
        raise Refused(f"Không sửa được thông báo khi đang ở trạng thái «{REFUSAL.label(refusal.state)}».", code="state")
    if not _checked(refusal.case, entry, at).is_written:
        raise Refused("Căn cứ này chỉ cần giải thích trực tiếp: bỏ dự thảo 01/TCD rồi ghi lời giải thích.", code="oral")
    _take(refusal, seen, by, at)
    _fill(refusal, entry, at)
    _log("refusal.revised", refusal, by, at)


@transaction.atomic
def put(refusal: Refusal, *, by: Person, at: datetime) -> None:
    """«Trình ký»: everything that the ground asks is proved, and the paper is made from it.

    Raises:
        Invalid: a proof is missing; the sentence names it.
    """
    case = refusal.case
    ground = _ground(case, refusal.code, at)
    papers = set(refusal.proofs.filter(removed_at__isnull=True).values_list("kind", flat=True))
    sentence = proof_problem(ground, papers, ITEM_LABELS, was_received=bool(refusal.earlier))
    if sentence:
        raise Invalid(sentence, code="proofs")
    _step(refusal, "submit", submitted_at=at, submitted_by=by)
    _make_paper(refusal, by, at)
    _log("refusal.submitted", refusal, by, at)


@transaction.atomic
def give_back(refusal: Refusal, note: str, *, by: Person, at: datetime) -> None:
    right = right_to_decide(by, refusal.case.agency, refusal.submitted_by, at)
    if not note.strip():
        raise Invalid(NOTE_MISSING[RETURN], code="note")
    _step(
        refusal,
        "return",
        decided_at=at,
        decided_by=by,
        on_behalf_of=right.on_behalf_of,
        decision_note=note.strip(),
    )
    _log("refusal.returned", refusal, by, at, **behalf(right))


@transaction.atomic
def issue(refusal: Refusal, signed: UploadedFile[Any] | None = None, *, by: Person, at: datetime) -> Document:
    """«Phát hành»: the head's number and signature; the case is refused.

    Raises:
        Forbidden: no authority, or one's own proposal.
        Invalid: the uploaded signed paper is not valid.
        Refused: somebody was faster, or the case has gone another way meanwhile.
    """
    case = refusal.case
    right = right_to_decide(by, case.agency, refusal.submitted_by, at)
    _step(refusal, "issue", decided_at=at, decided_by=by, on_behalf_of=right.on_behalf_of, decision_note="")
    document = refusal.document or _make_paper(refusal, by, at)
    if document.state == DocumentState.DRAFT:
        documents.assign_number(document, by=by, at=at)
    if signed is not None:
        _take_signed(refusal, document, signed, by, at)
    documents.issue(document, by=by, at=at)
    case = Case.objects.get(pk=case.pk)
    move(case, CASE, "refuse", state_since=at)
    refresh(case)
    _log("refusal.issued", refusal, by, at, number=document.code, **behalf(right))
    return document


@transaction.atomic
def drop(refusal: Refusal, *, by: Person, at: datetime) -> None:
    """The draft comes to nothing: the citizen is received after all."""
    _step(refusal, "drop")
    document = refusal.document
    if document is not None and document.state == DocumentState.DRAFT:
        documents.drop(document, by=by, at=at)
    _log("refusal.dropped", refusal, by, at)


def due_of(case: Case, code: str, grounds_on: date) -> date | None:
    """Last day for 01/TCD; None for a ground that is explained on the spot."""
    return law.due(profile_for(case.agency, DEFAULT, grounds_on), code, grounds_on, calendar())


def marker(refusal: Refusal) -> str:
    return (refusal.edited_at or refusal.made_at).isoformat()


def _take(refusal: Refusal, seen: str, by: Person, at: datetime) -> None:
    rows = Refusal.objects.filter(pk=refusal.pk, edited_at=refusal.edited_at)
    if seen != marker(refusal) or not rows.update(edited_at=at, edited_by=by):
        refusal.refresh_from_db()
        raise reads.changed_by(refusal.edited_by or refusal.made_by, clock_text(refusal.edited_at or refusal.made_at))
    refusal.edited_at, refusal.edited_by = at, by


def _ground(case: Case, code: str, at: datetime) -> RefusalGround:
    ground = profile_for(case.agency, DEFAULT, localdate(at)).refusal(code)
    if ground is None:
        raise Invalid("Chưa chọn căn cứ từ chối trong danh sách của luật.", code="code")
    return ground


def _checked(case: Case, entry: Entry, at: datetime) -> RefusalGround:
    ground = _ground(case, entry.code, at)
    sentence = kind_problem(ground, case.kind, KIND_LABELS[case.kind])
    if sentence:
        raise Invalid(sentence, code="code")
    rules = profile_for(case.agency, DEFAULT, localdate(at))
    sentence = reason_problem(entry.reason, rules.refusing.least_reason)
    if sentence:
        raise Invalid(sentence, code="reason")
    if entry.grounds_on > localdate(at):
        raise Invalid("Ngày có đủ căn cứ không được ở tương lai.", code="grounds_on")
    return ground


def _require_proofs(case: Case, ground: RefusalGround, entry: Entry) -> list[Item]:
    papers = _papers(case, entry)
    sentence = proof_problem(
        ground, {item.kind for item in papers}, ITEM_LABELS, was_received=bool(entry.earlier.strip())
    )
    if sentence:
        raise Invalid(sentence, code="proofs")
    return papers


def _papers(case: Case, entry: Entry) -> list[Item]:
    return list(case.items.filter(pk__in=list(entry.proofs), removed_at__isnull=True))


def _require_no_other(case: Case) -> None:
    if reads.open_refusal(case) is not None:
        raise Refused("Vụ việc đã có dự thảo từ chối tiếp. Hãy mở dự thảo đó để sửa, hoặc bỏ nó.", code="open")


def _new(case: Case, entry: Entry, by: Person, at: datetime) -> Refusal:
    return Refusal.objects.create(
        case=case,
        code=entry.code,
        reason=entry.reason.strip(),
        said=entry.said.strip(),
        earlier=entry.earlier.strip(),
        grounds_on=entry.grounds_on,
        made_at=at,
        made_by=by,
    )


def _fill(refusal: Refusal, entry: Entry, at: datetime) -> None:
    refusal.code = entry.code
    refusal.reason = entry.reason.strip()
    refusal.grounds_on = entry.grounds_on
    refusal.due_on = due_of(refusal.case, entry.code, entry.grounds_on)
    refusal.basis = entry.basis.strip() or BASIS[entry.code]
    refusal.earlier = entry.earlier.strip()
    refusal.save(update_fields=["code", "reason", "grounds_on", "due_on", "basis", "earlier"])
    refusal.proofs.set(_papers(refusal.case, entry))


def _make_paper(refusal: Refusal, by: Person, at: datetime) -> Document:
    """The notice as the data now stand; a draft is made anew in place, a numbered one is replaced."""
    document = documents.draft(DOCUMENT, refusal.case, f"r{refusal.pk}", by=by, at=at)
    refusal.document = document
    refusal.save(update_fields=["document"])
    return document


def _take_signed(refusal: Refusal, document: Document, signed: UploadedFile[Any], by: Person, at: datetime) -> None:
    """A digitally signed PDF is checked against ours; the scan of a paper signed by hand goes into the dossier."""
    if _is_digital(signed):
        documents.upload_signed(document, signed, by=by, at=at)
        return
    case = refusal.case
    stored = files.keep(signed, agency=case.agency, by=by, at=at, accepted=SCANS)
    Item.objects.create(
        case=case,
        kind=ItemKind.OTHER,
        title=f"Bản đã ký của thông báo 01/TCD số {document.code}",
        condition=Condition.COPY,
        is_from_citizen=False,
        file=stored,
        added_at=at,
        added_by=by,
    )


def _is_digital(upload: UploadedFile[Any]) -> bool:
    """Every signature of a PDF names the range of bytes that it covers."""
    last, found = b"", False
    for piece in upload.chunks():
        found = found or MARK in last + piece
        last = piece[-len(MARK) :]
    upload.seek(0)
    return found


def _step(refusal: Refusal, step: str, **fields: Any) -> None:
    try:
        move(refusal, REFUSAL, step, **fields)
    except Refused as problem:
        refusal.refresh_from_db()
        if refusal.decided_by is not None and refusal.state in (RefusalState.DONE, RefusalState.RETURNED):
            raise reads.faster(refusal) from problem
        raise


def _log(event: str, refusal: Refusal, by: Person, at: datetime, **facts: Any) -> None:
    case = refusal.case
    audit.record(event, agency=case.agency, at=at, by=by, about=case, ground=refusal.code, **facts)
