"""How long the recorders can still record, on the technician's first page."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import cast
from tests import reception_cast as stage
from tiepdan.recordings.counts import disks

pytestmark = pytest.mark.django_db


def test_hours_of_each_recorder_and_silence_said_plainly() -> None:
    recorder = stage.recorder(1)
    recorder.beat_at, recorder.disk_free = stage.NOW, 170_000 * 4 * 3600 * 50
    recorder.save()
    assert list(disks(cast.technician(), stage.NOW)) == [f"{recorder.title}: còn ghi được 50 giờ với 4 điểm cầu."]
    later = stage.NOW + timedelta(days=1)
    assert "chưa liên lạc được" in next(iter(disks(cast.technician(), later)))
    assert list(disks(cast.clerk(), stage.NOW)) == []
