"""What was typed survives a session that ended while somebody was writing."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from tests import cast
from tiepdan.accounts import kept
from tiepdan.accounts.models import Delegation, Person

pytestmark = pytest.mark.django_db
OURS = {"origin": "http://testserver"}
FORM = {"reason": "Đi công tác & họp <hai> ngày", "valid_from": "2027-01-04", "nguoi": ["1", "2"]}


def signing_in(client: Client, page: Any, person: Person) -> Any:
    person.set_password("mat-khau-that-dai")
    person.save()
    sent = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.content.decode()))
    return client.post("/dang-nhap/", {**sent, "username": person.username, "password": "mat-khau-that-dai"})


def hidden(page: Any) -> list[tuple[str, str]]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.content.decode())
    return [(name, unescape(value)) for name, value in found if name != "csrfmiddlewaretoken"]


def test_a_form_sent_after_the_session_ended_travels_through_the_sign_in() -> None:
    client = Client()
    page = client.post("/uy-quyen/", FORM, headers=OURS)
    assert page.status_code == 403 and kept.SIGNED_OUT in page.content.decode()
    after = signing_in(client, page, cast.approver())
    assert after.status_code == 200 and 'action="/uy-quyen/"' in after.content.decode()
    assert hidden(after) == [
        ("reason", FORM["reason"]),
        ("valid_from", "2027-01-04"),
        ("nguoi", "1"),
        ("nguoi", "2"),
    ]
    answer = client.post("/uy-quyen/", dict(hidden(after)))
    assert answer.status_code == 422 and "Đi công tác &amp; họp &lt;hai&gt; ngày" in answer.content.decode()
    assert not Delegation.objects.exists()


def test_a_wrong_password_keeps_it_too() -> None:
    client = Client()
    page = client.post("/uy-quyen/", FORM, headers=OURS)
    sent = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.content.decode()))
    again = client.post("/dang-nhap/", {**sent, "username": "khong-ai", "password": "sai"})
    assert 'name="kept"' in again.content.decode()
    assert "Gửi tiếp" in signing_in(client, again, cast.approver()).content.decode()


def test_a_page_older_than_the_last_sign_in_keeps_what_was_typed() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.approver())
    page = client.post("/uy-quyen/", {**FORM, "csrfmiddlewaretoken": "x" * 64}, headers=OURS)
    assert page.status_code == 403 and "Phần đang soạn được giữ nguyên" in page.content.decode()
    assert dict(hidden(page))["reason"] == FORM["reason"]


@pytest.mark.parametrize("origin", ["https://khac.example", ""])
def test_a_form_of_another_site_is_never_shown_as_ones_own(origin: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.approver())
    page = client.post("/uy-quyen/", FORM, headers={"origin": origin} if origin else {})
    assert page.status_code == 403 and "Đi công tác" not in page.content.decode()
    stranger = Client().post("/uy-quyen/", FORM, headers={"origin": origin} if origin else {})
    assert stranger.status_code in (302, 403) and b'name="kept"' not in stranger.content


def test_passwords_are_not_kept_and_a_forged_parcel_is_nothing() -> None:
    client = Client()
    page = client.post("/quan-tri/nguoi-dung/them/", {"password": "bi-mat", "full_name": "A"}, headers=OURS)
    parcel = kept.unpack(dict(re.findall(r'name="([^"]+)" value="([^"]*)"', page.content.decode()))["kept"])
    assert parcel is not None and parcel.fields == [("full_name", "A")]
    assert kept.unpack("khong-phai") is None
    assert client.post("/doi-mat-khau/", {"old": "bi-mat"}, headers=OURS).status_code == 302


def test_a_part_that_asks_for_itself_is_told_and_not_replaced_by_a_sign_in_page() -> None:
    answer = Client().get("/viec-cua-toi/danh-sach/", headers={"hx-request": "true"})
    assert answer.status_code == 401 and "<form" not in answer.content.decode()


def test_a_page_asks_whether_anybody_is_signed_in() -> None:
    assert Client().get("/phien/").json()["signed_in"] is False
    told = cast.browser(cast.clerk()).get("/phien/").json()
    assert told["signed_in"] is True and told["token"]
