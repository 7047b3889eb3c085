from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tiepdan.audit.models import Entry
from tiepdan.demo.seed import seed_province
from tiepdan.demo.workdays import seed_workdays
from tiepdan.policy.models import Day
from tiepdan.policy.queries import calendar

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_the_province_has_a_table_of_three_years_the_last_one_unconfirmed() -> None:
    seed_province("mat-khau")
    seed_workdays(NOW)
    assert calendar().confirmed == {2025, 2026}
    assert set(Day.objects.values_list("year__year", flat=True)) == {2025, 2026, 2027}
    before = Entry.objects.count(), Day.objects.count()
    seed_workdays(NOW)
    assert (Entry.objects.count(), Day.objects.count()) == before
