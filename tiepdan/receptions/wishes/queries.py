"""Until when, and among which halls, the citizen of a published matter chooses where to attend."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import agencies_of
from tiepdan.accounts.rules import Role
from tiepdan.accounts.tasks import Task
from tiepdan.cases.models import Case
from tiepdan.kernel.dates import day_text
from tiepdan.law.milestones import milestones
from tiepdan.policy.queries import calendar
from tiepdan.receptions.models import HallWish, Matter, Reception, ReceptionPoint, Version
from tiepdan.receptions.publication import newest
from tiepdan.receptions.queries import rules_of
from tiepdan.receptions.rules import Phase, Wish

ARTICLE = "khoản 3 Điều 22 NĐ 154/2026"
OPEN = (Phase.PUBLISHED, Phase.READY)
MOST = 50  # rows on a desk's first page


@dataclass(frozen=True)
class Announced:
    """The reception of a case as it was published, with what its citizen has asked for."""

    matter: Matter
    version: Version
    last_day: date
    wishes: list[HallWish]  # the newest first

    @property
    def reception(self) -> Reception:
        return self.matter.reception

    @property
    def waiting(self) -> HallWish | None:
        return next((wish for wish in self.wishes if wish.state == Wish.WAITING), None)

    @property
    def declined(self) -> HallWish | None:
        """The newest answer, when it was a no."""
        return self.wishes[0] if self.wishes and self.wishes[0].state == Wish.DECLINED else None

    @property
    def halls(self) -> list[ReceptionPoint]:
        """Those that were published and are still in the plan; the central one first."""
        told = {hall["key"] for hall in self.version.plan.get("halls", [])}
        rows = self.reception.halls.select_related("point")
        return [hall for hall in rows if hall.key in told]

    def is_open(self, on: date) -> bool:
        return self.reception.state in OPEN and on <= self.last_day

    @property
    def too_late(self) -> str:
        """Whole, with the telephone to call."""
        phone = self.reception.help_phone
        call = f"Xin gọi {phone}." if phone else "Xin liên hệ nơi tiếp công dân."
        return f"Đã quá hạn đổi điểm cầu ({day_text(self.last_day)}). {call}"


def announced(case: Case) -> Announced | None:
    """The newest published reception in whose published plan the case stands; None before the first publication."""
    rows = case.matters.filter(reception__published_at__isnull=False)
    for matter in rows.select_related("reception__agency", "chosen__point", "case").order_by("-reception__starts_at"):
        version = newest(matter.reception)
        if version and any(row["code"] == case.code for row in version.plan.get("matters", [])):
            wishes = list(matter.wishes.select_related("hall__point"))
            return Announced(matter, version, last_day(matter.reception), wishes)
    return None


def last_day(reception: Reception) -> date:
    """The working day before the one by which all halls must have been tried (khoản 1 Điều 23 NĐ 154/2026): who comes
    where must be known before that."""
    table = calendar()
    found = milestones(rules_of(reception), reception.starts_at, table)
    trial = next((row.due_day for row in found if row.code == "trial"), localdate(reception.starts_at))
    return table.shift(trial, -1)


def waiting_of(reception: Reception) -> list[HallWish]:
    rows = HallWish.objects.filter(matter__reception=reception, state=Wish.WAITING)
    return list(rows.select_related("matter__case", "matter__chosen__point", "hall__point").order_by("asked_at"))


def tasks(person: Person, now: datetime) -> Iterator[Task]:
    """A clerk's row for each citizen who waits for an answer."""
    desks = list(agencies_of(person, localdate(now), Role.CLERK).values_list("pk", flat=True))
    if not desks:
        return
    rows = HallWish.objects.filter(
        state=Wish.WAITING, matter__reception__agency__in=desks, matter__reception__state__in=OPEN
    )
    for wish in rows.select_related("matter__reception", "hall__point").order_by("asked_at")[:MOST]:
        reception = wish.matter.reception
        yield Task(
            key=f"receptions.wish:{wish.pk}",
            subject=str(reception),
            verb=f"Xác nhận điểm cầu công dân đăng ký: {wish.hall}",
            address=f"{reverse('receptions:halls', args=[reception.code])}#nguyen-vong",
            due=localdate(reception.starts_at),
            citation=ARTICLE,
            changed_at=wish.asked_at,
        )
