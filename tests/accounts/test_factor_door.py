"""Signing in with a code (S01): what the half-way state may do, what is counted, what is taken once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user
from django.test import Client
from django.utils import timezone

from tests import cast
from tests.accounts.test_kept import FORM, OURS
from tests.factor_cast import NOW, STEPS, app_code, enrolled, hidden, password_given, require
from tiepdan.accounts.models import Person
from tiepdan.accounts.models_factor import Factor, RecoveryCode
from tiepdan.accounts.rules import Role
from tiepdan.audit.models import Entry

pytestmark = pytest.mark.django_db
PAGE = "/dang-nhap/ma/"
LATE = "Đã quá 5 phút từ lúc nhập mật khẩu."


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


def half(person: Person, **more: str) -> Client:
    client = Client()
    answer = password_given(client, person, **more)
    assert answer.status_code == 200 and "Nhập mã xác thực" in answer.content.decode()
    return client


def send(client: Client, code: str, **more: str) -> Any:
    return client.post(PAGE, {"factor_code": code, **more})


def events(*names: str) -> list[str]:
    rows = Entry.objects.order_by("id").values_list("event", flat=True)
    return [event for event in rows if event.startswith(names or ("signin", "factor"))]


def test_password_then_code() -> None:
    chair = cast.chair()
    enrolled(chair)
    client = half(chair)
    before = client.cookies["sessionid"].value
    assert get_user(client).is_anonymous
    answer = send(client, app_code(NOW), next="/phe-duyet/")
    assert (answer.status_code, answer["Location"]) == (302, "/phe-duyet/")
    assert get_user(client) == chair and client.cookies["sessionid"].value != before
    assert "half_signed_in" not in client.session
    assert events("signin") == ["signin.code_asked", "signin.staff"]
    assert Entry.objects.get(event="signin.staff").facts["proved_by"] == "mật khẩu và mã xác thực"
    assert client.get(PAGE)["Location"] == "/" and send(client, "1")["Location"] == "/"


def test_half_way_opens_nothing() -> None:
    chair = cast.chair()
    enrolled(chair)
    client = half(chair)
    for place in ("/viec-cua-toi/", "/xac-thuc-hai-lop/", "/doi-mat-khau/", "/buoi-tiep/"):
        assert client.get(place)["Location"].startswith("/dang-nhap/?next="), place
    assert client.get("/phien/").json()["signed_in"] is False
    assert client.get(PAGE).status_code == 200


@pytest.mark.parametrize(("steps", "status"), [(-2, 422), (-1, 302), (0, 302), (1, 302), (2, 422)])
def test_the_telephone_may_be_half_a_minute_off(steps: int, status: int) -> None:
    enrolled(cast.chair())
    assert send(half(cast.chair()), app_code(NOW + steps * STEPS)).status_code == status


def test_a_code_is_taken_once_and_so_is_an_older_one(clock: time_machine.Coordinates) -> None:
    chair = cast.chair()
    enrolled(chair)
    assert send(half(chair), app_code(NOW)).status_code == 302
    for code in (app_code(NOW), app_code(NOW - STEPS)):
        answer = send(half(chair), code)
        assert answer.status_code == 422 and "Mã này đã được dùng." in answer.content.decode()
    clock.shift(STEPS)
    assert send(half(chair), app_code(NOW + STEPS)).status_code == 302
    assert "factor.wrong" not in events()


def test_wrong_codes_count_down_and_lock_even_for_who_gives_the_password_again(clock: Any) -> None:
    chair = cast.chair()
    enrolled(chair)
    for left in (4, 3, 2, 1):
        answer = send(half(chair), "000000")
        assert answer.status_code == 422
        text = answer.content.decode()
        assert f"Mã xác thực chưa đúng. Còn {left} lần thử." in text and "000000" not in text
    for code in ("000000", app_code(NOW)):
        assert "Tạm khóa 15 phút vì nhập sai 5 lần." in send(half(chair), code).content.decode()
    assert events("factor.wrong", "factor.locked") == ["factor.wrong"] * 4 + ["factor.locked"]
    assert Entry.objects.get(event="factor.locked").by_label == "Chưa đăng nhập"
    clock.shift(timedelta(minutes=15, seconds=1))
    assert send(half(chair), app_code(timezone.now())).status_code == 302


def test_one_address_cannot_try_codes_of_many_for_ever() -> None:
    people = [cast.person(f"nguoi-{number}", "Người", Role.CLERK) for number in range(6)]
    for person in people:
        enrolled(person)
    for number in range(20):
        answer = send(half(people[number // 4]), "000000")
    assert "Tạm khóa 15 phút" in answer.content.decode()
    assert password_given(Client(), people[5]).status_code == 409


def test_a_code_on_paper_is_taken_once() -> None:
    chair = cast.chair()
    first, second, *_ = enrolled(chair)
    assert send(half(chair), first.upper().replace("-", " ")).status_code == 302
    assert Entry.objects.get(event="signin.staff").facts["proved_by"] == "mật khẩu và mã dự phòng"
    assert Entry.objects.get(event="factor.recovery_used").facts["left"] == 9
    assert send(half(chair), first).status_code == 422
    assert send(half(chair), second).status_code == 302
    assert RecoveryCode.objects.count() == 8


@pytest.mark.parametrize("change", ["late", "password", "factor", "locked", "nobody"])
def test_the_half_way_state_ends(change: str, clock: time_machine.Coordinates) -> None:
    chair = cast.chair()
    enrolled(chair)
    client = half(chair) if change != "nobody" else Client()
    if change == "late":
        clock.shift(timedelta(minutes=5, seconds=1))
    elif change == "password":
        chair.set_password("mot-mat-khau-khac")
        chair.save()
    elif change == "factor":
        Person.objects.filter(pk=chair.pk).update(factor_at=NOW)
    elif change == "locked":
        Person.objects.filter(pk=chair.pk).update(is_active=False)
    answer = send(client, app_code(timezone.now()), next="/phe-duyet/")
    text = answer.content.decode()
    assert answer.status_code == 409 and LATE in text and 'value="/phe-duyet/"' in text
    assert get_user(client).is_anonymous
    assert client.get(PAGE)["Location"] == "/dang-nhap/"


def test_no_code_is_said_at_the_box() -> None:
    enrolled(cast.chair())
    answer = send(half(cast.chair()), "")
    assert answer.status_code == 422 and "Chưa nhập mã xác thực." in answer.content.decode()


def test_what_was_typed_travels_through_both_steps() -> None:
    approver, client = cast.approver(), Client()
    enrolled(approver)
    page = client.post("/uy-quyen/", {**FORM, "factor_code": "123456"}, headers=OURS)
    page = password_given(client, approver, kept=hidden(page, "kept"))
    page = send(client, "000000", kept=hidden(page, "kept"))
    after = send(client, app_code(NOW), kept=hidden(page, "kept"))
    text = after.content.decode()
    assert after.status_code == 200 and 'action="/uy-quyen/"' in text and 'value="2027-01-04"' in text
    assert "123456" not in text  # a code is never kept


def test_a_key_that_does_not_open_says_what_to_do() -> None:
    chair = cast.chair()
    enrolled(chair)
    Factor.objects.update(sealed="hỏng")
    answer = send(half(chair), app_code(NOW))
    assert answer.status_code == 422 and "Hãy nhờ hai quản trị viên đặt lại" in answer.content.decode()


def test_who_must_have_one_is_led_there_and_reaches_nothing_else() -> None:
    require(Role.TECHNICIAN)
    technician, client = cast.technician(), Client()
    assert password_given(client, technician, next="/buoi-tiep/")["Location"] == "/buoi-tiep/"
    assert client.get("/buoi-tiep/")["Location"] == "/xac-thuc-hai-lop/bat/?next=%2Fbuoi-tiep%2F"
    assert client.get("/buoi-tiep/", headers={"accept": "application/json"}).json()["code"] == "factor_set_up"
    assert client.get("/thong-bao/so/", headers={"hx-request": "true"}).status_code == 204
    for place in ("/xac-thuc-hai-lop/", "/xac-thuc-hai-lop/bat/", "/doi-mat-khau/", "/phien/"):
        assert client.get(place).status_code == 200, place
    assert "«Cán bộ kỹ thuật trung tâm» của bạn bắt buộc" in client.get("/xac-thuc-hai-lop/bat/").content.decode()
    assert client.post("/dang-xuat/")["Location"] == "/dang-nhap/"
    assert cast.browser(cast.clerk()).get("/viec-cua-toi/").status_code == 200


def test_a_rule_that_begins_interrupts_nobody_who_works() -> None:
    technician, client = cast.technician(), Client()
    password_given(client, technician)
    require(Role.TECHNICIAN)
    assert client.get("/buoi-tiep/").status_code == 200
    again = Client()
    password_given(again, technician)
    assert again.get("/buoi-tiep/")["Location"].startswith("/xac-thuc-hai-lop/bat/")
    require()  # the office asks for it no more
    assert again.get("/buoi-tiep/").status_code == 200


def test_a_form_waits_for_nobody_who_has_to_set_it_up_first() -> None:
    require(Role.APPROVER)
    client = Client()
    page = client.post("/uy-quyen/", FORM, headers=OURS)
    assert password_given(client, cast.approver(), kept=hidden(page, "kept")).status_code == 302


def test_a_given_password_comes_first() -> None:
    require(Role.ADMIN)
    admin = cast.admin()
    Person.objects.filter(pk=admin.pk).update(must_change_password=True)
    client = cast.browser(admin)
    for place in ("/quan-tri/", "/xac-thuc-hai-lop/bat/"):
        assert client.get(place)["Location"].startswith("/doi-mat-khau/"), place


def test_secrets_are_in_no_log_and_on_no_page_afterwards() -> None:
    chair = cast.chair()
    codes = enrolled(chair)
    client = half(chair)
    send(client, app_code(NOW))
    entries = str(list(Entry.objects.values_list("facts", "search", "about_label")))
    page = client.get("/xac-thuc-hai-lop/").content.decode()
    for secret in (*codes, "a key of twenty byte", "MEQGWZLZ", app_code(NOW)):
        assert secret not in entries and secret not in page
    stored = str(list(RecoveryCode.objects.values())) + str(list(Factor.objects.values()))
    assert not any(code.replace("-", "") in stored or code in stored for code in codes) and "twenty" not in stored
