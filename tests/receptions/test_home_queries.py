"""«Việc của tôi hôm nay» over many rows: what is asked does not grow with them, and what is cut off is told."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import case_cast, cast
from tests import reception_cast as stage
from tiepdan.accounts.models import Person
from tiepdan.accounts.tasks import tasks_for
from tiepdan.cases.rules import State
from tiepdan.receptions.duties import MOST
from tiepdan.receptions.rules import Phase

pytestmark = pytest.mark.django_db
HOME = "/viec-cua-toi/"
FEW = 24  # more than are shown of each kind


def fill(start: int, end: int) -> None:
    for number in range(start, end):
        day = timezone.now() + timedelta(days=20, hours=number)
        phase = Phase.PUBLISHED if number % 2 else Phase.DRAFT
        times = {"starts_at": day, "ends_at": day + timedelta(minutes=30)}
        stage.planned(f"BT-2030-{number:03d}", halls=False, matter=False, state=phase, **times)
        for state in (State.RECEIVED, State.APPROVED, State.RETURNED, State.TRANSFERRED):
            case_cast.case(f"VV-2026-{state[:2]}{number:02d}".upper(), state=state)


def asked(person: Person) -> tuple[int, str]:
    browser = cast.browser(person)
    with CaptureQueriesContext(connection) as seen:
        answer = browser.get(HOME)
    assert answer.status_code == 200
    return len(seen), answer.content.decode()


@pytest.mark.parametrize("who", ["clerk", "approver", "technician"])
def test_the_first_page_asks_no_more_with_more_rows(who: str) -> None:
    person = getattr(cast, who)()
    fill(0, FEW)
    few, _ = asked(person)
    fill(FEW, FEW + 20)
    more, _ = asked(person)
    assert more == few <= 55


def test_the_same_is_not_asked_twice() -> None:
    """The posts of a person above all: each part of the page wants to know them."""
    fill(0, 2)
    browser = cast.browser(cast.clerk())
    for address in (HOME, "/vu-viec/", "/buoi-tiep/", "/buoi-tiep/BT-2030-000/"):
        with CaptureQueriesContext(connection) as seen:
            browser.get(address)
        about_posts = [row["sql"] for row in seen.captured_queries if '"accounts_post"."role"' in row["sql"][:600]]
        assert len(about_posts) == len(set(about_posts)), address


def test_what_is_not_shown_is_told_with_the_way_to_it() -> None:
    fill(0, MOST + 5)
    rest = {task.verb: task for task in tasks_for(cast.clerk(), timezone.now()) if task.is_rest}
    assert rest["Chuẩn bị buổi tiếp"].subject == "và 5 buổi tiếp khác"
    assert rest["Xếp buổi tiếp"].address == "/vu-viec/?state=approved"
    _, text = asked(cast.clerk())
    assert "và 5 buổi tiếp khác" in text and "Mở danh sách" in text and re.search(r"\(\d+\+\)", text)
