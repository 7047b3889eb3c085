"""What waits for those who keep the working-day table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.accounts.tasks import Task
from tiepdan.policy.access import calendar_office
from tiepdan.policy.models import Year

FROM_MONTH = 10  # by then the days of the next year have usually been announced


def find(person: Person, now: datetime) -> Iterator[Task]:
    """A year that nobody has confirmed makes every date of the law in it provisional."""
    today = localdate(now)
    if calendar_office(person, today) is None:
        return
    years = [today.year, today.year + 1] if today.month >= FROM_MONTH else [today.year]
    known = dict(Year.objects.filter(year__in=years).values_list("year", "confirmed_at"))
    for year in years:
        if known.get(year) is not None:
            continue
        what = "chưa xác nhận lịch nghỉ" if year in known else "chưa có lịch nghỉ"
        which = f"các mốc sau 31/12/{year - 1}" if year > today.year else "các mốc trong năm"
        yield Task(
            key=f"policy.year:{year}",
            subject=f"Năm {year} {what}; {which} là tạm tính",
            verb="Nhập và xác nhận lịch nghỉ",
            address=f"{reverse('policy:holidays')}?nam={year}",
            due=date(year - 1, 12, 31) if year > today.year else None,
        )
