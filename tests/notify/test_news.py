"""What the bell tells of messages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests import cast
from tests.notify import letters
from tiepdan.accounts.news import news_for
from tiepdan.accounts.rules import Role
from tiepdan.audit import actions as audit
from tiepdan.notify import actions
from tiepdan.notify.models import Delivery

pytestmark = pytest.mark.django_db


def told(person: Any) -> list[tuple[str, str, str]]:
    now = timezone.now() + timedelta(seconds=1)
    return [(row.what, row.about, row.address) for row in news_for(person, now)]


def test_answers_and_failures_reach_the_clerks_with_receiver_and_spot() -> None:
    row = letters.queued(wants_answer=True, receiver_agency=cast.commune())
    Delivery.objects.filter(pk=row.pk).update(state="sent")
    now = timezone.now()
    actions.acknowledge(letters.fresh(row), "Nguyễn Văn A", at=now)
    audit.record("delivery.failed", agency=row.agency, at=now, about=row)
    address = f"/hop-gui/{row.pk}/"
    about = f"{row.topic_label} · {row.receiver}"
    expected = {("Xác nhận tham dự", about, address), ("Gửi không được", about, address)}
    assert set(told(cast.clerk())) == expected
    assert cast.browser(cast.clerk()).get(address).status_code == 200
    Delivery.objects.update(receiver="Nguyễn Văn Thật", receiver_agency=None)
    assert {about for _, about, _ in told(cast.clerk())} == {f"{row.topic_label} · N.V.T."}
    for person in (cast.approver(), cast.outsider(Role.CLERK)):
        assert told(person) == []
