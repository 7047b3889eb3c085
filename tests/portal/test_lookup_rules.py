"""What somebody types to look a case up."""

from __future__ import annotations

import pytest

from tiepdan.cases.rules.identity import last_digits
from tiepdan.portal import rules

CODES = [
    ("KM4T-9XQR", "KM4T-9XQR"),
    ("km4t9xqr", "KM4T-9XQR"),
    (" km4t 9xqr ", "KM4T-9XQR"),
    ("KM4T – 9XQR", "KM4T-9XQR"),
    ("KM4T.9XQR", "KM4T-9XQR"),
    ("VV-2026-0041", "VV-2026-0041"),
]


@pytest.mark.parametrize(("typed", "code"), CODES)
def test_a_code_is_read_as_printed(typed: str, code: str) -> None:
    assert rules.typed_code(typed) == code and rules.code_problem(typed) == ""


BAD_CODES = [
    ("", rules.NO_CODE),
    ("  - ", rules.NO_CODE),
    ("KM4T-9XQƯ", rules.BAD_CODE),  # «W» under a Vietnamese typing tool
    ("KM4T'; DROP", rules.BAD_CODE),
    ("<b>KM4T</b>", rules.BAD_CODE),
    ("KM4T-9XQR-KM4T-9XQR-K", rules.BAD_CODE),
    ("😀", rules.BAD_CODE),
    ("٣٤٥٦٧٨٩٠", rules.BAD_CODE),  # digits of another script
    ("KM4T\x009XQR", rules.BAD_CODE),
]


@pytest.mark.parametrize(("typed", "sentence"), BAD_CODES)
def test_what_no_code_can_be_is_told_before_it_counts(typed: str, sentence: str) -> None:
    assert rules.code_problem(typed) == sentence


BAD_DIGITS = [
    ("", rules.NO_DIGITS),
    ("123", rules.BAD_DIGITS),
    ("036085001234", rules.BAD_DIGITS),
    ("12a4", rules.BAD_DIGITS),
    ("١٢٣٤", rules.BAD_DIGITS),
    ("-", rules.NO_DIGITS),
]


@pytest.mark.parametrize(("typed", "sentence"), BAD_DIGITS)
def test_what_no_four_digits_are(typed: str, sentence: str) -> None:
    assert rules.digits_problem(typed) == sentence
    assert rules.digits_problem("12 34") == "" and rules.typed_digits("12 34") == "1234"


KEYS = [
    ("036085001234", "0912 345 678", "1234"),
    ("C1234567", "", "4567"),
    ("", "0912 345 678", "5678"),  # «Bổ sung sau»
    ("", "0299.3810.155", "0155"),
    ("", "", ""),
    ("", "113", ""),
]


@pytest.mark.parametrize(("paper", "phone", "digits"), KEYS)
def test_which_digits_open_a_case(paper: str, phone: str, digits: str) -> None:
    assert last_digits(paper, phone) == digits


def test_nothing_opens_a_case_without_paper_and_telephone() -> None:
    assert not rules.opens("", [""]) and not rules.opens("1234", ["", ""])
    assert rules.opens("1234", ["", "5678", "1234"]) and not rules.opens("1234", ["5678"])


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("unknown", "unknown"),
    ],
)
def test_what_counts_as_one_address(address: str, counted: str) -> None:
    assert rules.neighbourhood(address) == counted
