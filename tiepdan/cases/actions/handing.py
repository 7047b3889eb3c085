"""What else is done with a case: classified, guided, transferred, answered, closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.queries import heir
from tiepdan.accounts.rules import Kind as AgencyKind
from tiepdan.audit import actions as audit
from tiepdan.cases.actions.common import changed_since, refresh, require_alive
from tiepdan.cases.models import Case, Handing
from tiepdan.cases.rules import CASE, FINISHED, KIND_LABELS, STATE_LABELS, Kind
from tiepdan.kernel.dates import moment_text
from tiepdan.kernel.refusals import Invalid, Refused
from tiepdan.kernel.rows import move
from tiepdan.law import deadlines as law
from tiepdan.law.profiles import DEFAULT
from tiepdan.law.sections import Handling
from tiepdan.policy.queries import calendar, profile_for

GUIDE, TRANSFER, ANSWER = "guide", "transfer", "answer"
KIND_WORDS = {GUIDE: "Hướng dẫn", TRANSFER: "Chuyển đơn", ANSWER: "Trả lời công dân"}

COMPETENCE_LABELS = {
    "own": "Thuộc thẩm quyền của cơ quan mình",
    "other": "Thuộc thẩm quyền của cơ quan khác",
    "below": "Thuộc thẩm quyền cấp dưới, chưa được giải quyết",
    "settled": "Đã được giải quyết đúng chính sách, pháp luật",
    "any": "Thuộc thẩm quyền của cơ quan nào cũng vậy",
}
# khoản 1 Điều 28 Luật Tiếp công dân: what an answer says.
OUTCOME_LABELS = {
    "accepted": "Đã được thụ lý để giải quyết",
    "extended": "Cần kéo dài thời gian để xác minh thêm",
    "not_accepted": "Từ chối thụ lý",
    "passed_on": "Đã chuyển đến cơ quan có thẩm quyền",
}
# Where a Ban Tiếp công dân stands (Điều 6 NĐ 154/2026) complaints and denunciations may be transferred too.
BOARD_ONLY = "transfer_board"
CLOCKED = (Kind.COMPLAINT, Kind.DENUNCIATION)  # khoản 2 Điều 27: the seven days hold for these


@dataclass(frozen=True)
class Target:
    """To whom a case is sent, or the citizen guided: an agency of the tree, or one outside it by its name."""

    agency: Agency | None = None
    name: str = ""

    @property
    def label(self) -> str:
        return self.agency.name if self.agency else self.name.strip()


def options(case: Case, competence: str, on: date) -> tuple[Handling, ...]:
    """The handlings of the law for this kind of petition, in this office. What may be done whosever competence it is
    stands once, under «any»: at that time nobody knows yet whose it will be."""
    if competence == "below" and case.kind not in CLOCKED:
        competence = "other"  # điểm b khoản 2 Điều 26: not one's own is transferred, whoever stands below or beside
    rows = profile_for(case.agency, DEFAULT, on).handling_options(case.kind, competence)
    has_board = case.agency.kind == AgencyKind.PROVINCE
    rows = tuple(row for row in rows if competence == "any" or row.competence != "any")
    return tuple(row for row in rows if has_board or row.code != BOARD_ONLY)


def way_of(case: Case) -> str:
    """«other:transfer»; empty while nobody has chosen."""
    return f"{case.competence}:{case.handling}" if case.handling else ""


@transaction.atomic
def classify(case: Case, competence: str, handling: str, *, seen: str, by: Person, at: datetime) -> None:
    """Whose competence it is, and which way of the law is taken (Điều 26 Luật Tiếp công dân, Điều 15 NĐ 154/2026).

    `seen` is `way_of(case)` of the page.
    """
    if competence not in COMPETENCE_LABELS:
        raise Invalid("Chưa chọn thẩm quyền giải quyết.", code="competence")
    if case.state in FINISHED:
        raise Refused(f"Vụ việc đang ở trạng thái «{STATE_LABELS[case.state]}» nên không phân loại lại.", code="state")
    allowed = options(case, competence, localdate(at))
    if handling not in {row.code for row in allowed}:
        labels = "; ".join(f"{row.label} ({row.article})" for row in allowed)
        raise Invalid(
            f"{KIND_LABELS[case.kind]} {COMPETENCE_LABELS[competence].lower()}: chỉ được chọn {labels}.",
            code="handling",
        )
    rows = Case.objects.filter(pk=case.pk, competence=case.competence, handling=case.handling)
    if seen != way_of(case) or not rows.update(competence=competence, handling=handling):
        raise changed_since(case, "case.classified")
    case.competence, case.handling = competence, handling
    label = next(row.label for row in allowed if row.code == handling)
    _log("case.classified", case, by, at, competence=COMPETENCE_LABELS[competence], handling=label)


@transaction.atomic
def guide(case: Case, to: Target, note: str, paper: str = "", *, by: Person, at: datetime) -> Handing:
    """«Hướng dẫn»: the citizen is told face to face where to go; that is an answer too (khoản 1 Điều 28)."""
    _require_target(case, to, at)
    _require_words(note, "Chưa ghi nội dung hướng dẫn công dân.")
    answered: dict[str, Any] = {}
    if case.answered_at is None:
        answered = {"answered_at": at, "answer_note": f"Đã hướng dẫn đến {to.label}."[:500]}
    move(case, CASE, GUIDE, state_since=at, **answered)
    row = _made(case, GUIDE, by, at, to=to, paper=paper, note=note)
    refresh(case)
    _log("case.guided", case, by, at, to=to.label, paper=row.paper)
    return row


@transaction.atomic
def transfer(
    case: Case, to: Target, paper: str, note: str = "", *, wants_result: bool = False, by: Person, at: datetime
) -> Handing:
    """«Chuyển đơn»: by a numbered paper. The clock of ten days goes on until the citizen is told."""
    _require_target(case, to, at)
    if not paper.strip():
        raise Invalid("Chưa nhập số văn bản chuyển đơn (cột 11 Sổ tiếp công dân, Mẫu 03/TCD).", code="paper")
    ways = {row.code for row in options(case, "other", localdate(at))}
    if not ways & {TRANSFER, BOARD_ONLY}:
        raise Refused(
            f"{KIND_LABELS[case.kind]} không thuộc thẩm quyền thì hướng dẫn công dân đến cơ quan có thẩm quyền "
            "(điểm b khoản 1 Điều 26 Luật Tiếp công dân); chỉ Ban Tiếp công dân được chuyển đơn "
            "(điểm b khoản 3 Điều 6 NĐ 154/2026).",
            code="guide",
        )
    move(case, CASE, TRANSFER, state_since=at)
    row = _made(case, TRANSFER, by, at, to=to, paper=paper, note=note, wants_result=wants_result)
    refresh(case)
    _log("case.transferred", case, by, at, to=to.label, paper=row.paper)
    return row


@transaction.atomic
def settled(row: Handing, on: date, *, by: Person, at: datetime) -> None:
    """The agency has settled the case on that day: it tells us within seven working days (khoản 2 Điều 27)."""
    _require_transfer(row)
    _require_past(on, at, since=localdate(row.made_at))
    rules = profile_for(row.case.agency, DEFAULT, on)
    due = law.feedback_due(rules, on, calendar()) if row.case.kind in CLOCKED else None
    _once(row, "resolved_on", "case.transfer_settled", resolved_on=on, feedback_due=due)
    _log("case.transfer_settled", row.case, by, at, day=on, due=due)


@transaction.atomic
def feedback(row: Handing, on: date, result: str, *, by: Person, at: datetime) -> None:
    """Its notice came: the citizen who asked hears of it within five working days (khoản 2 Điều 28)."""
    _require_transfer(row)
    _require_past(on, at, since=localdate(row.made_at))
    _require_words(result, "Chưa ghi kết quả giải quyết.")
    rules = profile_for(row.case.agency, DEFAULT, on)
    due = law.result_due(rules, on, calendar()) if row.wants_result else None
    words = result.strip()[:300]
    _once(row, "feedback_on", "case.feedback_received", feedback_on=on, result=words, citizen_due=due)
    _log("case.feedback_received", row.case, by, at, day=on, due=due)


@transaction.atomic
def tell(row: Handing, on: date, *, by: Person, at: datetime) -> None:
    """The citizen was told the result of the transferred case."""
    _require_transfer(row)
    if row.feedback_on is None:
        raise Refused("Chưa nhận được thông báo kết quả của cơ quan nhận đơn.", code="order")
    _require_past(on, at, since=row.feedback_on)
    _once(row, "told_on", "case.result_told", told_on=on)
    _log("case.result_told", row.case, by, at, day=on)


@transaction.atomic
def answer(case: Case, outcome: str, note: str, *, by: Person, at: datetime) -> Handing:
    """«Trả lời công dân»: stops the clock of ten working days, once (khoản 1 Điều 28 Luật Tiếp công dân).

    Raises:
        Invalid: none of the four contents of the law, or no words.
        Refused: the citizen has been answered already.
    """
    if outcome not in OUTCOME_LABELS:
        raise Invalid("Chưa chọn nội dung trả lời theo khoản 1 Điều 28 Luật Tiếp công dân.", code="outcome")
    _require_words(note, "Chưa ghi đã trả lời thế nào: trực tiếp hay bằng văn bản, số và ngày văn bản.")
    said = f"{OUTCOME_LABELS[outcome]}. {note.strip()}"[:500]
    if not Case.objects.filter(pk=case.pk, answered_at__isnull=True).update(answered_at=at, answer_note=said):
        case.refresh_from_db(fields=["answered_at", "answer_note"])
        when = moment_text(case.answered_at) if case.answered_at else ""
        raise Refused(f"Đã ghi nhận trả lời công dân lúc {when}. Hãy tải lại trang để xem.", code="answered")
    case.answered_at, case.answer_note = at, said
    row = _made(case, ANSWER, by, at, note=note, outcome=outcome)
    refresh(case)
    _log("case.answered", case, by, at, outcome=OUTCOME_LABELS[outcome])
    return row


@transaction.atomic
def close(case: Case, *, by: Person, at: datetime) -> None:
    """«Kết thúc theo dõi»: nothing of the case waits any more."""
    if case.answered_at is None:
        raise Refused(
            "Chưa trả lời công dân nên chưa kết thúc theo dõi được (khoản 1 Điều 28 Luật Tiếp công dân). "
            "Hãy bấm «Trả lời công dân» trước.",
            code="unanswered",
        )
    if case.handings.filter(kind=TRANSFER, citizen_due__isnull=False, told_on__isnull=True).exists():
        raise Refused(
            "Công dân yêu cầu báo kết quả mà chưa được báo (khoản 2 Điều 28 Luật Tiếp công dân).", code="untold"
        )
    move(case, CASE, "close", state_since=at)
    refresh(case)
    _log("case.closed", case, by, at)


def _made(case: Case, kind: str, by: Person, at: datetime, *, to: Target | None = None, **fields: Any) -> Handing:
    words = {name: value.strip() if isinstance(value, str) else value for name, value in fields.items()}
    target = {"to_agency": to.agency, "to_name": to.label[:200]} if to else {}
    return Handing.objects.create(case=case, kind=kind, made_at=at, made_by=by, **target, **words)


def _once(row: Handing, empty: str, event: str, **fields: Any) -> None:
    """Write what nobody has written yet: a day in the book is not overwritten by a page that was opened before."""
    if not Handing.objects.filter(pk=row.pk, **{f"{empty}__isnull": True}).update(**fields):
        raise changed_since(row.case, event)
    for name, value in fields.items():
        setattr(row, name, value)


def _require_target(case: Case, to: Target, at: datetime) -> None:
    if not to.label:
        raise Invalid("Chưa chọn cơ quan có thẩm quyền, hoặc chưa ghi tên cơ quan.", code="agency")
    if to.agency is not None and to.agency == heir(case.agency, localdate(at)):
        raise Invalid(f"{to.label} là cơ quan đang tiếp công dân. Hãy chọn cơ quan khác.", code="agency")
    require_alive(to.agency, localdate(at))


def _require_words(text: str, sentence: str) -> None:
    if not text.strip():
        raise Invalid(sentence, code="note")


def _require_transfer(row: Handing) -> None:
    if row.kind != TRANSFER or row.told_on is not None:
        raise Refused("Việc chuyển đơn này không còn chờ kết quả.", code="state")


def _require_past(on: date, at: datetime, *, since: date) -> None:
    if on > localdate(at):
        raise Invalid("Ngày không được ở tương lai.", code="day")
    if on < since:
        raise Invalid(f"Ngày không được trước {since:%d/%m/%Y}.", code="day")


def _log(event: str, case: Case, by: Person, at: datetime, **facts: Any) -> None:
    audit.record(event, agency=case.agency, at=at, by=by, about=case, **facts)
