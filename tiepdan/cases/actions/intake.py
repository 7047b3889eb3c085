"""Taking a case in, editing its facts, splitting a content of another kind off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime

from django.db import transaction

from tiepdan.accounts.models import Agency, Person
from tiepdan.audit import actions as audit
from tiepdan.cases.actions.common import (
    field_labels,
    refresh,
    require_alive,
    require_nameless,
    require_open,
    today,
    touch,
)
from tiepdan.cases.actions.people import PersonFacts, add_row, check_person
from tiepdan.cases.actions.twice import require_new_history, require_new_part
from tiepdan.cases.models import Case, Handled
from tiepdan.cases.queries import possible_duplicates
from tiepdan.cases.rules import KIND_LABELS, Kind, State
from tiepdan.cases.rules.identity import new_lookup_code
from tiepdan.kernel.refusals import Invalid, Refused
from tiepdan.policy.actions import next_number

MIXED = "Nội dung vừa khiếu nại vừa tố cáo phải tách riêng (khoản 4 Điều 14 NĐ 154/2026)."
SPLIT_FIRST = f"{MIXED} Hãy lưu riêng một loại trước, rồi bấm «Tách nội dung» ở trang vụ việc cho phần còn lại."
NOT_READ_BACK = (
    "Lời trình bày phải được đọc lại cho công dân nghe và có chữ ký hoặc điểm chỉ xác nhận "
    "(khoản 1 Điều 14 NĐ 154/2026)."
)
ONLY_DENOUNCERS = "Chỉ vụ việc tố cáo mới ghi yêu cầu bảo vệ danh tính người tố cáo."


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """What the clerk enters about a case; names are those of the model."""

    kind: str = Kind.COMPLAINT
    field: str = ""
    summary: str
    content: str = ""
    is_spoken: bool = False
    confirmed_how: str = ""  # "signed" or "fingerprint", when spoken
    received_on: date
    place: Agency | None = None
    people_count: int = 1
    since_year: int | None = None
    agencies_count: int = 1
    is_remote: bool = False
    is_policy: bool = False
    is_frail: bool = False
    wishes_online: bool = False
    wished_place: str = ""
    language: str = ""
    access_needs: str = ""
    is_protected: bool = False
    advising_agency: Agency | None = None
    receptions_before: int = 0


@dataclass(frozen=True)
class HandledFacts:
    """An earlier handling of the matter."""

    agency_name: str
    paper: str = ""
    day: date | None = None
    result: str = ""
    is_exhausted: bool = False


class MayBeDuplicate(Refused):
    """Not forbidden: the person looks at `cases` and says that this is another one."""

    def __init__(self, cases: Sequence[Case]) -> None:
        codes = ", ".join(case.code for case in cases)
        super().__init__(
            f"Có thể trùng với {codes}. Hãy mở xem; nếu đây là vụ việc khác, "
            "đánh dấu «Vẫn lưu, đây là vụ việc khác» rồi lưu lại.",
            code="duplicate",
        )
        self.cases = list(cases)


@transaction.atomic
def receive(
    agency: Agency,
    facts: CaseFacts,
    who: PersonFacts,
    *,
    represented: PersonFacts | None = None,
    history: Sequence[HandledFacts] = (),
    is_new_for_sure: bool = False,
    is_import: bool = False,
    by: Person,
    at: datetime,
) -> Case:
    """Enter a case with the person who came; `represented` is the one in whose name they came.

    Raises:
        Invalid: identity, standing, spoken statement or an agency does not satisfy the law.
        MayBeDuplicate: the same person has a case about the same; `is_new_for_sure` passes over it.
    """
    require_alive(agency, today(at))
    everybody = [who, *([represented] if represented else [])]
    for one in everybody:
        check_person(one)
    _check(facts, [(one.full_name, one.paper_number) for one in everybody], today(at))
    if not is_new_for_sure:
        alike = possible_duplicates([agency.pk], number=who.paper_number, name=who.full_name, summary=facts.summary)
        if alike:
            raise MayBeDuplicate(alike)
    case = _create(agency, facts, by=by, at=at)
    add_row(case, who, is_main=True)
    if represented:
        add_row(case, represented)
    for row in history:
        Handled.objects.create(case=case, **asdict(row))
    refresh(case)
    audit.record(
        "case.imported" if is_import else "case.received",
        agency=agency,
        at=at,
        by=by,
        about=case,
        kind=KIND_LABELS[case.kind],
        people=case.people_count,
    )
    return case


@transaction.atomic
def edit(case: Case, facts: CaseFacts, *, seen: str, by: Person, at: datetime) -> list[str]:
    """Write new facts; returns the names of the fields that changed, as the page calls them."""
    require_open(case)
    _check(facts, case.petitioners.values_list("full_name", "paper_number"), today(at))
    touch(case, seen, by=by, at=at)
    changed = [one.name for one in fields(facts) if getattr(case, one.name) != getattr(facts, one.name)]
    for name in changed:
        setattr(case, name, getattr(facts, name))
    labels = field_labels(Case, changed)
    if changed:
        case.save(update_fields=changed)
        refresh(case)
        audit.record("case.edited", agency=case.agency, at=at, by=by, about=case, changed=labels)
    return labels


@transaction.atomic
def split(case: Case, kind: str, summary: str, content: str, *, by: Person, at: datetime) -> Case:
    """A linked case for the part of another kind (khoản 4 Điều 14 NĐ 154/2026); its people are the same."""
    require_open(case)
    if kind == case.kind:
        raise Invalid(f"Phần tách ra phải là loại khác, không phải «{KIND_LABELS[kind]}» như vụ việc này.", code="kind")
    require_new_part(case, kind, summary)
    people = list(case.petitioners.all())
    require_nameless(summary, [(one.full_name, one.paper_number) for one in people])
    facts = replace(facts_of(case), kind=kind, summary=summary, content=content)
    if kind != Kind.DENUNCIATION:
        facts = replace(facts, is_protected=False)
    part = _create(case.agency, facts, by=by, at=at, origin=case)
    for one in people:
        one.pk = None
        one._state.adding = True
        one.case = part
        one.save()
    refresh(part)
    audit.record("case.split", agency=case.agency, at=at, by=by, about=case, part=part.code)
    # The journal of an open part is read by more people than may know who denounces.
    origin = {} if case.is_protected and not part.is_protected else {"origin": case.code}
    audit.record("case.received", agency=case.agency, at=at, by=by, about=part, kind=KIND_LABELS[kind], **origin)
    return part


@transaction.atomic
def add_history(case: Case, row: HandledFacts, *, by: Person, at: datetime) -> Handled:
    require_open(case)
    require_new_history(case, row.agency_name, row.paper)
    handled = Handled.objects.create(case=case, **asdict(row))
    audit.record(
        "case.history_added", agency=case.agency, at=at, by=by, about=case, office=row.agency_name, paper=row.paper
    )
    return handled


@transaction.atomic
def remove_history(handled: Handled, *, by: Person, at: datetime) -> None:
    case = handled.case
    require_open(case)
    audit.record(
        "case.history_removed",
        agency=case.agency,
        at=at,
        by=by,
        about=case,
        office=handled.agency_name,
        paper=handled.paper,
    )
    handled.delete()


def facts_of(case: Case) -> CaseFacts:
    return CaseFacts(**{one.name: getattr(case, one.name) for one in fields(CaseFacts)})


def _create(agency: Agency, facts: CaseFacts, *, by: Person, at: datetime, origin: Case | None = None) -> Case:
    return Case.objects.create(
        agency=agency,
        code=_next_code(today(at).year),
        lookup_code=_lookup_code(),
        state=State.RECEIVED,
        state_since=at,
        split_from=origin,
        created_at=at,
        created_by=by,
        edited_at=at,
        edited_by=by,
        **{one.name: getattr(facts, one.name) for one in fields(facts)},
    )


def _next_code(year: int) -> str:
    """«VV-2026-0041»; numbers that were brought along from elsewhere are stepped over."""
    while True:
        code = f"VV-{year}-{next_number(f'cases:{year}'):04d}"
        if not Case.objects.filter(code=code).exists():
            return code


def _lookup_code() -> str:
    while Case.objects.filter(lookup_code=(code := new_lookup_code())).exists():
        pass
    return code


def _check(facts: CaseFacts, people: Iterable[tuple[str, str]], on: date) -> None:
    if facts.received_on > on:
        raise Invalid("Ngày tiếp nhận không được sau hôm nay.", code="received_on")
    if facts.is_spoken and not (facts.content.strip() and facts.confirmed_how):
        raise Invalid(NOT_READ_BACK, code="confirmed_how")
    if facts.is_protected and facts.kind != Kind.DENUNCIATION:
        raise Invalid(ONLY_DENOUNCERS, code="is_protected")
    if facts.since_year and facts.since_year > on.year:
        raise Invalid("Năm phát sinh không được sau năm nay.", code="since_year")
    require_nameless(facts.summary, people)
    require_alive(facts.place, on)
    require_alive(facts.advising_agency, on)
