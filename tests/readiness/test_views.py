"""The device check of a hall: its own page, and a result that stays in the log."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests import cast
from tests import reception_cast as stage
from tests.reception_cast import PHONE
from tiepdan.audit.models import Entry
from tiepdan.receptions.models import Credential

pytestmark = pytest.mark.django_db
PAGE, RESULT = "/diem-cau-toi/", "/diem-cau-toi/ket-qua/"
JSON = {"accept": "application/json"}
GOOD = {"camera": "ok", "microphone": "ok", "speaker": "Không nghe thấy", "detail": '{"camera":"Logitech"}'}


@pytest.fixture
def slip() -> Credential:
    return stage.credential(stage.hall(stage.reception(now=timezone.now())))


def test_the_page_is_made_for_this_hall_and_this_reception(slip: Credential) -> None:
    text = stage.hall_browser(slip).get(PAGE).content.decode()
    config = json.loads(text.split('id="readiness-config" type="application/json">')[1].split("</script>")[0])
    of = slip.hall.reception
    assert config.pop("csrf")
    assert config == {
        "reception": {"code": of.code, "title": of.title, "starts_at": of.starts_at.isoformat()},
        "hall_name": "Xã Thanh Lộc",
        "phone": PHONE,
        "urls": {"room": f"/phong/{of.code}/", "result": RESULT},
    }
    assert '<main id="readiness"' in text


def test_everybody_else_is_sent_to_the_door_of_the_halls(slip: Credential) -> None:
    for who in (Client(), cast.browser(cast.technician())):
        assert who.get(PAGE)["Location"] == "/dang-nhap/diem-cau/"
        refused = who.post(RESULT, GOOD, headers=JSON)
        assert (refused.status_code, refused.json()["code"]) == (403, "signed_out")
        assert refused.json()["sentence"].startswith("Phiên làm việc đã hết.")
    assert not Entry.objects.filter(event="readiness.checked").exists()


def test_a_result_is_kept_with_its_hall(slip: Credential) -> None:
    answer = stage.hall_browser(slip).post(RESULT, GOOD, headers=JSON)
    assert (answer.status_code, answer.json()) == (200, {"saved": True})
    entry = Entry.objects.get(event="readiness.checked")
    assert entry.facts == {"hall": slip.hall.key, **GOOD}
    assert (entry.by_label, entry.about_id) == ("Điểm cầu Xã Thanh Lộc", str(slip.hall.reception_id))


@pytest.mark.parametrize("missing", ["camera", "microphone", "speaker"])
def test_a_check_with_a_step_left_out_is_no_result(slip: Credential, missing: str) -> None:
    form = {name: value for name, value in GOOD.items() if name != missing}
    answer = stage.hall_browser(slip).post(RESULT, form, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (422, "form")
    assert answer.json()["sentence"] == (
        "Kết quả kiểm tra thiết bị chưa đủ camera, micro và loa. Làm lại bước còn thiếu."
    )
    assert not Entry.objects.filter(event="readiness.checked").exists()


def test_a_slip_that_works_no_more_is_told_so(slip: Credential) -> None:
    browser = stage.hall_browser(slip)
    Credential.objects.update(valid_to=timezone.now() - timedelta(minutes=1))
    assert browser.get(PAGE).status_code == 409
    answer = browser.post(RESULT, GOOD, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (409, "expired")


def test_the_result_needs_the_token_of_its_page(slip: Credential) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = stage.hall_browser(slip).cookies
    assert browser.post(RESULT, GOOD).status_code == 403
    assert browser.get(RESULT).status_code == 405
