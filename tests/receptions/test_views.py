"""Pages of the desk about receptions, and the door of the halls."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import cast
from tests import reception_cast as stage
from tests.reception_cast import PHONE
from tiepdan.audit.models import Entry
from tiepdan.receptions.access import CREDENTIAL_KEY
from tiepdan.receptions.models import Credential, Reception

pytestmark = pytest.mark.django_db
DOOR = "/dang-nhap/diem-cau/"
RIGHT = "CDFG-HJKM-NPQR"
JSON = {"accept": "application/json"}


@pytest.fixture
def of() -> Reception:
    return stage.reception(now=timezone.now())


def page(of: Reception, rest: str = "") -> str:
    return f"/buoi-tiep/{of.code}/{rest}"


def hall_page(of: Reception, act: str, slug: str = stage.COMMUNE) -> str:
    return page(of, f"diem-cau/{stage.hall(of, slug).pk}/{act}/")


def password_on(answer: Any) -> str:
    text = answer.content.decode()
    return text.split('data-slip="password">')[1].split("<")[0]


def test_a_stranger_is_sent_to_the_door(of: Reception) -> None:
    for address in ("/buoi-tiep/", page(of)):
        answer = Client().get(address)
        assert (answer.status_code, answer["Location"]) == (302, f"/dang-nhap/?next={address}")


def test_the_list_names_the_receptions_of_the_desk_and_no_others(of: Reception) -> None:
    stage.foreign_reception(timezone.now())
    stage.reception("BT-2026-011", now=timezone.now() - timedelta(days=3), state="sealed")
    text = cast.browser(cast.chair()).get("/buoi-tiep/").content.decode()
    assert of.code in text and "BT-2026-011" in text and "BT-KHAC-001" not in text
    assert text.index("Hôm nay") < text.index("Đã qua")
    assert "Sẵn sàng" in text and "Đã niêm phong" in text
    assert f"/phong/{of.code}/" in text and "/ban-ghi/BT-2026-011/" in text


def test_who_has_no_part_reads_so() -> None:
    text = cast.browser(cast.outsider()).get("/buoi-tiep/").content.decode()
    assert "Bạn chưa có buổi tiếp nào." in text


def test_the_page_of_a_reception_names_its_halls(of: Reception) -> None:
    text = cast.browser(cast.clerk()).get(page(of)).content.decode()
    assert all(name in text for name in stage.HALLS.values())
    assert "Cấp tài khoản" not in text and PHONE in text


def test_the_tab_of_accounts_names_its_halls(of: Reception) -> None:
    text = cast.browser(cast.clerk()).get(page(of, "tai-khoan/")).content.decode()
    assert all(name in text for name in stage.HALLS.values())
    assert "data-command" not in text


def test_only_the_technician_sees_the_buttons_and_only_before_the_end(of: Reception) -> None:
    stage.credential(stage.hall(of))
    desk = cast.browser(cast.technician())
    text = desk.get(page(of, "tai-khoan/")).content.decode()
    assert text.count('data-command="issue"') == 4 and text.count('data-command="revoke"') == 1
    Reception.objects.update(state="closed")
    assert "data-command" not in desk.get(page(of, "tai-khoan/")).content.decode()


def test_somebody_elses_reception_is_not_told_and_the_attempt_is_in_the_log(of: Reception) -> None:
    outsider = cast.browser(cast.outsider())
    theirs, nothing = outsider.get(page(of)), outsider.get("/buoi-tiep/BT-0000-000/")
    assert (theirs.status_code, nothing.status_code) == (404, 404)
    assert "Không tìm thấy trang này, hoặc bạn không có quyền xem." in theirs.content.decode()
    entry = Entry.objects.get(event="access.refused")
    assert (entry.by, entry.about_id, entry.agency) == (cast.outsider(), str(of.pk), of.agency)


def test_the_password_is_shown_once(of: Reception) -> None:
    desk = cast.browser(cast.technician())
    answer = desk.post(hall_page(of, "cap-tai-khoan"))
    password = password_on(answer)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert "Mật khẩu chỉ hiện một lần." in answer.content.decode()
    assert password not in desk.get(page(of, "tai-khoan/")).content.decode()
    assert password not in Credential.objects.get().password
    assert Client().post(DOOR, {"name": stage.COMMUNE, "password": password}).status_code == 302


def test_a_second_slip_kills_the_first_and_cuts_its_browser_off(of: Reception) -> None:
    desk = cast.browser(cast.technician())
    first = password_on(desk.post(hall_page(of, "cap-tai-khoan")))
    browser = Client()
    browser.post(DOOR, {"name": stage.COMMUNE, "password": first})
    assert browser.get(f"/phong/{of.code}/").status_code == 200
    second = password_on(desk.post(hall_page(of, "cap-tai-khoan")))
    answer = browser.get(f"/phong/{of.code}/")
    assert answer.status_code == 409 and "Tài khoản này đã được thu hồi lúc" in answer.content.decode()
    assert Client().post(DOOR, {"name": stage.COMMUNE, "password": first}).status_code == 409
    assert Client().post(DOOR, {"name": stage.COMMUNE, "password": second}).status_code == 302


def test_a_slip_is_withdrawn_from_the_page(of: Reception) -> None:
    stage.credential(stage.hall(of))
    desk = cast.browser(cast.technician())
    assert desk.post(hall_page(of, "thu-hoi"))["Location"] == page(of, "tai-khoan/")
    assert Credential.objects.get().revoked_at is not None
    again = desk.post(hall_page(of, "thu-hoi"))
    assert (again.status_code, "không có tài khoản nào đang dùng" in again.content.decode()) == (409, True)


@pytest.mark.parametrize("act", ["cap-tai-khoan", "thu-hoi"])
def test_slips_are_the_technicians_alone(of: Reception, act: str) -> None:
    stage.credential(stage.hall(of))
    before = list(Credential.objects.values())
    for who in (cast.chair(), cast.secretary(), cast.clerk(), cast.admin(), cast.inspector()):
        answer = cast.browser(who).post(hall_page(of, act), headers=JSON)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
        assert "khoản 2 Điều 23 NĐ 154/2026" in answer.json()["sentence"]
    assert cast.browser(cast.outsider()).post(hall_page(of, act)).status_code == 404
    assert cast.browser(cast.technician()).get(hall_page(of, act)).status_code == 405
    assert list(Credential.objects.values()) == before


@pytest.mark.parametrize("act", ["cap-tai-khoan", "thu-hoi"])
def test_a_hall_of_another_reception_is_not_found(of: Reception, act: str) -> None:
    other = stage.hall(stage.foreign_reception(timezone.now()))
    for pk in (other.pk, 999_999):
        assert cast.browser(cast.technician()).post(page(of, f"diem-cau/{pk}/{act}/")).status_code == 404
    assert not Credential.objects.exists()


def test_no_slip_after_the_end(of: Reception) -> None:
    Reception.objects.update(state="closed")
    answer = cast.browser(cast.technician()).post(hall_page(of, "cap-tai-khoan"), headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (409, "closed")


def test_the_door_of_the_halls_leads_to_the_device_check(of: Reception) -> None:
    slip = stage.credential(stage.hall(of))
    browser = Client()
    assert "Mật khẩu trên phiếu" in browser.get(DOOR).content.decode()
    answer = browser.post(DOOR, {"name": " Xa-Thanh-Loc ", "password": "cdfg hjkm npqr"})
    assert (answer.status_code, answer["Location"]) == (302, "/diem-cau-toi/")
    assert browser.session[CREDENTIAL_KEY] == slip.pk
    assert browser.get(DOOR)["Location"] == "/diem-cau-toi/"
    assert browser.get("/")["Location"] == "/diem-cau-toi/"
    assert browser.post("/dang-xuat/diem-cau/")["Location"] == DOOR
    assert browser.get(f"/phong/{of.code}/").status_code == 302


def test_a_machine_signs_in_with_json(of: Reception) -> None:
    stage.credential(stage.hall(of))
    answer = Client().post(DOOR, {"name": stage.COMMUNE, "password": RIGHT}, headers=JSON)
    assert answer.json() == {"next": "/diem-cau-toi/", "room": f"/phong/{of.code}/"}


def test_one_browser_is_either_a_persons_or_a_halls(of: Reception) -> None:
    stage.credential(stage.hall(of))
    browser = cast.browser(cast.chair())
    browser.post(DOOR, {"name": stage.COMMUNE, "password": RIGHT})
    assert browser.get("/buoi-tiep/").status_code == 302
    assert browser.post(f"/phong/{of.code}/khai-mac/", headers=JSON).status_code == 403


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"password": RIGHT}, "Chưa nhập tên điểm cầu."),
        ({"name": "xa", "password": ""}, "Chưa nhập mật khẩu trên phiếu."),
        ({"name": "x" * 61, "password": RIGHT}, "60"),
    ],
)
def test_an_unfinished_slip_is_no_attempt(of: Reception, form: dict[str, str], sentence: str) -> None:
    shown, told = Client().post(DOOR, form), Client().post(DOOR, form, headers=JSON)
    assert (shown.status_code, told.status_code, told.json()["code"]) == (422, 422, "form")
    assert sentence in shown.content.decode() and sentence in told.json()["sentence"]
    assert not Entry.objects.filter(event="point.sign_in_refused").exists()


@pytest.mark.parametrize(
    ("fields", "code", "sentence"),
    [
        ({}, "wrong", "Tên hoặc mật khẩu chưa đúng. Còn 4 lần thử."),
        ({"valid_from": timedelta(days=1)}, "not_yet", "Tài khoản điểm cầu này có hiệu lực từ "),
        ({"valid_to": -timedelta(days=1)}, "expired", "Tài khoản điểm cầu này hết hiệu lực từ "),
        ({"revoked_at": timedelta()}, "revoked", "Tài khoản này đã được thu hồi lúc "),
    ],
)
def test_the_door_says_why_it_stays_shut(of: Reception, fields: dict[str, timedelta], code: str, sentence: str) -> None:
    now = timezone.now()
    stage.credential(stage.hall(of), **{name: now + far for name, far in fields.items()})
    form = {"name": stage.COMMUNE, "password": "SAI" if code == "wrong" else RIGHT}
    told = Client().post(DOOR, form, headers=JSON)
    assert (told.status_code, told.json()["code"]) == (409, code)
    assert told.json()["sentence"].startswith(sentence)
    shown = Client().post(DOOR, form).content.decode()
    assert sentence[:30] in shown and 'role="alert"' in shown and f'value="{stage.COMMUNE}"' in shown
    assert stage.events(start="point.sign_in_refused") == ["point.sign_in_refused"] * 2


def test_behind_a_proxy_the_halls_do_not_lock_each_other_out(of: Reception, settings: Any) -> None:
    settings.PROXIES = 1
    stage.credential(stage.hall(of))
    for number in range(20):
        form = {"name": f"diem-{number}", "password": "SAI"}
        Client().post(DOOR, form, headers={"x-forwarded-for": "10.1.1.1"})
    form = {"name": stage.COMMUNE, "password": RIGHT}
    assert Client().post(DOOR, form, headers={"x-forwarded-for": "10.2.2.2"}).status_code == 302
    assert Client().post(DOOR, form, headers={"x-forwarded-for": "10.1.1.1"}).status_code == 409
    assert Entry.objects.get(event="point.signed_in").facts["address"] == "10.2.2.2"


def test_every_command_needs_the_token_of_its_page(of: Reception) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.technician())
    for address in (hall_page(of, "cap-tai-khoan"), hall_page(of, "thu-hoi"), DOOR, "/dang-xuat/diem-cau/"):
        assert browser.post(address).status_code == 403
    assert not Credential.objects.exists()
