"""Of two who do the same at one moment one wins: codes, codes on paper, tries, a reset that two administrators see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests import cast
from tests.factor_cast import NOW, app_code, enrolled
from tiepdan.accounts.actions.factor import CodeRefused, with_code
from tiepdan.accounts.actions.factor_admin import ask_reset, confirm_reset, drop_reset
from tiepdan.accounts.models import Attempts, Person
from tiepdan.accounts.models_factor import FactorReset, RecoveryCode
from tiepdan.accounts.rules import Role
from tiepdan.kernel.refusals import Refused

pytestmark = pytest.mark.django_db(transaction=True)
Race = Callable[..., list[object]]


def show(code: str) -> Callable[[], Any]:
    """A request of its own, with a row of the person of its own."""

    def act() -> str:
        person = Person.objects.get(username="can-bo")
        return with_code(person, code, lambda how: how, at=NOW, paper_too=True)

    return act


def told(results: list[object]) -> list[str]:
    return sorted(result if isinstance(result, str) else type(result).__name__ for result in results)


def test_a_code_counts_once(race: Race) -> None:
    papers = enrolled(cast.clerk())
    assert told(race(*[show(app_code(NOW))] * 3)) == ["CodeRefused", "CodeRefused", "mật khẩu và mã xác thực"]
    assert told(race(*[show(papers[0])] * 3)) == ["CodeRefused", "CodeRefused", "mật khẩu và mã dự phòng"]
    assert RecoveryCode.objects.count() == 9


def test_tries_of_one_moment_are_counted_one_by_one(race: Race) -> None:
    enrolled(cast.clerk())
    results = race(*[show("000000")] * 6)
    left = sorted(str(result) for result in results if isinstance(result, CodeRefused))
    assert left[:4] == [f"Mã xác thực chưa đúng. Còn {number} lần thử." for number in (1, 2, 3, 4)]
    assert sum("Tạm khóa" in sentence for sentence in left) == 2
    assert Attempts.objects.get(key="code:can-bo").failures == 5


def test_a_reset_is_confirmed_or_dropped_and_not_both(race: Race) -> None:
    clerk, admin, second = cast.clerk(), cast.admin(), cast.person("quan-tri-2", "Hai", Role.ADMIN)
    enrolled(clerk)
    ask_reset(clerk, reason="Mất", by=admin, at=NOW)
    results = race(
        lambda: confirm_reset(Person.objects.get(pk=clerk.pk), by=second, at=NOW),
        lambda: drop_reset(Person.objects.get(pk=clerk.pk), by=admin, at=NOW),
    )
    assert sorted(isinstance(result, Refused) for result in results) == [False, True]
    state = FactorReset.objects.get().state
    clerk.refresh_from_db()
    assert (clerk.factor_at is None) == (state == "done")
