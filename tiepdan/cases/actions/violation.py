"""«Biên bản vi phạm»: a breach of the rules of the place is put on record (khoản 6 Điều 8 Luật Tiếp công dân)."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.audit import actions as audit
from tiepdan.cases import queries_decisions as reads
from tiepdan.cases.models import Petitioner, Refusal
from tiepdan.cases.models_desk import Violation
from tiepdan.documents import actions as documents
from tiepdan.kernel.dates import clock_text
from tiepdan.kernel.refusals import Invalid, Refused
from tiepdan.law.profiles import DEFAULT, Profile
from tiepdan.policy.queries import profile_for

DOCUMENT = "violation"
NO_STORY = "Phải ghi diễn biến: ai, làm gì, lúc nào, ở đâu."
NO_REQUEST = (
    "Chưa ghi đã yêu cầu người vi phạm chấm dứt hành vi thế nào: yêu cầu chấm dứt đi trước việc lập biên bản "
    "(khoản 6 Điều 8 Luật Tiếp công dân)."
)


@dataclass(frozen=True, kw_only=True)
class ViolationFacts:
    """What the clerk writes; names are those of the model."""

    offender: Petitioner
    place: str
    began_at: datetime
    ended_at: datetime
    story: str
    asked: str
    witnesses: str = ""
    answer: str = ""
    measures: str = ""


def is_violation(refusal: Refusal, rules: Profile) -> bool:
    return refusal.code in rules.refusing.violations


@transaction.atomic
def record(refusal: Refusal, facts: ViolationFacts, *, seen: str, by: Person, at: datetime) -> Violation:
    """Write the record, or word it anew; its paper is drafted from it.

    `seen` is `marker(…)` of what the page showed.

    Raises:
        Invalid: no story, no request, times that cannot be, somebody who is not of the case.
        Refused: the ground is no breach of the rules, or somebody else wrote meanwhile (`faster`).
    """
    case = refusal.case
    rules = profile_for(case.agency, DEFAULT, localdate(refusal.made_at))
    if not is_violation(refusal, rules):
        raise Refused(
            f"Căn cứ {refusal.code} không phải hành vi vi phạm nội quy nơi tiếp công dân nên không lập biên bản "
            f"({rules.refusing.violations_article}).",
            code="ground",
        )
    facts = _tidy(facts)
    _check(refusal, facts, at)
    row = Violation.objects.select_for_update().select_related("made_by").filter(refusal=refusal).first()
    if marker(row) != seen:
        if row is None:
            raise Refused("Biên bản này không còn. Hãy tải lại trang.", code="faster")
        raise reads.changed_by(row.made_by, clock_text(row.made_at))
    values = {one.name: getattr(facts, one.name) for one in fields(facts)} | {"made_at": at, "made_by": by}
    if row is None:
        row = Violation.objects.create(refusal=refusal, **values)
        event = "refusal.violation_recorded"
    else:
        for name, value in values.items():
            setattr(row, name, value)
        event = "refusal.violation_changed"
    row.document = documents.draft(DOCUMENT, case, f"v{refusal.pk}", by=by, at=at)
    row.save()
    audit.record(event, agency=case.agency, at=at, by=by, about=case, ground=refusal.code)
    return row


def marker(row: Violation | None) -> str:
    return row.made_at.isoformat() if row else ""


def _tidy(facts: ViolationFacts) -> ViolationFacts:
    words = ("place", "story", "asked", "witnesses", "answer", "measures")
    return replace(facts, **{name: getattr(facts, name).strip() for name in words})


def _check(refusal: Refusal, facts: ViolationFacts, at: datetime) -> None:
    if facts.offender.case_id != refusal.case_id:
        raise Invalid("Người vi phạm phải là người trong vụ việc này.", code="offender")
    if not facts.place:
        raise Invalid("Chưa nhập địa điểm.", code="place")
    if not facts.story:
        raise Invalid(NO_STORY, code="story")
    if not facts.asked:
        raise Invalid(NO_REQUEST, code="asked")
    if facts.ended_at < facts.began_at:
        raise Invalid("Biên bản kết thúc trước khi bắt đầu. Hãy kiểm tra lại giờ.", code="ended")
    if facts.began_at > at:
        raise Invalid("Thời gian bắt đầu không được ở tương lai.", code="began")
