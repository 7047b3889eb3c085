"""Cases of tỉnh Minh Châu in every state, each taken there through the same actions as an office takes it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.utils.timezone import localdate

from tiepdan.accounts.models import Agency, Person
from tiepdan.cases.actions import decision, dossier, grounds, handing, intake, refusal, screening, sharing
from tiepdan.cases.actions.dossier import PaperFacts
from tiepdan.cases.actions.handing import Target
from tiepdan.cases.actions.intake import CaseFacts, HandledFacts
from tiepdan.cases.actions.people import PersonFacts, set_representatives
from tiepdan.cases.actions.refusal import Entry
from tiepdan.cases.models import Case
from tiepdan.cases.queries_decisions import Draft
from tiepdan.cases.rules import CASE, Condition, ItemKind, State
from tiepdan.demo.scans import scan
from tiepdan.kernel.rows import move

FILE = Path(__file__).with_name("stories.toml")


@dataclass(frozen=True)
class Story:
    """One case: what it is about, how long ago it came, and the state that it has reached."""

    state: str
    days: int
    kind: str
    field: str
    summary: str
    who: str
    place: str
    people: int = 1
    since: int | None = None
    agencies: int = 1
    is_remote: bool = False
    is_frail: bool = False
    advising: str = "so-nnmt"
    is_today: bool = False  # heard in the reception of the first day


STORIES = tuple(Story(**row) for row in tomllib.loads(FILE.read_text(encoding="utf-8"))["case"])

# How far a case has to go through submission and decision.
_HELD = (State.PLANNED, State.HEARD, State.CONCLUDED, State.CLOSED)
_SUBMITTED = (State.PROPOSED, State.APPROVED, State.RETURNED, State.DECLINED, *_HELD)
_DECIDED = {State.RETURNED: "return", State.DECLINED: "decline"}
REASON = (
    "Vụ việc kéo dài nhiều năm, liên quan đến nhiều cơ quan ở các địa điểm khác nhau; "
    "cần lãnh đạo tỉnh đối thoại cùng lúc với các cơ quan và công dân."
)


def tell_cases(now: datetime, people: dict[str, Person]) -> list[Case]:
    """All stories, the oldest first; heard and later ones stop at «approved» for the receptions to go on with."""
    told = sorted(STORIES, key=lambda story: -story.days)
    return [_tell(number, story, now, people) for number, story in enumerate(told, 1)]


def _tell(number: int, story: Story, now: datetime, people: dict[str, Person]) -> Case:
    clerk, head = people["can-bo"], people["lanh-dao"]
    moments = _moments(now - timedelta(days=story.days), now)
    at = next(moments)
    case = intake.receive(
        Agency.objects.get(code="minh-chau"),
        CaseFacts(
            kind=story.kind,
            field=story.field,
            summary=story.summary,
            content=f"{story.summary}. Công dân đề nghị được đối thoại với lãnh đạo tỉnh.",
            received_on=localdate(at),
            place=Agency.objects.get(code=story.place),
            people_count=story.people,
            since_year=story.since,
            agencies_count=story.agencies,
            is_remote=story.is_remote,
            is_frail=story.is_frail,
            wishes_online=True,
            advising_agency=Agency.objects.get(code=story.advising),
        ),
        PersonFacts(
            full_name=story.who,
            address=f"Xóm {number}, {Agency.objects.get(code=story.place).short_name.removeprefix('UBND ')}",
            paper_number=f"0360{80_000_000 + number * 1_234_567:08d}"[:12],
            paper_issued_on=datetime(2022, 3, 1 + number).date(),
            paper_issued_by="Cục Cảnh sát quản lý hành chính về trật tự xã hội",
            phone=f"0912 000 {number:03d}",
        ),
        history=[HandledFacts("UBND xã", f"{number + 10}/TB-UBND", localdate(at) - timedelta(days=200), "Đã trả lời")]
        if story.since
        else (),
        is_new_for_sure=True,
        by=clerk,
        at=at,
    )
    petition = PaperFacts(
        title="Đơn của công dân", kind=ItemKind.PETITION, pages=2 + number % 4, condition=Condition.ORIGINAL
    )
    if story.state == State.RECEIVED:
        dossier.add_papers(case, [petition], by=clerk, at=next(moments))
    else:
        giver = case.petitioners.get(is_main=True)
        place = "Trụ sở Tiếp công dân tỉnh"
        dossier.make_receipt(case, giver, place, [petition], by=clerk, at=next(moments))
    if story.state == State.RECEIVED:
        return case
    screening.screen(case, by=clerk, at=next(moments))
    if story.state == State.INCOMPLETE:
        screening.ask(case, "Đề nghị bổ sung quyết định dừng trợ cấp.", by=clerk, at=next(moments))
    elif story.state == State.SCREENING:
        office, papers = Agency.objects.get(code=story.advising), list(case.items.all())
        until, wish = localdate(now) + timedelta(days=21), "Gửi báo cáo tham mưu và ý kiến về hướng giải quyết."
        sharing.share(case, office, papers, until, wish, by=clerk, at=next(moments))
    elif story.state == State.REFUSED:
        said = "Đã giải thích: tranh chấp dân sự do Tòa án giải quyết, không thuộc phạm vi khiếu nại, phản ánh."
        reason = "Nội dung là tranh chấp hợp đồng vay giữa hai cá nhân, không liên quan cơ quan hành chính."
        at = next(moments)
        refusal.explain(case, Entry("N4.g", reason, localdate(at), said=said), by=clerk, at=at)
    elif story.state == State.GUIDED:
        to = Target(agency=Agency.objects.get(code=story.place))
        handing.guide(case, to, "Hướng dẫn công dân khiếu nại đến Chủ tịch UBND xã.", by=clerk, at=next(moments))
    elif story.state == State.TRANSFERRED:
        to = Target(agency=Agency.objects.get(code="so-nnmt"))
        handing.transfer(case, to, f"{number:02d}/PC-UBND", "Đề nghị xem xét, trả lời.", by=clerk, at=next(moments))
    elif story.state in _SUBMITTED:
        if story.people > 1:
            chosen = [case.petitioners.get(is_main=True).pk]
            paper = scan("Văn bản cử người đại diện")
            set_representatives(case, chosen, paper, seen="", by=clerk, at=next(moments))
        _decide(case, story, moments, clerk, head)
        case.refresh_from_db()
    return case


def _decide(case: Case, story: Story, moments: Iterator[datetime], clerk: Person, head: Person) -> None:
    at = next(moments)
    code = "nd154.b" if story.is_frail else "nd154.a"
    grounds.save_draft(case, Draft("nd154-2026", {code: REASON}, note="Đề nghị tiếp trực tuyến."), by=clerk, at=at)
    submission = grounds.submit(case, by=clerk, at=at)
    if story.state == State.PROPOSED:
        return
    notes = {State.RETURNED: "Bổ sung ý kiến của Sở Nội vụ.", State.DECLINED: "Tiếp trực tiếp tại phường."}
    step = _DECIDED.get(State(story.state), "approve")
    decision.decide(submission, step, notes.get(State(story.state), ""), by=head, at=next(moments))
    if step == "approve":
        said = "Công dân đã được báo trực tiếp: vụ việc được tiếp trực tuyến, sẽ có lịch."
        case.refresh_from_db()
        handing.answer(case, "accepted", said, by=clerk, at=next(moments))


def conclude(case: Case, at: datetime, *, closed: bool) -> None:
    """What follows the reception has no pages yet: the row only takes the steps of its flow."""
    move(case, CASE, "conclude", state_since=at)
    if closed:
        move(case, CASE, "close", state_since=at)


def _moments(begin: datetime, end: datetime) -> Iterator[datetime]:
    """Ever later moments from `begin`, none after `end`."""
    at = begin.replace(minute=10, second=0, microsecond=0)
    while True:
        yield min(at, end)
        at += timedelta(minutes=50)
