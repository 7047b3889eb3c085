"""The access matrix: every address of receptions × every role × own and foreign agency × nobody × a hall.

The table holds the plan's own addresses. Those of script, papers, versions and invitations have their answers in
their own tests; here they keep the rule that nobody learns of what is not theirs and readers write nothing.
"""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver

from tests import cast
from tests import reception_cast as stage
from tests.receptions.plan_forms import coming
from tiepdan.accounts.rules import Role
from tiepdan.receptions.models import Reception

pytestmark = pytest.mark.django_db
STAFF = ("chair", "secretary", "technician", "clerk", "approver", "inspector", "admin", "archivist")
READERS = ("secretary", "approver", "inspector", "admin", "archivist")
EVERYBODY = ("nobody", *STAFF, "officer", "observer", "outsider", "hall")
# o 200, r to another page, d to the door, f not allowed (403), n not found (404), x refused by a rule (409),
# i bad input (422)
LETTERS = {200: "o", 403: "f", 404: "n", 409: "x", 422: "i"}


def row(staff: str, **special: str) -> dict[str, str]:
    apart = {"nobody": "d", "officer": "n", "observer": "n", "outsider": "n", "hall": "d"}
    return {**dict.fromkeys(STAFF, staff), **apart, **special}


def same(letter: str, **special: str) -> dict[str, str]:
    return {**dict.fromkeys(EVERYBODY, letter), **special}


LISTED = same("o", nobody="d", hall="d")
READ = row("o")
DESK = row("f", clerk="r")
WRITERS = {"chair": "r", "technician": "r", "clerk": "r"}
TABLE: dict[str, tuple[str, dict[str, str]]] = {
    "point_sign_in": ("GET", same("o")),
    "point_sign_out": ("POST", same("d")),
    "index": ("GET", LISTED),
    "month_file": ("GET", LISTED),
    "create": ("GET", same("f", nobody="d", hall="d", clerk="o", outsider="o")),
    "of_case": ("GET", row("n", chair="o", clerk="o", approver="o", inspector="o")),
    "detail": ("GET", READ),
    "matters": ("GET", READ),
    "halls": ("GET", READ),
    "accounts": ("GET", READ),
    "change": ("GET", row("f", chair="o", technician="o", clerk="o")),
    "hall_change": ("GET", row("f", chair="o", technician="o", clerk="o")),
    "seat_add": ("GET", row("f", chair="o", technician="o", clerk="o")),
    "seat_change": ("GET", row("f", chair="o", technician="o", clerk="o")),
    "proof": ("GET", row("n")),  # nothing has been recorded yet
    "submit": ("POST", DESK),
    "withdraw": ("POST", row("f", clerk="x")),
    "approve": ("POST", row("f", chair="x", approver="x")),
    "send_back": ("POST", row("f", chair="x", approver="x")),
    "revise": ("POST", row("f", clerk="x")),
    "confirm": ("POST", row("f", technician="x")),
    "doubt": ("POST", row("f", technician="i")),
    "meet": ("POST", row("f", technician="i")),
    "waive": ("POST", row("f", chair="i", technician="i", clerk="i")),
    "matter_add": ("POST", row("f", clerk="i")),
    "matter_change": ("POST", row("f", clerk="i")),
    "matter_remove": ("POST", DESK),
    "matter_choose": ("POST", DESK),
    "matter_up": ("POST", DESK),
    "matter_down": ("POST", DESK),
    "hall_add": ("POST", row("f", chair="i", technician="i", clerk="i")),
    "matrix": ("POST", row("f", chair="i", technician="i", clerk="i")),
    "hall_central": ("POST", row("f", **WRITERS)),
    "hall_remove": ("POST", row("f", chair="x", technician="x", clerk="x")),
    "seats_copy": ("POST", row("f", chair="x", technician="x", clerk="x")),
    "seat_remove": ("POST", row("f", **WRITERS)),
    "issue": ("POST", row("f", technician="o")),
    "revoke": ("POST", row("f", technician="x")),
}
ELSEWHERE = ("agenda", "papers", "versions", "publish", "change_slot", "postpone", "cancel", "replan", "invit")
PATTERNS = {str(found.name): str(found.pattern) for found in get_resolver("tiepdan.receptions.urls").url_patterns}


def test_every_address_has_a_row() -> None:
    assert {name for name in PATTERNS if not name.startswith(ELSEWHERE)} == set(TABLE)


def address(of: Reception, name: str) -> str:
    hall = stage.hall(of, stage.COMMUNE)
    facts = {
        "slug:code": stage.CASE_CODE if name == "of_case" else of.code,
        "int:hall": hall.pk,
        "int:seat": hall.seats.order_by("pk")[0].pk,
        "int:matter": of.matters.get().pk,
        "slug:milestone": "trial",
        "slug:month": "2026-12",
        "slug:way": "len",
    }
    route = PATTERNS[name]
    for kind, value in facts.items():
        route = route.replace(f"<{kind}>", str(value))
    for kind in ("item", "template", "pk", "file"):
        route = route.replace(f"<int:{kind}>", "1")
    return f"/{route}"


def browser(who: str, of: Reception) -> Client:
    if who == "nobody":
        return Client()
    if who == "hall":
        return stage.hall_browser(stage.credential(stage.hall(of, stage.OFFICE)))
    if who == "outsider":
        return cast.browser(cast.outsider(Role.CLERK))
    known = getattr(cast, who, None)
    return cast.browser(known() if known else cast.person(f"nguoi-{who}", "Người Khác", Role(who)))


def asked(who: str, method: str, name: str, of: Reception) -> str:
    """The letter of the answer; what the question changed is undone."""
    place = address(of, name)
    mark = transaction.savepoint()
    try:
        answer = getattr(browser(who, of), method.lower())(place)
    finally:
        transaction.savepoint_rollback(mark)
    if answer.status_code == 302:
        return "d" if "dang-nhap" in answer["Location"] else "r"
    return LETTERS.get(answer.status_code, str(answer.status_code))


@pytest.fixture
def of() -> Reception:
    return stage.planned(**coming())


@pytest.mark.parametrize("name", TABLE)
def test_the_matrix(name: str, of: Reception) -> None:
    method, wanted = TABLE[name]
    assert {who: asked(who, method, name, of) for who in EVERYBODY} == wanted


@pytest.mark.parametrize("name", [name for name in PATTERNS if name.startswith(ELSEWHERE)])
def test_what_is_not_theirs_is_not_told_and_readers_write_nothing(name: str, of: Reception) -> None:
    own = PATTERNS[name].startswith("buoi-tiep/")
    for method in ("GET", "POST"):
        answers = {who: asked(who, method, name, of) for who in (*READERS, "nobody", "hall", "outsider", "observer")}
        if "405" in answers.values():
            continue
        assert answers["nobody"] in "dn" and answers["hall"] in "dn", answers
        if own:
            assert answers["outsider"] == answers["observer"] == "n", answers
        if method == "POST":
            assert all(answers[who] in "fnix" for who in READERS), answers
