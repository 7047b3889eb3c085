"""What is the same for every page: nobody else keeps it, reading changes nothing, citizens stay without names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from tests.access.columns import EVERYBODY
from tests.access.conftest import World
from tests.access.letters import Row
from tests.access.tables import ROWS
from tests.access.world import SECRET

pytestmark = pytest.mark.django_db
GETS = [row for row in ROWS if row.method == "GET" and "o" in row.letters.values()]
# A letter that its receiver opens is marked as opened (docs/notices.md); halls get the name of their browser.
MARKED = {
    "notify:receive": {"notify_delivery"},
    "invitations:invited_one": {"notify_delivery"},
    "cases:shared_one": {"cases_share"},  # so is a dossier that is shared, and each paper of it
    "cases:shared_paper": {"cases_share"},
    # Who reads the room first after something in it grew old (a recorder's beat) gives its state the next version.
    "live:room": {"django_session", "live_room"},
    "live:state": {"django_session", "live_room"},
}
ASKED_FOR = ("portal:lookup", "portal:registration")  # public pages about one person's case
LOG = {"audit_entry", "audit_head"}
PERSONAL = ("notify:", "documents:paper", "cases:", "receptions:", "invitations:", "live:room", "portal:")
ASKED = ("nobody", "clerk", "chair", "secretary", "technician", "admin", "commune_officer")
DESK = {"clerk", "chair", "secretary"}
# In full a citizen's name stands where somebody writes to them or seats them; everywhere else it is masked.
NAMED = {
    "notify:outbox": {"clerk"},
    "notify:detail": DESK,
    "notify:hand_over": {"clerk"},
    "invitations:board": DESK,
    "invitations:preview": {"clerk"},
    "receptions:seat_add": {"clerk", "chair", "technician"},
    "receptions:seat_change": {"clerk", "chair", "technician"},
    # Who sits where: to the desk and to the three who hold the reception; the others read initials.
    "receptions:halls": {*DESK, "technician"},
    "receptions:seats_print": {*DESK, "technician"},
    "receptions:cards_print": {*DESK, "technician"},
}


def reader(row: Row) -> str:
    """Somebody who gets the page, with a session where one is needed."""
    return next(who for who in reversed(EVERYBODY) if row.letters[who] == "o")


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@contextmanager
def changed_tables() -> Iterator[set[str]]:
    found: set[str] = set()

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        match = re.match(r'\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM) "(\w+)"', sql)
        found.update(match.groups() if match else ())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


def test_no_cache_keeps_a_page_and_reading_changes_nothing_but_the_log(world: World) -> None:
    """Personal data on a shared computer, behind a shared proxy (khoản 2 Điều 12 NĐ 154/2026)."""
    for row in GETS:
        with world.undone(), changed_tables() as changed:
            answer = world.request(reader(row), row)
            body(answer)
        assert changed <= LOG | MARKED.get(row.name, set()), row
        told = answer["Cache-Control"]
        if row.name.startswith("portal:") and row.name not in ASKED_FOR:
            assert told == "public, max-age=60", row
        else:
            assert "private" in told and ("no-store" in told or row.name == "recordings:file"), row


def test_citizens_have_no_names_for_those_who_need_none(world: World) -> None:
    named: defaultdict[str, set[str]] = defaultdict(set)
    for row in GETS:
        for who in ASKED:
            is_asked = row.name.startswith(PERSONAL) and row.letters[who] == "o"
            if is_asked and SECRET.encode() in world.page(who, row):
                named[row.name].add(who)
    assert named == NAMED
