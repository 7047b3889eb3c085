"""Receptions that missed a date of the law, on the first page of an inspector."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import cast
from tests import reception_cast as stage
from tiepdan.receptions.inspection import tasks
from tiepdan.receptions.models import Reception

pytestmark = pytest.mark.django_db


def test_a_missed_date_is_shown_to_the_inspector_alone() -> None:
    reception = stage.planned()
    Reception.objects.update(state="approved")
    now = reception.starts_at - timedelta(hours=2)  # neither notice nor trial was met
    found = list(tasks(cast.inspector(), now))
    assert [task.subject for task in found] == [str(reception)]
    assert found[0].verb == "Xem 2 mốc luật định không đạt" and "Điều 23" in found[0].citation
    assert list(tasks(cast.clerk(), now)) == []


def test_nothing_is_missed_early_nor_by_a_draft() -> None:
    reception = stage.planned()
    assert list(tasks(cast.inspector(), reception.starts_at - timedelta(hours=20))) == []
    Reception.objects.update(state="approved")
    assert list(tasks(cast.inspector(), reception.starts_at - timedelta(days=30))) == []
