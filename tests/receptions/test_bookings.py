"""When a hall or a person is wanted twice at the same time, and when not (screen S09: ■)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests import reception_cast as stage
from tests.reception_cast import DESK_NOW, PLAN_END, PLAN_START
from tests.receptions.plan_rules import other
from tiepdan.points.models import Point
from tiepdan.receptions.models import Reception, ReceptionPoint, Seat
from tiepdan.receptions.warnings import warnings
from tiepdan.receptions.warnings.bookings import has_clash

pytestmark = pytest.mark.django_db

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)

# what the other reception is (ours: 08:30 to 11:00) · its time and state · whether its hall and people are taken
TIMES: list[tuple[str, dict[str, Any], bool]] = [
    ("the same time", {}, True),
    ("begins when ours ends", {"starts_at": PLAN_END, "ends_at": PLAN_END + HOUR}, False),
    ("begins a minute before ours ends", {"starts_at": PLAN_END - MINUTE, "ends_at": PLAN_END + HOUR}, True),
    ("ends when ours begins", {"starts_at": PLAN_START - HOUR, "ends_at": PLAN_START}, False),
    ("ends a minute after ours begins", {"starts_at": PLAN_START - HOUR, "ends_at": PLAN_START + MINUTE}, True),
    ("inside ours", {"starts_at": PLAN_START + MINUTE, "ends_at": PLAN_START + HOUR}, True),
    ("around ours", {"starts_at": PLAN_START - HOUR, "ends_at": PLAN_END + HOUR}, True),
    ("the day before", {"starts_at": PLAN_START - 24 * HOUR, "ends_at": PLAN_END - 24 * HOUR}, False),
    ("running now", {"state": "open"}, True),
    ("cancelled", {"state": "cancelled"}, False),
    ("postponed", {"state": "postponed"}, False),
    ("over", {"state": "closed"}, False),
]


@pytest.mark.parametrize(("name", "fields", "is_taken"), TIMES, ids=[row[0] for row in TIMES])
def test_a_hall_and_a_person_at_another_reception(name: str, fields: dict[str, Any], is_taken: bool) -> None:
    of = stage.planned()
    theirs = other(of, chair=of.chair, **fields)
    ReceptionPoint.objects.create(reception=theirs, point=Point.objects.get(slug=stage.OFFICE), is_central=True)
    found = {one.code.split(":")[0] for one in warnings(stage.fresh(of), DESK_NOW)}
    assert found & {"hall_booked", "person_booked"} == ({"hall_booked", "person_booked"} if is_taken else set())
    assert has_clash(warnings(stage.fresh(of), DESK_NOW)) is is_taken


def seat(of: Reception, hall: ReceptionPoint, **fields: Any) -> Seat:
    return Seat.objects.create(hall=hall, full_name=of.secretary.full_name, person=of.secretary, **fields)


def test_somebody_who_is_absent_there_is_free_here() -> None:
    of = stage.planned()
    hall = ReceptionPoint.objects.create(reception=other(of), point=stage.point("hall-khac"), is_central=True)
    there = seat(of, hall)
    assert has_clash(warnings(stage.fresh(of), DESK_NOW))
    there.absence = "Cử người dự thay"
    there.save()
    assert not has_clash(warnings(stage.fresh(of), DESK_NOW))


def test_somebody_who_is_absent_in_one_hall_sits_in_another() -> None:
    of = stage.planned()
    second = seat(of, of.halls.get(point__slug=stage.OFFICE))
    assert has_clash(warnings(stage.fresh(of), DESK_NOW))
    second.absence = "Dự tại điểm cầu trung tâm"
    second.save()
    assert not has_clash(warnings(stage.fresh(of), DESK_NOW))


YIELDS = [
    ("draft", "draft", True),
    ("draft", "published", True),
    ("submitted", "draft", False),
    ("submitted", "submitted", True),
    ("approved", "submitted", False),
    ("approved", "published", True),
    ("published", "draft", False),
    ("published", "approved", True),
    ("ready", "open", True),
]


@pytest.mark.parametrize(("ours", "theirs", "is_taken"), YIELDS, ids=[f"{row[0]}-{row[1]}" for row in YIELDS])
def test_a_plan_yields_to_what_has_come_further(ours: str, theirs: str, is_taken: bool) -> None:
    """A draft that somebody begins does not stop a reception that is already announced."""
    of = stage.planned(state=ours)
    other(of, chair=of.chair, state=theirs)
    assert has_clash(warnings(stage.fresh(of), DESK_NOW)) is is_taken
