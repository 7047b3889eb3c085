"""Two working days before, the desk hears who has not confirmed; once."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests import cast
from tests import schedule_cast as stage
from tests.invitations import letters_cast as post
from tests.schedule_cast import NOW
from tiepdan.invitations.actions import answers
from tiepdan.law.milestones import VIETNAM
from tiepdan.notify.models import Delivery
from tiepdan.notify.rules import Answer
from tiepdan.receptions import reminders
from tiepdan.receptions.models import Reception, Reminder

pytestmark = pytest.mark.django_db


def wake(of: Reception, hour: int) -> set[str]:
    """What the clock told the desk on Tuesday 15/12 at this hour, about this alone."""
    before = set(Delivery.objects.values_list("pk", flat=True))
    reminders.look(Reminder.objects.get(reception=of), datetime(2026, 12, 15, hour, tzinfo=VIETNAM))
    fresh = Delivery.objects.filter(key__contains="unconfirmed").exclude(pk__in=before)
    return {one.address for one in fresh}


def test_the_clerk_hears_who_has_not_confirmed() -> None:
    of = post.sent()
    answers.record_call(post.office(of), Answer(True, "Hằng"), by=cast.clerk(), at=NOW)
    assert wake(of, 7) == set()
    assert wake(of, 8) == {"canbo@minhchau.test"}
    body = Delivery.objects.get(key__contains="unconfirmed").body
    assert "UBND xã Thanh Lộc" in body and "1 công dân" in body
    assert stage.PEOPLE[0] not in body and "Sở Nông nghiệp" not in body
    assert wake(of, 9) == set()
