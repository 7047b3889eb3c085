"""Signing in and out (S01)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user
from django.test import Client
from django.utils import timezone

from tests import cast
from tiepdan.accounts import menu
from tiepdan.accounts.models import Attempts
from tiepdan.audit.models import Entry

pytestmark = pytest.mark.django_db
PAGE = "/dang-nhap/"


def sign_in(client: Client, username: str = "chu-tri", password: str = cast.PASSWORD, **more: str) -> Any:
    return client.post(PAGE, {"username": username, "password": password, **more})


def events() -> list[tuple[str, str, str]]:
    return list(Entry.objects.order_by("id").values_list("event", "by_label", "about_label"))


def test_the_page_shows_both_ways_in() -> None:
    text = Client().get(PAGE).content.decode()
    for words in ("Cán bộ", "Điểm cầu", "/dang-nhap/diem-cau/", "Tên đăng nhập", "Mật khẩu", 'lang="vi"'):
        assert words in text


def test_in_and_out() -> None:
    chair, client = cast.chair(), Client()
    client.cookies["sessionid"] = "made-up"
    response = sign_in(client)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert get_user(client) == chair
    assert client.cookies["sessionid"].value != "made-up"
    assert client.get(PAGE)["Location"] == "/"
    response = client.post("/dang-xuat/")
    assert (response.status_code, response["Location"]) == (302, PAGE)
    assert get_user(client).is_anonymous
    name = "Nguyễn Đức Ân (chu-tri)"
    assert events() == [("signin.staff", name, ""), ("signout.staff", name, "")]
    assert Entry.objects.filter(agency=cast.province(), facts__address="127.0.0.1").count() == 2


def test_signing_out_needs_a_button() -> None:
    assert cast.browser(cast.chair()).get("/dang-xuat/").status_code == 405


def test_the_name_may_be_typed_in_capitals() -> None:
    cast.chair()
    assert sign_in(Client(), "Chu-Tri").status_code == 302


def test_a_hall_that_used_this_browser_is_gone_after_staff_signs_in() -> None:
    cast.chair()
    client = Client()
    session = client.session
    session["credential"] = 7
    session.save()
    sign_in(client)
    assert "credential" not in client.session


def test_a_wrong_password_counts_down_and_then_locks() -> None:
    cast.chair()
    client = Client()
    for left in (4, 3, 2, 1):
        response = sign_in(client, password="sai")
        text = response.content.decode()
        assert response.status_code == 409
        assert f"Tên hoặc mật khẩu chưa đúng. Còn {left} lần thử." in text
        assert 'value="chu-tri"' in text and "sai" not in text.replace("sai 5 lần", "")
    for password in ("sai", cast.PASSWORD):  # locked: the right one does not help either
        response = sign_in(client, password=password)
        assert response.status_code == 409
        assert "Tạm khóa 15 phút vì nhập sai 5 lần." in response.content.decode()
    about = "Nguyễn Đức Ân (chu-tri)"
    assert events() == [("signin.failed", "Chưa đăng nhập", about)] * 4 + [("signin.locked", "Chưa đăng nhập", about)]

    Attempts.objects.update(locked_until=timezone.now() - timedelta(seconds=1))
    assert sign_in(client).status_code == 302


def test_an_unknown_name_gets_the_same_answer_and_is_not_written_down() -> None:
    response = sign_in(Client(), "mat-khau-cua-toi", "x")
    assert "Tên hoặc mật khẩu chưa đúng. Còn 4 lần thử." in response.content.decode()
    entry = Entry.objects.get()
    assert (entry.event, entry.agency, entry.about_label) == ("signin.failed", None, "")
    assert "mat-khau-cua-toi" not in str(entry.facts) + entry.search


def test_one_address_cannot_try_names_for_ever() -> None:
    client = Client()
    for number in range(20):
        response = sign_in(client, f"ten-{number}", "x")
    assert "Tạm khóa 15 phút" in response.content.decode()
    cast.chair()
    assert sign_in(client).status_code == 409
    assert sign_in(Client(REMOTE_ADDR="10.0.0.8")).status_code == 302


def test_somebody_who_left_cannot_sign_in() -> None:
    chair = cast.chair()
    chair.is_active = False
    chair.save()
    assert sign_in(Client()).status_code == 409
    assert "signin.failed" in {event for event, _, _ in events()}


@pytest.mark.parametrize(
    ("username", "password", "sentence"),
    [("", "x", "Chưa nhập tên đăng nhập."), ("chu-tri", "", "Chưa nhập mật khẩu."), ("x" * 61, "x", "60")],
)
def test_what_is_missing_is_said_beside_the_box(username: str, password: str, sentence: str) -> None:
    response = sign_in(Client(), username, password)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("wanted", "target"),
    [
        ("/phong/BT-2026-012/", "/phong/BT-2026-012/"),
        ("https://ke-xau.example/", "/"),
        ("//ke-xau.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_after_signing_in_one_stays_in_the_house(wanted: str, target: str) -> None:
    cast.chair()
    assert sign_in(Client(), next=wanted)["Location"] == target


def test_the_first_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(menu, "_homes", [])
    assert Client().get("/")["Location"] == PAGE
    assert cast.browser(cast.chair()).get("/")["Location"] == settings.STAFF_HOME
    menu.add_home(lambda request: None)
    menu.add_home(lambda request: "/diem-cau-toi/" if "credential" in request.session else None)
    client = Client()
    session = client.session
    session["credential"] = 7
    session.save()
    assert client.get("/")["Location"] == "/diem-cau-toi/"


@pytest.mark.parametrize(
    ("proxies", "header", "address"),
    [
        (0, "1.1.1.1", "10.0.0.7"),
        (1, "6.6.6.6, 1.1.1.1", "1.1.1.1"),
        (2, "6.6.6.6, 1.1.1.1, 10.0.0.2", "1.1.1.1"),
        (1, "", "10.0.0.7"),
        (3, "1.1.1.1", "1.1.1.1"),
    ],
)
def test_a_client_cannot_choose_its_address(settings: Any, proxies: int, header: str, address: str) -> None:
    settings.PROXIES = proxies
    cast.chair()
    sign_in(Client(REMOTE_ADDR="10.0.0.7", headers={"x-forwarded-for": header}))
    assert Entry.objects.get().facts["address"] == address
