"""A large import from Excel writes for a long time: it waits while a reception runs."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests import reception_cast as stage
from tiepdan.live.queries import running_now
from tiepdan.sheets.importers import in_the_way

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("state", "waits"), [("ready", False), ("open", True), ("paused", True), ("closed", False)])
def test_large_imports_wait_for_the_end(state: str, waits: bool) -> None:
    now = timezone.now()
    row = stage.reception(now=now, state=state)
    assert (row.code in running_now(now)) is waits
    assert bool(in_the_way(now)) is waits
