"""People of a case: their identity, who stands for the group, and every look at what is masked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max

from tiepdan.accounts.models import Person
from tiepdan.audit import actions as audit
from tiepdan.cases import deadlines
from tiepdan.cases.actions.common import NAMED, field_labels, refresh, require_open, touch
from tiepdan.cases.actions.twice import require_new_people
from tiepdan.cases.models import Case, Item, Petitioner
from tiepdan.cases.rules import CROWD, OPEN_STATES, REPRESENTED_IN, STATE_LABELS, Condition, ItemKind, Paper, Standing
from tiepdan.cases.rules.identity import names_in, paper_problems, standing_problems, tidy_number
from tiepdan.files import actions as files
from tiepdan.files.rules import SCANS
from tiepdan.kernel.refusals import Forbidden, Invalid, Refused
from tiepdan.kernel.text import fold
from tiepdan.law.groups import representatives

SHORTEST_REASON = 10  # letters
NO_REASON = "Phải ghi lý do xem thông tin đầy đủ (ít nhất 10 ký tự); lý do được ghi vào nhật ký."
NO_GROUP_PAPER = "Chưa tải lên văn bản cử người đại diện có chữ ký của tất cả mọi người."
NOT_OF_GROUP = "Người đại diện phải là người có khiếu nại, tố cáo, kiến nghị, phản ánh trong đoàn."
# Those whose own matter it is; who only speaks for somebody cannot be chosen by the group.
OF_GROUP = (Standing.SELF, Standing.HEAD)


@dataclass(frozen=True, kw_only=True)
class PersonFacts:
    """What is entered about somebody of a case; names are those of the model."""

    full_name: str
    address: str = ""
    paper: str = Paper.CITIZEN_ID
    paper_number: str = ""
    paper_issued_on: date | None = None
    paper_issued_by: str = ""
    paper_missing_reason: str = ""
    standing: str = Standing.SELF
    proof: str = ""
    card: str = ""
    phone: str = ""
    email: str = ""


def facts_of(person: Petitioner) -> PersonFacts:
    return PersonFacts(**{one.name: getattr(person, one.name) for one in fields(PersonFacts)})


def check_person(facts: PersonFacts) -> None:
    """Điều 12 and Điều 13 NĐ 154/2026."""
    if not facts.full_name.strip():
        raise Invalid("Chưa nhập họ tên.", code="full_name")
    problems = paper_problems(facts.paper, tidy_number(facts.paper_number), facts.paper_missing_reason)
    problems |= standing_problems(facts.standing, facts.proof, facts.card)
    for name, sentence in problems.items():
        raise Invalid(sentence, code=name)


def add_row(case: Case, facts: PersonFacts, *, is_main: bool = False) -> Petitioner:
    last = case.petitioners.aggregate(last=Max("order"))["last"]
    facts = replace(facts, paper_number=tidy_number(facts.paper_number))
    return Petitioner.objects.create(
        case=case,
        is_main=is_main,
        order=0 if last is None else last + 1,
        search=fold(facts.full_name)[:200],
        **asdict(facts),
    )


@transaction.atomic
def add_people(case: Case, people: Sequence[PersonFacts], *, by: Person, at: datetime) -> None:
    """More people of the group. Who does not come in person may be entered by name and address alone.

    Raises:
        Refused: while the head decides or later; or after the decision more people than the group was said to have.
    """
    _require_representable(case)
    named = case.petitioners.filter(standing__in=OF_GROUP).count()
    if case.state not in OPEN_STATES and named + len(people) > case.people_count:
        raise Refused(
            f"Vụ việc đã được đồng ý với {case.people_count} người, đã ghi tên {named} người: "
            f"chỉ ghi thêm được {case.people_count - named} người.",
            code="count",
        )
    _require_nameless_summary(case, people)
    require_new_people(case, [(one.full_name, one.address, one.paper_number) for one in people])
    for facts in people:
        add_row(case, facts)
    _count(case)
    touch(case, "", by=by, at=at)
    refresh(case)
    audit.record("case.person_added", agency=case.agency, at=at, by=by, about=case, people=len(people))


@transaction.atomic
def edit_person(person: Petitioner, facts: PersonFacts, *, seen: str, by: Person, at: datetime) -> None:
    case = person.case
    require_open(case)
    check_person(facts)
    _require_nameless_summary(case, [facts])
    touch(case, seen, by=by, at=at)
    facts = replace(facts, paper_number=tidy_number(facts.paper_number))
    changed = [one.name for one in fields(facts) if getattr(person, one.name) != getattr(facts, one.name)]
    for name in changed:
        setattr(person, name, getattr(facts, name))
    person.search = fold(person.full_name)[:200]
    person.save()
    refresh(case)
    labels = field_labels(Petitioner, changed)
    audit.record(
        "case.person_edited", agency=case.agency, at=at, by=by, about=case, person=_number(person), changed=labels
    )


@transaction.atomic
def remove_person(person: Petitioner, *, by: Person, at: datetime) -> None:
    case = person.case
    require_open(case)
    if person.is_main:
        raise Refused("Không bỏ được người đứng đơn của vụ việc.", code="main")
    if person.receipts.exists():
        raise Refused("Người này đã có giấy biên nhận tài liệu nên không bỏ khỏi vụ việc được.", code="receipts")
    number = _number(person)
    person.delete()
    touch(case, "", by=by, at=at)
    refresh(case)
    audit.record("case.person_removed", agency=case.agency, at=at, by=by, about=case, person=number)


@transaction.atomic
def set_representatives(
    case: Case,
    chosen: Collection[int],
    upload: UploadedFile[Any] | None,
    *,
    seen: str,
    by: Person,
    at: datetime,
) -> None:
    """Who speaks for the group (Điều 29 Luật Tiếp công dân); `chosen` are ids of its petitioners.

    Raises:
        Refused: too many, nobody, not of the group, or the paper that all have signed is missing.
    """
    _require_representable(case)
    people = {person.pk: person for person in case.petitioners.all()}
    if not chosen or not set(chosen) <= set(people):
        raise Invalid("Chưa chọn người đại diện nào.", code="nobody")
    if any(people[pk].standing not in OF_GROUP for pk in chosen):
        raise Refused(NOT_OF_GROUP, code="standing")
    most = most_representatives(case)
    if case.people_count < 2:
        raise Refused("Vụ việc chỉ có một người nên không cử người đại diện.", code="one")
    if len(chosen) > most:
        raise Refused(
            f"Đoàn có {case.people_count} người: được cử tối đa {most} người đại diện "
            f"(Điều 29 Luật Tiếp công dân). Đang chọn {len(chosen)}.",
            code="too_many",
        )
    if upload is None and case.people_count >= CROWD and not group_papers(case):
        raise Refused(NO_GROUP_PAPER, code="paper")
    touch(case, seen, by=by, at=at)
    if upload is not None:
        stored = files.keep(upload, agency=case.agency, by=by, at=at, accepted=SCANS)
        Item.objects.create(
            case=case,
            kind=ItemKind.GROUP_PAPER,
            title="Văn bản cử người đại diện",
            condition=Condition.ORIGINAL,
            is_from_citizen=False,
            file=stored,
            added_at=at,
            added_by=by,
        )
    case.petitioners.filter(is_representative=True).exclude(pk__in=chosen).update(is_representative=False)
    case.petitioners.filter(pk__in=chosen).update(is_representative=True)
    audit.record("case.representatives", agency=case.agency, at=at, by=by, about=case, chosen=len(chosen), most=most)


def _require_representable(case: Case) -> None:
    if case.state not in REPRESENTED_IN:
        raise Refused(
            f"Vụ việc đang ở trạng thái «{STATE_LABELS[case.state]}» nên không đổi người đại diện ở bước này.",
            code="state",
        )


def most_representatives(case: Case) -> int:
    profile, _ = deadlines.rules_of(case)
    return representatives(case.people_count, profile)[1]


def group_papers(case: Case) -> bool:
    return case.items.filter(kind=ItemKind.GROUP_PAPER, removed_at__isnull=True, file__isnull=False).exists()


@transaction.atomic
def reveal(person: Petitioner, reason: str, *, may: bool, by: Person, at: datetime) -> None:
    """Write down that somebody looked at the full identity, and why."""
    if not may:
        raise Forbidden("Bạn không được xem thông tin của người tố cáo được bảo vệ danh tính.", code="protected")
    if len(reason.strip()) < SHORTEST_REASON:
        raise Invalid(NO_REASON, code="reason")
    case = person.case
    audit.record(
        "case.revealed", agency=case.agency, at=at, by=by, about=case, person=_number(person), reason=reason.strip()
    )


def _number(person: Petitioner) -> str:
    """«người thứ 2»: the log names nobody."""
    before = person.case.petitioners.filter(order__lt=person.order).count()
    return f"người thứ {before + 1}"


def _count(case: Case) -> None:
    """The group is at least as large as the people who are named."""
    named = case.petitioners.filter(standing__in=OF_GROUP).count()
    if named > case.people_count:
        case.people_count = named
        Case.objects.filter(pk=case.pk).update(people_count=named)


def _require_nameless_summary(case: Case, people: Sequence[PersonFacts]) -> None:
    numbers = [tidy_number(one.paper_number) for one in people]
    if names_in(fold(case.summary), [fold(one.full_name) for one in people], numbers):
        raise Invalid(NAMED, code="summary")
