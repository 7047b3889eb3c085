"""People with an authenticator app, and what it shows at a moment."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client

from tests import cast
from tiepdan.accounts import sealed
from tiepdan.accounts.actions import factor as actions
from tiepdan.accounts.models import Person
from tiepdan.accounts.models_factor import Factor, FactorRule
from tiepdan.accounts.rules import Role
from tiepdan.accounts.rules_factor import STEP, code_at, step_of

KEY = b"a key of twenty byte"
NOW = datetime(2026, 12, 7, 3, 0, 10, tzinfo=UTC)
STEPS = timedelta(seconds=STEP)


def app_code(at: datetime, key: bytes = KEY) -> str:
    return code_at(key, step_of(at.timestamp()))


def enrolled(person: Person, at: datetime = datetime(2026, 1, 5, 3, 0, tzinfo=UTC)) -> list[str]:
    """The person has an app with `KEY`, for long; their codes on paper."""
    return actions.set_up(person, key=KEY, code=app_code(at), password=cast.PASSWORD, at=at)


def key_of(person: Person) -> bytes:
    key = sealed.unseal(Factor.objects.get(person=person).sealed, person.pk)
    assert key is not None
    return key


def require(*roles: Role) -> None:
    """In the place of the suite's «nobody»."""
    cast.passwords_alone()
    FactorRule.objects.update(roles=[role.value for role in roles])


def password_given(client: Client, person: Person, **more: str) -> Any:
    return client.post("/dang-nhap/", {"username": person.username, "password": cast.PASSWORD, **more})


def hidden(page: Any, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())
    assert found, name
    return found[1]
