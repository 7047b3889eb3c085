"""The access matrix: every address of the house × every role × own and foreign agency × nobody and halls.

The tables say who may (tests/access/tables, one for each room). A new address, or a method that an address takes
besides those of its rows, makes a test fail.
"""

from __future__ import annotations

from collections import defaultdict
from types import ModuleType
from typing import Any

import pytest
from django.test import Client

from tests import cast
from tests import reception_cast as stage
from tests.access.addresses import PATTERNS, place
from tests.access.conftest import World
from tests.access.letters import JSON, STATUS, Row, ask, letter
from tests.access.tables import ROOMS, ROWS, live

pytestmark = pytest.mark.django_db
MACHINES = {"recordings:beat", "live:webhook"}  # a token of their own in place of a session
# Strangers have no cookie that another site could borrow; the browser says whose form it was (portal/views/page.py).
STRANGERS = {"portal:lookup", "portal:registration", "portal:choose"}


def room_name(room: ModuleType) -> str:
    return room.__name__.rpartition(".")[2]


def test_every_address_has_a_row() -> None:
    assert {row.name for row in ROWS} == set(PATTERNS)


@pytest.mark.parametrize("room", ROOMS, ids=room_name)
def test_who_may(world: World, room: Any) -> None:
    wrong = []
    for row in room.TABLE.rows:
        seen = {who: letter(world.ask(who, row)) for who in room.TABLE.columns}
        wrong += [f"{row} {who}: {seen[who]}, not {row.letters[who]}" for who in seen if seen[who] != row.letters[who]]
    assert not wrong, "\n".join(wrong)


def test_an_address_takes_no_other_method_than_its_rows_say(world: World) -> None:
    """What only changes something refuses GET, so that no link and no picture can do it."""
    rows: dict[str, Row] = {}
    methods: defaultdict[str, set[str]] = defaultdict(set)
    for row in ROWS:
        rows.setdefault(row.name, row)
        methods[row.name].add(row.method)
    taken = {}
    for name, row in rows.items():
        with world.undone():
            answer = world.browser("chair").put(world.place(row), headers=JSON)
        assert answer.status_code == 405, name
        taken[name] = {method.strip() for method in answer["Allow"].split(",")} & {"GET", "POST"}
    assert taken == methods


def test_only_machines_post_without_the_token_of_a_page(world: World) -> None:
    protected = Client(enforce_csrf_checks=True, raise_request_exception=False)
    protected.force_login(cast.chair())
    told = {}
    for row in ROWS:
        if row.method == "POST":
            with world.undone():
                told[row.name] = protected.post(world.place(row), {}, headers=JSON)
    assert {name for name, answer in told.items() if answer.status_code != 403} == MACHINES | STRANGERS
    assert {answer.json()["code"] for answer in told.values() if answer.status_code == 403} == {"csrf"}


def test_the_central_hall_is_a_hall_like_the_others(world: World) -> None:
    with world.undone():
        centre = stage.hall_browser(stage.credential(stage.hall(world.running, stage.CENTRE)))
        for row in live.TABLE.rows:
            if row.letters["hall"] == "f":
                answer = ask(centre, row.method, place(row.name, {"code": world.running.code}))
                assert answer.status_code == STATUS["f"]
