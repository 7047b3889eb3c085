"""Somebody who looks their case up: the page as a browser asks for it, and cases in every state."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate, localtime

from tests import case_cast
from tests import schedule_cast as stage
from tests.case_cast import Case
from tiepdan.receptions.models import Reception

CODE = "HJKM-3679"
DIGITS = case_cast.NUMBER[-4:]
PLACE, REGISTER, CHOOSE = "/tra-cuu/", "/tra-cuu/diem-cau/", "/tra-cuu/diem-cau/chon/"


def case(code: str = case_cast.CODE, *, lookup: str = CODE, **fields: Any) -> Case:
    today = localdate(timezone.now())
    return case_cast.case(code, lookup_code=lookup, now=timezone.now(), **{"received_on": today, **fields})


def ask(code: str = CODE, digits: str = DIGITS, place: str = PLACE, client: Client | None = None, **more: Any) -> Any:
    return (client or Client()).post(place, {"code": code, "digits": digits}, **more)


def words(answer: Any) -> str:
    """What is read on the page, without marks."""
    text = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", answer.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", text)


def in_a_month() -> datetime:
    """08:30 of a Thursday, four weeks or more from now."""
    day = localtime(timezone.now() + timedelta(days=28))
    day += timedelta(days=(3 - day.weekday()) % 7)
    return day.replace(hour=8, minute=30, second=0, microsecond=0)


def planned(**fields: Any) -> Reception:
    """A reception that may be published, with the case behind `CODE`; its citizen chose the commune."""
    found = stage.reception(start=in_a_month(), **fields)
    Case.objects.update(lookup_code=CODE)
    return found
