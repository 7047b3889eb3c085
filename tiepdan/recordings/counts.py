"""«Còn ghi được {n} giờ» on the first page of who looks after the recorders."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.timezone import localdate

from tiepdan.accounts.models import Person
from tiepdan.accounts.queries import roles_of
from tiepdan.accounts.rules import Role
from tiepdan.recordings.models import Recorder
from tiepdan.recordings.rules import expected_rate, hours_left

USUAL_HALLS = 4  # with how many halls the estimate counts while nothing is recorded


def disks(person: Person, now: datetime) -> Iterator[str]:
    if Role.TECHNICIAN not in roles_of(person, localdate(now)):
        return
    for recorder in Recorder.objects.filter(is_active=True):
        if not recorder.is_alive(now):
            yield f"{recorder.title}: chưa liên lạc được, không rõ còn ghi được bao lâu."
            continue
        hours = hours_left(recorder.disk_free, expected_rate(USUAL_HALLS, 0.0)) or 0.0
        yield f"{recorder.title}: còn ghi được {int(hours)} giờ với {USUAL_HALLS} điểm cầu."
