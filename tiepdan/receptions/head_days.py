"""On how many days of a month the head receives citizens in person: the least that the law asks, and what there is.

Counted are days, not receptions, and only those that the head chairs: a deputy's day («ủy quyền») is told apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils.timezone import get_current_timezone, localdate, make_aware

from tiepdan.accounts.models import Agency
from tiepdan.accounts.queries import heir
from tiepdan.accounts.rules import Kind
from tiepdan.law.profiles import DEFAULT
from tiepdan.policy.queries import profile_for
from tiepdan.receptions.models import Reception
from tiepdan.receptions.rules import COMING, FINISHED, Phase

HEADS = {
    Kind.PROVINCE: "Chủ tịch UBND tỉnh",
    Kind.COMMUNE: "Chủ tịch UBND xã",
    Kind.DEPARTMENT: "Người đứng đầu cơ quan",
    Kind.OTHER: "Người đứng đầu đơn vị",
}
HELD = (Phase.OPEN, Phase.PAUSED, *FINISHED)


@dataclass(frozen=True)
class HeadDays:
    agency: Agency
    month: date  # its first day
    least: int
    held: int  # days on which a reception has begun or is over
    planned: int  # further days for which one is planned
    delegated: int  # further days that only a deputy chairs
    citation: str

    @property
    def days(self) -> int:
        return self.held + self.planned

    @property
    def sentence(self) -> str:
        """«Chủ tịch UBND tỉnh: 1/1 ngày trong tháng»"""
        return f"{HEADS[Kind(self.agency.kind)]}: {self.days}/{self.least} ngày trong tháng"

    @property
    def parts(self) -> str:
        """«đã tiếp 0 · dự kiến 1 · ủy quyền 1»"""
        return f"đã tiếp {self.held} · {self.ahead}"

    @property
    def ahead(self) -> str:
        """«dự kiến 1 · ủy quyền 1»"""
        told = f"dự kiến {self.planned}"
        return f"{told} · ủy quyền {self.delegated}" if self.delegated else told

    def shape(self, today: date) -> str:
        """`good` held, `none` planned, `care` not yet planned, `bad` the month is over without."""
        if self.held >= self.least:
            return "good"
        if self.month < today.replace(day=1):
            return "bad"
        return "none" if self.days >= self.least else "care"


def month_span(month: date) -> tuple[datetime, datetime]:
    """The first moment of the month and that of the next, in the office's zone."""
    first = month.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    zone = get_current_timezone()
    return make_aware(datetime.combine(first, time.min), zone), make_aware(datetime.combine(after, time.min), zone)


def head_days(agency: Agency, month: date) -> HeadDays:
    """Of the month in which the day lies. Two queries."""
    start, end = month_span(month)
    merged = Q(agency__successor=agency) | Q(agency__successor__successor=agency)
    rows = Reception.objects.filter(
        Q(agency=agency) | merged, starts_at__gte=start, starts_at__lt=end, state__in=(*COMING, *HELD)
    ).select_related("agency__successor__successor")
    # Of an agency that was merged into this one the days after its end; what its own head held does not count here.
    own = [row for row in rows.order_by() if heir(row.agency, localdate(row.starts_at)) == agency]
    return counted(agency, month, [(row.starts_at, row.state, row.is_delegated) for row in own])


def counted(agency: Agency, month: date, rows: Iterable[tuple[datetime, str, bool]]) -> HeadDays:
    """The same from rows at hand: start, state and whether a deputy chairs."""
    held, planned, delegated = set(), set(), set()
    for starts_at, state, is_delegated in rows:
        day = localdate(starts_at)
        if is_delegated:
            delegated.add(day)
        elif state in HELD:
            held.add(day)
        else:
            planned.add(day)
    rule = profile_for(agency, DEFAULT, month).head_days_of(agency.kind)
    return HeadDays(
        agency=agency,
        month=month.replace(day=1),
        least=rule.days,
        held=len(held),
        planned=len(planned - held),
        delegated=len(delegated - held - planned),
        citation=rule.article,
    )
