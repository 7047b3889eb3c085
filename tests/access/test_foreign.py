"""The same addresses about things of another agency: nobody of ours learns that they exist, nor that they do not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.access.addresses import PATTERNS, groups
from tests.access.columns import BELOW, OWN
from tests.access.conftest import World
from tests.access.letters import JSON, Row, letter
from tests.access.tables import ROOMS, ROWS
from tests.access.test_matrix import room_name
from tests.access.world import Values
from tiepdan.audit.models import Entry

pytestmark = pytest.mark.django_db
# The very words that somebody reads who asks for what does not exist, or for a page of another office.
UNKNOWN = "Không tìm thấy trang này, hoặc bạn không có quyền xem."
# Links without a sign-in: whoever holds the token is the receiver.
PUBLIC = {name for name in PATTERNS if name.startswith(("portal:", "notify:rece", "notify:coming", "notify:not_"))}
# Knocking at a reception that is not theirs goes into the log of its agency.
ROOMS_OF_RECEPTIONS = ("receptions:", "invitations:", "live:", "recordings:")
LOGGED = {
    name
    for name in PATTERNS
    if name.startswith(ROOMS_OF_RECEPTIONS) and {"code", "take_id"} & set(groups(name)) and name != "receptions:of_case"
}


def differs(row: Row, ours: Values, theirs: Values) -> bool:
    """Whether the address names a thing that belongs to an agency."""
    return any(ours[row.values[key]] != theirs[row.values[key]] for key in groups(row.name))


def about_things(world: World, rows: list[Row]) -> list[Row]:
    named = [row for row in rows if row.name not in PUBLIC and "month" not in groups(row.name)]
    return [row for row in named if differs(row, world.own, world.foreign)]


def with_sight(row: Row) -> list[str]:
    """Of our people those who get or change something at this address, and two who hardly ever do."""
    asked = [who for who in (*OWN, *BELOW) if not who.startswith("other_")]
    return [who for who in asked if row.letters[who] in "orxi" or who in ("officer", "observer")]


def one_of_each(row: Row) -> list[str]:
    """The first of our people for each way in which the address answers them: a thing inside another is looked up in
    the same way for all of them."""
    first: dict[str, str] = {}
    for who in with_sight(row):
        first.setdefault(row.letters[who], who)
    return list(first.values())


def unknown(answer: Any) -> bool:
    """Not found, or stopped before anything was looked up; word for word the same."""
    codes = {403: "forbidden", 404: "not_found"}
    return bool(answer.json() == {"sentence": UNKNOWN, "code": codes.get(answer.status_code)})


@pytest.mark.parametrize("room", ROOMS, ids=room_name)
def test_nobody_of_ours_learns_of_things_of_another_agency(world: World, room: Any) -> None:
    for row in about_things(world, room.TABLE.rows):
        for who in with_sight(row):
            with world.undone():
                before = Entry.objects.count()
                answer = world.request(who, row, world.foreign)
                assert unknown(answer), (str(row), who, answer.status_code)
                assert answer.status_code == 404 or row.name not in LOGGED, (str(row), who)
                logged = list(Entry.objects.order_by("pk")[before:].values_list("event", "agency__code"))
            assert logged == [("access.refused", "tinh-khac")] * (row.name in LOGGED), row


def test_a_thing_of_another_agency_is_not_found_under_an_address_of_ours(world: World) -> None:
    """Our case with their citizen, our plan with their hall."""
    mixed = [row for row in about_things(world, ROWS) if len(groups(row.name)) > 1]
    found = []
    for row in mixed:
        part = {**world.own, **{thing: world.foreign[thing] for thing in row.values.values()}}
        if all(world.own[row.values[key]] == part[row.values[key]] for key in groups(row.name)[1:]):
            continue
        for who in one_of_each(row):
            with world.undone():
                answer = world.request(who, row, part=part)
            if answer.status_code != 404 and not unknown(answer):
                found.append((str(row), who, answer.status_code))
    assert found == []


@pytest.mark.parametrize("room", ROOMS, ids=room_name)
def test_of_an_agency_below_the_inspector_reads_and_the_administrator_governs(world: World, room: Any) -> None:
    """Everybody else of the province has no business in a commune's cases and receptions."""
    for row in about_things(world, room.TABLE.rows):
        if row.method != "GET" or row.letters["inspector"] != "o":
            continue
        others = dict.fromkeys(("clerk", "approver", "archivist"), "n")
        seen = {who: letter(world.ask(who, row, world.below)) for who in ("inspector", *others)}
        # To play a recording is the archivist's and the inspector's of the agency itself (S28: by grant).
        assert seen == {"inspector": "f" if row.name.startswith("recordings:") else "o", **others}, row


def test_a_form_of_ours_takes_nothing_of_another_agency(world: World) -> None:
    """Their things in the fields of our forms: not offered, so refused like any other wrong choice."""
    for row in ROWS:
        named = [value[1:] for value in row.form.values() if isinstance(value, str) and value.startswith("@")]
        if not any(world.own[name] != world.foreign[name] for name in named) or row.name in OFFERED:
            continue
        for who in [who for who in OWN if row.letters[who] in "or"]:
            with world.undone():
                assert letter(world.request(who, row, fields=world.foreign)) in "nix", (row, who)


@pytest.mark.parametrize("about", ["cases.case", "cases.receipt", "receptions.reception", "nothing.known"])
@pytest.mark.parametrize("number", ["987654321", "khong-phai-so"])
def test_papers_about_nothing_are_answered_like_papers_of_others(world: World, about: str, number: str) -> None:
    with world.undone():
        answer = world.browser("clerk").get(f"/van-ban/tat-ca/{about}/{number}/", headers=JSON)
    assert answer.status_code == 404 and unknown(answer)


# Halls of other agencies take part in our receptions; who is not governed is left out of a review.
OFFERED = {"receptions:hall_add", "accounts:people_review"}
