"""Deliveries for the tests; every moment is an argument."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tests import cast
from tiepdan.audit.models import Entry
from tiepdan.kernel import due
from tiepdan.notify import actions
from tiepdan.notify.models import Delivery

NOW = datetime(2026, 12, 9, 2, 0, tzinfo=UTC)  # 09:00 of a Wednesday
DEADLINE = datetime(2026, 12, 10, 16, 59, 59, tzinfo=UTC)


def draft(number: int = 1, **fields: Any) -> Delivery:
    """About an agency, because this low there is nothing else to tell about."""
    facts = {
        "key": f"invitation:{number}:v1:email",
        "topic": "invitation",
        "about": cast.commune(),
        "agency": cast.province(),
        "channel": "email",
        "receiver": "UBND xã Thanh Lộc",
        "address": f"vanthu{number}@thanhloc.test",
        "subject": "Giấy mời dự buổi tiếp công dân BT-2026-012",
        "body": "Kính mời dự buổi tiếp lúc 08:30, thứ Năm 17/12/2026.",
        "deadline": DEADLINE,
        "by": cast.clerk(),
        "at": NOW,
        **fields,
    }
    return actions.prepare(**facts)


def queued(number: int = 1, **fields: Any) -> Delivery:
    row = draft(number, **fields)
    actions.release([row], by=cast.clerk(), at=NOW)
    return fresh(row)


def fresh(row: Delivery) -> Delivery:
    return Delivery.objects.get(pk=row.pk)


def run(now: datetime = NOW) -> int:
    """What a worker does at this moment."""
    return due.run_once(now)


def events() -> list[str]:
    return list(Entry.objects.filter(event__startswith="delivery.").order_by("pk").values_list("event", flat=True))


def later(**parts: int) -> datetime:
    return NOW + timedelta(**parts)
