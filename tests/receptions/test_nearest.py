"""The card «Buổi tiếp sắp tới» of those who have no part in a reception."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import cast
from tests import reception_cast as stage
from tiepdan.accounts.rules import Role
from tiepdan.accounts.tasks import upcoming_for
from tiepdan.receptions.models import Reception
from tiepdan.receptions.nearest import upcoming

pytestmark = pytest.mark.django_db


def test_the_desk_and_the_head_see_the_next_reception_of_the_agency() -> None:
    reception = stage.planned()
    now = reception.starts_at - timedelta(days=3)
    assert list(upcoming(cast.clerk(), now)) == []  # a draft is promised to nobody
    Reception.objects.update(state="approved")
    for person in (cast.clerk(), cast.approver()):
        assert [(row.title, row.role) for row in upcoming(person, now)] == [(str(reception), "")]
    assert list(upcoming(cast.outsider(Role.CLERK), now)) == []
    assert list(upcoming(cast.clerk(), reception.ends_at + timedelta(hours=1))) == []


def test_ones_own_part_comes_first() -> None:
    reception = stage.planned()
    Reception.objects.update(state="approved")
    now = reception.starts_at - timedelta(days=3)
    assert upcoming_for(cast.technician(), now)[0].role == "Cán bộ kỹ thuật"
