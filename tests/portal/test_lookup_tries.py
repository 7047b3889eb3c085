"""Five wrong tries, and what is no try at all (S37)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.portal.lookup_cast import CODE, DIGITS, PLACE, ask, case, words
from tiepdan.accounts.models import Attempts
from tiepdan.audit.models import Entry
from tiepdan.kernel.refusals import Refused
from tiepdan.portal.actions import look_up
from tiepdan.portal.rules import BAD_CODE, BAD_DIGITS, LOCK, NO_CODE, NO_DIGITS, TRIES_OF_ADDRESS, TRIES_OF_CODE

pytestmark = pytest.mark.django_db
LOCKED = "Nhập sai 5 lần; thử lại sau 30 phút hoặc gọi 0299 3810 155."


@pytest.fixture(autouse=True)
def _phone(settings: Any) -> None:
    settings.HELP_PHONE = "0299 3810 155"


def test_five_wrong_tries_lock_a_code_for_that_address_for_half_an_hour() -> None:
    case()
    for number in range(5):
        told = ask(digits="0000")
        assert told.status_code == (422 if number < 4 else 409)
    assert LOCKED in words(told)
    right = ask()
    assert right.status_code == 409 and LOCKED in words(right)
    assert Entry.objects.filter(event="lookup.locked").count() == 1
    _an_hour_later()
    assert ask().status_code == 200


def test_who_mistypes_shuts_out_nobody_else_behind_the_same_address() -> None:
    """Hundreds of telephones come from one address of their company."""
    case()
    for number in range(3):
        for _ in range(6):
            told = ask(f"CDFG-HJK{number + 2}")
        assert told.status_code == 409
    assert ask().status_code == 200


def test_nor_the_citizen_whose_code_somebody_elsewhere_tries() -> None:
    case()
    for _ in range(6):
        assert ask(digits="0000", REMOTE_ADDR="10.0.1.1").status_code in (422, 409)
    assert ask(REMOTE_ADDR="10.0.2.1").status_code == 200


def test_many_machines_that_guess_the_digits_of_one_code_are_stopped() -> None:
    case()
    for number in range(TRIES_OF_CODE):
        told = ask(digits="0000", REMOTE_ADDR=f"10.0.1.{number}")
        assert told.status_code == (422 if number < TRIES_OF_CODE - 1 else 409)
    assert LOCKED in words(told) and ask(REMOTE_ADDR="10.0.2.1").status_code == 409
    assert Entry.objects.filter(event="lookup.locked").count() == 1
    _an_hour_later()
    assert ask(REMOTE_ADDR="10.0.2.1").status_code == 200


def _an_hour_later() -> None:
    for row in Attempts.objects.all():
        row.last_at -= timedelta(hours=1)
        row.locked_until = row.locked_until and row.locked_until - timedelta(hours=1)
        row.save()


def test_a_code_that_nobody_has_is_locked_like_any_other() -> None:
    for _ in range(5):
        told = ask("CCCC-CCCC")
    assert told.status_code == 409 and LOCKED in words(told)


@pytest.mark.parametrize("own", [False, True])
def test_an_address_that_tries_many_codes_is_stopped_also_with_one_good_code_in_hand(own: bool) -> None:
    case()
    for number in range(TRIES_OF_ADDRESS):
        if own and number % 4 == 3:
            assert ask().status_code == 200
        told = ask(f"CDFG-{number // 10 + 2}{number % 10}HJ")
        assert told.status_code == (422 if number < TRIES_OF_ADDRESS - 1 else 409)
    assert LOCKED in words(told) and ask().status_code == 409
    assert ask(REMOTE_ADDR="10.9.9.9").status_code == 200


def test_a_machine_does_not_become_another_with_the_second_half_of_its_address() -> None:
    case()
    for number in range(5):
        told = ask(digits="0000", REMOTE_ADDR=f"2001:db8:1:2:{number}::1")
    assert told.status_code == 409
    assert ask(REMOTE_ADDR="2001:db8:1:3::1").status_code == 200


def test_the_lock_ends_by_itself_and_not_before() -> None:
    case()
    start = timezone.now()
    for _ in range(5):
        with pytest.raises(Refused):
            look_up(CODE, "0000", address="10.0.0.1", now=start)
    with pytest.raises(Refused) as refused:
        look_up(CODE, DIGITS, address="10.0.0.1", now=start + LOCK - timedelta(seconds=1))
    assert refused.value.sentence == LOCKED
    assert look_up(CODE, DIGITS, address="10.0.0.1", now=start + LOCK).lookup_code == CODE


def test_a_good_look_up_begins_the_count_anew() -> None:
    case()
    for _ in range(3):
        for _ in range(4):
            assert ask(digits="0000").status_code == 422
        assert ask().status_code == 200
    assert [row.failures for row in Attempts.objects.all()] == [12]  # of the address, against trying many codes


def test_of_good_look_ups_nothing_is_kept() -> None:
    case()
    assert ask().status_code == 200 and Attempts.objects.count() == 0


def test_wrong_tries_hold_no_code_and_slips_of_the_pen_are_no_tries() -> None:
    for code, digits in [("", DIGITS), ("KM4T-9XQƯ", DIGITS), (CODE, "12"), (CODE, "")] * 2:
        assert ask(code, digits).status_code == 422
    assert Attempts.objects.count() == 0
    ask("VV-2026-0041")
    assert [row.key for row in Attempts.objects.all() if "VV-2026" in row.key or "0041" in row.key] == []
    assert Attempts.objects.count() == 3


def test_without_a_telephone_the_lock_says_where_to_go(settings: Any) -> None:
    settings.HELP_PHONE = ""
    for _ in range(5):
        told = ask("CCCC-CCCC")
    assert "Nhập sai 5 lần; thử lại sau 30 phút hoặc đến nơi tiếp công dân." in words(told)


# -- bad input

BAD = [
    ({}, [NO_CODE, NO_DIGITS]),
    ({"code": CODE}, [NO_DIGITS]),
    ({"digits": DIGITS}, [NO_CODE]),
    ({"code": "KM4T-9XQƯ", "digits": "12a4"}, [BAD_CODE, BAD_DIGITS]),
    ({"code": "<script>alert(1)</script>", "digits": "036085001234"}, [BAD_CODE, BAD_DIGITS]),
    ({"code": "K" * 5000, "digits": "1" * 5000}, [BAD_CODE, BAD_DIGITS]),
    ({"code": ["A", "B"], "digits": ["1", "2"]}, [BAD_DIGITS]),
]


@pytest.mark.parametrize(("posted", "sentences"), BAD)
def test_bad_input_is_told_at_its_field_and_kept(posted: dict[str, Any], sentences: list[str]) -> None:
    for place in (PLACE, "/tra-cuu/diem-cau/"):
        answer = Client().post(place, posted)
        text = words(answer)
        assert answer.status_code == 422 and all(one in text for one in sentences), text
        assert "<script>alert" not in answer.content.decode()
        if posted.get("code") == CODE:
            assert f'value="{CODE}"' in answer.content.decode()


def test_another_site_cannot_use_up_somebodys_tries() -> None:
    """Without a cookie there is no token; the browser says where the form came from."""
    case()
    for header in (
        {"Origin": "https://noi-khac.vn"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ):
        told = ask(digits="0000", headers=header)
        assert told.status_code == 403 and "nhập lại mã tra cứu" in words(told)
    assert Attempts.objects.count() == 0
    for header in ({"Origin": "http://testserver"}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}):
        assert ask(headers=header).status_code == 200
