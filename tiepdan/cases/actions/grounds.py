"""Grounds of an online reception: the draft, and putting the case before the head."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.audit import actions as audit
from tiepdan.cases import queries_decisions as reads
from tiepdan.cases.models import Case, ChosenGround, Screening, Submission
from tiepdan.cases.queries_decisions import Draft
from tiepdan.cases.rules import CASE, OPEN_STATES
from tiepdan.documents import actions as documents
from tiepdan.documents.rules import State as DocumentState
from tiepdan.kernel.dates import clock_text
from tiepdan.kernel.refusals import Invalid, Refused
from tiepdan.kernel.rows import move
from tiepdan.law.grounds import barred, problems

DOCUMENT = "submission"


@transaction.atomic
def save_draft(case: Case, draft: Draft, *, by: Person, at: datetime) -> Screening:
    """Keep what was ticked and written, finished or not.

    Raises:
        Refused: the case is not being prepared any more (`state`), or somebody saved meanwhile (`faster`).
    """
    if case.state not in OPEN_STATES:
        raise Refused(f"Không sửa được căn cứ khi vụ việc đang ở trạng thái «{CASE.label(case.state)}».", code="state")
    rules = reads.profile_of(case, draft.profile, localdate(at))
    known = {ground.code for ground in rules.grounds}
    chosen = {code: reason.strip() for code, reason in draft.chosen.items() if code in known}
    row = _screening(case, draft, rules.code, by, at)
    ChosenGround.objects.filter(case=case).delete()
    ChosenGround.objects.bulk_create(ChosenGround(case=case, code=code, reason=why) for code, why in chosen.items())
    audit.record(
        "case.grounds_saved",
        agency=case.agency,
        at=at,
        by=by,
        about=case,
        profile=rules.short,
        grounds=sorted(chosen),
    )
    return row


def _screening(case: Case, draft: Draft, profile: str, by: Person, at: datetime) -> Screening:
    fields = {
        "profile": profile,
        "security": draft.security.strip(),
        "consent": draft.consent.strip(),
        "note": draft.note.strip(),
        "saved_at": at,
        "saved_by": by,
    }
    row = Screening.objects.select_for_update().select_related("saved_by").filter(case=case).first()
    if row is None:
        return Screening.objects.create(case=case, **fields)
    if row.saved_at.isoformat() != draft.seen:
        raise reads.changed_by(row.saved_by, clock_text(row.saved_at))
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    return row


@transaction.atomic
def submit(case: Case, *, by: Person, at: datetime) -> Submission:
    """Freeze the saved draft, make «Tờ trình đề nghị tiếp công dân trực tuyến», and put the case before the head.

    Raises:
        Invalid: no ground, or one without what it asks.
        Refused: the case may not be received online at all, or is not in a state that can be submitted.
    """
    on = localdate(at)
    draft = reads.draft_of(case, on)
    rules = reads.profile_of(case, draft.profile, on)
    facts = reads.facts_of(case, draft)
    closed = barred(rules, facts)
    if closed:
        raise Refused(closed, code="barred")
    found = problems(rules, facts, draft.chosen)
    if found:
        raise Invalid(" ".join(problem.sentence for problem in found), code="grounds")
    if reads.open_refusal(case) is not None:
        raise Refused(
            "Vụ việc đang có dự thảo từ chối tiếp. Hãy bỏ dự thảo đó trước khi trình tiếp trực tuyến.", code="refusal"
        )
    move(case, CASE, "submit", state_since=at)
    held = reads.dossier(case)
    frozen = [
        {
            "code": ground.code,
            "text": ground.text,
            "article": ground.article,
            "reason": draft.chosen[ground.code],
            "evidence": [item.title for kind in ground.papers for item in held.get(kind, [])],
        }
        for ground in rules.grounds
        if ground.code in draft.chosen
    ]
    submission = Submission.objects.create(
        case=case,
        profile=rules.code,
        grounds=frozen,
        security=draft.security,
        consent=draft.consent,
        note=draft.note,
        submitted_at=at,
        submitted_by=by,
    )
    _make_paper(case, submission, by, at)
    audit.record(
        "case.submitted",
        agency=case.agency,
        at=at,
        by=by,
        about=case,
        profile=rules.short,
        grounds=[ground["code"] for ground in frozen],
    )
    return submission


def _make_paper(case: Case, submission: Submission, by: Person, at: datetime) -> None:
    """The new paper stands in the place of that of an earlier submission which has no number yet."""
    earlier = case.submissions.exclude(pk=submission.pk).filter(document__state=DocumentState.DRAFT)
    for old in earlier.select_related("document"):
        if old.document is not None:
            documents.drop(old.document, by=by, at=at)
    submission.document = documents.draft(DOCUMENT, case, f"s{submission.pk}", by=by, at=at)
    submission.save(update_fields=["document"])
