"""Two people at the same reception at the same moment, with real threads, on either database."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests import cast
from tests import reception_cast as draft_stage
from tests import schedule_cast as stage
from tests.receptions.plan_facts import facts
from tests.schedule_cast import NOW
from tiepdan.kernel.refusals import Refused
from tiepdan.receptions.actions import approval, plan, publication, schedule, seats
from tiepdan.receptions.actions.seats import SeatFacts
from tiepdan.receptions.models import Matter, Reception, Seat, Version

pytestmark = pytest.mark.django_db(transaction=True)
Race = Callable[..., list[object]]


def test_of_three_who_publish_a_version_at_once_one_wins(race: Race) -> None:
    of = stage.reception()
    publication.publish(stage.fresh(of), by=cast.clerk(), at=NOW)
    Matter.objects.filter(reception=of).update(public_title="Khiếu nại về đất")
    clerk, seen = cast.clerk(), [stage.fresh(of) for _ in range(3)]
    results = race(*(lambda row=row: publication.publish_version(row, "Sửa.", by=clerk, at=NOW) for row in seen))
    refused = [result for result in results if isinstance(result, Refused)]
    assert [one.code for one in refused] == ["same", "same"], results
    assert list(Version.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_receptions_planned_at_once_have_codes_without_a_hole(race: Race) -> None:
    entered, clerk = facts(), cast.clerk()
    race(*(lambda: plan.plan_reception(entered, by=clerk, at=NOW) for _ in range(6)))
    codes = sorted(Reception.objects.values_list("code", flat=True))
    assert codes == [f"BT-2026-{number:03}" for number in range(1, 7)]


def test_a_plan_put_forward_meanwhile_takes_no_change() -> None:
    of = draft_stage.planned()
    hall = stage.fresh(of).halls.select_related("reception__agency").get(is_central=True)
    approval.submit(stage.fresh(of), by=cast.clerk(), at=NOW)
    with pytest.raises(Refused, match="vừa được người khác thay đổi"):
        seats.add_seat(hall, SeatFacts("Lâm Thị Thảo", "officer", agency=cast.province()), by=cast.clerk(), at=NOW)
    assert not Seat.objects.filter(full_name="Lâm Thị Thảo").exists()


def test_a_reception_cancelled_meanwhile_is_not_moved() -> None:
    of = stage.reception()
    publication.publish(stage.fresh(of), by=cast.clerk(), at=NOW)
    seen = stage.fresh(of)
    schedule.cancel(stage.fresh(of), "Công dân rút đơn.", by=cast.clerk(), at=NOW)
    slot = schedule.Slot(stage.END, stage.END + (stage.END - stage.START), seen.place)
    with pytest.raises(Refused, match="vừa được người khác thay đổi"):
        schedule.change(seen, slot, "Dời giờ.", by=cast.clerk(), at=NOW)
    assert Version.objects.latest("number").public["state"] == "cancelled"
    assert stage.fresh(of).starts_at == stage.START
