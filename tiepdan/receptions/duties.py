"""What waits for somebody on the first page because of a reception: tasks, the next reception, the head's days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import agency_ids, deciding_ids, posted_agencies
from tiepdan.accounts.rules import Role
from tiepdan.accounts.tasks import Task, Upcoming, first_of, rest_of
from tiepdan.policy.queries import calendar
from tiepdan.receptions.head_days import head_days
from tiepdan.receptions.models import PlanDecision, Reception
from tiepdan.receptions.queries import NOT_OVER, MilestoneRow, milestone_rows, rules_memo
from tiepdan.receptions.rules import BY_HAND, COMING, RUNNING, Phase

MOST = 20  # receptions to come that one person is reminded of, each with its milestones
MOST_DECISIONS = 50  # «Chờ phê duyệt» shows them too
MOST_UPCOMING = 5  # the card shows the nearest
PARTS = (("chair_id", "Người chủ trì"), ("secretary_id", "Thư ký"), ("technician_id", "Cán bộ kỹ thuật"))
WORDS = {
    Phase.DRAFT: "Hoàn thiện và trình duyệt kế hoạch",
    Phase.APPROVED: "Công bố lịch",
}
VERBS = {
    "notice": "Niêm yết lịch, thông báo cho công dân và cơ quan",
    "invitation": "Phát hành giấy mời có thông tin đăng nhập",
    "leaders_report": "Báo cáo, xin ý kiến lãnh đạo",
    "trial": "Kết nối thử thành công với mọi điểm cầu",
    "connected": "Kết nối xong, thấy và nghe nhau",
    "first_test": "Kiểm thử với các điểm cầu",
    "second_test": "Kiểm thử lại với các điểm cầu",
}


def tasks(person: Person, now: datetime) -> Iterator[Task]:
    """Clerk: plans to finish and the notice; technician: tests; who approves: plans that wait for a decision."""
    yield from _decisions(person, now)
    on = localdate(now)
    desks = agency_ids(person, on, Role.CLERK)
    rows = Reception.objects.filter(NOT_OVER, state__in=COMING).select_related("agency").prefetch_related("met")
    few = first_of(rows.filter(Q(technician=person) | Q(agency__in=desks)).order_by("starts_at", "pk"), MOST)
    if not few.rows:
        return
    rules, table = rules_memo(), calendar()
    for reception in few.rows:
        found = milestone_rows(reception, now, table=table, rules=rules(reception))
        if reception.agency_id in desks:
            yield from _of_the_desk(reception, found)
        if reception.technician_id == person.pk:
            yield from (_task(reception, row) for row in found if _waits(row) and _is_technical(row))
    if few.left:
        due = localdate(few.following.starts_at)
        yield rest_of(few, "receptions", "Chuẩn bị buổi tiếp", "buổi tiếp", reverse("receptions:index"), due)


def _of_the_desk(reception: Reception, rows: Iterable[MilestoneRow]) -> Iterator[Task]:
    if reception.state in WORDS:
        yield Task(
            key=f"receptions.plan:{reception.pk}:{reception.state}",
            subject=str(reception),
            verb=WORDS[Phase(reception.state)],
            address=reverse("receptions:detail", args=[reception.code]),
            changed_at=reception.edited_at,
        )
    yield from (_task(reception, row) for row in rows if _waits(row) and not _is_technical(row))


def _waits(row: MilestoneRow) -> bool:
    """Not met; the head's reason for an ad-hoc reception does not take the duty to tell people away."""
    return row.met is None


def _is_technical(row: MilestoneRow) -> bool:
    return BY_HAND.get(row.milestone.code) == "technician"


def _task(reception: Reception, row: MilestoneRow) -> Task:
    milestone = row.milestone
    return Task(
        key=f"receptions.{milestone.code}:{reception.pk}",
        subject=str(reception),
        verb=VERBS.get(milestone.code, milestone.asks),
        address=f"{reverse('receptions:detail', args=[reception.code])}#moc",
        due=milestone.due,
        citation=milestone.citation if milestone.is_law else "",
    )


def _decisions(person: Person, now: datetime) -> Iterator[Task]:
    agencies = deciding_ids(person, localdate(now))
    waiting = Reception.objects.filter(NOT_OVER, state=Phase.SUBMITTED, agency__in=agencies)
    submits = Prefetch("decisions", PlanDecision.objects.filter(step="submit"), to_attr="submits")
    few = first_of(waiting.prefetch_related(submits).order_by("starts_at", "pk"), MOST_DECISIONS)
    for reception in few.rows:
        last: PlanDecision | None = next(iter(getattr(reception, "submits")), None)  # noqa: B009
        if last is not None and last.by_id == person.pk:
            continue
        yield Task(
            key=f"receptions.approve:{reception.pk}",
            subject=str(reception),
            verb="Duyệt kế hoạch buổi tiếp",
            address=f"{reverse('receptions:detail', args=[reception.code])}#duyet",
            due=localdate(reception.starts_at),
            is_decision=True,
            changed_at=last.at if last else None,
        )
    if few.left:
        address, due = f"{reverse('receptions:index')}?state={Phase.SUBMITTED}", localdate(few.following.starts_at)
        rest = rest_of(few, "receptions.approve", "Duyệt kế hoạch buổi tiếp", "buổi tiếp", address, due)
        yield replace(rest, is_decision=True)


def upcoming(person: Person, now: datetime) -> Iterator[Upcoming]:
    """The next receptions in which the person has a part."""
    states = (Phase.APPROVED, Phase.PUBLISHED, *RUNNING)
    rows = Reception.objects.filter(NOT_OVER, state__in=states, ends_at__gt=now)
    mine = rows.filter(Q(chair=person) | Q(secretary=person) | Q(technician=person))
    for reception in mine.order_by("starts_at", "pk")[:MOST_UPCOMING]:
        runs = reception.state in RUNNING
        yield Upcoming(
            title=str(reception),
            starts_at=reception.starts_at,
            place=reception.place,
            role=next(word for part, word in PARTS if getattr(reception, part) == person.pk),
            address=reverse("live:room" if runs else "receptions:detail", args=[reception.code]),
            button="Vào phòng" if runs else "Mở kế hoạch",
        )


def counts(person: Person, now: datetime) -> Iterator[str]:
    """«Đã tiếp 0/1 ngày trong tháng (khoản 5 Điều 12 Luật Tiếp công dân)»: for who receives and who approves."""
    on = localdate(now)
    for agency in posted_agencies(person, on, Role.CHAIR, Role.APPROVER).order_by("name"):
        count = head_days(agency, on)
        yield f"{agency}: đã tiếp {count.held}/{count.least} ngày trong tháng ({count.citation}), {count.ahead}."
