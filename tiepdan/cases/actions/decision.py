"""What the head decides about a case that was put forward, and taking it back before that."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from tiepdan.accounts.models import Agency, Person
from tiepdan.accounts.queries import Authority, authority
from tiepdan.accounts.rules_factor import BY_PASSWORD
from tiepdan.audit import actions as audit
from tiepdan.cases.models import Case, Submission
from tiepdan.cases.queries_decisions import faster
from tiepdan.cases.rules import CASE, State
from tiepdan.kernel.refusals import Forbidden, Invalid, Refused
from tiepdan.kernel.rows import move

APPROVE, RETURN, DECLINE, WITHDRAW = "approve", "return", "decline", "withdraw"
DECISIONS = (APPROVE, RETURN, DECLINE)

OWN = "Bạn là người trình vụ việc này nên không thể tự phê duyệt."
NOTE_MISSING = {RETURN: "Phải ghi nội dung cần bổ sung.", DECLINE: "Phải ghi lý do không đồng ý."}
EVENTS = {
    APPROVE: "case.approved",
    RETURN: "case.returned",
    DECLINE: "case.declined",
    WITHDRAW: "case.submission_withdrawn",
}


def right_to_decide(person: Person, agency: Agency, submitted_by: Person | None, at: datetime) -> Authority:
    """The authority under which the person decides on that day.

    Raises:
        Forbidden: there is none, or it would be a decision on one's own proposal, also in another's place.
    """
    on = localdate(at)
    right = authority(person, agency, on)
    if right is None:
        raise Forbidden(
            "Chỉ lãnh đạo có thẩm quyền, hoặc người được ủy quyền phê duyệt, được quyết định.", code="forbidden"
        )
    if submitted_by is not None and right.on_behalf_of == submitted_by:
        right = authority(person, agency, on, not_for=submitted_by)
    if right is None or right.person == submitted_by:
        raise Forbidden(OWN, code="own")
    return right


def behalf(right: Authority) -> dict[str, str]:
    """For the log: in whose place, when it is not the person's own."""
    return {"on_behalf_of": str(right.on_behalf_of)} if right.on_behalf_of else {}


@transaction.atomic
def decide(
    submission: Submission, step: str, note: str = "", *, by: Person, at: datetime, proved_by: str = BY_PASSWORD
) -> None:
    """Approve, return or decline; `proved_by` says how the person confirmed it (accounts/signing.py).

    Raises:
        Invalid: a return or a refusal without words.
        Forbidden: see `right_to_decide`.
        Refused: somebody was faster; the sentence says who and when.
    """
    if step not in DECISIONS:
        raise ValueError(step)
    case = submission.case
    right = right_to_decide(by, case.agency, submission.submitted_by, at)
    note = note.strip()
    if not note and step in NOTE_MISSING:
        raise Invalid(NOTE_MISSING[step], code="note")
    _close(submission, step, note, right, at)
    audit.record(
        EVENTS[step],
        agency=case.agency,
        at=at,
        by=by,
        about=case,
        proved_by=proved_by,
        **behalf(right),
    )


@transaction.atomic
def withdraw(submission: Submission, *, by: Person, at: datetime) -> None:
    """The clerk takes the case back while nobody has decided."""
    _close(submission, WITHDRAW, "", Authority(by), at)
    audit.record(EVENTS[WITHDRAW], agency=submission.case.agency, at=at, by=by, about=submission.case)


def _close(submission: Submission, step: str, note: str, right: Authority, at: datetime) -> None:
    """Of two who decide at the same time one wins; the other reads who did, and when."""
    fields = {
        "decision": step,
        "decided_at": at,
        "decided_by": right.person,
        "on_behalf_of": right.on_behalf_of,
        "decision_note": note,
    }
    if not Submission.objects.filter(pk=submission.pk, decision="").update(**fields):
        raise faster(submission)
    for name, value in fields.items():
        setattr(submission, name, value)
    case = Case.objects.get(pk=submission.case_id)
    if case.state != State.PROPOSED:
        raise Refused(f"Không làm được bước này khi đang ở trạng thái «{CASE.label(case.state)}».", code="state")
    move(case, CASE, step, state_since=at)
    submission.case = case
