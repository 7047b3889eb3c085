"""What the citizen learns of their case: where it stands, what they are owed and by when, whom to call.

No content, no name: who finds a slip of paper learns no more than that somebody has a case.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q
from django.utils.timezone import localdate

from tiepdan.accounts.models import Agency
from tiepdan.accounts.queries import heir
from tiepdan.cases.actions.handing import GUIDE, TRANSFER
from tiepdan.cases.models import Case, Handing, Petitioner
from tiepdan.cases.queries import deadlines_of
from tiepdan.cases.rules import Paper, RefusalState, Standing, State
from tiepdan.cases.rules.identity import last_digits
from tiepdan.kernel.dates import day_text, moment_text
from tiepdan.portal.queries import Notice
from tiepdan.portal.rules import opens
from tiepdan.receptions.rules import Phase
from tiepdan.receptions.wishes.queries import OPEN, Announced, announced

RECEIVED, REVIEW, PLANNED, HEARD, CONCLUDED, DONE = range(6)
STEPS = (
    "Đã tiếp nhận",
    "Đang xem xét",
    "Đã xếp lịch",
    "Đã tiếp",
    "Có thông báo kết luận",
    "Đã có kết quả",
)
ON_THE_WAY = {State.RECEIVED: RECEIVED, State.HEARD: HEARD, State.CONCLUDED: CONCLUDED}
REFUSED_IN_WRITING = "Đã có thông báo từ chối"
REFUSED_ORALLY = "Đã giải thích, từ chối tiếp"
SIDE_WAYS = {State.GUIDED: "Đã hướng dẫn", State.TRANSFERRED: "Đã chuyển đơn"}
NOT_ONLINE = "Không tiếp trực tuyến"
HANDED = {GUIDE: State.GUIDED, TRANSFER: State.TRANSFERRED}
ARTICLE_RESULT = "khoản 2 Điều 28 Luật Tiếp công dân"
NOT_ANNOUNCED = (
    "Chưa chọn được điểm cầu: vụ việc này chưa có buổi tiếp được công bố, hoặc buổi tiếp đã qua. "
    "Xin tra cứu lại sau, hoặc gọi số ở phần «Liên hệ»."
)
MOST_KEYS = 8  # the petitioner, up to five representatives, who speaks for them


@dataclass(frozen=True)
class Owed:
    """Something the office owes the citizen by a day of the law."""

    text: str
    due: date
    citation: str
    is_late: bool


@dataclass(frozen=True)
class Step:
    label: str
    shape: str  # done, now, open
    detail: str = ""
    since: date | None = None


@dataclass(frozen=True)
class Phone:
    number: str
    about: str


@dataclass(frozen=True)
class Progress:
    case: Case
    steps: list[Step]
    note: str
    owed: Owed | None
    office: Agency
    told: Announced | None = None
    notice: Notice | None = None
    phones: list[Phone] = field(default_factory=list)

    @property
    def now(self) -> Step:
        return next(step for step in reversed(self.steps) if step.shape == "now")


def case_behind(code: str, digits: str) -> int | None:
    """The id of the case whose code it is and one of whose people has these last digits: who petitions, represents
    the group or speaks for them. Of a protected denouncer there is nothing, as if the code did not exist."""
    rows = Petitioner.objects.filter(case__lookup_code=code, case__is_protected=False)
    speakers = rows.filter(Q(is_main=True) | Q(is_representative=True) | ~Q(standing=Standing.SELF))
    found = list(speakers.values_list("case_id", "paper", "paper_number", "phone")[:MOST_KEYS])
    keys = [last_digits("" if paper == Paper.LATER else number, phone) for _, paper, number, phone in found]
    return found[0][0] if opens(digits, keys) else None


def progress_of(case: Case, now: datetime) -> Progress:
    on = localdate(now)
    told = announced(case)
    notice = Notice(told.version.public, told.version.published_at) if told else None
    office = heir(case.agency, on)
    phones = [Phone(office.phone, "")] if office.phone else []
    help_phone = notice.public["phone"] if notice and notice.last_day >= on else ""
    if help_phone and help_phone != office.phone:
        phones.append(Phone(help_phone, f"về buổi tiếp {notice.code}" if notice else ""))
    steps = _side(case) or _line(case, told, notice)
    return Progress(case, steps, _note(case, notice), _owed(case, on), office, told, notice, phones)


def why_closed(told: Announced | None) -> str:
    """Why no hall can be chosen now."""
    if told is not None and told.reception.state in OPEN:
        return told.too_late
    if told is not None and told.reception.state == Phase.POSTPONED:
        return "Buổi tiếp đã hoãn. Xin chọn lại điểm cầu khi có lịch mới."
    return NOT_ANNOUNCED


def _line(case: Case, told: Announced | None, notice: Notice | None) -> list[Step]:
    """The usual way, up to where the case is."""
    here = _place(case, notice)
    steps = []
    for number, label in enumerate(STEPS):
        shape = "now" if number == here else "done" if number < here else "open"
        since = case.received_on if number == RECEIVED else localdate(case.state_since) if shape == "now" else None
        detail = ""
        if number == PLANNED and number <= here and told and notice:
            detail = _when_and_where(told, notice)
            since = None
        steps.append(Step(label, shape, detail, since))
    return steps


def _place(case: Case, notice: Notice | None) -> int:
    if case.state == State.CLOSED:
        return DONE
    if case.state == State.PLANNED:  # what is not published yet may still change
        return PLANNED if notice and not notice.is_cancelled else REVIEW
    return ON_THE_WAY.get(State(case.state), REVIEW)


def _when_and_where(told: Announced, notice: Notice) -> str:
    hall = told.matter.chosen
    place = f"điểm cầu {hall.point.name}" if hall else "chưa chọn điểm cầu"
    return f"{_day(notice)}, {place}"


def _day(notice: Notice) -> str:
    if notice.is_postponed and notice.postponed_to:
        return f"hoãn, dự kiến {day_text(notice.postponed_to)}"
    return moment_text(notice.starts_at)


def _side(case: Case) -> list[Step]:
    """The ways on which nobody is received online; empty on the usual one."""
    label = _side_label(case)
    if not label:
        return []
    return [
        Step(STEPS[RECEIVED], "done", since=case.received_on),
        Step(STEPS[REVIEW], "done"),
        Step(label, "now", since=localdate(case.state_since)),
    ]


def _side_label(case: Case) -> str:
    if case.state == State.REFUSED:
        return _refused(case)
    if case.state in SIDE_WAYS:
        return SIDE_WAYS[State(case.state)]
    if case.state != State.CLOSED or case.matters.filter(reception__closed_at__isnull=False).exists():
        return ""
    if case.refusals.filter(state=RefusalState.DONE).exists():
        return _refused(case)
    last = Handing.objects.filter(case=case, kind__in=HANDED).first()
    if last is not None:
        return SIDE_WAYS[HANDED[last.kind]]
    decided = case.submissions.exclude(decision="").first()
    return NOT_ONLINE if decided is not None and decided.decision == "decline" else ""


def _refused(case: Case) -> str:
    row = case.refusals.filter(state=RefusalState.DONE).first()
    return REFUSED_IN_WRITING if row is not None and row.document_id else REFUSED_ORALLY


def _note(case: Case, notice: Notice | None) -> str:
    if case.state == State.INCOMPLETE:
        return "Hồ sơ còn thiếu giấy tờ. Xin liên hệ cơ quan để biết phải bổ sung gì."
    if case.state == State.APPROVED:
        return "Đã đồng ý tiếp trực tuyến; đang xếp lịch."
    if case.state == State.PLANNED and notice is None:
        return "Đã đồng ý tiếp trực tuyến; lịch đang chờ công bố."
    if case.state == State.PLANNED and notice and notice.is_postponed:
        return f"Buổi tiếp đã hoãn. Lý do: {notice.public['postponed_reason']}"
    if case.state == State.TRANSFERRED:
        return "Cơ quan nhận đơn ghi trong văn bản gửi ông (bà)."
    return ""


def _owed(case: Case, on: date) -> Owed | None:
    """The earliest of what is still owed."""
    waiting = [(one.due, one.text, one.citation) for one in deadlines_of(case) if one.met_at is None]
    for row in case.handings.filter(kind=TRANSFER, citizen_due__isnull=False, told_on__isnull=True):
        assert row.citizen_due is not None
        waiting.append((row.citizen_due, "Báo kết quả giải quyết cho công dân", ARTICLE_RESULT))
    if not waiting:
        return None
    due, text, citation = min(waiting)
    return Owed(text, due, citation, due < on)
