"""What an address answers, in one letter, and the rows of the tables that say so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from tests.access.columns import BELOW, EVERYBODY, HALLS, NOBODY, ONE_OF_EACH, OUTSIDE, OWN

# o 200 or 204, r to another page, d to the door of the desk, s signed out (403), f not allowed (403),
# n not found (404), x refused by a rule (409), i bad input (422), t no such token (401).
LETTERS = {200: "o", 204: "o", 401: "t", 404: "n", 409: "x", 422: "i"}
STATUS = {"s": 403, "f": 403, "o": 200, "n": 404, "x": 409, "i": 422}
JSON = {"accept": "application/json"}
GROUPS = {"halls": HALLS, "own": OWN, "below": BELOW, "outside": OUTSIDE, "staff": (*OWN, *BELOW, *OUTSIDE)}

Letters = Mapping[str, str]


def who(default: str, nobody: str = "s", halls: str = "", /, **cells: str) -> Letters:
    """Everybody of the staff answers `default` except the named columns or groups (`o="clerk chair"`); a hall counts
    as nobody unless said otherwise."""
    found = {NOBODY: nobody, **dict.fromkeys(HALLS, halls or nobody), **dict.fromkeys(GROUPS["staff"], default)}
    for letter, names in cells.items():
        for name in names.split():
            found.update(dict.fromkeys(GROUPS.get(name, (name,)), letter))
    unknown = set(found) - set(EVERYBODY)
    assert not unknown, unknown
    return found


def but(base: Letters, /, **cells: str) -> Letters:
    """The same with other letters for some: `but(READ, r="clerk")`."""
    found = dict(base)
    for letter, names in cells.items():
        for name in names.split():
            found.update(dict.fromkeys(GROUPS.get(name, (name,)), letter))
    return found


@dataclass(frozen=True)
class Row:
    """An address with one method. `values` say which things of the world stand in the address, `form` what is sent;
    «@name» in a form is a thing of the world, and so is a list of them."""

    name: str
    method: str
    letters: Letters
    values: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, Any] = field(default_factory=dict)
    query: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.name}"


class Table:
    """The rows of one room; `values` are what its addresses are about unless a row says otherwise."""

    def __init__(self, room: str, columns: tuple[str, ...] = ONE_OF_EACH, **values: str) -> None:
        self.room = room
        self.columns = columns
        self.values = values
        self.rows: list[Row] = []

    def get(self, name: str, letters: Letters, query: str = "", /, **values: str) -> None:
        self._add(name, "GET", letters, {}, values, query)

    def post(self, name: str, letters: Letters, form: Mapping[str, Any] | None = None, **values: str) -> None:
        self._add(name, "POST", letters, form or {}, values, "")

    def both(
        self, name: str, letters: Letters, posted: Letters, form: Mapping[str, Any] | None = None, **values: str
    ) -> None:
        self.get(name, letters, **values)
        self.post(name, posted, form, **values)

    def _add(
        self, name: str, method: str, letters: Letters, form: Mapping[str, Any], values: Mapping[str, str], query: str
    ) -> None:
        full = f"{self.room}:{name}" if self.room else name
        self.rows.append(Row(full, method, letters, {**self.values, **values}, form, query))


def ask(client: Client, method: str, place: str, form: Mapping[str, Any] | None = None) -> Any:
    if method == "GET":
        return client.get(place, headers=JSON)
    return client.post(place, form or {}, headers=JSON)


def letter(answer: Any) -> str:
    status = answer.status_code
    if status == 302:
        return "d" if answer["Location"].startswith("/dang-nhap/?next=") else "r"
    if status == 403:
        is_json = answer["Content-Type"].startswith("application/json")
        return "s" if is_json and answer.json()["code"] == "signed_out" else "f"
    return LETTERS.get(status, str(status))
