"""Codes of an authenticator app and codes on paper, as tables; how their secrets lie in the database."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from tests.factor_cast import KEY
from tiepdan.accounts import qr, sealed
from tiepdan.accounts import rules_factor as rules
from tiepdan.accounts.rules import Role

NOW = 1_765_076_410.0  # ten seconds into a step


@pytest.mark.parametrize(
    ("seconds", "code"),
    # RFC 6238, appendix B: the SHA-1 rows, with the last six of their eight digits.
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_the_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    key = b"12345678901234567890"
    assert rules.code_at(key, rules.step_of(seconds)) == code
    assert rules.matching_step(key, code, seconds) == rules.step_of(seconds)


@pytest.mark.parametrize(("steps", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_one_step_off(steps: int, fits: bool) -> None:
    step = rules.step_of(NOW) + steps
    assert rules.matching_step(KEY, rules.code_at(KEY, step), NOW) == (step if fits else None)


@pytest.mark.parametrize(
    ("typed", "plain", "is_app"),
    [
        ("123456", "123456", True),
        (" 123 456 ", "123456", True),
        ("12345", "12345", False),
        ("１２３４５６", "１２３４５６", False),
        ("K7M2P-XW9TA", "k7m2pxw9ta", False),
        ("", "", False),
    ],
)
def test_what_people_type(typed: str, plain: str, is_app: bool) -> None:
    assert rules.plain_code(typed) == plain
    assert rules.is_app_code(plain) == is_app


def test_codes_on_paper_are_easy_to_read_and_each_is_another() -> None:
    codes = {rules.new_recovery_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(len(code) == 11 and not set(code) & set("0o1li") for code in codes)


@pytest.mark.parametrize(
    ("required", "held", "wanting"),
    [
        (rules.DEFAULT_ROLES, {Role.CLERK, Role.ADMIN}, [Role.ADMIN]),
        (rules.DEFAULT_ROLES, {Role.APPROVER, Role.CHAIR}, []),
        (set(), {Role.ADMIN}, []),
        ({Role.APPROVER, Role.CLERK}, {Role.CLERK, Role.APPROVER}, [Role.CLERK, Role.APPROVER]),
    ],
)
def test_which_roles_ask_for_one(required: Any, held: Any, wanting: list[Role]) -> None:
    assert rules.wanting(required, held) == wanting


def test_a_key_is_sealed_for_one_person_and_for_a_while() -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        text = sealed.seal(KEY, 7)
        assert KEY.decode() not in text and sealed.seal(KEY, 7) != text
        assert sealed.unseal(text, 7) == KEY
        assert sealed.unseal(text, 8) is None
        assert sealed.unseal(text[:-4] + "AAA=", 7) is None and sealed.unseal("đ", 7) is None
        clock.shift(timedelta(minutes=31))
        assert sealed.unseal(text, 7, rules.SETTING_UP) is None
        assert sealed.unseal(text, 7) == KEY


def test_another_secret_key_opens_nothing(settings: Any) -> None:
    text, paper = sealed.seal(KEY, 7), sealed.digest("k7m2pxw9ta", 7)
    assert sealed.digest("k7m2pxw9ta", 8) != paper
    settings.SECRET_KEY = "another"
    assert sealed.unseal(text, 7) is None and sealed.digest("k7m2pxw9ta", 7) != paper


def test_the_picture_keeps_to_the_rules_of_the_browser() -> None:
    drawn = qr.picture(rules.address_for_app(KEY, "can-bo"))
    assert drawn.startswith("<svg ") and "style" not in drawn and "href" not in drawn and "<script" not in drawn
    assert rules.in_groups("ABCDEFGHIJ") == "ABCD EFGH IJ"
