"""The access matrix: every address of receptions, readiness, recordings and live × every role × own and foreign.

One table says who may; a new address without a row makes the test fail.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from tests import cast
from tests import reception_cast as stage
from tests.live.people import opened
from tests.reception_cast import CENTRE, COMMUNE
from tiepdan.accounts.rules import Role
from tiepdan.audit.models import Entry
from tiepdan.media.fake import FakeEngine
from tiepdan.receptions.models import Reception

pytestmark = pytest.mark.django_db
APPS = ("receptions", "readiness", "recordings", "live")
PARTS = ("chair", "secretary", "technician")
OVERSEERS = ("clerk", "approver", "inspector", "admin", "archivist")
STAFF = (*PARTS, *OVERSEERS)
# Posts of the same agency that give no sight of a reception by themselves.
APART = ("officer", "observer")
EVERYBODY = ("nobody", *STAFF, *APART, "outsider", "hall", "other_hall")

JSON = {"accept": "application/json"}

# In one letter what an address answers: o 200 or 204, r to another page, d to the door of the desk, s signed out (403),
# f not allowed (403), n not found (404), x refused by a rule (409), i bad input (422), t no such token (401).
STATUS = {"o": 200, "r": 302, "d": 302, "s": 403, "f": 403, "n": 404, "x": 409, "i": 422, "t": 401}


def row(nobody: str, staff: str, hall: str, other_hall: str, **special: str) -> dict[str, str]:
    """Who has no part, and who is of another agency, never learns that something is there."""
    cells = {"nobody": nobody, "outsider": "n", "hall": hall, "other_hall": other_hall}
    return {**dict.fromkeys(STAFF, staff), **dict.fromkeys(APART, "n"), **cells, **special}


def same(letter: str, **special: str) -> dict[str, str]:
    return {**dict.fromkeys(EVERYBODY, letter), **special}


# They see the reception, but its recording is none of their business.
NO_KEEPERS = {"clerk": "f", "approver": "f", "admin": "f"}
COMMAND = row("s", "f", "f", "x", chair="x")
TABLE: dict[str, tuple[str, dict[str, str]]] = {
    "receptions:point_sign_in": ("GET", same("o", hall="r", other_hall="r")),
    "receptions:point_sign_out": ("POST", same("r")),
    "receptions:index": ("GET", same("o", nobody="d", hall="d", other_hall="d")),
    "receptions:detail": ("GET", row("d", "o", "d", "d")),
    "receptions:issue": ("POST", row("d", "f", "d", "d", technician="o")),
    "receptions:revoke": ("POST", row("d", "f", "d", "d", technician="r")),
    "readiness:prepare": ("GET", same("r", hall="o", other_hall="o")),
    "readiness:result": ("POST", same("s", hall="i", other_hall="i")),
    "recordings:beat": ("POST", same("t")),
    "recordings:player": ("GET", row("d", "o", "n", "n", **NO_KEEPERS)),
    "recordings:catalogue": ("GET", row("n", "o", "n", "n", **NO_KEEPERS)),
    "recordings:file": ("GET", row("n", "o", "n", "n", **NO_KEEPERS)),
    "live:room": ("GET", row("d", "o", "o", "x")),
    "live:ticket": ("POST", row("s", "o", "o", "x")),
    "live:state": ("GET", row("s", "o", "o", "x")),
    # The chair's commands reach the rule behind them: with this form in this reception each of them says no.
    "live:open": ("POST", COMMAND),
    "live:suspend": ("POST", {**COMMAND, "chair": "i"}),
    "live:resume": ("POST", COMMAND),
    "live:close": ("POST", {**COMMAND, "chair": "o"}),
    "live:floor": ("POST", COMMAND),
    "live:withdraw": ("POST", COMMAND),
    "live:lock": ("POST", {**COMMAND, "chair": "i"}),
    "live:eject": ("POST", {**COMMAND, "chair": "i"}),
    "live:readmit": ("POST", COMMAND),
    "live:webhook": ("POST", same("t")),
}


def test_every_address_has_a_row() -> None:
    names = {f"{app}:{pattern.name}" for app in APPS for pattern in get_resolver(f"tiepdan.{app}.urls").url_patterns}
    assert names == set(TABLE)


@pytest.fixture
def of(engine: FakeEngine) -> Reception:
    """Open, with the centre alone in the room."""
    of = opened(engine, now=timezone.now())
    stage.credential(stage.hall(of, COMMUNE))
    return of


def address(of: Reception, name: str) -> str:
    pattern = next(
        found
        for found in get_resolver(f"tiepdan.{name.split(':')[0]}.urls").url_patterns
        if found.name == name.split(":")[1]
    )
    take = of.takes.get(recorder__name="may-ghi-1")
    index = Path(settings.ARCHIVE) / take.folder / "index.jsonl"
    index.parent.mkdir(parents=True, exist_ok=True)
    index.write_bytes(b"{}\n")
    facts = {"code": of.code, "hall": str(stage.hall(of, COMMUNE).pk), "take_id": take.id, "name": "index.jsonl"}
    route = str(pattern.pattern)
    for kind in ("slug:code", "int:hall", "str:take_id", "path:name"):
        route = route.replace(f"<{kind}>", facts[kind.split(":")[1]])
    return f"/{route}"


def browser(who: str, of: Reception) -> Client:
    if who == "nobody":
        return Client()
    if who == "hall":
        return stage.hall_browser(stage.credential(stage.hall(of, COMMUNE)))
    if who == "other_hall":
        other = stage.reception("BT-2026-099", now=timezone.now(), prefix="khac-")
        return stage.hall_browser(stage.credential(stage.hall(other, COMMUNE)))
    if who == "outsider":
        return cast.browser(cast.outsider(Role.ADMIN))
    known: dict[str, Callable[[], Any]] = {
        "chair": cast.chair,
        "secretary": cast.secretary,
        "technician": cast.technician,
        "clerk": cast.clerk,
        "approver": cast.approver,
        "inspector": cast.inspector,
        "admin": cast.admin,
    }
    person = known[who]() if who in known else cast.person(f"nguoi-{who}", "Người Khác", Role(who))
    return cast.browser(person)


def ask(who: Client, method: str, place: str, form: dict[str, str]) -> Any:
    return who.get(place, headers=JSON) if method == "GET" else who.post(place, form, headers=JSON)


def letter(answer: Any) -> str:
    if answer.status_code == 302:
        return "d" if answer["Location"].startswith("/dang-nhap/?next=") else "r"
    if answer.status_code == 403:
        return "s" if answer.json()["code"] == "signed_out" else "f"
    return {200: "o", 204: "o", 401: "t", 404: "n", 409: "x", 422: "i"}[answer.status_code]


@pytest.mark.parametrize("name", list(TABLE))
def test_who_may(of: Reception, name: str) -> None:
    method, wanted = TABLE[name]
    place = address(of, name)
    # The one who may change something comes last, so that everybody else meets the same reception.
    order = sorted(EVERYBODY, key=lambda who: wanted[who] in "or" and method == "POST")
    form = {"hall": stage.hall(of, COMMUNE).key}
    seen = {who: letter(ask(browser(who, of), method, place, form)) for who in order}
    assert seen == {who: wanted[who] for who in order}


# The very words that somebody reads who asks for what does not exist.
UNKNOWN = {"sentence": "Không tìm thấy trang này, hoặc bạn không có quyền xem.", "code": "not_found"}
FOREIGN = [name for name, (_, wanted) in TABLE.items() if wanted["outsider"] == "n"]


def test_nobody_of_ours_learns_of_a_reception_of_another_agency(of: Reception) -> None:
    foreign = stage.foreign_reception(timezone.now())
    foreign.takes.create(id="tap-khac", recorder=stage.recorder(1), boot="x", requested_at=timezone.now())
    stage.credential(stage.hall(foreign, COMMUNE))
    theirs = {name: address(foreign, name) for name in FOREIGN}
    for who in (*STAFF, *APART):
        desk = browser(who, of)
        for name, place in theirs.items():
            answer = ask(desk, TABLE[name][0], place, {"hall": "p1"})
            assert (answer.status_code, answer.json()) == (404, UNKNOWN), (who, name)
    refused = Entry.objects.filter(event="access.refused", about_id=str(foreign.pk))
    assert refused.count() == len(FOREIGN) * (len(STAFF) + len(APART))
    assert {entry.agency for entry in refused} == {foreign.agency}


def test_only_machines_post_without_the_token_of_a_page(of: Reception) -> None:
    protected = Client(enforce_csrf_checks=True)
    protected.force_login(cast.chair())
    told = {name: protected.post(address(of, name), {}, headers=JSON) for name in TABLE}
    assert {name for name, answer in told.items() if answer.status_code != 403} == {"recordings:beat", "live:webhook"}
    assert {answer.json()["code"] for answer in told.values() if answer.status_code == 403} == {"csrf"}


def test_the_central_hall_is_a_hall_like_the_others(of: Reception) -> None:
    centre = stage.hall_browser(stage.credential(stage.hall(of, CENTRE)))
    for name, (method, wanted) in TABLE.items():
        if name.startswith("live:") and wanted["hall"] == "f":
            assert ask(centre, method, address(of, name), {}).status_code == STATUS["f"]
