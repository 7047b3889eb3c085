"""Slips: given, replaced, withdrawn and used; every sign-in that was refused is in the log with its reason."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import cast
from tests import reception_cast as stage
from tests.reception_cast import NOW, PHONE
from tiepdan.audit.models import Entry
from tiepdan.kernel.refusals import Refused
from tiepdan.receptions.actions import find_credential, issue_credential, revoke_credential, sign_in_point
from tiepdan.receptions.models import Credential, Reception, ReceptionPoint
from tiepdan.receptions.rules import credential_problem

pytestmark = pytest.mark.django_db
RIGHT, WRONG = "CDFG-HJKM-NPQR", "XXXX-XXXX-XXXX"
MINUTE = timedelta(minutes=1)


def hall() -> ReceptionPoint:
    return stage.hall(stage.reception())


def sign_in(
    password: str = RIGHT, name: str = stage.COMMUNE, minutes: float = 0, address: str = "10.0.0.7"
) -> Credential:
    return sign_in_point(name, password, address=address, now=NOW + minutes * MINUTE)


def refused(password: str = RIGHT, name: str = stage.COMMUNE, minutes: float = 0, address: str = "10.0.0.7") -> Refused:
    with pytest.raises(Refused) as caught:
        sign_in(password, name, minutes, address)
    return caught.value


def last() -> Entry:
    return Entry.objects.order_by("-pk")[0]


def test_the_password_is_given_once_and_kept_as_a_hash() -> None:
    slip, password = issue_credential(hall(), by=cast.technician(), now=NOW)
    slip.refresh_from_db()
    assert password not in slip.password and password.replace("-", "") not in slip.password
    assert find_credential(slip.username, password.lower().replace("-", " "), NOW) == slip
    assert password not in str(Entry.objects.values_list("facts", "search"))
    assert (last().event, last().by, last().facts["hall"]) == ("credential.issued", cast.technician(), slip.hall.key)


def test_a_new_slip_kills_the_old_one_at_once() -> None:
    place = hall()
    old, password = issue_credential(place, by=cast.technician(), now=NOW)
    new, second = issue_credential(place, by=cast.technician(), now=NOW + MINUTE)
    assert password != second
    old.refresh_from_db()
    assert (old.revoked_at, new.revoked_at) == (NOW + MINUTE, None)
    assert refused(password, minutes=1).code == "revoked"
    assert sign_in(second, minutes=1) == new


@pytest.mark.parametrize(
    ("issued", "begins"),
    [(timedelta(days=-9), timedelta(days=-2)), (timedelta(hours=-3), timedelta(hours=-3)), (MINUTE, MINUTE)],
)
def test_a_slip_works_from_the_tests_until_some_hours_after_the_end(issued: timedelta, begins: timedelta) -> None:
    place = hall()
    starts, ends = place.reception.starts_at, place.reception.ends_at
    slip, _ = issue_credential(place, by=cast.technician(), now=starts + issued)
    assert (slip.valid_from, slip.valid_to) == (starts + begins, ends + timedelta(hours=12))
    assert credential_problem(slip.facts, max(starts, starts + issued)) == ""


@pytest.mark.parametrize("state", ["closed", "sealed"])
def test_no_slip_is_given_after_the_end(state: str) -> None:
    place = stage.hall(stage.reception(state=state))
    with pytest.raises(Refused, match=r"BT-2026-012 đã kết thúc nên không cấp tài khoản") as caught:
        issue_credential(place, by=cast.technician(), now=NOW)
    assert caught.value.code == "closed"
    assert not Credential.objects.exists()


def test_a_slip_is_withdrawn_once() -> None:
    slip = stage.credential(hall())
    revoke_credential(slip, by=cast.technician(), now=NOW)
    assert last().event == "credential.revoked"
    with pytest.raises(Refused, match="đã được thu hồi trước đó"):
        revoke_credential(slip, by=cast.technician(), now=NOW)
    assert stage.events(start="credential.revoked") == ["credential.revoked"]


def test_signing_in_writes_down_which_hall_came_from_where() -> None:
    slip = stage.credential(hall())
    assert sign_in(" cdfghjkm npqr ", name=" XA-Thanh-Loc ") == slip
    slip.refresh_from_db()
    assert slip.used_at == NOW
    assert (last().event, last().by_label, last().facts) == (
        "point.signed_in",
        "Điểm cầu Xã Thanh Lộc",
        {"hall": slip.hall.key, "address": "10.0.0.7"},
    )


def test_yesterdays_and_todays_slips_of_a_hall_are_told_apart_by_the_password() -> None:
    stage.credential(hall(), RIGHT, valid_to=NOW - MINUTE)
    today = stage.credential(stage.hall(stage.reception("BT-2026-013")), "TVWX-Y346-7949")
    assert sign_in("tvwx-y346-7949") == today
    assert refused(RIGHT).code == "expired"


def test_wrong_passwords_are_counted_down_and_lock_the_name() -> None:
    stage.credential(hall())
    for left in (4, 3, 2, 1):
        refusal = refused(WRONG)
        assert (refusal.code, refusal.sentence) == ("wrong", f"Tên hoặc mật khẩu chưa đúng. Còn {left} lần thử.")
    locked = f"Tạm khóa 15 phút vì nhập sai 5 lần. Điểm cầu cần vào ngay: gọi {PHONE} để được mở."
    for password, minutes in ((WRONG, 0.0), (WRONG, 1.0), (RIGHT, 14.9)):
        refusal = refused(password, minutes=minutes, address="10.9.9.9" if minutes else "10.0.0.7")
        assert (refusal.code, refusal.sentence) == ("locked", locked)
    assert sign_in(minutes=15)
    codes = [entry.facts["code"] for entry in Entry.objects.filter(event="point.sign_in_refused").order_by("pk")]
    assert codes == ["wrong"] * 4 + ["locked"] * 3


def test_a_good_sign_in_forgets_the_failures() -> None:
    stage.credential(hall())
    for _ in range(3):
        refused(WRONG)
    sign_in()
    assert "Còn 4 lần thử" in refused(WRONG).sentence


def test_an_unknown_name_reads_like_a_wrong_password() -> None:
    stage.credential(hall())
    assert refused(WRONG, name="xa-khong-co").sentence == refused(WRONG).sentence
    assert "xa-khong-co" not in str(Entry.objects.values_list("by_label", "facts", "search", "about_label"))


def test_without_any_reception_a_stranger_is_refused_too() -> None:
    assert refused(WRONG, name="ai-do").code == "wrong"
    assert (last().agency, last().about_id) == (None, "")


def test_one_address_that_guesses_many_names_is_locked() -> None:
    stage.credential(hall())
    for number in range(19):
        assert refused(WRONG, name=f"diem-cau-{number}").code == "wrong"
    assert refused(WRONG, name="diem-cau-20").code == "locked"
    assert refused(RIGHT).code == "locked"
    assert sign_in(address="10.0.0.8")


@pytest.mark.parametrize(
    ("fields", "code", "sentence"),
    [
        (
            {"valid_from": NOW + MINUTE},
            "not_yet",
            f"Tài khoản điểm cầu này có hiệu lực từ 08:31, 17/12/2026. Cần vào sớm hơn, gọi: {PHONE}.",
        ),
        (
            {"valid_to": NOW - MINUTE},
            "expired",
            f"Tài khoản điểm cầu này hết hiệu lực từ 08:29, 17/12/2026. Gọi điểm cầu trung tâm để cấp lại: {PHONE}.",
        ),
        (
            {"revoked_at": NOW},
            "revoked",
            f"Tài khoản này đã được thu hồi lúc 08:30, 17/12/2026. Gọi điểm cầu trung tâm: {PHONE}.",
        ),
    ],
)
def test_a_slip_that_does_not_work_is_refused_by_name(fields: dict[str, object], code: str, sentence: str) -> None:
    slip = stage.credential(hall(), **fields)
    refusal = refused()
    assert (refusal.code, refusal.sentence, refusal.status) == (code, sentence, 409)
    assert (last().event, last().facts) == ("point.sign_in_refused", {"code": code, "address": "10.0.0.7"})
    assert (last().by_label, last().about_id) == ("Điểm cầu Xã Thanh Lộc", str(Reception.objects.get().pk))
    slip.refresh_from_db()
    assert slip.used_at is None
