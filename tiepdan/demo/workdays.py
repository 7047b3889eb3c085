"""Working days of the made-up province: last year and this one confirmed, the next still to be compared."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from tiepdan.accounts.models import Agency, Person
from tiepdan.policy.actions import confirm_year, seed_year
from tiepdan.policy.models import Year

NOTICE = "Thông báo lịch nghỉ lễ, Tết năm {year} (dữ liệu mẫu)"


@transaction.atomic
def seed_workdays(now: datetime) -> None:
    """Years that have days already are left as they are."""
    agency, admin = Agency.objects.get(code="minh-chau"), Person.objects.get(username="quan-tri")
    this = localdate(now).year
    for year in (this - 1, this, this + 1):
        seed_year(year, at=now, by=admin, agency=agency)
    for year in (this - 1, this):
        if Year.objects.filter(year=year, confirmed_at=None).exists():
            confirm_year(year, NOTICE.format(year=year), agency=agency, by=admin, at=now)
