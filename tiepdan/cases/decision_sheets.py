"""The sheet of a decision on a case: grounds and words as they were frozen when it was put forward."""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse

from tiepdan.accounts.decision_sheet import Decided, DecisionSheet, entry_of, named, proved_by
from tiepdan.cases.actions.decision import APPROVE, DECLINE, EVENTS, RETURN
from tiepdan.cases.models import Submission
from tiepdan.law.profiles import profile

WORDS = {
    APPROVE: ("Đồng ý tiếp trực tuyến", ("good", "✓")),
    RETURN: ("Trả lại để bổ sung", ("care", "▲")),
    DECLINE: ("Không đồng ý tiếp trực tuyến; tiếp trực tiếp", ("bad", "■")),
}


def sheet_of(submission: Submission) -> DecisionSheet:
    """Raises Http404 while nobody has decided, and for what was taken back."""
    if submission.decision not in WORDS or submission.decided_at is None:
        raise Http404
    case, at = submission.case, submission.decided_at
    words, look = WORDS[submission.decision]
    entry = entry_of(EVENTS[submission.decision], case, at)
    frozen = [
        ("Vụ việc", entry.about_label if entry else str(case)),
        ("Bộ quy tắc", profile(submission.profile).title),
        ("Điều kiện bảo mật", submission.security),
        ("Văn bản đồng ý của UBND tỉnh", submission.consent),
    ]
    paper = submission.document
    return DecisionSheet(
        about=f"{case.code}: đề nghị tiếp công dân trực tuyến",
        agency=case.agency.name,
        submitted_by=named(submission.submitted_by, case.agency, submission.submitted_at),
        submitted_at=submission.submitted_at,
        submitted_note=submission.note,
        decided=Decided(
            words,
            look,
            at,
            named(submission.decided_by, case.agency, at),
            named(submission.on_behalf_of, case.agency, at),
            submission.decision_note,
            proved_by(entry),
        ),
        frozen=[(name, value) for name, value in frozen if value],
        grounds=submission.grounds,
        back=reverse("cases:decision", args=[case.code]),
        entry=entry,
        paper=str(paper) if paper else "",
        paper_address=reverse("documents:paper", args=[paper.pk]) if paper else "",
    )
