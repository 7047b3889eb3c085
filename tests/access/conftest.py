"""One world for all tests of this folder: built once, and whatever a request changed in it is taken back."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client, override_settings
from django.utils import timezone
from django.utils.timezone import localdate
from pytest_django.plugin import DjangoDbBlocker

from tests import reception_cast as stage
from tests.access import team as teams
from tests.access.addresses import groups, place
from tests.access.columns import HALLS, NOBODY, PEOPLE
from tests.access.letters import Row, ask
from tests.access.world import Values, accounts, cases, policy, sheets
from tests.access.world_receptions import receptions, running, running_rows
from tests.live.people import opened
from tiepdan import media
from tiepdan.media.fake import FakeEngine
from tiepdan.receptions.models import Reception

FAR = timedelta(days=80)


@pytest.fixture(autouse=True)
def _own_archive() -> None:
    """The world brings its own folders, which outlast a test."""


@dataclass
class World:
    """`own`, `below` and `foreign`: the same things of the three agencies, by name."""

    engine: FakeEngine
    running: Reception  # open, with the centre alone in the room
    own: Values
    below: Values
    foreign: Values
    browsers: dict[str, tuple[Client, SimpleCookie]] = field(default_factory=dict)
    pages: dict[tuple[str, int], bytes] = field(default_factory=dict)  # by who asked and the row of the table

    def browser(self, name: str) -> Client:
        """As it was when the person had just signed in."""
        client, cookies = self.browsers[name]
        client.cookies = SimpleCookie({key: morsel.value for key, morsel in cookies.items()})
        return client

    def ask(self, name: str, row: Row, things: Values | None = None) -> Any:
        """The answer to one request of a column; nothing of it stays, but a page of ours can be read again."""
        with self.undone():
            answer = self.request(name, row, things)
            if things is None and row.method == "GET" and answer.status_code == 200 and not answer.streaming:
                self.pages[name, id(row)] = answer.content
        return answer

    def page(self, name: str, row: Row) -> bytes:
        """What somebody reads there, as the matrix got it if it has asked already."""
        if (name, id(row)) not in self.pages:
            with self.undone():
                answer = self.request(name, row)
                self.pages[name, id(row)] = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return self.pages[name, id(row)]

    def request(
        self,
        name: str,
        row: Row,
        things: Values | None = None,
        *,
        part: Values | None = None,
        fields: Values | None = None,
    ) -> Any:
        """Within `undone`. Other things than ours: all, all but the first of the address, those of the form."""
        form = {key: _sent(value, fields or things or self.own) for key, value in row.form.items()}
        return ask(self.browser(name), row.method, self.place(row, things, part), form)

    def place(self, row: Row, things: Values | None = None, part: Values | None = None) -> str:
        things = things or self.own
        values = {key: things[thing] for key, thing in row.values.items()}
        if part is not None:
            values |= {key: part[row.values[key]] for key in groups(row.name)[1:]}
        return place(row.name, values, row.query)

    @contextmanager
    def undone(self) -> Iterator[None]:
        before = {name: deepcopy(value) for name, value in vars(self.engine).items() if name != "_lock"}
        try:
            with transaction.atomic():
                yield
                transaction.set_rollback(True)
        finally:
            vars(self.engine).update(before)


@contextmanager
def quiet() -> Iterator[None]:
    """Thousands of refusals are what is wanted here; kept as records of the log each holds its request in memory."""
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def _sent(value: Any, things: Values) -> Any:
    return things[value[1:]] if isinstance(value, str) and value.startswith("@") else value


def _things(team: teams.Team, at: datetime) -> Values:
    found: Values = {"today": f"{localdate(at):%Y-%m-%d}", "far_day": f"{localdate(at) + FAR:%Y-%m-%d}"}
    for of_room in (accounts, policy, sheets, cases, receptions):
        found |= of_room(team, at)
    return found


@pytest.fixture(scope="package")
def world(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("access")
    (folder / "archive").mkdir()
    engine, at = FakeEngine(), timezone.now()
    with (
        django_db_blocker.unblock(),
        override_settings(ARCHIVE=folder / "archive", FILES=folder / "files"),
        media.use_engine(engine),
        quiet(),
        transaction.atomic(),
    ):
        yield _built(engine, at)
        transaction.set_rollback(True)
    connection.close()


def _built(engine: FakeEngine, at: datetime) -> World:
    people = {name: make() for name, make in PEOPLE.items()}
    live = opened(engine, now=at)
    other = stage.reception("BT-2026-099", now=at, prefix="khac-")
    slips = dict(zip(HALLS, (stage.credential(stage.hall(of)) for of in (live, other)), strict=True))
    own, below, foreign = teams.own(), teams.below(), teams.foreign()
    found = World(
        engine,
        live,
        _things(own, at) | running_rows(live),
        _things(below, at) | running_rows(running(below, at)),
        _things(foreign, at) | running_rows(running(foreign, at)),
    )
    browsers: dict[str, Client] = {NOBODY: Client(raise_request_exception=False)}
    for name, slip in slips.items():
        browsers[name] = stage.hall_browser(slip)
    for name, person in people.items():
        browsers[name] = Client(raise_request_exception=False)
        browsers[name].force_login(person)
    found.browsers = {name: (client, deepcopy(client.cookies)) for name, client in browsers.items()}
    return found
