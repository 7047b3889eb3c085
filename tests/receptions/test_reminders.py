"""The reception's alarm clock: before a milestone, on its day, after it was missed; each told once."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from tests import cast
from tests import schedule_cast as stage
from tests.schedule_cast import NOW
from tiepdan.accounts.models import Person
from tiepdan.kernel import due
from tiepdan.law.milestones import VIETNAM
from tiepdan.notify.models import Delivery
from tiepdan.policy.models import Day, Year
from tiepdan.receptions import reminders
from tiepdan.receptions.actions import publication
from tiepdan.receptions.actions.milestones import meet
from tiepdan.receptions.models import Reception, Reminder

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _everybody_has_an_address() -> None:
    for person in (cast.clerk(), cast.technician(), cast.approver(), cast.chair()):
        Person.objects.filter(pk=person.pk).update(email=f"{person.username}@minhchau.test")


@pytest.fixture
def of() -> Reception:
    found = stage.reception(state="published")
    reminders.arm(found, NOW)
    return found


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=VIETNAM)


def wake(of: Reception, now: datetime) -> list[tuple[str, str]]:
    """Let the clock look at this moment; (who, about what) it told."""
    before = set(Delivery.objects.values_list("pk", flat=True))
    row = Reminder.objects.get(reception=of)
    row.due_at = None  # as the worker hands it over
    reminders.look(row, now)
    Reminder.objects.filter(pk=row.pk).update(due_at=row.due_at)
    fresh = Delivery.objects.filter(topic="reminder").exclude(pk__in=before).order_by("pk")
    return [(one.address.split("@")[0], one.key.split(":", 2)[2].rsplit(":", 1)[0]) for one in fresh]


def test_two_working_days_before_on_the_day_and_after_it(of: Reception) -> None:
    """The notice is due at the end of Thursday 10/12: told on Tuesday 8/12, on the day, and when it is missed."""
    assert wake(of, at(7, 9)) == []
    assert wake(of, at(8, 7, 59)) == []
    assert wake(of, at(8, 8)) == [("can-bo", "notice:2026-12-10:soon")]
    assert wake(of, at(9, 8)) == []
    assert wake(of, at(10, 8)) == [("can-bo", "notice:2026-12-10:day")]
    late = wake(of, at(11, 0))
    assert {who for who, what in late} == {"can-bo", "chu-tri", "lanh-dao"}
    assert {what for _, what in late} == {"notice:2026-12-10:late"}
    assert wake(of, at(11, 8)) == []


def test_tests_are_the_technicians_and_the_last_call_comes_before_the_hour(of: Reception) -> None:
    """«Chậm nhất 01 giờ trước»: due at 07:30, so the call of the day is at 05:30."""
    meet(of, "notice", by=None, at=NOW)
    assert wake(of, at(14, 8)) == [("ky-thuat", "trial:2026-12-16:soon")]
    assert ("ky-thuat", "connected:2026-12-17T07:30:00+07:00:soon") in wake(of, at(15, 8))
    assert wake(of, at(16, 8)) == [("ky-thuat", "trial:2026-12-16:day")]
    meet(of, "trial", by=None, at=at(16, 10))
    assert wake(of, at(17, 5, 30)) == [("ky-thuat", "connected:2026-12-17T07:30:00+07:00:day")]


def test_what_is_met_is_not_called(of: Reception) -> None:
    meet(of, "notice", by=None, at=NOW)
    assert wake(of, at(10, 8)) == []


def test_a_clock_that_slept_tells_only_the_newest(of: Reception) -> None:
    assert wake(of, at(10, 9)) == [("can-bo", "notice:2026-12-10:day")]
    assert wake(of, at(10, 10)) == []


def test_another_table_of_working_days_counts_at_the_next_look(of: Reception) -> None:
    """Wednesday 16/12 becomes a day off: the notice is due one working day earlier, and is called anew."""
    assert wake(of, at(8, 8)) == [("can-bo", "notice:2026-12-10:soon")]
    year = Year.objects.create(year=2026)
    Day.objects.create(year=year, day=date(2026, 12, 16), kind="off", name="Nghỉ bù", entered_at=NOW)
    assert wake(of, at(9, 8)) == [("can-bo", "notice:2026-12-09:day")]


def test_it_wakes_at_least_once_a_day(of: Reception) -> None:
    wake(of, at(7, 9))
    assert Reminder.objects.get().due_at == at(8, 8)
    wake(of, at(8, 8))
    assert Reminder.objects.get().due_at == at(9, 8)


def test_a_reception_that_is_over_or_off_is_let_sleep(of: Reception) -> None:
    for state in ("closed", "cancelled", "postponed", "open"):
        Reception.objects.update(state=state)
        assert wake(of, at(11, 8)) == []
        assert Reminder.objects.get().due_at is None


def test_the_worker_wakes_it(of: Reception) -> None:
    due.run_once(at(8, 8))
    assert Delivery.objects.filter(topic="reminder", state="queued").count() == 1
    due.run_once(at(8, 8))
    assert Delivery.objects.filter(topic="reminder").count() == 1


def test_who_has_no_address_gets_no_mail(of: Reception) -> None:
    Person.objects.update(email="")
    assert wake(of, at(8, 8)) == []


def test_publishing_arms_the_clock() -> None:
    of = stage.reception()
    publication.publish(of, by=cast.clerk(), at=NOW)
    assert Reminder.objects.get(reception=of).due_at == NOW
    reminders.arm(of, NOW + timedelta(days=1))
    assert Reminder.objects.get(reception=of).due_at == NOW + timedelta(days=1)
