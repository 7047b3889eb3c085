"""A year without a confirmed table stands on the first page of who keeps it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests import cast
from tiepdan.policy.models import Year
from tiepdan.policy.tasks import find

pytestmark = pytest.mark.django_db
OCTOBER = datetime(2031, 10, 5, 3, 0, tzinfo=UTC)
MAY = datetime(2031, 5, 5, 3, 0, tzinfo=UTC)


def subjects(now: datetime, who: str = "quan-tri") -> list[str]:
    person = {"quan-tri": cast.admin, "can-bo": cast.clerk}[who]()
    return [task.subject for task in find(person, now)]


def test_the_next_year_is_asked_for_in_the_last_quarter() -> None:
    Year.objects.update_or_create(year=2031, defaults={"confirmed_at": MAY})
    assert subjects(MAY) == []
    assert subjects(OCTOBER) == ["Năm 2032 chưa có lịch nghỉ; các mốc sau 31/12/2031 là tạm tính"]
    Year.objects.create(year=2032)
    assert subjects(OCTOBER) == ["Năm 2032 chưa xác nhận lịch nghỉ; các mốc sau 31/12/2031 là tạm tính"]
    Year.objects.filter(year=2032).update(confirmed_at=OCTOBER)
    assert subjects(OCTOBER) == []


def test_this_year_is_asked_for_at_any_time_and_of_nobody_else() -> None:
    assert subjects(MAY) == ["Năm 2031 chưa có lịch nghỉ; các mốc trong năm là tạm tính"]
    assert subjects(MAY, "can-bo") == []
