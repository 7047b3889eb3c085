"""A hall of the commune with everything told of it, and the day on which the tests play."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.timezone import localdate

from tests import case_cast, cast
from tiepdan.points.actions import HallFacts, add_point
from tiepdan.points.models import Point

NOW = case_cast.NOW
TODAY = localdate(NOW)
FACTS = HallFacts(
    name="Xã Thanh Lộc",
    room="Hội trường tầng 2",
    address="Thôn Đông Hạ",
    level="commune",
    seats=40,
    screens=2,
    cameras=1,
    line="tslcd",
    backup_line="mobile",
    has_ups=True,
    contact_name="Cao Thị Nhàn",
    phone="0299 3822 101",
)


def registered(slug: str = "xa-moi", **facts: Any) -> Point:
    return add_point(agency=cast.commune(), slug=slug, facts=replace(FACTS, **facts), by=cast.technician(), at=NOW)


def text(answer: Any) -> str:
    return str(answer.content.decode())
