"""An agency is merged into another before the day: its successor is invited."""

from __future__ import annotations

import pytest
from django.utils.timezone import localdate

from tests import cast
from tests import reception_cast as stage
from tests.reception_cast import DESK_NOW
from tiepdan.accounts.actions.agencies import merge_agency
from tiepdan.accounts.rules import Kind
from tiepdan.invitations.receivers import receivers
from tiepdan.receptions.plan import plan_of

pytestmark = pytest.mark.django_db


def test_a_hall_is_the_successors_who_is_invited_in_it() -> None:
    of = stage.planned()
    assert {one.agency for one in receivers(plan_of(of)) if one.hall} >= {cast.commune()}
    into = cast.agency("loc-moi", "UBND xã Lộc Mới", Kind.COMMUNE, cast.province())
    merge_agency(cast.commune(), into, since=localdate(of.starts_at), moves_people=True, by=cast.admin(), at=DESK_NOW)
    agencies = {one.agency for one in receivers(plan_of(stage.fresh(of))) if one.hall}
    assert into in agencies and cast.commune() not in agencies
